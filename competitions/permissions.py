"""Who may do what with calls."""

from core.accounts.roles import Role
from core.city.scope import has_role
from organizations.permissions import holds_mandate, is_representative

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


def may_check(user, offer) -> bool:
    """Writes the card of formal check: editors and call managers of the unit, the coordinator."""
    return may_prepare(user, offer.call)


def acts_for(user, offer) -> bool:
    """Whether the person acts for the organisation that leads the offer, or for a partner that accepted."""
    if holds_mandate(user, offer.organization):
        return True
    partners = offer.partners.filter(accepted_at__isnull=False, left_at=None).select_related("organization")
    return any(holds_mandate(user, partner.organization) for partner in partners)


def may_read_paper(user, offer) -> bool:
    """Reads the whole offer on paper: who wrote it, at any time; the office of the call once it is filed."""
    if acts_for(user, offer):
        return True
    return offer.is_filed and (may_check(user, offer) or has_role(user, Role.AUDITOR))
