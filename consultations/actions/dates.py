"""The dates of a form: written as lines, kept as rows, so that nobody who signed up is lost when one moves."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.common.clock import now
from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused

from .. import law
from ..emails import meetings as letters
from ..models import Consultation, ConsultationForm, FormDate, SignUp
from ..models.date_lines import DateLine
from ..permissions import may_answer


@transaction.atomic
def set_dates(
    form: ConsultationForm, lines: Iterable[DateLine], *, at: datetime | None = None, reason: str = ""
) -> None:
    """Gives a form exactly these dates, in this order; the same dates again change nothing.

    Raises LawBreached for a new date that is over, ends before it begins, or lies outside the consultation
    (R-CNS-06); without ``at`` dates are kept as their source says.

    A date that people signed up for is moved, or called off when it is left out, and each of them is told;
    dates called off before stay as they are, and so do those that were held: nobody is told of these.
    """
    wanted, rows = list(lines), list(form.dates.filter(cancelled_at=None).select_for_update())
    if [row.line for row in rows] == wanted:
        return
    if at is not None:
        require(form.date_breaches(wanted, at))
    moment = at or now()
    held = {row for row in rows if _is_held(row, moment)}
    paired = _pair(rows, wanted, held)
    for row in rows:
        if row not in paired and row not in held:
            _leave_out(row, at=moment, reason=reason)
    by_place = {place: row for row, place in paired.items()}
    for place, line in enumerate(wanted):
        _write(by_place.get(place) or FormDate(form=form), line, place + 1, at=moment)


def _has_begun(row: FormDate, at: datetime) -> bool:
    return row.starts_at is not None and row.starts_at <= at


def _is_held(row: FormDate, at: datetime) -> bool:
    """Whether people have come, or were to come: such a date is a record of what was."""
    return _has_begun(row, at) and (row.walk_in_count is not None or row.sign_ups.exists())


def _pair(rows: list[FormDate], wanted: list[DateLine], held: set[FormDate]) -> dict[FormDate, int]:
    """Which row becomes which line: the same one first, then one of the same day, then the next in order.

    A date that was held never becomes another day.
    """
    paired: dict[FormDate, int] = {}
    alike = (
        lambda row, line: row.line == line,
        lambda row, line: row.starts_on is not None and row.starts_on == line.starts_on,
        lambda row, _line: row not in held,
    )
    for is_alike in alike:
        for row in rows:
            open_lines = (
                n for n, line in enumerate(wanted) if n not in paired.values() and is_alike(row, line)
            )
            if row not in paired and (place := next(open_lines, None)) is not None:
                paired[row] = place
    return paired


def _write(row: FormDate, line: DateLine, position: int, *, at: datetime) -> None:
    before = row.starts_at if row.pk else None
    old_hours = (row.from_hour, row.to_hour)
    row.position, row.text = position, line.text[:300]
    row.starts_on, row.until_on = line.starts_on, line.until_on
    row.from_hour, row.to_hour = line.from_hour, line.to_hour
    row.save()
    if before is not None and (row.starts_at != before or old_hours != (row.from_hour, row.to_hour)):
        _tell_moved(row, before, at=at)


def _tell_moved(row: FormDate, before: datetime, *, at: datetime) -> None:
    """Everybody with a place or on the list learns the new time; talks that no longer fit are called off.

    Writing down the hours of what is over anew tells nobody.
    """
    if before <= at and _has_begun(row, at):
        return
    row.sign_ups.valid().update(confirmed_at=None, reminded_at=None)
    slots = len(law.slots_of(row.from_hour, row.to_hour, row.form.slot_minutes))
    for sign_up in row.sign_ups.valid():
        sign_up.date = row
        if sign_up.slot is not None and sign_up.slot > slots:
            sign_up.cancelled_at = at
            sign_up.save(update_fields=["cancelled_at"])
            letters.tell_called_off(
                sign_up, _("Skróciliśmy dyżur i Twoja rozmowa już się nie mieści."), at=at
            )
        else:
            letters.tell_moved(sign_up, before, at=at)


def _leave_out(row: FormDate, *, at: datetime, reason: str) -> None:
    """A date nobody signed up for goes; one that people wait for is called off and stays to be seen."""
    if row.sign_ups.exists():
        _call_off(row, reason=reason or _("Zmieniliśmy terminy."), at=at)
    else:
        row.delete()


def _call_off(row: FormDate, *, reason: str, at: datetime) -> None:
    row.cancelled_at, row.cancellation_reason = at, reason.strip()[:300]
    row.save(update_fields=["cancelled_at", "cancellation_reason"])
    for sign_up in row.sign_ups.valid():
        sign_up.date = row
        letters.tell_called_off(sign_up, row.cancellation_reason, at=at)


@transaction.atomic
def cancel_date(date: FormDate, *, reason: str, by: Any, at: datetime) -> FormDate:
    """Calls one date off: the page says so and why, everybody who signed up is told. Raises LawBreached."""
    row = (
        FormDate.objects.select_for_update(of=("self",)).select_related("form__consultation").get(pk=date.pk)
    )
    consultation = row.form.consultation
    if by is not None and not may_answer(by, consultation):
        raise MoveRefused("may_answer")
    if row.cancelled_at or not reason.strip():
        text = _("Powód: napisz, dlaczego odwołujesz termin, który nie jest jeszcze odwołany.")
        raise LawBreached([Breach("R-CNS-06", text, "reason")])
    if _has_begun(row, at):
        text = _("Ten termin już się zaczął albo minął, więc nie można go odwołać.")
        raise LawBreached([Breach("R-CNS-06", text)])
    _call_off(row, reason=reason, at=at)
    audit.record(
        consultation,
        _("Odwołano termin: %(date)s") % {"date": row},
        by=by,
        at=at,
        reason=reason,
        is_public=True,
    )
    return row


def cancel_dates_of(consultation: Consultation, *, reason: str, at: datetime) -> None:
    """With the whole consultation: every coming date that people signed up for."""
    coming = FormDate.objects.filter(form__consultation=consultation, cancelled_at=None)
    for row in coming.filter(pk__in=SignUp.objects.valid().values("date")).select_related(
        "form__consultation"
    ):
        if row.starts_at and not _has_begun(row, at):
            _call_off(row, reason=reason, at=at)


def tell_new_place(form: ConsultationForm, *, at: datetime) -> int:
    """Writes to everybody who signed up for a coming date that the place changed; gives how many."""
    rows = SignUp.objects.valid().filter(date__form=form, date__cancelled_at=None)
    coming = [s for s in rows.select_related("date__form__consultation") if s.starts_at and s.starts_at > at]
    for sign_up in coming:
        letters.tell_place(sign_up, at=at)
    return len(coming)
