"""Who may do what with calls."""

from core.accounts.roles import Role
from core.city.scope import has_role
from organizations.permissions import is_representative

EDITORS = (Role.CALL_MANAGER, Role.UNIT_EDITOR)


def may_prepare(user, call) -> bool:
    """Writes and hands in a draft: editors and call managers of the unit, the coordinator."""
    return _has(user, EDITORS, call)


def may_run(user, call) -> bool:
    """Announces, changes, decides, publishes, cancels: the call manager of the unit, the coordinator."""
    return _has(user, (Role.CALL_MANAGER,), call)


def _has(user, roles: tuple[Role, ...], call) -> bool:
    """A call without a unit (only imported ones) belongs to the coordinator."""
    if call.unit_id is None:
        return has_role(user, Role.COORDINATOR)
    return has_role(user, *roles, unit=call.unit_id)


def may_run_offer(user, offer) -> bool:
    """Checks, scores and decides on a filed offer: the call manager of the unit, the coordinator."""
    return may_run(user, offer.call)


def may_file(user, offer) -> bool:
    """Files, withdraws and supplements: who may represent the organisation that leads the offer."""
    return is_representative(user, offer.organization)


def may_keep_candidate(user, candidate) -> bool:
    """Accepts and refuses applications: for one call who runs it, for the yearly base every call manager."""
    if candidate.call_id is not None:
        return may_run(user, candidate.call)
    return has_role(user, Role.CALL_MANAGER)


def is_candidate(user, candidate) -> bool:
    """The person itself; before it has consented known only by its address."""
    if not user.is_authenticated:
        return False
    if candidate.user_id is not None:
        return candidate.user_id == user.pk
    return candidate.email.casefold() == user.email.casefold()


def may_run_committee(user, committee) -> bool:
    """Appoints, assigns, keeps the minutes, proposes and decides: who runs the call."""
    return may_run(user, committee.call)
