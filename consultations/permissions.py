"""Who may do what with consultations."""

from django.db.models import Q, QuerySet

from core.accounts.roles import Role
from core.city.enums import UnitKind
from core.city.models import OrganizationalUnit, RoleGrant
from core.city.scope import EDITING, NO_UNIT, has_role
from core.common.clock import today

EDITORS = (Role.CONSULTATION_MANAGER, Role.UNIT_EDITOR)


def managers_of_units() -> QuerySet[RoleGrant]:
    """The people who run and answer consultations in their units today."""
    in_force = Q(valid_until=None) | Q(valid_until__gte=today())
    return RoleGrant.objects.filter(in_force, role=Role.CONSULTATION_MANAGER, user__is_active=True)


def answering_units() -> QuerySet[OrganizationalUnit]:
    """Units that remarks can be given to: those that still exist and have somebody in the portal who answers."""
    return OrganizationalUnit.objects.current().filter(pk__in=managers_of_units().values("unit"))


def city_units(*chosen: int | None) -> QuerySet[OrganizationalUnit]:
    """Units of the city to choose from; bodies that only imported texts name are left out, unless chosen before."""
    known = ~Q(kind=UnitKind.OTHER) | Q(pk__in=managers_of_units().values("unit"))
    in_force = Q(active_to="", successor=None) & known
    return OrganizationalUnit.objects.filter(in_force | Q(pk__in=[pk for pk in chosen if pk]))


def may_run(user, consultation) -> bool:
    """Announces, extends, publishes, cancels: the consultation manager of the unit, the coordinator."""
    return has_role(user, Role.CONSULTATION_MANAGER, unit=consultation.unit_id or NO_UNIT)


def may_answer(user, consultation) -> bool:
    """Writes positions: the manager of the unit that runs it, or of one that helps."""
    units = [consultation.unit_id or NO_UNIT, *consultation.co_units.values_list("pk", flat=True)]
    return any(has_role(user, Role.CONSULTATION_MANAGER, unit=unit) for unit in units)


def may_write_position(user, remark) -> bool:
    """Writes the position of one remark: who answers in the consultation, or the unit the remark was given to."""
    assignment = remark.assignment
    is_given = assignment is not None and assignment.called_off_at is None
    if is_given and has_role(user, Role.CONSULTATION_MANAGER, unit=assignment.unit_id):
        return True
    return may_answer(user, remark.consultation)


def may_change_position(user, remark) -> bool:
    """The same as the position stands now: the asked unit changes drafts only, nobody what is fixed."""
    is_open = not remark.is_answered or may_answer(user, remark.consultation)
    return is_open and not remark.is_fixed and may_write_position(user, remark)


def may_prepare(user, consultation) -> bool:
    """Writes notice and document: the manager or editor of the unit that runs it, the coordinator."""
    return has_role(user, *EDITORS, *EDITING, unit=consultation.unit_id or NO_UNIT)


def may_write_request(user, request) -> bool:
    """The person who wrote the request changes, sends and withdraws it."""
    return user.is_authenticated and request.user_id == user.pk


def may_settle_request(user, request) -> bool:
    """The consultation manager of the unit that the request went to; before that the coordinator."""
    return has_role(user, Role.CONSULTATION_MANAGER, unit=request.unit_id or NO_UNIT)


def may_write_demand(user, demand) -> bool:
    """The unit of the table and the unit that answers; a row of neither is any manager's."""
    if demand.meeting is None and demand.position_unit_id is None:
        return has_role(user, *EDITORS, *EDITING)
    units = {demand.meeting.unit_id if demand.meeting else None, demand.position_unit_id} - {None}
    return any(has_role(user, *EDITORS, *EDITING, unit=unit) for unit in units or {NO_UNIT})
