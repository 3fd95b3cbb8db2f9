"""What ties rows of this room, and of the floors below it, to an organisation; what a merging does with each."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.common.ties import SUBJECT, Ending, PersonalData, Tie, traces
from core.notifications.models import Follow

from .models import IdentityRevision, Mandate, Organization, ResidentOffer

_TRACE = _("ślad tego, co było; wpisów nie można zmienić")


def move_mandates(old: Organization, new: Organization, at: datetime) -> list[int]:
    """A person has a role once: of two that are open, the one in force stays, else the survivor's."""
    own = {(m.user_id, m.role): m for m in Mandate.objects.filter(organization=new, ended_at=None)}
    moved = list(Mandate.objects.filter(organization=old).order_by("pk"))
    for mandate in moved:
        twin = own.get((mandate.user_id, mandate.role)) if mandate.ended_at is None else None
        if twin is not None:
            _end(twin if twin.is_requested and not mandate.is_requested else mandate, at)
    for mandate in moved:
        Mandate.objects.filter(pk=mandate.pk).update(organization=new)
    return [mandate.pk for mandate in moved]


def _end(mandate: Mandate, at: datetime) -> None:
    reason = _now("Połączono dwa wpisy organizacji; ta osoba ma już tę rolę.")
    Mandate.objects.filter(pk=mandate.pk).update(ended_at=at, end_reason=reason)


def move_revisions(old: Organization, new: Organization, at: datetime) -> list[int]:
    """One change waits at a time: a second one is closed with the reason."""
    rows = IdentityRevision.objects.filter(organization=old)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if IdentityRevision.objects.filter(organization=new, decided_at=None).exists():
        rows.filter(decided_at=None).update(
            decided_at=at, is_approved=False, decision_reason=_now("Połączono dwa wpisy organizacji.")
        )
    rows.update(organization=new)
    return keys


def move_offers(old: Organization, new: Organization, at: datetime) -> list[int]:
    """After the survivor's own; the same offer is not shown twice."""
    start = ResidentOffer.objects.filter(organization=new).count()
    keys = []
    for position, offer in enumerate(ResidentOffer.objects.filter(organization=old), start=start):
        ResidentOffer.objects.filter(pk=offer.pk).update(organization=new, position=position)
        keys.append(offer.pk)
    return keys


def move_branches(old: Organization, new: Organization, at: datetime) -> list[int]:
    rows = Organization.objects.filter(parent=old).exclude(pk=new.pk)
    return _pointed(rows, "parent", new)


def move_follows(old: Organization, new: Organization, at: datetime) -> list[int]:
    """Who follows both follows the survivor once."""
    both = Follow.objects.of(new).values("user")
    Follow.objects.of(old).filter(user__in=both).delete()
    return _pointed(Follow.objects.of(old), "subject_id", new.pk)


def _pointed(rows, column: str, target) -> list[int]:
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.model._base_manager.filter(pk__in=keys).update(**{column: target})
    return keys


ORGANIZATION_TIES: Iterable[Tie] = (
    Tie("organizations.Mandate", "organization", move_mandates),
    Tie("organizations.ResidentOffer", "organization", move_offers),
    Tie("organizations.ErrorReport", "organization"),
    Tie("organizations.IdentityRevision", "organization", move_revisions),
    Tie("organizations.BulkRow", "organization"),
    Tie("organizations.Organization", "parent", move_branches, label=_("oddziały")),
    Tie("organizations.Organization", "merged_into", label=_("wpisy dołączone wcześniej")),
    Tie("organizations.Organization_spheres", "organization", stays=_("sfery obu wpisów są już razem")),
    Tie("organizations.Dossier", "organization", stays=_("wybrane dane są już przepisane, reszta zostaje do wglądu urzędu")),
    Tie("organizations.Merge", "survivor", stays=_TRACE),
    Tie("organizations.Merge", "absorbed", stays=_TRACE),
    Tie("documents.Attachment", SUBJECT),
    Tie("documents.PublicationProof", SUBJECT),
    Tie("documents.SearchEntry", SUBJECT, stays=_("wpis wyszukiwarki znika razem z profilem")),
    Tie("notifications.Follow", SUBJECT, move_follows),
    Tie("notifications.Reminder", SUBJECT, stays=_("przypomnienia ustawiają się od nowa dla wpisu, który został")),
    Tie("legal.Transition", SUBJECT, stays=_TRACE),
    Tie("legal.AuditEntry", SUBJECT, stays=_TRACE),
)  # fmt: skip


_MANDATE = {
    "purpose": _("sprawdzenie, kto może działać w imieniu organizacji"),
    "basis": "art. 6 ust. 1 lit. e RODO",
    "kept": _("5 lat od wygaśnięcia upoważnienia"),
    "readers": _("urząd i osoby działające w imieniu tej organizacji"),
}
_NAMED = {
    "purpose": _("kontakt z organizacją i sprawdzenie reprezentacji"),
    "basis": "art. 6 ust. 1 lit. e RODO",
    "kept": _("dopóki organizacja jest w bazie"),
}
PEOPLE = (
    PersonalData(
        "organizations.Mandate",
        ("user", "organization", "role", "valid_from", "valid_until", "evidence", "requested_at", "verified_at", "ended_at", "end_reason"),
        owner="user",
        reason=_("dokument urzędowy: kto i do kiedy mógł działać w imieniu organizacji"),
        **_MANDATE,
    ),
    *traces("organizations.Mandate", "verified_by", "ended_by", shown=("organization", "role")),
    *traces("organizations.Organization", "registered_by", "verified_by", "published_by", shown=("name",)),
    PersonalData("organizations.Organization", ("email", "phone", "author_name"), readers=_("wszyscy: to kontakt organizacji"), **_NAMED),
    PersonalData(
        "organizations.Dossier",
        ("representatives", "representation", "contact_person", "contact_email", "contact_phone", "bank_account", "e_delivery_address"),
        readers=_("urząd i osoby działające w imieniu tej organizacji"),
        **_NAMED,
    ),
    PersonalData(
        "organizations.ErrorReport",
        ("email", "text", "reported_at", "outcome"),
        purpose=_("odpowiedź na zgłoszony błąd"),
        basis="art. 6 ust. 1 lit. e RODO",
        kept=_("2 lata od załatwienia"),
        readers=_("komórka koordynująca"),
        owner="email__iexact",
        ending=Ending.CLEARED,
        cleared={"email": ""},
        reason=_("zgłoszenie zostaje, bez adresu"),
    ),
    *traces("organizations.ErrorReport", "handled_by", shown=("organization", "handled_at")),
    *traces("organizations.IdentityRevision", "proposed_by", "decided_by", shown=("organization", "proposed_at")),
    *traces("organizations.Merge", "by", shown=("survivor", "absorbed", "at")),
    *traces("organizations.BulkUpdate", "uploaded_by", shown=("original_name", "uploaded_at")),
)  # fmt: skip
