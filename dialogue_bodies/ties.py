"""What ties bodies of dialogue to organisations."""

from django.utils.translation import gettext_lazy as _

from core.common.ties import PersonalData, Tie, traces

ORGANIZATION_TIES = (
    Tie("dialogue_bodies.BodyMembership", "organization", label=_("miejsca w ciałach dialogu")),
)
PEOPLE = (
    *traces("dialogue_bodies.DialogueBody", "published_by", shown=("name",)),
    PersonalData(
        "dialogue_bodies.BodyMembership",
        ("person_name", "nominated_by", "starts_on", "ends_on"),
        purpose=_("skład ciała dialogu"),
        basis="art. 6 ust. 1 lit. e RODO",
        kept=_("stale: skład jest częścią protokołów"),
        readers=_("wszyscy: funkcja publiczna"),
    ),
)
