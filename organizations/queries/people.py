"""Reads about people: for whom they act, what waits for them."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.common.clock import today
from core.common.dates import Waiting

from ..enums import PUBLIC_STATES, MandateRole, State
from ..models import ErrorReport, IdentityRevision, Mandate, Organization
from ..permissions import is_last_representative, is_registrar


def organizations_of(user) -> list[Organization]:
    """Public organisations in which the person holds a mandate in force, by name; one query."""
    if not user.is_authenticated:
        return []
    return list(Organization.objects.published().of_person(user, today()).by_name())


def organization_of(user, chosen_id):
    """The organisation a person acts for: the chosen one, when the person is in it; else the first."""
    mine = organizations_of(user)
    return next((o for o in mine if o.pk == chosen_id), mine[0] if mine else None)


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


def leaving_notes(user) -> list[str]:
    """Organisations that would be left without anybody to represent them; two queries and one for each of them."""
    held = Mandate.objects.in_force(today()).filter(user=user, role=MandateRole.NGO_REPRESENTATIVE)
    return [
        _(
            "Jesteś ostatnią osobą, która reprezentuje organizację: %(name)s. Zanim odejdziesz, przekaż upoważnienie innej osobie."
        )
        % {"name": mandate.organization}
        for mandate in held.select_related("organization")
        if is_last_representative(mandate)
    ]
