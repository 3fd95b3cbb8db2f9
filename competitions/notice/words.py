"""Values of a notice in words: amounts in figures and words, shares, periods, moments."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from core.common import formats
from core.common.amount_words import zloty_in_words

Notice = Mapping[str, Any]


def money(value: Any, *, is_about: Any = False) -> str:
    """»około 12 000 zł«; empty for no amount."""
    if value in (None, ""):
        return ""
    return f"około {formats.zloty(value)}" if is_about else formats.zloty(value)


def money_and_words(value: Any, *, is_about: Any = False) -> str:
    """»1 500,50 zł (słownie: jeden tysiąc pięćset złotych pięćdziesiąt groszy)«."""
    if value in (None, ""):
        return ""
    return f"{money(value, is_about=is_about)} (słownie: {zloty_in_words(Decimal(str(value)))})"


def row_money(column: str):
    """A column of rows that may say »about«."""
    return lambda row: money(row.get(column), is_about=row.get("is_approximate"))


def text(column: str):
    return lambda row: str(row.get(column) or "")


def share(value: Any) -> str:
    return "" if value in (None, "") else formats.percent(value)


def partial(value: str | None) -> str:
    return formats.partial_date(value or "")


def period(first: str | None, last: str | None) -> str:
    """»od 1 września 2026 do 31 grudnia 2026«, as far as known."""
    parts = [f"od {partial(first)}" if first else "", f"do {partial(last)}" if last else ""]
    return " ".join(filter(None, parts))


def months(least: Any, most: Any) -> str:
    """»od 1 do 6 miesięcy«, »najwyżej 6 miesięcy«."""
    if least and most:
        return f"{least} miesięcy" if least == most else f"od {least} do {most} miesięcy"
    if most:
        return f"najwyżej {formats.counted(int(most), 'miesiąc|miesiące|miesięcy')}"
    return f"co najmniej {formats.counted(int(least), 'miesiąc|miesiące|miesięcy')}" if least else ""


def moment(value: str | None, *, has_hour: bool = True) -> str:
    if not value:
        return ""
    found = datetime.fromisoformat(value)
    return formats.moment(found) if has_hour else formats.day_with_weekday(found)


def day(value: str | None) -> str:
    return formats.day(date.fromisoformat(value[:10])) if value else ""


def window_moment(value: str | None) -> str:
    """»9 sierpnia 2021, godz. 12:00«, or as much as a partial moment knows."""
    on, _t, hour = (value or "").partition("T")
    return f"{partial(on)}, godz. {hour}" if hour else partial(on)


def confirmation(notice: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The signed confirmation of an offer filed on the portal, when the call wants one (R-CALL-21)."""
    if not notice.get("requires_signed_confirmation"):
        return []
    return [
        ("Podpisane potwierdzenie oferty", notice.get("confirmation_ways", "") or "wymagane"),
        ("Podpisane potwierdzenie do", moment(notice.get("confirmation_due_at"))),
    ]


def years(row: Mapping[str, Any]) -> str:
    """»2025«, »2024–2025«."""
    first, last = row.get("year_from"), row.get("year_to")
    return f"{first}–{last}" if first and last and first != last else str(first or last or "")
