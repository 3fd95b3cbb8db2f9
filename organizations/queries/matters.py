"""»Moje sprawy«: what waits in all organisations of a person; the same number of queries for one and for ten."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.common.clock import at_local, end_of_day, now, today
from core.common.dates import Waiting
from core.common.formats import day
from core.legal import parameters
from core.legal.models import AuditEntry, Transition

from .. import law
from ..enums import PUBLIC_STATES, MandateRole, MandateState, State
from ..matters import MATTER_KINDS, MatterKind
from ..models import IdentityRevision, Mandate, MatterAccess, Organization, RepresentationAct, ResidentOffer
from .queue import decision_due_on
from .registration import drafts_waiting
from .registry import CONFIRMATION_PERIOD

REMINDER_PERIOD = "profile_reminder_months"
RECENT = timedelta(days=30)


def matters_for(user, organization: Organization | None) -> list[Waiting]:
    """What this person has to do: own registrations, and for one organisation they act for."""
    return matters_of_all(user, [organization] if organization is not None else [])


def matters_of_all(user, organizations: Iterable[Organization]) -> list[Waiting]:
    """The same for all organisations of the person; at most nine queries, and one for each matter of help."""
    mine = list(organizations)
    keys = [organization.pk for organization in mine]
    own_requests, requests = _requests(user, keys)
    found = [*drafts_waiting(user), *_registrations(user), *own_requests, *_helped(user)]
    if not mine:
        return found
    offering = set(ResidentOffer.objects.filter(organization__in=keys).values_list("organization", flat=True))
    for organization in mine:
        found += _confirmation(organization)
        if organization.pk not in offering:
            found.append(_offer(organization))
    return [*found, *requests, *_acts(user, keys), *_waiting_changes(keys)]


def _of(organization: Organization, title: str, url: str, reason: str, **more) -> Waiting:
    own = {"kind": "organization", "organization": str(organization), "organization_id": organization.pk}
    return Waiting(title, url, reason, **own, **more)


def _registrations(user) -> Iterator[Waiting]:
    waiting = [State.DRAFT, State.RETURNED, State.SUBMITTED]
    profiles = list(Organization.objects.filter(registered_by=user, state__in=waiting).by_name())
    returned = [profile.pk for profile in profiles if profile.state == State.RETURNED]
    moves = (
        Transition.objects.of_all(Organization, returned).filter(target=State.RETURNED) if returned else []
    )
    reasons = {move.subject_id: move.reason for move in moves}
    for profile in profiles:
        yield _registration(profile, reasons.get(profile.pk, ""))


def _registration(profile: Organization, reason: str) -> Waiting:
    if profile.state == State.SUBMITTED:
        said, action = _("Zgłoszenie czeka na sprawdzenie przez urząd."), _("Zobacz zgłoszenie")
        return _of(
            profile, str(profile), profile.get_absolute_url(), said, action=action, is_with_office=True
        )
    address = reverse("organizations:edit", args=[profile.slug])
    said = reason or _("Dokończ zgłoszenie i wyślij je do urzędu.")
    title = _("Popraw zgłoszenie: %(name)s") % {"name": profile}
    return _of(profile, title, address, said, action=_("Popraw zgłoszenie"))


def _confirmation(organization: Organization) -> list[Waiting]:
    """From eleven months after the last confirmation on, or at once when there never was one (R-ORG-18)."""
    on = today()
    months = parameters.days(CONFIRMATION_PERIOD, on=on)
    confirmed_on = organization.confirmed_on
    if not law.is_stale(confirmed_on, on=on, months=parameters.days(REMINDER_PERIOD, on=on)):
        return []
    due_on = law.confirmation_due_on(confirmed_on, months=months) if confirmed_on else None
    is_late = due_on is None or on >= due_on
    return [
        _of(
            organization,
            _("Potwierdź dane organizacji"),
            reverse("organizations:edit", args=[organization.slug]),
            _("Profil ma oznaczenie „dane niepotwierdzone”. Urząd nie przygotuje umowy o dotację.")
            if is_late
            else _("Mija rok od ostatniego potwierdzenia danych w bazie."),
            due_at=None if is_late else at_local(due_on),
            action=_("Potwierdzam aktualność danych"),
            posts_to=reverse("organizations:confirm", args=[organization.slug]),
            is_urgent=is_late,
        )
    ]


def _offer(organization: Organization) -> Waiting:
    return _of(
        organization,
        _("Opisz ofertę dla mieszkanek i mieszkańców"),
        reverse("organizations:offers", args=[organization.slug]),
        _("Twojej organizacji nie ma jeszcze w Informatorze NGO."),
        action=_("Uzupełnij"),
    )


def _requests(user, keys: list[int]) -> tuple[list[Waiting], list[Waiting]]:
    """What the person has asked for, and who asks to edit an organisation that they represent; one query."""
    held = Mandate.objects.representatives(today()).filter(user=user)
    asked = Mandate.objects.asked().select_related("user", "organization").order_by("requested_at")
    to_decide = Q(
        role=MandateRole.NGO_EDITOR,
        state=MandateState.REQUESTED,
        organization__in=held.values("organization"),
    )
    rows = list(asked.filter(Q(user=user) | to_decide))
    own = [_own_request(m) for m in rows if m.user_id == user.pk and m.organization.is_public]
    return own, [_request(m) for m in rows if m.user_id != user.pk and m.organization_id in keys]


def _own_request(mandate: Mandate) -> Waiting:
    """The person's own request: given back, or with the office or a representative."""
    address = reverse("organizations:request", args=[mandate.pk])
    if mandate.state == MandateState.RETURNED:
        title = _("Uzupełnij prośbę o dostęp: %(name)s") % {"name": mandate.organization}
        reason = _("Urząd zwrócił ją do uzupełnienia.")
        return _of(mandate.organization, title, address, reason, action=_("Uzupełnij"))
    title = _("Twoja prośba o upoważnienie: %(role)s") % {"role": mandate.get_role_display()}
    reason = _("Urząd odpowie do %(day)s.") % {"day": day(decision_due_on(mandate.waits_since))}
    return _of(mandate.organization, title, address, reason, action=_("Zobacz stan"), is_with_office=True)


