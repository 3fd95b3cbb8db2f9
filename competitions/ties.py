"""What ties calls to organisations and to people."""

from django.utils.translation import gettext_lazy as _

from core.common.ties import PersonalData, Tie, traces

ORGANIZATION_TIES = (Tie("competitions.Award", "organization"),)
PEOPLE = (
    *traces("competitions.Call", "published_by", shown=("title",)),
    *traces("competitions.CallVersion", "by", shown=("call", "at")),
    PersonalData(
        "competitions.CallQuestion",
        ("asked_by", "text", "asked_at", "answer"),
        purpose=_("odpowiedź na pytanie o konkurs"),
        basis="art. 6 ust. 1 lit. e RODO",
        kept=_("5 lat po roku, w którym kończy się zadanie"),
        readers=_("urząd; pytanie i odpowiedź wszyscy, bez nazwiska"),
        owner="asked_by",
        reason=_("pytania i odpowiedzi są częścią dokumentacji konkursu"),
    ),
    *traces("competitions.CallQuestion", "answered_by", shown=("call",)),
)
