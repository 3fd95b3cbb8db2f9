"""Reading what people typed: money and quantities as Decimal, days as dates, everything else as text.

Reading never fails. What cannot be understood stays in the draft as it was typed and reads as None here;
``sums.number_breaches`` then names it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from core.common.sanitize import strip_controls

GROSZ = Decimal("0.01")
ZERO = Decimal("0.00")
HUNDRED = Decimal("100.00")
SPACES_AND_UNIT = re.compile(r"[\s\u00a0\u202f]|zł|PLN", re.IGNORECASE)
MONEY = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
QUANTITY = re.compile(r"[0-9]{1,9}(\.[0-9]{1,3})?")
DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y")
FLAGS = {"true", "on", "1", "yes"}


def text(value: Any) -> str:
    """Text without control characters, which neither the database nor a printed form can carry."""
    return strip_controls(str(value).replace("\r\n", "\n").replace("\r", "\n")) if _is_plain(value) else ""


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int | float | Decimal | date) and not isinstance(value, bool)


def money(value: Any) -> Decimal | None:
    """»1 250,00 zł«, »1250.5« → Decimal with two decimals; None for anything else, also for three decimals."""
    written = _bare(value)
    return Decimal(written).quantize(GROSZ) if MONEY.fullmatch(written) else None


def quantity(value: Any) -> Decimal | None:
    """A number of units, at most three decimals."""
    written = _bare(value)
    return Decimal(written) if QUANTITY.fullmatch(written) else None


def _bare(value: Any) -> str:
    return SPACES_AND_UNIT.sub("", text(value)).replace(",", ".")


def day(value: Any) -> date | None:
    written = text(value).strip()
    for known in DAY_FORMATS:
        try:
            return datetime.strptime(written, known).date()  # noqa: DTZ007 – a day has no zone
        except ValueError:
            continue
    return None


def flag(value: Any) -> bool:
    return value is True or str(value).lower() in FLAGS


def rows(value: Any) -> list[Mapping[str, Any]]:
    """The rows of a table that are rows and have an identity."""
    found = value if isinstance(value, Sequence) and not isinstance(value, str) else []
    return [row for row in found if isinstance(row, Mapping)]


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), ZERO)


def product(unit_cost: Decimal | None, units: Decimal | None) -> Decimal:
    """Unit cost times number of units, to the grosz."""
    return (
        ZERO
        if unit_cost is None or units is None
        else (unit_cost * units).quantize(GROSZ, rounding=ROUND_HALF_UP)
    )


def share(amount: Decimal, of: Decimal) -> Decimal:
    """Per cent of a sum with two decimals; nothing of nothing is 0."""
    return (amount * 100 / of).quantize(GROSZ, rounding=ROUND_HALF_UP) if of else ZERO


def shares(amounts: Sequence[Decimal], of: Decimal) -> list[Decimal]:
    """Per cents of each amount; when the amounts make up the sum, so do the per cents: 100.00 exactly.

    Rounded down first, then the hundredths that are missing go to the largest remainders.
    """
    if not of:
        return [ZERO for _amount in amounts]
    if total(amounts) != of:
        return [share(amount, of) for amount in amounts]
    exact = [amount * 100 / of for amount in amounts]
    low = [value.quantize(GROSZ, rounding=ROUND_FLOOR) for value in exact]
    missing = int((HUNDRED - total(low)) / GROSZ)
    by_remainder = sorted(range(len(exact)), key=lambda i: exact[i] - low[i], reverse=True)
    for index in by_remainder[:missing]:
        low[index] += GROSZ
    return low
