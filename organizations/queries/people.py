"""Reads about people: for whom they act, what waits for them."""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.common.clock import at_local, end_of_day, today
from core.common.dates import Waiting
from core.common.formats import counted, day
from core.legal import parameters

from .. import law
from ..enums import PUBLIC_STATES, MandateRole, MandateState, State
from ..matters import MATTER_KINDS
from ..models import Mandate, MatterAccess, Organization, RepresentationAct
from ..permissions import is_registrar, is_representative
from .queue import WorkItem, decision_due_on, registry_queue
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
    found += [_asked(mandate) for mandate in _own_requests(user)]
    found += [_help(access, kind) for access, kind in _helped(user)]
    if organization is None:
        return found
    found += _confirmation(organization)
    if not organization.offers.exists():
        found.append(_offer(organization))
    if is_representative(user, organization):
        asked = organization.mandates.requested().filter(role=MandateRole.NGO_EDITOR).exclude(user=user)
        found += [_request(mandate) for mandate in asked.select_related("user", "organization")]
        waiting = RepresentationAct.objects.waiting().filter(organization=organization)
        found += [_act(act) for act in waiting.exclude(consents__user=user).select_related("organization")]
    return found


def _own_requests(user):
    """The person's own requests for public organisations, not decided yet or given back."""
    rows = Mandate.objects.asked().filter(user=user, organization__state__in=PUBLIC_STATES)
    return rows.select_related("organization").order_by("requested_at")


def _asked(mandate: Mandate) -> Waiting:
    address = reverse("organizations:request", args=[mandate.pk])
    if mandate.state == MandateState.RETURNED:
        title = _("Uzupełnij prośbę o dostęp: %(name)s") % {"name": mandate.organization}
        reason = _("Urząd zwrócił ją do uzupełnienia.")
        return Waiting(title, address, reason, kind="organization", action=_("Uzupełnij"))
    title = _("Prośba o dostęp w urzędzie: %(name)s") % {"name": mandate.organization}
    reason = _("Urząd odpowie do %(day)s.") % {"day": day(decision_due_on(mandate.waits_since))}
    return Waiting(title, address, reason, kind="organization", action=_("Zobacz stan"))


def _helped(user):
    """The matters that the person is let into from outside, with the room they belong to."""
    rows = MatterAccess.objects.in_force(today()).filter(user=user, organization__state__in=PUBLIC_STATES)
    for access in rows.select_related("organization"):
        if kind := MATTER_KINDS.get(access.subject_kind):
            yield access, kind


def _help(access: MatterAccess, kind) -> Waiting:
    row = kind.model._default_manager.filter(pk=access.subject_id).first()
    address = kind.address(row) if row is not None and kind.address else ""
    return Waiting(
        _("Pomagasz: %(title)s") % {"title": access.label},
        address or access.organization.get_absolute_url(),
        str(access.organization),
        due_at=end_of_day(access.until) if access.until else None,
        kind="organization",
        action=_("Otwórz"),
    )


def _act(act: RepresentationAct) -> Waiting:
    return Waiting(
        _("Potrzebna Twoja zgoda: %(title)s") % {"title": act.summary[:120]},
        reverse("organizations:act", args=[act.organization.slug, act.pk]),
        _("Za organizację działa kilka osób łącznie."),
        due_at=act.expires_at,
        kind="organization",
        action=_("Zdecyduj"),
    )


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

SHOWN_ON_DESK = 5


def waiting_for(user) -> list[Waiting]:
    """The queue of who keeps the registry: how much waits, and the oldest things one by one."""
    if not is_registrar(user):
        return []
    items = registry_queue()
    if not items:
        return []
    overdue = sum(item.is_overdue for item in items)
    reason = _("Po terminie: %(count)s.") % {"count": overdue} if overdue else _("Wszystkie w terminie.")
    title = _("Kolejka rejestru organizacji: %(count)s") % {
        "count": counted(len(items), _("sprawa|sprawy|spraw"))
    }
    whole = Waiting(title, reverse("admin:organizations_queue"), reason, items[0].due_at, kind="organization")
    return [whole, *(_desk(item) for item in items[:SHOWN_ON_DESK])]


def _desk(item: WorkItem) -> Waiting:
    title = f"{capfirst(str(item.label))}: {item.organization}"
    return Waiting(title, item.url, item.what, item.due_at, kind="organization")
