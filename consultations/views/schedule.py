"""The one schedule of a year (R-CNS-23): chart, table, files, log of changes."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.common import formats
from core.common.clock import now, today
from core.common.dates import ical_response
from core.common.exports import csv_response, json_response
from core.common.listing import FeedItem, chips_of, rss_response
from core.common.sites import absolute
from core.common.stages import YearRow
from core.documents.pdf import PdfFailed, render_pdf

from .. import law, queries
from ..actions.schedule import term_of
from ..enums import State
from ..exports import CONSULTATION_COLUMNS
from ..filters.schedule import NAMES, ScheduleFilter
from ..models import Consultation, ScheduleChange
from .arcade import late_text
from .detail import state_tag

CHANGES_SHOWN = 30
FIRST_YEAR, LAST_YEAR = 1990, 2100
FORMATS = (("ics", "iCal"), ("rss", "RSS"), ("csv", "CSV"), ("pdf", "PDF do druku"))


def schedule(request: HttpRequest) -> HttpResponse:
    """``?rok=2026`` chooses the year, filters narrow it, ``?format=`` gives the same entries as a file or a feed."""
    year = year_of(request.GET.get("rok"))
    of_year = queries.for_list().in_year(year).order_by("starts_on", "starts_about", "ends_on", "pk")
    filterset = ScheduleFilter(request.GET, queryset=of_year, request=request)
    entries, chosen = filterset.qs, chosen_of(filterset)
    wanted = request.GET.get("format")
    if wanted:
        return as_file(wanted, entries, year, chosen)
    rows = list(entries)
    years = queries.schedule_years()
    context = {
        "form": filterset.form,
        "kept": [(name, value) for name, value in chosen.items()],
        "kept_query": f"&{urlencode(chosen)}" if chosen else "",
        "chips": chips_of(filterset, request),
        "feed_url": absolute(address(year, chosen, "ics")).replace("https://", "webcal://", 1),
        "year": year,
        "this_year": today().year,
        "years": years,
        "near_years": [y for y in (year - 1, year, year + 1) if y in years or y == year],
        "rows": [row for row in map(year_row, rows) if row],
        "entries": [(entry, term_of(entry), *state_tag(entry), note_of(entry)) for entry in rows],
        "changes": changes_of(entries),
        "formats": [(key, name, f"?{address(year, chosen, key).partition('?')[2]}") for key, name in FORMATS],
    }
    return render(request, "consultations/schedule.html", context)


def year_of(text: str | None) -> int:
    """The year asked for; the present one when it is none."""
    year = int(text) if text and text.isascii() and text.isdigit() and len(text) == 4 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else today().year


def chosen_of(filterset: ScheduleFilter) -> dict[str, str]:
    """The filters in force that make sense, as they stand in the address."""
    filterset.form.is_valid()
    cleaned = filterset.form.cleaned_data if filterset.form.is_bound else {}
    return {name: cleaned[name] for name in NAMES if cleaned.get(name)}


def address(year: int, chosen: dict[str, str], form: str = "") -> str:
    """The schedule of a year with these filters, as a page or in a form."""
    words = {"rok": year, **chosen, **({"format": form} if form else {})}
    return f"{reverse('consultations:schedule')}?{urlencode(words)}"


def as_file(wanted: str, entries, year: int, chosen: dict[str, str]) -> HttpResponse:
    name, title = f"harmonogram-konsultacji-{year}", _("Harmonogram konsultacji %(year)d") % {"year": year}
    link = absolute(address(year, chosen))
    if wanted == "csv":
        return csv_response(entries, CONSULTATION_COLUMNS, name)
    if wanted == "json":
        return json_response(entries, CONSULTATION_COLUMNS, name, licence="CC BY 4.0", source=link)
    if wanted == "ics":
        return ical_response([thing for entry in entries for thing in queries.things_of(entry)], name, title)
    if wanted == "rss":
        return rss_response(changes_feed(entries), title, link)
    if wanted == "pdf":
        return print_sheet(entries, name, title)
    raise Http404(_("Harmonogramu nie ma w tym formacie."))


def print_sheet(entries, name: str, title: str) -> HttpResponse:
    """The same table on paper: PDF that screen readers read too."""
    head = [_("Temat"), _("Termin"), _("Z kim"), _("Jednostka"), _("Stan")]
    rows = [
        [
            entry.title,
            term_of(entry) or "–",
            ", ".join(entry.regime_labels),
            entry.unit_name,
            ". ".join(filter(None, [str(state_tag(entry)[1]), note_of(entry)])),
        ]
        for entry in entries
    ]
    lead = _("Stan na %(day)s. Terminy planowanych konsultacji mogą się zmienić.") % {
        "day": formats.day(today())
    }
    data = {"text": lead, "table": {"caption": title, "head": head, "rows": rows}}
    try:
        content = render_pdf("notice.typ", data, title=title)
    except PdfFailed:
        return HttpResponse(_("Nie udało się przygotować pliku. Spróbuj za chwilę."), status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def changes_of(entries) -> list[ScheduleChange]:
    """The newest changes of these entries."""
    rows = ScheduleChange.objects.filter(consultation__in=entries.order_by().values("pk"))
    return list(rows.select_related("consultation")[:CHANGES_SHOWN])


def changes_feed(entries) -> list[FeedItem]:
    return [
        FeedItem(
            f"{change.consultation.title}: {change_line(change)}",
            f"{change.consultation.get_absolute_url()}#zmiana-{change.pk}",
            change.reason,
            change.changed_at,
        )
        for change in changes_of(entries)
    ]


def change_line(change: ScheduleChange) -> str:
    """»termin z maj 2026 na czerwiec 2026«."""
    if not change.before:
        return f"{change.what}: {change.after}"
    return _("%(what)s: „%(before)s” zmieniono na „%(after)s”") % {
        "what": change.what,
        "before": change.before,
        "after": change.after,
    }


def year_row(entry: Consultation) -> YearRow | None:
    """The bar of an entry; None when not even its month is known."""
    days = span_of(entry)
    if days is None:
        return None
    status = (
        "done" if entry.is_ended or entry.state == State.CANCELLED else "now" if entry.is_open else "next"
    )
    report_on = entry.report_published_on or entry.report_due_with(entry.stage_count)
    return YearRow(entry.title, entry.get_absolute_url(), *days, status, note_of(entry), report_on)


def span_of(entry: Consultation) -> tuple[date, date] | None:
    """First and last day: exact ones, or the months that are known."""
    first, last = (
        entry.starts_on or month_start(entry.starts_about),
        entry.ends_on or month_end(entry.ends_about or entry.starts_about),
    )
    known = first or last
    return (first or known, max(last or known, first or known)) if known else None


def month_start(text: str) -> date | None:
    return date(int(text[:4]), int(text[5:7]), 1) if len(text) >= 7 else None


def month_end(text: str) -> date | None:
    first = month_start(text)
    return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1) if first else None


def note_of(entry: Consultation) -> str:
    """The one thing to know about an entry now."""
    state = entry.state_now
    if state == State.OPEN:
        return formats.time_left(entry.ends_at, now())
    if state == State.PLANNED:
        return _("termin może się zmienić")
    if state == State.ANNOUNCED:
        return _("początek %(day)s") % {"day": formats.day(entry.starts_on)}
    if state == State.CANCELLED:
        return _("odwołane")
    return report_note(entry)


def report_note(entry: Consultation) -> str:
    if entry.report_published_on:
        remarks = (
            f", {formats.counted(entry.remark_total, _('uwaga|uwagi|uwag'))}" if entry.remark_total else ""
        )
        return _("raport z %(day)s") % {"day": formats.day(entry.report_published_on, year=False)} + remarks
    due = entry.report_due_with(entry.stage_count)
    late = law.days_late(due, today()) if due else 0
    if late:
        return late_text(late)
    return _("raport do %(day)s") % {"day": formats.day(due, year=False)} if due else ""
