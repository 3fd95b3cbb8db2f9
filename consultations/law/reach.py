"""Whom the city reaches and what comes of it: R-CNS-21 and 25."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from core.legal.rules import rule

from ..enums import PositionCode

# What counts as »your remark was used«: taken wholly, in part, in another form, or done already.
USED = frozenset(
    {
        PositionCode.ACCEPTED,
        PositionCode.PARTLY,
        PositionCode.ALREADY_DONE,
        PositionCode.POSSIBLE_IN_OTHER_FORM,
    }
)
_COURSE_RULE = {
    "source": "S001, standard pozafinansowy 3",
    "statement": "Przebieg konsultacji jest udokumentowany, a wyniki publiczne: ile osób i organizacji wzięło udział, "
    "ile uwag przyjęto i po ilu dniach ukazał się raport.",
}


@rule(
    "R-CNS-25",
    source="S001: udział bierze 22 % zaproszonych",
    statement="Zaproszenia są policzone: ile organizacji zaproszono, ile otworzyło zaproszenie i ile odpowiedziało.",
)
def response_rate(invited: int, answered: int) -> Decimal | None:
    """Per cent of the invited who answered, to one decimal; None when nobody was invited."""
    return share(answered, invited)


@rule("R-CNS-21", **_COURSE_RULE)
def share(part: int, whole: int) -> Decimal | None:
    """Per cent to one decimal; None of nothing."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


@rule("R-CNS-21", **_COURSE_RULE)
def used_share(counts: Mapping[str, int]) -> Decimal | None:
    """Per cent of answered remarks that changed something, by their position codes."""
    answered = {code: n for code, n in counts.items() if code}
    return share(sum(n for code, n in answered.items() if code in USED), sum(answered.values()))


@rule("R-CNS-21", **_COURSE_RULE)
def average_days(periods: Iterable[tuple[date | None, date | None]]) -> int | None:
    """The mean number of calendar days from the end to the report, of those that have both."""
    known = [(until - since).days for since, until in periods if since and until]
    return round(sum(known) / len(known)) if known else None
