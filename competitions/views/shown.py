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
from core.legal import parameters
from core.legal.models import AuditEntry, Transition
from organizations.enums import LegalForm

from .. import law
from ..actions import NOTICE_ROWS
from ..enums import ENDLESS, Intake, Origin, Phase, State
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
FORMS = dict(LegalForm.choices)
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
        return "rolling", str(call.get_intake_display()) if call.intake in ENDLESS else _("nabór trwa")
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
    """Until when the final report is due, when the end of the task is known to the day (R-CALL-48): both days when
    the thirtieth is a day off."""
    if len(call.task_to) != 10:
        return ""
    ends = date.fromisoformat(call.task_to)
    found = law.final_report_due(ends, days=parameters.days("final_report", on=ends))
    if not found.is_moved:
        return _("do %(day)s") % {"day": formats.day(found.due_on)}
    days = {"day": formats.day(found.due_on), "counted": formats.day(found.counted_to, year=False)}
    return _("do %(day)s (30. dzień, %(counted)s, jest wolny)") % days


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
        (_("Dotacja na ofertę"), grant_words(call)),
        *limits(call),
        (_("Udział dotacji"), _at_most(call.max_cofinancing_percent)),
        (_("Wkład własny"), _own_contribution(call)),
        (_("Wkład finansowy"), _at_least(call.min_financial_contribution_percent)),
        (_("Wkład osobowy i rzeczowy"), _at_most(call.max_in_kind_percent)),
        (_("Koszty administracyjne"), _at_most(call.admin_cost_percent)),
        (_("Ofert od jednej organizacji"), _offers(call)),
        (_("Planowana liczba dotacji"), _number(call.planned_awards)),
        (_("Realizacja"), period_words(call.task_from, call.task_to) or call.task_period_note),
        (_("Zadanie trwa"), months_words(call.task_months_min, call.task_months_max)),
        (_("Wypłata dotacji"), call.get_payout_display() if call.payout else ""),
        (_("Sfera zadania"), call.sphere_label),
        (_("Dla form prawnych"), ", ".join(str(FORMS.get(code, code)) for code in call.eligible_forms)),
        (_("Forma"), call.form_label or (call.get_form_display() if call.form != "unknown" else "")),
        (_("Podstawa"), "; ".join(filter(None, [law.legal_basis(call.mode), *call.legal_bases]))),
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


def grant_words(call: Call) -> str:
    """The limits of one grant; »więcej niż« where the lowest amount must be exceeded."""
    words = range_words(call.min_grant, call.max_grant)
    if not call.must_exceed_min_grant or call.min_grant is None:
        return words
    more = _("więcej niż %(least)s") % {"least": formats.zloty(call.min_grant)}
    most = _("do %(most)s") % {"most": formats.zloty(call.max_grant)} if call.max_grant is not None else ""
    return ", ".join(filter(None, [more, most]))


def limits(call: Call) -> list[tuple[str, str]]:
    """The rarer limits of a grant."""
    named = [
        (_("Dotacja na rok zadania"), call.max_grant_per_year),
        (_("Dla jednej organizacji łącznie"), call.max_grant_per_applicant),
        (_("Na jedno miejsce"), call.max_grant_per_place),
        (_("Wyposażenie"), call.equipment_limit),
    ]
    found = [(label, range_words(None, amount)) for label, amount in named]
    share = call.equipment_percent
    equipment = _("do %(share)s dotacji") % {"share": formats.percent(share)} if share is not None else ""
    return [*found, (_("Wyposażenie, udział"), equipment)]


def months_words(least: int | None, most: int | None) -> str:
    """»od 1 do 6 miesięcy«, »do 6 miesięcy«."""
    months = _("miesiąc|miesiące|miesięcy")
    if least and most and least != most:
        return _("od %(least)s do %(most)s") % {"least": least, "most": formats.counted(most, months)}
    if most:
        counted = {"n": formats.counted(most, months)}
        return counted["n"] if least == most else _("do %(n)s") % counted
    return _("co najmniej %(n)s") % {"n": formats.counted(least, months)} if least else ""


def _offers(call: Call) -> str:
    if call.offers_per_applicant is None:
        return _("osobna na każdą część") if call.is_offer_per_part else ""
    words = _("%(n)s w każdej części") if call.is_offer_per_part else "%(n)s"
    return words % {"n": formats.number(call.offers_per_applicant)}


def _at_least(share: Any) -> str:
    return _("co najmniej %(share)s kosztów") % {"share": formats.percent(share)} if share is not None else ""


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
    changed = [
        (
            str(known[name].verbose_name).capitalize(),
            value_words(known[name], before.get(name)),
            value_words(known[name], new),
        )
        for name, new in after.items()
        if name in known
    ]
    return changed + [
        (row_title(record, name), row_words(before.get(name)), row_words(new))
        for name, new in after.items()
        if name in NOTICE_ROWS
    ]


def row_title(record: models.Model, name: str) -> str:
    """»Kryteria oceny«: the name of a kind of rows."""
    return str(record._meta.get_field(name).related_model._meta.verbose_name_plural).capitalize()


def row_words(rows: list[dict] | None) -> str:
    """Rows of a version in one line: names and figures."""
    told = (", ".join(str(value) for name, value in row.items() if name != "position") for row in rows or [])
    return Truncator("; ".join(told)).chars(LONGEST_VALUE)


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
