"""What ties calls to organisations and to people."""

from django.utils.translation import gettext_lazy as _

from core.common.ties import PersonalData, Tie, traces

from .models import OfferPartner


def move_partners(old, new, at) -> list[int]:
    """An organisation is a partner once, and never its own; what it would be a second time stays as a trace."""
    rows = OfferPartner.objects.filter(organization=old).exclude(offer__organization=new)
    rows = rows.exclude(offer__in=OfferPartner.objects.filter(organization=new).values("offer"))
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    OfferPartner.objects.filter(pk__in=keys).update(organization=new)
    return keys


ORGANIZATION_TIES = (
    Tie("competitions.Award", "organization"),
    Tie("competitions.Offer", "organization"),
    Tie("competitions.OfferPartner", "organization", move_partners),
)
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
    *traces("competitions.Offer", "started_by", "filed_by", shown=("title", "number", "filed_at")),
    *traces("competitions.OfferSection", "saved_by", shown=("offer", "key", "saved_at")),
    *traces("competitions.OfferVersion", "by", shown=("offer", "number", "received_at")),
    *traces("competitions.OfferPartner", "invited_by", "accepted_by", shown=("offer", "organization")),
    *(
        PersonalData(
            model,
            ("content",),
            purpose=_("ocena oferty i zawarcie umowy: osoby reprezentujące oferenta i osoby do kontaktu"),
            basis="art. 6 ust. 1 lit. e RODO",
            kept=_("5 lat po roku, w którym kończy się zadanie"),
            readers=_("urząd, komisja i osoby działające w imieniu oferenta"),
        )
        for model in ("competitions.OfferSection", "competitions.OfferVersion")
    ),
)
