"""Reads about people: for whom they act, what waits for them."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.common.clock import at_local, today
from core.common.dates import Waiting
from core.legal import parameters

from .. import law
from ..enums import PUBLIC_STATES, MandateRole, State
from ..models import ErrorReport, IdentityRevision, Mandate, Organization
from ..permissions import is_registrar, is_representative
from .registration import drafts_waiting
from .registry import CONFIRMATION_PERIOD

REMINDER_PERIOD = "profile_reminder_months"


def organizations_of(user) -> list[Organization]:
    """Public organisations in which the person holds a mandate in force, by name; one query."""
    if not user.is_authenticated:
        return []
    return list(Organization.objects.published().of_person(user, today()).by_name())


def organization_of(user, chosen_id):
    """The organisation a person acts for: the chosen one, when the person is in it; else the first."""
    mine = organizations_of(user)
    return next((o for o in mine if o.pk == chosen_id), mine[0] if mine else None)


# --- »Moje sprawy« ----------------------------------------------------------------------------------------


def matters_for(user, organization: Organization | None) -> list[Waiting]:
    """What this person has to do: own registrations, and for the organisation they act for."""
    found = drafts_waiting(user) + [_registration(profile) for profile in _own_registrations(user)]
    if organization is None:
        return found
    found += _confirmation(organization)
    if not organization.offers.exists():
        found.append(_offer(organization))
    if is_representative(user, organization):
        asked = organization.mandates.requested().filter(role=MandateRole.NGO_EDITOR).exclude(user=user)
        found += [_request(mandate) for mandate in asked.select_related("user", "organization")]
    return found


def _own_registrations(user):
    waiting = [State.DRAFT, State.RETURNED, State.SUBMITTED]
    return Organization.objects.filter(registered_by=user, state__in=waiting).by_name()


def _registration(profile: Organization) -> Waiting:
    if profile.state == State.SUBMITTED:
        reason, action = _("Zgłoszenie czeka na sprawdzenie przez urząd."), _("Zobacz zgłoszenie")
        return Waiting(str(profile), profile.get_absolute_url(), reason, kind="organization", action=action)
    address = reverse("organizations:edit", args=[profile.slug])
    last = profile.transitions.filter(target=State.RETURNED).last()
    reason = last.reason if last and last.reason else _("Dokończ zgłoszenie i wyślij je do urzędu.")
    title = _("Popraw zgłoszenie: %(name)s") % {"name": profile}
    return Waiting(title, address, reason, kind="organization", action=_("Popraw zgłoszenie"))


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
        Waiting(
            _("Potwierdź dane organizacji"),
            reverse("organizations:edit", args=[organization.slug]),
            _("Profil ma oznaczenie „dane niepotwierdzone”. Urząd nie przygotuje umowy o dotację.")
            if is_late
            else _("Mija rok od ostatniego potwierdzenia danych w bazie."),
            due_at=None if is_late else at_local(due_on),
            kind="organization",
            action=_("Sprawdź i potwierdź"),
        )
    ]


def _offer(organization: Organization) -> Waiting:
    return Waiting(
        _("Opisz ofertę dla mieszkanek i mieszkańców"),
        reverse("organizations:offers", args=[organization.slug]),
        _("Twojej organizacji nie ma jeszcze w Informatorze NGO."),
        kind="organization",
        action=_("Uzupełnij"),
    )


def _request(mandate: Mandate) -> Waiting:
    return Waiting(
        _("Prośba o dostęp: %(person)s") % {"person": mandate.user},
        reverse("organizations:people", args=[mandate.organization.slug]),
        _("Ta osoba prosi o rolę: %(role)s.") % {"role": mandate.get_role_display()},
        kind="organization",
        action=_("Rozpatrz"),
    )


# --- the desk ---------------------------------------------------------------------------------------------


def waiting_for(user) -> list[Waiting]:
    """What waits for who keeps the registry: registrations, mandates, changes of identity, reported errors."""
    if not is_registrar(user):
        return []
    found = [
        _desk(_("Sprawdź organizację: %(name)s"), profile, profile, _("Porównaj dane z odpisem z rejestru."))
        for profile in Organization.objects.filter(state=State.SUBMITTED).order_by("state_since")[:20]
    ]
    mandates = Mandate.objects.requested().filter(organization__state__in=PUBLIC_STATES)
    found += [
        _desk(
            _("Sprawdź upoważnienie: %(name)s"),
            mandate.organization,
            mandate,
            str(mandate.get_role_display()),
        )
        for mandate in mandates.select_related("organization").order_by("requested_at")[:20]
    ]
    revisions = IdentityRevision.objects.filter(Q(decided_at=None)).select_related("organization")
    found += [
        _desk(_("Zmiana danych rejestrowych: %(name)s"), revision.organization, revision, revision.reason)
        for revision in revisions.order_by("proposed_at")[:20]
    ]
    reports = (
        ErrorReport.objects.filter(handled_at=None).select_related("organization").order_by("reported_at")
    )
    return found + [
        _desk(_("Zgłoszony błąd: %(name)s"), report.organization, report, report.text[:120])
        for report in reports[:20]
    ]


def _desk(title: str, organization: Organization, row, reason: str) -> Waiting:
    address = reverse(f"admin:organizations_{row._meta.model_name}_change", args=[row.pk])
    return Waiting(title % {"name": organization}, address, reason, kind="organization")
