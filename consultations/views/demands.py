"""The register of demands: one demand over the years, one meeting with its table (R-CNS-16)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.common import formats
from core.documents.pdf import PdfFailed
from core.legal.models import AuditEntry

from .. import queries
from ..demands.documents import FORMATS, as_file
from ..demands.table import position_of, table_of
from ..enums import DemandStatus
from ..models import DemandMeeting, Postulate
from .detail import HISTORY_WORDS, demand_position_tag

ROW_KIND = Postulate._meta.label_lower
STATUS_TAGS = {
    DemandStatus.OPEN: "waiting",
    DemandStatus.IN_PROGRESS: "running",
    DemandStatus.DONE: "ok",
    DemandStatus.DROPPED: "off",
}


def status_tag(status: str) -> tuple[str, str]:
    """(look, words) of what has become of a demand."""
    return STATUS_TAGS[DemandStatus(status)], str(DemandStatus(status).label)


@require_safe
def demand_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """The heading and the five columns; ``?format=`` gives the same as a file."""
    rows = DemandMeeting.objects.published().select_related("unit", "consultation").prefetch_related("units")
    meeting = get_object_or_404(rows, slug=slug)
    if wanted := request.GET.get("format"):
        try:
            return as_file(meeting, wanted)
        except PdfFailed:
            return render(request, "consultations/demands/pdf_failed.html", {"meeting": meeting}, status=503)
    table = table_of(meeting)
    numbers = {row.pk: row.lp for row in table.rows}
    context = {
        "meeting": meeting,
        "history": [
            demand_entry(entry, numbers.get(entry.subject_id) if entry.subject_kind == ROW_KIND else None)
            for entry in queries.history_of_table(meeting, table.rows)
        ],
        "table": table,
        "rows": [
            (
                row,
                position_of(row, meeting.unit_name),
                *demand_position_tag(row.position_code, row.position),
                *status_tag(row.status),
            )
            for row in table.rows
        ],
        "formats": [(key, name, f"?format={key}") for key, name in FORMATS],
    }
    return render(request, "consultations/demands/meeting.html", context)


@require_safe
def postulate(request: HttpRequest, pk: int) -> HttpResponse:
    """One demand: what was asked, the position, what followed, and those who asked for the same."""
    rows = Postulate.objects.published().select_related(
        "meeting__unit", "organization", "position_unit", "consultation", "merged_into__meeting"
    )
    demand = get_object_or_404(rows, pk=pk)
    context = {
        "demand": demand,
        "position": demand_position_tag(demand.position_code, demand.position),
        "status": status_tag(demand.status),
        "follow_ups": [(row, *status_tag(row.status)) for row in demand.follow_ups.select_related("unit")],
        "main": demand.merged_into if demand.merged_into and demand.merged_into.is_public else None,
        "merged": demand.merged.published().order_by("meeting_on", "pk"),
        "when": day_of(demand),
        "history": [demand_entry(entry) for entry in queries.history_of(demand)],
    }
    return render(request, "consultations/demands/postulate.html", context)


def demand_entry(entry: AuditEntry, number: int | None = None) -> dict[str, Any]:
    """A line of the history; keys of rows and codes of states say nothing to people and are left out."""
    title = entry.verb if number is None else _("%(what)s, lp. %(n)d") % {"what": entry.verb, "n": number}
    what = entry.after.get("changed")
    return {
        "at": entry.at,
        "title": title,
        "changes": [(HISTORY_WORDS["changed"], "", what)] if what else [],
    }


def day_of(demand: Postulate) -> str:
    """»17 czerwca 2025«, »czerwiec 2025«, or nothing."""
    return formats.day(demand.meeting_on) if demand.meeting_on else formats.partial_date(demand.meeting_about)
