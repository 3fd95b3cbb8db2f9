"""Signing up for meetings and booking slots of duties: R-CNS-05 and 06."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.common.clock import local
from core.common.formats import day
from core.legal.rules import Breach, rule

from .facts import FormFacts, Slot

_DUTY_RULE = {
    "source": "formy znane z krakowskich ogłoszeń",
    "statement": "Na dyżur można zarezerwować rozmowę o wybranej godzinie; jedna rozmowa należy do jednej osoby.",
}
_SEAT_RULE = {
    "source": "S001: przeszkodą są spotkania w godzinach pracy; ustawienie miasta",
    "statement": "Na spotkanie z limitem miejsc można się zapisać i podać potrzeby; gdy miejsc brak, działa "
    "lista rezerwowa, z której wchodzi się w kolejności zapisu.",
}


@rule("R-CNS-05", **_DUTY_RULE)
def slots_of(from_hour: time | None, to_hour: time | None, minutes: int | None) -> list[time]:
    """The hours at which talks of a duty begin; the last one ends with the duty. None without hours or length."""
    if from_hour is None or to_hour is None or not minutes or to_hour <= from_hour:
        return []
    begins, ends = _minutes(from_hour), _minutes(to_hour)
    return [time(*divmod(start, 60)) for start in range(begins, ends, minutes) if start + minutes <= ends]


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute


@rule("R-CNS-05", **_DUTY_RULE)
def free_slots(slots: int, taken: Collection[int]) -> list[int]:
    """The numbers of talks nobody has booked, from 1."""
    return [number for number in range(1, slots + 1) if number not in taken]


@rule("R-CNS-06", **_SEAT_RULE)
def waits(seated: int, limit: int | None) -> bool:
    """Whether the next person goes to the waiting list."""
    return limit is not None and seated >= limit


@rule("R-CNS-06", **_SEAT_RULE)
def to_promote(seated: int, waiting: int, limit: int | None) -> int:
    """How many people of the waiting list get a seat now."""
    return waiting if limit is None else max(min(limit - seated, waiting), 0)


@rule("R-CNS-06", **_SEAT_RULE)
def sign_up_breaches(
    *, at: datetime, starts_at: datetime | None, takes_sign_ups: bool, is_cancelled: bool, is_public: bool
) -> list[Breach]:
    """Why nobody can sign up for a date any more, or not at all."""
    if not takes_sign_ups or starts_at is None or not is_public:
        return [Breach("R-CNS-06", _("Na ten termin nie ma zapisów przez portal."))]
    if is_cancelled:
        return [Breach("R-CNS-06", _("Ten termin jest odwołany. Wybierz inny."))]
    if at >= starts_at:
        return [Breach("R-CNS-06", _("Ten termin już się zaczął albo minął, zapisy są zamknięte."))]
    return []


@rule("R-CNS-06", **_SEAT_RULE)
def sign_up_gaps(form: FormFacts, *, slot_minutes: int | None, limit: int | None) -> list[Any]:
    """What the notice of a form lacks before people can sign up; texts for the field of sign-ups."""
    gaps: list[Any] = []
    whole = [s for s in form.slots if s.starts_on and s.from_hour and s.until_on in (None, s.starts_on)]
    if not form.slots or len(whole) != len(form.slots):
        gaps.append(_("podaj dla każdego terminu jeden dzień i godzinę albo wyłącz zapisy"))
    if slot_minutes is not None and any(not slots_of(s.from_hour, s.to_hour, slot_minutes) for s in whole):
        gaps.append(_("podaj godzinę końca dyżuru, tak żeby zmieściła się co najmniej jedna rozmowa"))
    if slot_minutes is not None and limit is not None:
        gaps.append(_("wybierz jedno: liczbę miejsc albo długość rozmowy"))
    return gaps


@rule("R-CNS-06", **_SEAT_RULE)
def remind_now(*, at: datetime, starts_at: datetime, signed_up_at: datetime) -> bool:
    """Whether the reminder of the day before is due; not for whoever has signed up within that day."""
    day_before = starts_at - timedelta(days=1)
    return day_before <= at < starts_at and signed_up_at < day_before


@rule("R-CNS-06", **_SEAT_RULE)
def date_breaches(
    slots: Sequence[Slot],
    *,
    before: Collection[Slot],
    at: datetime,
    first: date | None = None,
    last: date | None = None,
) -> list[Breach]:
    """What is wrong with dates that are new; those of ``before`` stay as they are, past ones too.

    A new date is named once, ends after it begins, is not over, and lies between ``first`` and ``last``. Hours of
    a day that was there before may be corrected afterwards.
    """
    new = [(number, slot) for number, slot in enumerate(slots, start=1) if slot not in before]
    twice = [(number, slot) for number, slot in enumerate(slots, start=1) if slot in slots[: number - 1]]
    known = {slot.starts_on for slot in before}
    found: list[Any] = [
        _named(number, _("ten termin jest już w wierszu wyżej, usuń jeden")) for number, _s in twice
    ]
    for number, slot in new:
        if slot.from_hour and slot.to_hour and slot.to_hour <= slot.from_hour:
            found.append(_named(number, _("koniec jest przed początkiem, popraw jedną z godzin")))
        if slot.starts_on in known:
            continue
        if _is_over(slot, at):
            found.append(_named(number, _("ten termin już minął, podaj późniejszy")))
        elif _is_outside(slot, first, last):
            text = _("podaj dzień od %(first)s do %(last)s, w czasie konsultacji albo przed terminem raportu")
            found.append(_named(number, text % {"first": day(first), "last": day(last)}))
    return [Breach("R-CNS-06", text, "dates_text") for text in found]


def _named(number: int, text: Any) -> str:
    return _("wiersz %(number)d: %(text)s") % {"number": number, "text": text}


def _is_over(slot: Slot, at: datetime) -> bool:
    last, moment = slot.until_on or slot.starts_on, local(at)
    if last is None or last > moment.date():
        return False
    begins = slot.from_hour or time.max
    return last < moment.date() or max(begins, slot.to_hour or begins) <= moment.time()


def _is_outside(slot: Slot, first: date | None, last: date | None) -> bool:
    if first is None or last is None:
        return False
    days = [on for on in (slot.starts_on, slot.until_on) if on]
    return any(not first <= on <= last for on in days)
