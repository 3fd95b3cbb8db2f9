"""Who may do what with a profile: the office by role, the organisation's people by mandate."""

from core.accounts.roles import Role
from core.city.scope import has_role
from core.common.clock import today

from .enums import OPEN_STATES, PUBLIC_STATES, MandateRole
from .models import Mandate, Organization


def is_registrar(user, organization: Organization | None = None) -> bool:
    """Whether the person keeps the registry for the city."""
    return has_role(user, Role.COORDINATOR)


def holds_mandate(user, organization: Organization, *roles: MandateRole) -> bool:
    """Whether the person holds a mandate in force for the organisation, in one of the roles if any are named."""
    if not user.is_authenticated:
        return False
    held = Mandate.objects.in_force(today()).filter(user=user, organization=organization)
    return (held.filter(role__in=roles) if roles else held).exists()


def is_representative(user, organization: Organization) -> bool:
    return holds_mandate(user, organization, MandateRole.NGO_REPRESENTATIVE)


def is_registrant(user, organization: Organization) -> bool:
    """Whether the person is the one who registers, as long as the profile has not been verified."""
    return (
        organization.state in OPEN_STATES
        and user.is_authenticated
        and organization.registered_by_id == user.pk
    )


def may_submit(user, organization: Organization) -> bool:
    return is_registrant(user, organization) or is_registrar(user)


def may_edit(user, organization: Organization) -> bool:
    """Whether the person may change the profile: registering, or for the organisation once it is public."""
    if organization.state in PUBLIC_STATES:
        return holds_mandate(user, organization) or is_registrar(user)
    return may_submit(user, organization) and organization.state in OPEN_STATES


def may_confirm(user, organization: Organization) -> bool:
    """Whether the person may say that the data are up to date (R-ORG-18)."""
    return organization.state in PUBLIC_STATES and holds_mandate(user, organization)


def may_decide_mandate(user, mandate: Mandate) -> bool:
    """The office decides on every mandate; a representative on the editors of the own organisation."""
    if is_registrar(user):
        return True
    is_editors = mandate.role == MandateRole.NGO_EDITOR
    return is_editors and mandate.user_id != user.pk and is_representative(user, mandate.organization)


def may_see(user, organization: Organization) -> bool:
    """Whether the person may open the profile: everybody when it is public, else who may edit it."""
    return organization.is_public or may_edit(user, organization) or is_registrar(user)


def may_see_people(user, organization: Organization) -> bool:
    """Whether the person may see who acts for the organisation: those who act for it, and the office."""
    return organization.is_public and (holds_mandate(user, organization) or is_registrar(user))


def is_last_representative(mandate: Mandate) -> bool:
    """Whether nobody else may represent the organisation."""
    if mandate.role != MandateRole.NGO_REPRESENTATIVE:
        return False
    others = Mandate.objects.in_force(today()).filter(organization=mandate.organization, role=mandate.role)
    return not others.exclude(user=mandate.user_id).exists()
