"""What a room tells others about an organisation, a district or a branch: lines with a link.

Rooms give uniform rows (``Source``), so that the roof reads all of them with one query however many rooms
have something to tell.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

MOST_LINES = 30
NAMES = ("line_title", "line_key", "line_note", "line_amount", "line_on", "line_who")


@dataclass(frozen=True)
class RoomLink:
    """One line. ``amount`` is in złote; ``on`` gives the order."""

    title: str
    url: str
    note: str = ""
    amount: Decimal | None = None
    on: date | None = None
    organization: str = ""


@dataclass(frozen=True)
class Source:
    """The lines of one room under a heading. ``rows`` come from ``lines``; ``address`` turns a key into a URL."""

    section: Any
    rows: QuerySet
    address: Callable[[str], str]


def lines(rows: QuerySet, *, title, key, note=None, amount=None, on=None, who=None) -> QuerySet:
    """The rows as lines: names of columns or expressions; at most thirty, in the order of the queryset."""
    words = {"line_title": title, "line_key": key, "line_note": note, "line_on": on, "line_who": who}
    columns = {
        name: Coalesce(Cast(Value("") if value is None else value, TextField()), Value("", TextField()))
        for name, value in words.items()
    }
    columns["line_amount"] = Cast(
        Value(None) if amount is None else amount, DecimalField(max_digits=14, decimal_places=2)
    )
    return rows.annotate(**columns)[:MOST_LINES]


def read(sources: Iterable[Source]) -> dict[str, list[RoomLink]]:
    """All lines under their headings, in the order in which rooms gave them; one query."""
    given = list(sources)
    parts = [
        source.rows.annotate(line_source=Value(number)).values_list("line_source", *NAMES)
        for number, source in enumerate(given)
    ]
    if not parts:
        return {}
    found: dict[str, list[RoomLink]] = {}
    rows = list(parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0])
    for number, source in enumerate(given):
        own = [row[1:] for row in rows if row[0] == number]
        if own:
            found.setdefault(str(source.section), []).extend(_link(source, *row) for row in own)
    return found


def _link(
    source: Source, title: str, key: str, note: str, amount: Decimal | None, on: str, who: str
) -> RoomLink:
    return RoomLink(title, source.address(key), note, amount, first_day(on), who)


def first_day(partial: str) -> date | None:
    """The first day of a date known to the year, month or day; nothing for what is no date."""
    parts = [*partial[:10].split("-"), "1", "1"][:3]
    try:
        return date(*map(int, parts))
    except ValueError:
        return None
