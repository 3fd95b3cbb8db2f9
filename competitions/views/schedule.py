"""The yearly schedule of calls: the year at a glance, the same as a table, and as files (R-CALL-06)."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Any

import django_filters
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.common import formats
from core.common.clock import local_day, now, today
from core.common.dates import DatedThing
from core.common.listing import RecordList
from core.common.stages import YearRow
from core.legal.models import AuditEntry
from core.notifications.models import Follow

from .. import law, queries
from ..enums import EntryStatus, Phase
from ..exports import SCHEDULE_COLUMNS
from ..models import CallScheduleEntry
from . import shown

FIRST_YEAR, LAST_YEAR = 2000, 2100
CHANGES_SHOWN = 20


class ScheduleFilter(django_filters.FilterSet):
    """The year is chosen in the address; there is nothing else to filter."""

    class Meta:
        model = CallScheduleEntry
        fields: list[str] = []


class Schedule(RecordList):
    """``?rok=2027`` chooses the year; ``?format=csv|json|xlsx|ics`` gives it as a file."""

    template_name = "competitions/schedule.html"
    filterset_class = ScheduleFilter
    columns = SCHEDULE_COLUMNS
    export_name = "harmonogram-konkursow"
    title = gettext_lazy("Harmonogram konkursów")

    def year(self) -> int:
        text = self.request.GET.get("rok", "")
        chosen = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today().year
        return chosen if FIRST_YEAR <= chosen <= LAST_YEAR else today().year

    def get_queryset(self):
        return queries.schedule_of(self.year())

    def things(self, rows) -> Iterable[DatedThing]:
        return (as_thing(entry) for entry in rows if entry.month)

    def page_context(self, filterset, rows, sort) -> dict[str, Any]:
        entries, year = list(rows), self.year()
        return {
            "list_title": self.title,
            "year": year,
            "years": sorted({*queries.schedule_years(), year, today().year}),
            "entries": entries,
            "rows": [year_row(entry) for entry in entries if entry.month],
            "formats": self.formats(),
            "changes": changes_of(entries),
            "followed": followed(self.request.user),
            "funds_due": law.funds_notice_due(year),
        }


def year_row(entry: CallScheduleEntry) -> YearRow:
    """The bar of an entry: its planned month; for an announced call from the notice to the deadline."""
    starts, ends = month_of(entry)
    when = formats.partial_date(entry.planned_month)
    call = entry.call if entry.call and entry.call.is_public else None
    if call and call.offers_due_at and len(call.announced_on) == 10:
        starts, ends, when = date.fromisoformat(call.announced_on), local_day(call.offers_due_at), ""
    return YearRow(
        title=entry.title,
        url=call.get_absolute_url() if call else f"#wpis-{entry.pk}",
        starts_on=starts,
        ends_on=max(starts, ends),
        status=bar_status(entry, call),
        note=note_of(entry, call),
        when=when,
    )


def month_of(entry: CallScheduleEntry) -> tuple[date, date]:
    last = monthrange(entry.year, entry.month)[1]
    return date(entry.year, entry.month, 1), date(entry.year, entry.month, last)


def bar_status(entry: CallScheduleEntry, call):
    if call is None:
        return "done" if entry.status == EntryStatus.WITHDRAWN else "next"
    return "now" if call.phase(now()) == Phase.OPEN else "done"


def note_of(entry: CallScheduleEntry, call) -> str:
    if call is not None:
        return shown.time_left(call, now()) or str(shown.shown_state(call, now())[1])
    if entry.status == EntryStatus.WITHDRAWN:
        return _("wycofany z harmonogramu")
    return entry.note or (formats.zloty(entry.planned_amount) if entry.planned_amount is not None else "")


def as_thing(entry: CallScheduleEntry) -> DatedThing:
    """A planned announcement: the whole month, since the day is not known."""
    starts, ends = month_of(entry)
    return DatedThing(
        starts=starts,
        ends=ends,
        kind="call",
        label=_("Planowane ogłoszenie konkursu"),
        title=entry.title,
        url=entry.get_absolute_url(),
        uid=f"call-plan-{entry.pk}@portal-ngo",
        unit=str(entry.unit),
        note=formats.zloty(entry.planned_amount) if entry.planned_amount is not None else "",
        is_cancelled=entry.status == EntryStatus.WITHDRAWN,
    )


def changes_of(entries: list[CallScheduleEntry]) -> list[shown.LogEntry]:
    """The latest public changes of the entries of a year, newest first."""
    by_id = {entry.pk: entry for entry in entries}
    written = (
        AuditEntry.objects.of_all(CallScheduleEntry, by_id)
        .filter(is_public=True)
        .exclude(after={})[:CHANGES_SHOWN]
    )
    return [
        shown.LogEntry(
            line.at,
            line.label,
            text=line.verb,
            changes=shown.changes_of(by_id[line.subject_id], line.before, line.after),
            reason=line.reason,
        )
        for line in written
    ]


def followed(user) -> set[int]:
    """Entries that the person follows, in one query."""
    if not user.is_authenticated:
        return set()
    kind = CallScheduleEntry._meta.label_lower
    return set(Follow.objects.filter(user=user, subject_kind=kind).values_list("subject_id", flat=True))
