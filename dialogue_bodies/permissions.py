"""Who may do what with dialogue bodies."""

from core.accounts.roles import Role
from core.city.scope import NO_UNIT, has_role


def may_run(user, body) -> bool:
    """Runs a body: the secretary of its unit, the coordinator."""
    return has_role(user, Role.DIALOGUE_SECRETARY, unit=body.unit_id or NO_UNIT)


def may_run_meeting(user, meeting) -> bool:
    return may_run(user, meeting.body)
