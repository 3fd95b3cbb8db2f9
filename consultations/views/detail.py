"""What the page of one consultation shows, prepared from few queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from core.common import formats
from core.common.clock import now, today
from core.documents.enums import Place, Purpose
from core.legal.models import AuditEntry

from .. import law, queries
from ..enums import DUTIES, POSITIONS_OF_DEMANDS, RESULTS, PositionCode, State
from ..models import Consultation, ConsultationForm, Remark, Survey
from .arcade import arcade, late_text
from .panel import key_facts

REMARKS_SHOWN = 10
POINTS_SHOWN = 30

STATE_TAGS = {
    State.PLANNED: "planned",
    State.ANNOUNCED: "info",
    State.OPEN: "consultation",
    State.CLOSED: "review",
    State.ANALYSIS: "review",
    State.REPORT_PUBLISHED: "done",
    State.OUTCOME_PUBLISHED: "ok",
    State.ARCHIVED: "neutral",
    State.CANCELLED: "off",
}
POSITION_TAGS = {
    PositionCode.ACCEPTED: "ok",
    PositionCode.ALREADY_DONE: "ok",
    PositionCode.PARTLY: "partly",
    PositionCode.POSSIBLE_IN_OTHER_FORM: "partly",
    PositionCode.OTHER_MODE: "partly",
    PositionCode.REFERRED: "info",
    PositionCode.TO_BE_EXAMINED: "waiting",
    PositionCode.DEPENDS_ON_BUDGET: "waiting",
    PositionCode.REJECTED: "off",
    PositionCode.OUT_OF_SCOPE: "off",
}


def state_tag(consultation: Consultation) -> tuple[str, str]:
    """(look, words) of the state by the clock; the last three days are gold."""
    state = consultation.state_now
    if state == State.OPEN and formats.is_soon(consultation.ends_at, now()):
        return "soon", _("kończą się wkrótce")
    if consultation.is_imported and state in (State.CLOSED, State.ANALYSIS, State.ARCHIVED):
        return "neutral", str(State.ARCHIVED.label)
    return STATE_TAGS[state], str(state.label)


def position_tag(code: str) -> tuple[str, str]:
    if not code:
        return "waiting", _("czeka na odpowiedź")
    return POSITION_TAGS[PositionCode(code)], str(PositionCode(code).label)


def demand_position_tag(code: str, position: str = "") -> tuple[str, str]:
    """(look, words) of the position on a demand; words without a code are an answer all the same."""
    if position and not code:
        return "neutral", _("odpowiedź bez kodu")
    look, label = position_tag(code)
    return look, str(POSITIONS_OF_DEMANDS[PositionCode(code)]) if code else label


# Entries of shared rooms name their values in English; what says nothing to people is left out.
HISTORY_WORDS = {
    "file": _lazy("plik"),
    "version": _lazy("wersja"),
    "place": _lazy("miejsce"),
    "publication": _lazy("publikacja"),
    "published_on": _lazy("dzień"),
    "removed_on": _lazy("zdjęto"),
    "changed": _lazy("co zmieniono"),
    "remarks": _lazy("uwagi"),
}
TECHNICAL = frozenset({"name", "sha256", "url", "purpose", "location", "state"})


@dataclass(frozen=True)
class HistoryEntry:
    """A line of the public history, as the component reads it."""

    at: Any
    title: str
    reason: str
    changes: list[tuple[str, Any, Any]]


def detail_context(consultation: Consultation) -> dict[str, Any]:
    """Eight queries with the consultation itself, whatever it holds. Of a mere plan only the entry is shown."""
    c = consultation
    stages = list(c.stages.all())
    due = c.report_due_with(len(stages))
    shown = {
        "consultation": c,
        "tag": state_tag(c),
        "gates": arcade(c, due),
        "stages": stages,
        "report_due": due,
        "report_late": late_line(c, due),
        "facts": key_facts(c, stages),
        "can_follow": not c.is_imported and c.state not in (State.CANCELLED, State.ARCHIVED),
        "has_calendar": not c.is_ended and c.state != State.CANCELLED,
        "history": [history_entry(entry) for entry in queries.history_of(c)],
    }
    return {**shown, **notice_context(c, due)} if c.is_public else shown


def notice_context(c: Consultation, due: date | None) -> dict[str, Any]:
    """Forms, document, remarks, files, report and proofs of a published notice."""
    forms, points = list(c.forms.prefetch_related("dates")), queries.points_with_counts(c)
    remarks = queries.public_remarks().filter(consultation=c)[:REMARKS_SHOWN]
    return {
        "has_report_first": c.is_report_public and not c.is_imported,
        "forms": forms,
        "has_calendar": has_calendar(c, forms),
        "meeting": next_of([form for form in forms if form.is_meeting]),
        "duty": next_of([form for form in forms if form.kind in DUTIES]),
        "points": points,
        "document": document_part(c, points),
        "chapters": [point for point in points if point.is_heading],
        "remarks": [remark_row(remark, c, due) for remark in remarks],
        "files": queries.public_files(c),
        "figures": figures(c),
        "surveys": surveys_of(c),
        "opinions": [dated(row, "adopted_on") for row in c.opinion_rows],
        "told_bodies": list(dict.fromkeys(name for row in c.told_rows for name in row["bodies"])),
        "extensions": [dated(row, "old_ends_on", "new_ends_on") for row in c.extension_rows],
        "proofs": [proof_row(row) for row in c.proof_rows],
    }


def document_part(c: Consultation, points: list) -> dict[str, Any]:
    """The beginning of the document; a short one wholly."""
    number = points[0].version.number if points else 0
    has_remarks = any(point.remark_count for point in points)
    shown = points if len(points) <= POINTS_SHOWN + 5 else points[:POINTS_SHOWN]
    return {
        "shown": shown,
        "more": len(points) - len(shown),
        "next_key": points[len(shown)].key if len(points) > len(shown) else "",
        "base": "" if len(points) == len(shown) else reverse("consultations:document", args=[c.slug]),
        "has_versions": number > 1,
        "has_changes": has_remarks or (bool(points) and points[0].version.purpose in RESULTS),
    }


def surveys_of(c: Consultation) -> list[Survey]:
    """Published surveys, from the row of the consultation itself."""
    moments = ("published_at", "closes_at")
    return [
        Survey(
            **{**row, **{name: row[name] and parse_datetime(row[name]) for name in moments}}, consultation=c
        )
        for row in c.survey_rows
    ]


def late_line(c: Consultation, due: date | None) -> str:
    """»raport w przygotowaniu, opóźniony o 5 dni« (R-CNS-20), or nothing."""
    late = law.days_late(due, today()) if due and not c.report_published_on and c.is_ended else 0
    return late_text(late) if late else ""


def has_calendar(c: Consultation, forms: list[ConsultationForm]) -> bool:
    """Whether a calendar has anything to take: what is over is no date any more."""
    coming = any(not row.is_over and row.cancelled_at is None for form in forms for row in form.dates.all())
    return c.state != State.CANCELLED and (coming or not c.is_ended)


def next_of(forms: list[ConsultationForm]) -> dict[str, Any] | None:
    """The next date of these forms, or a form that has no dates to choose from."""
    dated_ones = [
        (row, form)
        for form in forms
        for row in form.dates.all()
        if (row.starts_on or row.until_on) and not row.is_over and not row.cancelled_at
    ]
    if dated_ones:
        row, form = min(dated_ones, key=lambda pair: (pair[0].starts_on or today(), pair[0].position))
        return {"form": form, "date": row}
    undated = next((form for form in forms if not form.dates.all()), None)
    return {"form": undated, "date": None} if undated else None


def remark_row(remark: Remark, c: Consultation, due: date | None = None) -> dict[str, Any]:
    """One remark as the table shows it."""
    key, label = position_tag(remark.position_code if remark.is_answered else "")
    answer = remark.public_position
    if remark.submission.is_late:
        key, label, answer = (
            "alert",
            _("po terminie"),
            _("Uwaga wpłynęła po terminie i nie dostaje stanowiska."),
        )
    elif not remark.is_answered and due:
        answer = _("Odpowiedź najpóźniej w raporcie, do %(day)s.") % {"day": formats.day(due)}
    district, texts = remark.submission.district, remark.public_texts
    return {
        "number": c.remark_name(remark.number),
        "anchor": f"u{remark.number}",
        "author_label": f"{remark.submission.public_author}{f', {district}' if district else ''}",
        "point_label": texts["part"],
        "point_url": point_url(remark, c),
        "current_wording": texts["current_wording"],
        "demand": texts["proposed_wording"],
        "reason": texts["justification"],
        "position_key": key,
        "position_label": label,
        "answer": answer,
    }


def point_url(remark: Remark, c: Consultation) -> str:
    """Where the point of a remark stands in the document."""
    return f"{reverse('consultations:document', args=[c.slug])}#{remark.point.anchor}" if remark.point else ""


def figures(c: Consultation) -> list[tuple[str, int]]:
    """How many remarks got which position, once the report is out (R-CNS-19)."""
    if not c.is_report_public:
        return []
    counts = {row["code"]: row["n"] for row in c.position_rows}
    return [(str(PositionCode(code).label), n) for code, n in law.by_position(counts).items()]


def dated(row: dict[str, Any], *fields: str) -> dict[str, Any]:
    """A row that came as JSON, with its days as dates again."""
    return {**row, **{field: date.fromisoformat(row[field]) for field in fields if row[field]}}


def proof_row(row: dict[str, Any]) -> dict[str, Any]:
    names = {"place": str(Place(row["place"]).label), "purpose": str(Purpose(row["purpose"]).label)}
    return {**dated(row, "published_on", "removed_on"), **names}


def history_entry(entry: AuditEntry) -> HistoryEntry:
    keys = [key for key in dict.fromkeys([*entry.before, *entry.after]) if key not in TECHNICAL]
    changes = [
        (HISTORY_WORDS.get(key, key), _shown(key, entry.before), _shown(key, entry.after)) for key in keys
    ]
    return HistoryEntry(entry.at, entry.verb, entry.reason, changes)


def _shown(key: str, values: dict[str, Any]) -> Any:
    value = values.get(key)
    return Place(value).label if key == "place" and value in Place.values else readable(value)


def readable(value: Any) -> Any:
    """A value of the log for people: lists as sentences, days in words."""
    if isinstance(value, list):
        return "; ".join(str(part) for part in value)
    try:
        return (
            formats.day(date.fromisoformat(value)) if isinstance(value, str) and len(value) == 10 else value
        )
    except ValueError:
        return value
