"""Whose cases an official sees: those of the own unit; citywide roles see all."""

from django.db.models import Q, QuerySet

from core.accounts.roles import DUTIES, Role
from core.common.clock import today

from .models import OrganizationalUnit, RoleGrant

CITYWIDE = frozenset(role for role, duties in DUTIES.items() if duties.is_citywide)
# Asked instead of the unit of a row that has none: only citywide roles cover it.
NO_UNIT = 0
EDITING = frozenset({Role.COORDINATOR, Role.ADMIN})


def grants_of(user) -> list[RoleGrant]:
    """The person's roles in force, read once per request (kept on the user object)."""
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, "_grants"):
        in_force = Q(valid_until=None) | Q(valid_until__gte=today())
        user._grants = list(RoleGrant.objects.filter(in_force, user=user).select_related("unit"))
    return user._grants


def has_role(user, *roles: Role, unit: OrganizationalUnit | int | None = None) -> bool:
    """Whether the person has one of the roles (in the unit, when one is given).

    A superuser has every role; a coordinator every role of officials in every unit.
    """
    if user.is_authenticated and user.is_active and user.is_superuser:
        return True
    unit_id = getattr(unit, "pk", unit)
    return any(_covers(grant, roles, unit_id) for grant in grants_of(user))


def _covers(grant: RoleGrant, roles: tuple[Role, ...], unit_id: int | None) -> bool:
    if grant.role == Role.COORDINATOR and not set(roles) <= {Role.ADMIN, Role.AUDITOR}:
        return True
    if grant.role not in roles:
        return False
    return grant.role in CITYWIDE or unit_id is None or grant.unit_id == unit_id


def sees_all_units(user) -> bool:
    return bool(user.is_superuser and user.is_active) or any(g.role in CITYWIDE for g in grants_of(user))


def unit_ids_of(user, *roles: Role) -> set[int]:
    """Units in which the person has a role (one of those named, when any are)."""
    return {g.unit_id for g in grants_of(user) if g.unit_id and (not roles or g.role in roles)}


def own_units(user, *roles: Role) -> QuerySet[OrganizationalUnit]:
    """Units whose cases the person may see, by these roles: for citywide roles all of them."""
    units = OrganizationalUnit.objects.all()
    return units if sees_all_units(user) else units.filter(pk__in=unit_ids_of(user, *roles))


def scoped(queryset: QuerySet, user, unit_lookup: str, *roles: Role) -> QuerySet:
    """The rows of a queryset that belong to the person's units (``unit_lookup`` names the path).

    ``roles`` are those that open such rows: a committee member of a unit does not see its drafts.
    """
    if sees_all_units(user):
        return queryset
    return queryset.filter(**{f"{unit_lookup}__in": unit_ids_of(user, *roles)})
