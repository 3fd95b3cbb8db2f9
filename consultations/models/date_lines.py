"""Dates of meetings and duties as people write them, one per line: »17.06.2026 17:00–19:00«.

The same reading serves the form of the officials and the import: »2026-06-11..2026-06-25 14:00-17:00«,
»09-23..09-27 10:00-14:00« (the year comes from the consultation), »do 2026-06-25«.
"""

import re
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from core.common import formats

from .. import law

HOUR = re.compile(r"(?<![\d:.])(\d{1,2})[:.](\d{2})(?![\d:]|\.\d)")
DAY = re.compile(
    r"(?<![\d-])(?<!\d\.)(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"|(?P<pd>\d{1,2})\.(?P<pm>\d{1,2})\.(?P<py>\d{4})"
    r"|(?P<sm>\d{2})-(?P<sd>\d{2}))(?![\d-])"
)
MONTHS = re.compile(r"(\d{4}-\d{2})(?:\.\.(\d{4}-\d{2}))?")
FILLER = re.compile(r"[\s,;T]|\.\.|[–—-]|\bgodz\.?|\bod\b|\br\.")
UNTIL = re.compile(r"\bdo\b")


@dataclass(frozen=True)
class DateLine:
    """One date, read as far as possible; ``text`` is kept only when the other fields do not say it all."""

    text: str = ""
    starts_on: date | None = None
    until_on: date | None = None
    from_hour: time | None = None
    to_hour: time | None = None

    @property
    def is_dated(self) -> bool:
        return self.starts_on is not None or self.until_on is not None

    @property
    def slot(self) -> law.Slot:
        """The line as the rules see it."""
        return law.Slot(self.starts_on, self.from_hour, self.until_on, self.to_hour)


def read_line(text: str, *, year: int | None = None) -> DateLine:
    """The date in a line. What cannot be read stays as text; nothing is raised."""
    text = " ".join(text.split())
    rest, hours = _hours(text)
    rest, days = _days(rest, year)
    is_list = len(days) > 2 or len(hours) > 2 or (len(days) == 2 and "," in rest)
    if not days or is_list or None in days or None in hours:
        return DateLine(text)
    rest, is_until = UNTIL.sub("", rest), bool(UNTIL.search(rest)) and len(days) == 1
    first, last = (None, days[0]) if is_until else (days[0], days[-1])
    is_whole = not FILLER.sub("", rest) and not (is_until and hours)
    line = DateLine("" if is_whole else text, first, last if last != first else None, *hours)
    return line if first is None or line.until_on is None or line.until_on >= first else DateLine(text)


def _hours(text: str) -> tuple[str, list[time | None]]:
    return HOUR.sub(" ", text), [_time(*found) for found in HOUR.findall(text)]


def _time(hour: str, minute: str) -> time | None:
    try:
        return time(int(hour), int(minute))
    except ValueError:
        return None


def _days(text: str, year: int | None) -> tuple[str, list[date | None]]:
    found = [match for match in DAY.finditer(text) if match["sm"] is None or year is not None]
    for match in reversed(found):
        text = text[: match.start()] + " " + text[match.end() :]
    return text, [_day(match, year) for match in found]


def _day(match: re.Match[str], year: int | None) -> date | None:
    parts = (
        match["y"] or match["py"] or year,
        match["m"] or match["pm"] or match["sm"],
        match["d"] or match["pd"] or match["sd"],
    )
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None


def write_line(line: DateLine) -> str:
    """The line as an official reads and types it; ``read_line`` understands it again."""
    if line.text:
        return line.text
    days = [f"{day:%d.%m.%Y}" for day in (line.starts_on, line.until_on) if day]
    hours = [f"{hour:%H:%M}" for hour in (line.from_hour, line.to_hour) if hour]
    written = " ".join(filter(None, ["–".join(days), "–".join(hours)]))
    return f"do {written}" if line.starts_on is None else written


def in_words(line: DateLine) -> str:
    """»środa 17 czerwca 2026, 17:00–19:00«, »11–25 czerwca 2026, 14:00–17:00«, »kwiecień 2022 – czerwiec 2022«."""
    if line.text:
        months = months_of(line.text)
        return " – ".join(dict.fromkeys(map(formats.partial_date, months))) if months else line.text
    if line.starts_on is None:
        return _("do %(day)s") % {"day": formats.day(line.until_on)}
    days = (
        formats.day_range(line.starts_on, line.until_on)
        if line.until_on
        else formats.day_with_weekday(line.starts_on)
    )
    hours = formats.DASH.join(
        f"{hour:%H:%M}".removeprefix("0") for hour in (line.from_hour, line.to_hour) if hour
    )
    return f"{days}, {hours}" if hours else days


def months_of(text: str) -> tuple[str, str] | None:
    """»2022-04..2022-06« as its two months; None for anything else."""
    found = MONTHS.fullmatch(text)
    return (found[1], found[2] or found[1]) if found else None
