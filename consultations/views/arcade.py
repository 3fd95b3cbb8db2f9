"""The gates of a consultation, from the announcement to the outcome."""

from datetime import date

from django.utils.translation import gettext as _

from core.common import formats
from core.common.clock import today
from core.common.stages import Stage

from .. import law
from ..actions.schedule import term_of
from ..enums import State
from ..models import Consultation

# How far each state has come: the number of the gate that is lit.
LIT = {
    State.PLANNED: 0,
    State.ANNOUNCED: 0,
    State.OPEN: 1,
    State.CLOSED: 2,
    State.ANALYSIS: 2,
    State.REPORT_PUBLISHED: 4,
    State.OUTCOME_PUBLISHED: 5,
    State.ARCHIVED: 5,
}


def arcade(consultation: Consultation, due: date | None) -> list[Stage]:
    """Five gates; a cancelled or imported consultation shows only what is known of it."""
    c = consultation
    if c.state == State.CANCELLED:
        return [
            Stage(_("Zbieranie uwag"), term_of(c), "next"),
            Stage(_("Odwołane"), formats.day(c.updated_at), "warn"),
        ]
    if c.is_imported:
        return known_gates(c)
    lit = LIT[c.state_now]
    gates = [
        (_("Zapowiedź"), formats.day(c.campaign_from), ""),
        (_("Zbieranie uwag"), term_of(c), ""),
        (_("Analiza uwag"), "", ""),
        (_("Raport"), *report_gate(c, due)),
        (_("Wynik"), formats.day(c.outcome_published_on) or _("po decyzji"), ""),
    ]
    is_late = bool(due) and not c.report_published_on and law.days_late(due, today()) > 0
    return [
        Stage(name, when, _status(number, lit, is_late=is_late and number == 3), note=note)
        for number, (name, when, note) in enumerate(gates)
    ]


def known_gates(c: Consultation) -> list[Stage]:
    """Imported records: the term and, when known, report and outcome."""
    status = "done" if c.is_ended else "now" if c.is_open else "next"
    gates = [Stage(_("Zbieranie uwag"), term_of(c), status)]
    if (
        c.report_published_on
        or c.report_about
        or c.state in (State.REPORT_PUBLISHED, State.OUTCOME_PUBLISHED)
    ):
        gates.append(
            Stage(
                _("Raport"),
                formats.day(c.report_published_on) or formats.partial_date(c.report_about),
                "done",
            )
        )
    if c.outcome:
        gates.append(Stage(_("Wynik"), formats.day(c.outcome_published_on), "done"))
    return gates


def report_gate(c: Consultation, due: date | None) -> tuple[str, str]:
    """When the report is due or came out, and by how many days it is late."""
    if c.report_published_on:
        return formats.day(c.report_published_on), ""
    late = law.days_late(due, today()) if due else 0
    when = _("do %(day)s") % {"day": formats.day(due)} if due else ""
    return when, late_text(late) if late else ""


def late_text(days: int) -> str:
    return _("raport w przygotowaniu, opóźniony o %(days)s") % {
        "days": formats.counted(days, _("dzień|dni|dni"))
    }


def _status(number: int, lit: int, *, is_late: bool) -> str:
    if is_late:
        return "warn"
    return "done" if number < lit else "now" if number == lit else "next"
