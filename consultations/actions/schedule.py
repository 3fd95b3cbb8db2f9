"""The published entry of the yearly schedule, and the log of its changes (R-CNS-23)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core.common import formats

from .. import law
from ..models import Consultation, ScheduleChange


def entry_of(consultation: Consultation) -> dict[str, str]:
    """The entry as people read it, part by part."""
    return {
        _("tytuł"): consultation.title,
        _("termin"): term_of(consultation),
        _("tryb"): ", ".join(consultation.regime_labels),
        _("jednostka"): consultation.unit_name,
        _("stan"): str(consultation.get_state_display()),
    }


def term_of(consultation: Consultation) -> str:
    """»1–26 czerwca 2026«, »marzec 2027«, or an empty text."""
    c = consultation
    if c.starts_on or c.ends_on:
        days = formats.day_range(c.starts_on, c.ends_on)
        return days if c.starts_on else _("do %(day)s") % {"day": days}
    months = dict.fromkeys(formats.partial_date(text) for text in (c.starts_about, c.ends_about) if text)
    return " – ".join(months)


def log_changes(
    consultation: Consultation, before: dict[str, str], *, by: Any, at: datetime, reason: str = ""
) -> list[ScheduleChange]:
    """Writes down what changed in a published entry since ``before``."""
    changes = [
        ScheduleChange(
            consultation=consultation,
            what=what,
            before=old[:600],
            after=new[:600],
            reason=reason,
            changed_at=at,
            by=by,
        )
        for what, old, new in law.entry_changes(before, entry_of(consultation))
    ]
    return ScheduleChange.objects.bulk_create(changes)
