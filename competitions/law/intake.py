"""Intakes with a beginning, with several cut-offs, or until the money is spent (R-CALL-22, R-CALL-41)."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.utils.translation import gettext as _

from core.common import formats
from core.common.clock import at_local
from core.legal.rules import Breach, rule

from .deadlines import LAST_MINUTE, is_open


@dataclass(frozen=True)
class Window:
    """One window of an intake; what is open at one end is None."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True)
class IntakeNow:
    """Whether offers are taken at a moment, until when this window lasts, and when the next one opens."""

    is_taking: bool
    cutoff: datetime | None = None
    opens_at: datetime | None = None
    is_spent: bool = False
    is_between: bool = False


def window(opens: str, closes: str) -> Window:
    """A window out of partial moments: »2026-03« opens on the first and closes on the last day of March."""
    return Window(_first(opens), _last(closes))


def _first(partial: str) -> datetime | None:
    return None if not partial else _moment(partial, is_last=False)


def _last(partial: str) -> datetime | None:
    return None if not partial else _moment(partial, is_last=True)


def _moment(partial: str, *, is_last: bool) -> datetime | None:
    """None for a day that no calendar has (»2026-02-30«)."""
    day, _t, hour = partial.partition("T")
    try:
        numbers = [int(part) for part in day.split("-")]
        at = time.fromisoformat(hour) if hour else (LAST_MINUTE if is_last else time(0, 0))
        return at_local(_day(numbers, is_last=is_last), at)
    except ValueError:
        return None


def _day(numbers: list[int], *, is_last: bool) -> date:
    year, month = numbers[0], numbers[1] if len(numbers) > 1 else (12 if is_last else 1)
    last = monthrange(year, month)[1] if is_last else 1
    return date(year, month, numbers[2] if len(numbers) > 2 else last)


@rule(
    "R-CALL-22",
    source="Zasada portalu: rozstrzyga zegar serwera (Europe/Warsaw)",
    statement="Oferty przyjmuje się do końca podanej minuty; potem nabór jest zamknięty.",
)
def intake_at(
    at: datetime,
    *,
    deadline: datetime | None,
    opens_at: datetime | None = None,
    windows: Iterable[Window] = (),
    left: Decimal | None = None,
    ends_with_funds: bool = False,
) -> IntakeNow:
    """The intake at a moment: not before its beginning, within one of its windows, while there is money.

    ``left`` (złote) is what is not given away yet; it matters only when the intake ends with the money.
    """
    is_spent = ends_with_funds and left is not None and left <= 0
    if is_spent or not is_open(deadline, at):
        return IntakeNow(False, is_spent=is_spent)
    if opens_at is not None and at < opens_at:
        return IntakeNow(False, opens_at=opens_at)
    known = list(windows)
    if not known:
        return IntakeNow(True, cutoff=deadline)
    return _in_windows(known, at, deadline)


def _in_windows(windows: list[Window], at: datetime, deadline: datetime | None) -> IntakeNow:
    open_now = [w for w in windows if (w.opens_at is None or w.opens_at <= at) and is_open(w.closes_at, at)]
    if open_now:
        cutoffs = [w.closes_at for w in open_now if w.closes_at is not None]
        return IntakeNow(True, cutoff=min(cutoffs) if cutoffs else deadline)
    ahead = [w.opens_at for w in windows if w.opens_at is not None and w.opens_at > at]
    is_between = any(w.closes_at is not None and not is_open(w.closes_at, at) for w in windows)
    return IntakeNow(False, opens_at=min(ahead) if ahead else None, is_between=is_between)


@rule(
    "R-CALL-22",
    source="Zasada portalu: rozstrzyga zegar serwera (Europe/Warsaw)",
    statement="Oferty przyjmuje się od otwarcia naboru, w jego turach i dopóki są środki.",
)
def intake_breaches(intake: IntakeNow) -> list[Breach]:
    """Why no offer is taken although the deadline has not passed; in words, with the next opening."""
    if intake.is_taking:
        return []
    if intake.is_spent:
        message = _("Środki w tym naborze już się wyczerpały, więc nie przyjmujemy nowych ofert.")
    elif intake.opens_at is None:
        message = _("Wszystkie tury tego naboru już się skończyły.")
    elif intake.is_between:
        message = _("Trwa przerwa między turami naboru. Początek następnej tury: %(opens)s.")
    else:
        message = _("Nabór jeszcze się nie zaczął. Oferty przyjmujemy od: %(opens)s.")
    opens = formats.moment(intake.opens_at) if intake.opens_at else ""
    return [Breach("R-CALL-22", message % {"opens": opens}, "deadline")]


def cutoffs(windows: Iterable[Window]) -> list[datetime]:
    """The ends of the windows in order of time."""
    return sorted(w.closes_at for w in windows if w.closes_at is not None)


def funds_left(total: Decimal | None, spent: Iterable[Decimal]) -> Decimal | None:
    """What is left of a pool (złote); None when the pool is not known."""
    return None if total is None else total - sum(spent, Decimal(0))


@rule(
    "R-CALL-41",
    source="art. 11 ust. 2 i zasada portalu",
    statement="Suma przyznanych dotacji mieści się w puli.",
)
def spending_breaches(amount: Decimal, left: Decimal | None) -> list[Breach]:
    """More than is left cannot be given away in a continuous intake."""
    if amount <= 0:
        return [Breach("R-CALL-41", _("Kwota: wpisz więcej niż zero."), "amount")]
    if left is not None and amount > left:
        message = _("Kwota: w puli zostało %(left)s, wpisz najwyżej tyle.") % {"left": formats.zloty(left)}
        return [Breach("R-CALL-41", message, "amount")]
    return []