def _helped(user) -> Iterator[Waiting]:
    """The matters that the person is let into from outside."""
    rows = MatterAccess.objects.in_force(today()).filter(user=user, organization__state__in=PUBLIC_STATES)
    for access in rows.select_related("organization"):
        if kind := MATTER_KINDS.get(access.subject_kind):
            yield _help(access, kind)


def _help(access: MatterAccess, kind: MatterKind) -> Waiting:
    row = kind.model._default_manager.filter(pk=access.subject_id).first()
    address = kind.address(row) if row is not None and kind.address else ""
    return _of(
        access.organization,
        _("Pomagasz: %(title)s") % {"title": access.label},
        address or access.organization.get_absolute_url(),
        "",
        due_at=end_of_day(access.until) if access.until else None,
        action=_("Otwórz"),
    )


def _acts(user, keys: list[int]) -> Iterator[Waiting]:
    """Acts that wait for the person's consent, in the organisations they represent; one query."""
    held = Mandate.objects.representatives(today()).filter(user=user, organization__in=keys)
    waiting = RepresentationAct.objects.waiting().filter(organization__in=held.values("organization"))
    for act in waiting.exclude(consents__user=user).select_related("organization"):
        yield _of(
            act.organization,
            _("Potrzebna Twoja zgoda: %(title)s") % {"title": act.summary[:120]},
            reverse("organizations:act", args=[act.organization.slug, act.pk]),
            _("Za organizację działa kilka osób łącznie."),
            due_at=act.expires_at,
            action=_("Zdecyduj"),
        )


def _request(mandate: Mandate) -> Waiting:
    return _of(
        mandate.organization,
        _("Prośba o dostęp: %(person)s") % {"person": mandate.user},
        reverse("organizations:people", args=[mandate.organization.slug]),
        _("Ta osoba prosi o rolę: %(role)s.") % {"role": mandate.get_role_display()},
        action=_("Rozpatrz"),
    )


def _waiting_changes(keys: list[int]) -> Iterator[Waiting]:
    """Changes of identity data that the office has not decided on."""
    rows = IdentityRevision.objects.filter(organization__in=keys, decided_at=None)
    for revision in rows.select_related("organization").order_by("proposed_at"):
        yield _of(
            revision.organization,
            _("Zmiana danych rejestrowych"),
            revision.organization.get_absolute_url(),
            _("Zmiana czeka na zgodę urzędu."),
            is_with_office=True,
        )


@dataclass(frozen=True)
class Deed:
    """Something another person has done for an organisation."""

    at: datetime
    what: str
    organization: str
    who: str


def deeds_of_others(user, organizations: Iterable[Organization], *, limit: int = 8) -> list[Deed]:
    """What others did lately in the organisations of a person, newest first; one query.

    Officials are »urząd«: their names are no affair of the organisation.
    """
    names = {organization.pk: str(organization) for organization in organizations}
    if not names:
        return []
    rows = AuditEntry.objects.of_all(Organization, names).filter(at__gte=now() - RECENT).exclude(by=user)
    return [
        Deed(entry.at, entry.verb, names[entry.subject_id], _who(entry.by))
        for entry in rows.select_related("by")[:limit]
    ]


def _who(person) -> str:
    if person is None:
        return str(_("portal"))
    return str(_("urząd")) if person.is_staff else str(person)
