"""A call put into words and pictures: its tag, its stages, its key facts, its history."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.common import formats
from core.common.clock import local_day
from core.common.fields import MoneyField
from core.common.sanitize import text_of
from core.common.stages import Stage
from core.legal.models import AuditEntry, Transition

from .. import law
from ..enums import Intake, Origin, Phase, State
from ..models import Call

# Which of the seven gates is lit in each state.
GATE = {
    State.PUBLISHED: 2,
    State.CLOSED: 3,
    State.FORMAL_EVALUATION: 3,
    State.CORRECTIONS: 3,
    State.MERIT_EVALUATION: 4,
    State.COMMITTEE_OPINION: 4,
    State.DECIDED: 5,
    State.RESULTS_PUBLISHED: 6,
    State.CONTRACTING: 6,
    State.IN_PROGRESS: 7,
    State.REPORTING: 7,
}
ALL_DONE = 8
LONGEST_VALUE = 300


# --- the tag ----------------------------------------------------------------------------------------


def shown_state(call: Call, at: datetime) -> tuple[str, str]:
    """Key and words of the state tag; the clock decides whether an intake is still open."""
    phase = call.phase(at)
    if phase == Phase.OPEN:
        return _open_state(call, at)
    if phase == Phase.REVIEW:
        waits = call.state in (State.PUBLISHED, State.CLOSED)
        return "review", _("nabór zamknięty") if waits else _("w ocenie")
    return {
        Phase.DONE: ("done", _("rozstrzygnięty")),
        Phase.CANCELLED: ("off", _("unieważniony")),
        Phase.ARCHIVED: ("done", _("archiwalny")),
    }[phase]


def _open_state(call: Call, at: datetime) -> tuple[str, str]:
    if call.offers_due_at is None:
        return "rolling", _("nabór ciągły") if call.intake == Intake.CONTINUOUS else _("nabór trwa")
    if not formats.is_soon(call.offers_due_at, at):
        return "open", _("nabór trwa")
    days = (local_day(call.offers_due_at) - local_day(at)).days
    near = (_("kończy się dziś"), _("kończy się jutro"))
    return "soon", near[days] if days < 2 else _("kończy się za %(n)s dni") % {"n": days}


def time_left(call: Call, at: datetime) -> str:
    """»zostało 14 dni«; in the very last minute still »dziś do 12:00«, since that minute counts."""
    if call.offers_due_at is None or not law.is_open(call.offers_due_at, at):
        return ""
    return formats.time_left(call.offers_due_at, min(at, call.offers_due_at - timedelta(seconds=1)))


def deadline_words(call: Call) -> str:
    """The end of the intake in words: the moment, the day, or what the notice says instead."""
    if call.offers_due_at is None:
        return call.deadline_note
    day = formats.day_with_weekday(local_day(call.offers_due_at))
    return formats.moment(call.offers_due_at) if call.has_due_hour else day


# --- stages -----------------------------------------------------------------------------------------


def stages(call: Call, at: datetime) -> list[Stage]:
    """The seven gates of a call; none for imported ones, whose course is not known."""
    if call.origin == Origin.IMPORTED:
        return []
    if call.state == State.CANCELLED:
        return _cancelled_stages(call)
    current, year = _gate(call, at), local_day(at).year
    gates = [
        (_("Ogłoszenie"), formats.partial_date(call.announced_on), None),
        (_("Nabór ofert"), _until_moment(call, year), None),
        (_("Ocena formalna"), _until(call.formal_review_until, year), call.formal_review_until),
        (_("Ocena merytoryczna"), _until(call.merit_review_until, year), call.merit_review_until),
        (_("Wyniki"), _results_day(call, year), call.results_planned_on),
        (_("Umowy"), _until(call.contracts_until, year), call.contracts_until),
        (_("Sprawozdania"), _reports_day(call), None),
    ]
    return [
        Stage(name, when, _status(number, current, due, local_day(at)))
        for number, (name, when, due) in enumerate(gates, start=1)
    ]


def _gate(call: Call, at: datetime) -> int:
    if call.state == State.PUBLISHED and call.phase(at) == Phase.REVIEW:
        return GATE[State.CLOSED]
    return GATE.get(State(call.state), ALL_DONE)


def _status(number: int, current: int, due: date | None, today: date):
    if number < current:
        return "done"
    if number > current:
        return "next"
    return "warn" if due is not None and due < today else "now"


def _until(day: date | None, year: int) -> str:
    """»do 23 czerwca«; with the year when it is not the present one."""
    return _("do %(day)s") % {"day": formats.day(day, year=day.year != year)} if day else ""


def _until_moment(call: Call, year: int) -> str:
    if call.offers_due_at is None:
        return str(call.get_intake_display()) if call.intake != Intake.UNKNOWN else ""
    until = _until(local_day(call.offers_due_at), year)
    return f"{until}, {formats.hour(call.offers_due_at)}" if call.has_due_hour else until


def _results_day(call: Call, year: int) -> str:
    result = getattr(call, "result", None)
    if call.shows_results and result is not None and result.published_on:
        return formats.day(result.published_on)
    return _until(call.results_planned_on, year)


def _reports_day(call: Call) -> str:
    """Thirty days after the task, when its end is known to the day (R-CALL-48 is applied to each contract)."""
    if len(call.task_to) != 10:
        return ""
    return _("po zakończeniu zadań, %(day)s") % {"day": formats.day(date.fromisoformat(call.task_to))}


def _cancelled_stages(call: Call) -> list[Stage]:
    when = formats.day(local_day(call.state_since)) if call.state_since else ""
    return [
        Stage(_("Ogłoszenie"), formats.partial_date(call.announced_on), "done"),
        Stage(_("Unieważnienie"), when, "warn"),
    ]


# --- key facts --------------------------------------------------------------------------------------


def key_facts(call: Call) -> list[tuple[str, str]]:
    """Label and value of what people compare; what is unknown is left out."""
    return [
        (_("Pula środków"), pool_words(call)),
        (_("Dotacja na ofertę"), range_words(call.min_grant, call.max_grant)),
        (_("Udział dotacji"), _at_most(call.max_cofinancing_percent)),
        (_("Wkład własny"), _own_contribution(call)),
        (_("Koszty administracyjne"), _at_most(call.admin_cost_percent)),
        (_("Ofert od jednej organizacji"), _number(call.offers_per_applicant)),
        (_("Planowana liczba dotacji"), _number(call.planned_awards)),
        (_("Realizacja"), period_words(call.task_from, call.task_to) or call.task_period_note),
        (_("Sfera zadania"), call.sphere_label),
        (_("Forma"), call.form_label or (call.get_form_display() if call.form != "unknown" else "")),
        (_("Podstawa"), law.legal_basis(call.mode)),
    ]


def pool_words(call: Call) -> str:
    if call.budget_total is None:
        return ""
    amount = formats.zloty(call.budget_total)
    return _("około %(amount)s") % {"amount": amount} if call.is_budget_approximate else amount


def range_words(least: Any, most: Any) -> str:
    """»od 60 000 do 120 000 zł«, »do 30 000 zł«."""
    if least is None and most is None:
        return ""
    if least is None:
        return _("do %(most)s") % {"most": formats.zloty(most)}
    if most is None:
        return _("od %(least)s") % {"least": formats.zloty(least)}
    short = formats.zloty(least).removesuffix(f"{formats.NBSP}zł")
    return _("od %(least)s do %(most)s") % {"least": short, "most": formats.zloty(most)}


def _at_most(share: Any) -> str:
    return _("do %(share)s kosztów") % {"share": formats.percent(share)} if share is not None else ""


def _own_contribution(call: Call) -> str:
    share, note = call.min_own_contribution_percent, call.own_contribution_note
    words = (
        _("co najmniej %(share)s kosztów") % {"share": formats.percent(share)} if share is not None else ""
    )
    return ", ".join(part for part in (words, note) if part)


def _number(value: int | None) -> str:
    return "" if value is None else formats.number(value)


def period_words(first: str, last: str) -> str:
    """A range of partial dates: by days when both are known to the day, else as far as known."""
    if len(first) == len(last) == 10:
        return formats.day_range(date.fromisoformat(first), date.fromisoformat(last))
    if first and last:
        return f"{formats.partial_date(first)} – {formats.partial_date(last)}"
    if first:
        return _("od %(day)s") % {"day": formats.partial_date(first)}
    return _("do %(day)s") % {"day": formats.partial_date(last)} if last else ""


def partial_moment(value: str) -> str:
    """»9 sierpnia 2021, godz. 12:00«, or as much as a partial moment knows."""
    day, _t, hour = value.partition("T")
    shown = formats.partial_date(day)
    return _("%(day)s, godz. %(hour)s") % {"day": shown, "hour": hour} if hour else shown


# --- history ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LogEntry:
    """One line of the public history."""

    at: datetime
    title: str
    text: str = ""
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    reason: str = ""


def history(call: Call, transitions: Iterable[Transition], entries: Iterable[AuditEntry]) -> list[LogEntry]:
    """What happened to a call in public, newest first; nobody is named."""
    written = [
        _written(call, entry) for entry in entries if "published_on" not in entry.after
    ]  # proofs have a table
    lines = [_moved(move) for move in transitions] + written
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _moved(move: Transition) -> LogEntry:
    if not move.source:
        return LogEntry(move.at, _("Wczytano z danych archiwalnych"))
    titles = {
        State.PUBLISHED: _("Ogłoszenie konkursu"),
        State.CLOSED: _("Koniec naboru"),
        State.FORMAL_EVALUATION: _("Początek oceny formalnej"),
        State.CORRECTIONS: _("Wezwanie do uzupełnień"),
        State.MERIT_EVALUATION: _("Początek oceny merytorycznej"),
        State.COMMITTEE_OPINION: _("Opinia komisji"),
        State.DECIDED: _("Decyzja o wyborze ofert"),
        State.RESULTS_PUBLISHED: _("Ogłoszenie wyników"),
        State.CANCELLED: _("Unieważnienie konkursu"),
    }
    title = titles.get(State(move.target)) or State(move.target).label
    return LogEntry(move.at, str(title), reason=move.reason if move.target == State.CANCELLED else "")


def _written(call: Call, entry: AuditEntry) -> LogEntry:
    """A change of the notice field by field; of a file its title."""
    file = entry.after.get("file") or entry.before.get("file")
    if file:
        return LogEntry(entry.at, entry.verb, text=file, reason=entry.reason)
    return LogEntry(
        entry.at, entry.verb, changes=changes_of(call, entry.before, entry.after), reason=entry.reason
    )


def changes_of(record: models.Model, before: dict, after: dict) -> list[tuple[str, str, str]]:
    """Field by field in words, for fields of the record; other keys say nothing to the public."""
    known = {f.attname: f for f in record._meta.concrete_fields}
    return [
        (
            str(known[name].verbose_name).capitalize(),
            value_words(known[name], before.get(name)),
            value_words(known[name], new),
        )
        for name, new in after.items()
        if name in known
    ]


def value_words(column: models.Field, value: Any) -> str:
    """A stored plain value as people read it."""
    if value in (None, "", []):
        return ""
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(column, models.ForeignKey):
        return str(column.related_model._default_manager.filter(pk=value).first() or "")
    return _plain_words(column, value)


def _plain_words(column: models.Field, value: Any) -> str:
    if isinstance(column, MoneyField):
        return formats.zloty(value)
    if isinstance(column, models.DateTimeField):
        return formats.moment(datetime.fromisoformat(value))
    if isinstance(value, bool):
        return str(_("tak") if value else _("nie"))
    if isinstance(value, list):
        return ", ".join(str(v) for v in value)
    if isinstance(column, models.DateField) or column.max_length == 10:
        return formats.partial_date(str(value))
    return Truncator(text_of(str(value))).chars(LONGEST_VALUE)
