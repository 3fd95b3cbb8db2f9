"""Reads of the registry that have two or more callers."""

from core.common.clock import today

from .models import Organization


def organizations_of(user) -> list[Organization]:
    """Organisations in which the person holds a mandate in force, by name; one query."""
    if not user.is_authenticated:
        return []
    return list(Organization.objects.of_person(user, today()).by_name())


def organization_of(user, chosen_id):
    """The organisation a person acts for: the chosen one, when the person is in it; else the first."""
    mine = organizations_of(user)
    return next((o for o in mine if o.pk == chosen_id), mine[0] if mine else None)
