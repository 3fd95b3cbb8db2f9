"""Reads about people: for whom they act, what waits for them."""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.common.clock import today
from core.common.dates import Waiting
from core.common.formats import counted

from ..enums import MandateRole
from ..models import Mandate, Organization
from ..permissions import is_last_representative, is_registrar
from .queue import WorkItem, registry_queue


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


def leaving_notes(user) -> list[str]:
    """Organisations that would be left without anybody to represent them; a query and two for each of them."""
    held = Mandate.objects.in_force(today()).filter(user=user, role=MandateRole.NGO_REPRESENTATIVE)
    return [
        _(
            "Jesteś ostatnią osobą, która reprezentuje organizację: %(name)s. Zanim odejdziesz, przekaż upoważnienie innej osobie."
        )
        % {"name": mandate.organization}
        for mandate in held.select_related("organization")
        if is_last_representative(mandate, on=today())
    ]
