"""Who may do what with news, newsletters and messages."""

from core.accounts.roles import Role
from core.city.scope import has_role
from organizations.permissions import helps_with, holds_mandate


def may_send_news(user) -> bool:
    """Everybody with an account may send news in; the office decides on it."""
    return bool(user.is_authenticated and user.is_active)


def may_submit(user, item) -> bool:
    """Its author; for an organisation everybody who acts for it, so that work goes on when the author leaves;
    or an outside helper who may file."""
    if item.organization_id is None:
        return user.is_authenticated and item.submitted_by_id == user.pk
    return holds_mandate(user, item.organization) or helps_with(user, item, to_file=True)


def may_correct(user, item) -> bool:
    """Who may change an item that came back: who may send it, or a helper who may edit."""
    return may_submit(user, item) or helps_with(user, item, to_edit=True)


def may_publish(user, item) -> bool:
    """Editors of the unit publish its own news; the coordinator all."""
    if item.unit_id is None:
        return has_role(user, Role.COORDINATOR)
    return has_role(user, Role.UNIT_EDITOR, unit=item.unit_id)


def may_moderate(user, item) -> bool:
    """Decides on news sent in: the coordinator, or editors of the unit it was passed to; never the author."""
    return item.submitted_by_id != user.pk and may_publish(user, item)


def may_issue(user, issue) -> bool:
    return has_role(user, Role.COORDINATOR)


def may_answer(user, message) -> bool:
    return has_role(user, Role.COORDINATOR)
