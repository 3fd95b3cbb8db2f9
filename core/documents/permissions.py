"""Who may fetch a file. A record says itself whether it is public, whose it is, and who else may read."""

from typing import Any

from core.accounts.roles import DUTIES
from core.city.scope import has_role, sees_all_units

from .enums import Audience
from .models import Attachment

OFFICIALS = tuple(role for role, duties in DUTIES.items() if duties.enters_admin and not duties.is_citywide)


def is_public(record: Any) -> bool:
    """Whether everybody may see the record now; what does not say so is not public."""
    answer = getattr(record, "is_public", False)
    return (answer() if callable(answer) else answer) is True


def may_fetch(user: Any, attachment: Attachment, record: Any) -> bool:
    """Whether the person may have the file. Nobody gets what the scanner has not let through."""
    if record is None or not attachment.is_safe_to_fetch:
        return False
    if is_open_to_all(attachment, record):
        return True
    return user.is_authenticated and user.is_active and _may_read_closed(user, record)


def is_open_to_all(attachment: Attachment, record: Any) -> bool:
    return attachment.audience == Audience.PUBLIC and attachment.is_current and is_public(record)


def _may_read_closed(user: Any, record: Any) -> bool:
    """The record's own word, when it has one; else the officials of its unit."""
    if hasattr(record, "may_read_files"):
        return bool(record.may_read_files(user))
    if sees_all_units(user):
        return True
    unit = getattr(record, "unit_id", None)
    return unit is not None and has_role(user, *OFFICIALS, unit=unit)
