"""The yearly schedule: entries are published, changed in the open, withdrawn, and become calls (R-CALL-06)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused

from .. import law, permissions
from ..enums import EntryStatus, State
from ..models import Call, CallScheduleEntry
from .drafting import open_draft

SHOWN = [
    "title",
    "unit_id",
    "planned_form",
    "planned_amount",
    "planned_month",
    "task_from",
    "task_to",
    "contact",
    "note",
]


@transaction.atomic
def save_entry(entry: CallScheduleEntry, *, by: Any, at: datetime) -> CallScheduleEntry:
    """Saves a new or edited entry; what changes in a published one goes into its public history."""
    _check(entry, by)
    before = audit.snapshot(CallScheduleEntry.objects.get(pk=entry.pk), SHOWN) if entry.pk else {}
    entry.year, entry.month = int(entry.planned_month[:4]), int(entry.planned_month[5:7] or 0) or None
    entry.updated_at = at
    entry.save()
    old, new = audit.changes(before, audit.snapshot(entry, SHOWN))
    if new:
        verb = _("Zmiana wpisu harmonogramu") if before else _("Nowy wpis harmonogramu")
        is_public = bool(before) and entry.is_public
        audit.record(entry, verb, by=by, at=at, before=old, after=new, is_public=is_public)
    return entry


def _check(entry: CallScheduleEntry, by: Any) -> None:
    if by is not None and not permissions.may_prepare(by, entry):
        raise MoveRefused(str(entry))


@transaction.atomic
def publish_entry(entry: CallScheduleEntry, *, by: Any, at: datetime) -> CallScheduleEntry:
    """Shows an entry in the public schedule. Raises LawBreached when it lacks a field."""
    _check(entry, by)
    require(law.entry_breaches(entry.filled()))
    if entry.published_at is None:
        entry.published_at = entry.updated_at = at
        entry.save(update_fields=["published_at", "updated_at"])
        audit.record(entry, _("Publikacja w harmonogramie"), by=by, at=at, is_public=True)
    return entry


@transaction.atomic
def withdraw_entry(entry: CallScheduleEntry, *, reason: str, by: Any, at: datetime) -> CallScheduleEntry:
    """Says publicly that a planned call will not come, and why. Raises LawBreached without a reason."""
    _check(entry, by)
    if not reason.strip():
        raise LawBreached(
            [Breach("R-CALL-06", _("Powód: napisz, dlaczego wycofujesz konkurs z harmonogramu."), "reason")]
        )
    _write_status(entry, EntryStatus.WITHDRAWN, by, at, reason)
    return entry


@transaction.atomic
def plan_call(entry: CallScheduleEntry, *, by: Any, at: datetime) -> Call:
    """A planned call out of an entry of the schedule; only its own officials see it.

    Raises LawBreached when the entry has a call already or has been withdrawn.
    """
    locked = CallScheduleEntry.objects.select_for_update().get(pk=entry.pk)
    if locked.call_id or locked.status == EntryStatus.WITHDRAWN:
        raise LawBreached([Breach("R-CALL-06", _("Ten wpis ma już konkurs albo został wycofany."))])
    call = Call(
        unit=locked.unit,
        title=locked.title,
        mode=locked.mode,
        form=locked.planned_form,
        budget_total=locked.planned_amount,
        is_budget_approximate=locked.planned_amount is not None and locked.is_amount_approximate,
        task_from=locked.task_from,
        task_to=locked.task_to,
        contact=locked.contact,
    )
    open_draft(call, by=by, at=at, state=State.PLANNED)
    call.spheres.set(locked.spheres.all())
    locked.call = entry.call = call
    locked.save(update_fields=["call"])
    return call


def set_status(call: Call, status: EntryStatus, *, by: Any, at: datetime, reason: str = "") -> None:
    """Tells the schedule what became of a call, if it was planned there."""
    entry = CallScheduleEntry.objects.filter(call=call).first()
    if entry is not None:
        _write_status(entry, status, by, at, reason)


def _write_status(entry: CallScheduleEntry, status: EntryStatus, by: Any, at: datetime, reason: str) -> None:
    before, entry.status, entry.updated_at = entry.status, status, at
    entry.save(update_fields=["status", "updated_at"])
    change: dict[str, Any] = {"before": {"status": before}, "after": {"status": status}}
    audit.record(
        entry, _("Zmiana stanu wpisu"), by=by, at=at, reason=reason, is_public=entry.is_public, **change
    )
