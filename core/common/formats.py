"""How dates, amounts and counts read in a sentence, in the language of the page.

Pure functions: the caller says what »now« is. Spaces inside amounts and after »godz.« are
non-breaking, and ranges of figures carry word joiners around the dash.
"""

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import get_language

from .clock import WARSAW, end_of_day

NBSP = "\u00a0"
JOINER = "\u2060"
DASH = f"{JOINER}–{JOINER}"
MINUS = "−"

ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

WEEKDAYS_SHORT = {
    "pl": ("pn.", "wt.", "śr.", "czw.", "pt.", "sob.", "nd."),
    "uk": ("пн", "вт", "ср", "чт", "пт", "сб", "нд"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
# The only month too long for a date leaf.
MONTHS_ON_LEAF = {"października": "paźdz."}

WEEKDAYS_OF = ("poniedziałku", "wtorku", "środy", "czwartku", "piątku", "soboty", "niedzieli")

WORDS = {
    "pl": {
        "at": f"godz.{NBSP}%s",
        "over": "zakończono",
        "today_until": "dziś do %s",
        "minutes": ("została", "zostały", "zostało", "minuta|minuty|minut"),
        "hours": ("została", "zostały", "zostało", "godzina|godziny|godzin"),
        "days": ("został", "zostały", "zostało", "dzień|dni|dni"),
    },
    "en": {
        "at": "%s",
        "over": "ended",
        "today_until": "today until %s",
        "minutes": "minute left|minutes left",
        "hours": "hour left|hours left",
        "days": "day left|days left",
    },
    "uk": {
        "at": "%s",
        "over": "завершено",
        "today_until": "сьогодні до %s",
        "minutes": ("залишилася", "залишилися", "залишилося", "хвилина|хвилини|хвилин"),
        "hours": ("залишилася", "залишилися", "залишилося", "година|години|годин"),
        "days": ("залишився", "залишилися", "залишилося", "день|дні|днів"),
    },
}


def language() -> str:
    code = (get_language() or "pl")[:2]
    return code if code in WORDS else "en"


# --- numbers --------------------------------------------------------------------------------------


def _decimal(value) -> Decimal | None:
    try:
        number = Decimal(str(value).replace(",", ".").replace(NBSP, "").replace(" ", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _grouped(digits: str, *, from_length: int) -> str:
    if len(digits) < from_length:
        return digits
    separator = "," if language() == "en" else NBSP
    return f"{int(digits):,}".replace(",", separator)


def _written(number: Decimal, places: int, *, group_from: int) -> str:
    """The number with a decimal comma (point in English) and groups of three."""
    quantum = Decimal(1).scaleb(-places)
    rounded = number.quantize(quantum, rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    sign = MINUS if rounded < 0 else ""
    point = "." if language() == "en" else ","
    return sign + _grouped(whole, from_length=group_from) + (point + fraction if fraction else "")


def number(value, places: int = 0) -> str:
    """»4614«, »12 345«, »71,6«: four digits stay together."""
    amount = _decimal(value)
    return "" if amount is None else _written(amount, places, group_from=5)


def zloty(amount, grosze: bool | None = None) -> str:
    """»1 440 000 zł«, »86 000,00 zł«. ``grosze=None`` shows grosze only when there are any."""
    value = _decimal(amount)
    if value is None:
        return ""
    has_grosze = value != value.to_integral_value() if grosze is None else grosze
    written = _written(value, 2 if has_grosze else 0, group_from=4)
    return f"PLN{NBSP}{written}" if language() == "en" else f"{written}{NBSP}zł"


def percent(value, places: int = 1) -> str:
    """»16,2%« for 16.2; a zero after the comma is left out."""
    amount = _decimal(value)
    if amount is None:
        return ""
    rounded = amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    is_whole = rounded == rounded.to_integral_value()
    return _written(rounded, 0 if is_whole else places, group_from=5) + "%"


def file_size(size: int | None) -> str:
    """»312 kB«, »14,2 MB« (1 kB = 1024 bytes, as in the limits of uploads)."""
    if size is None:
        return ""
    for unit, factor in (("GB", 1024**3), ("MB", 1024**2)):
        if size >= factor:
            value = Decimal(size) / factor
            return _written(value, 0 if value == value.to_integral_value() else 1, group_from=5) + NBSP + unit
    return f"{max(1, round(size / 1024))}{NBSP}kB" if size else f"0{NBSP}kB"


def plural_form(n: int, forms: str | Promise) -> str:
    """The form of ``one|few|many`` (or ``one|many``) that goes with ``n``."""
    options = str(forms).split("|")
    return options[_plural_index(abs(n), len(options))]


def _plural_index(n: int, forms: int) -> int:
    if forms == 1:
        return 0
    if forms == 2:
        return 0 if n == 1 else 1
    ends_with_one = n % 10 == 1 and n % 100 != 11
    if n == 1 or (ends_with_one and language() == "uk"):
        return 0
    return 1 if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else 2


def counted(n: int, forms: str | Promise) -> str:
    """»5 ofert«: the number with the right one of »oferta|oferty|ofert«."""
    return f"{number(n)}{NBSP}{plural_form(n, forms)}"


def roman(n: int) -> str:
    """»XVIII« for 18; numbers below 1 have no Roman form and stay as they are."""
    if n < 1:
        return str(n)
    written = ""
    for value, letters in ROMAN:
        written += letters * (n // value)
        n %= value
    return written


# --- dates ----------------------------------------------------------------------------------------


def _local(value: date | datetime) -> date | datetime:
    is_aware = isinstance(value, datetime) and value.tzinfo is not None
    return value.astimezone(WARSAW) if is_aware else value


def day(value: date | datetime | None, *, year: bool = True) -> str:
    """»23 czerwca 2026«, without the year »23 czerwca«."""
    if value is None:
        return ""
    return dateformat.format(_local(value), "j E Y" if year else "j E")


def weekday(value: date | datetime) -> str:
    name = dateformat.format(_local(value), "l")
    return name if language() == "en" else name.lower()


def weekday_short(value: date | datetime) -> str:
    """»wt.«, as on a date leaf."""
    return WEEKDAYS_SHORT[language()][_local(value).weekday()]


def month_on_leaf(value: date | datetime) -> str:
    """The genitive month, in full but for »paźdz.«."""
    name = dateformat.format(_local(value), "E")
    return MONTHS_ON_LEAF.get(name, name)


def month_short(value: date | datetime) -> str:
    """»cze«, as over a column of the yearly schedule."""
    name = dateformat.format(_local(value), "F")
    return name[:3] if language() == "en" else name[:3].lower()


def month(value: date | datetime) -> str:
    """»czerwiec 2026«, the name of a month as a heading."""
    name = dateformat.format(_local(value), "F Y")
    return name if language() == "en" else name.lower()


def day_with_weekday(value: date | datetime | None, *, year: bool = True) -> str:
    """»wtorek 23 czerwca 2026«."""
    return "" if value is None else f"{weekday(value)} {day(value, year=year)}"


def hour(value: datetime) -> str:
    """»15:30«, »8:00«."""
    return dateformat.format(_local(value), "G:i")


def moment(value: date | datetime | None) -> str:
    """»wtorek 23 czerwca 2026, godz. 15:30«; a date has no hour to show."""
    if not isinstance(value, datetime):
        return day_with_weekday(value)
    return f"{day_with_weekday(value)}, {WORDS[language()]['at'] % hour(value)}"


def closing(value: datetime) -> datetime:
    """The last minute people can count on: midnight closes the day before, at 23:59."""
    local = _local(value)
    is_midnight = (local.hour, local.minute, local.second) == (0, 0, 0)
    return local - timedelta(minutes=1) if is_midnight else local


def deadline(value: date | datetime | None) -> str:
    """Like :func:`moment`, for ends of periods: midnight reads as 23:59 of the day before."""
    return moment(closing(value)) if isinstance(value, datetime) else moment(value)


def until(value: date | datetime | None) -> str:
    """Like :func:`deadline`, to stand after »do« and »od«: »piątku 26 czerwca 2026, godz. 23:59«."""
    written = deadline(value)
    if not written or language() != "pl":
        return written
    last = closing(value) if isinstance(value, datetime) else value
    return written.replace(weekday(last), WEEKDAYS_OF[last.weekday()], 1)


def day_range(first: date | datetime | None, last: date | datetime | None, *, year: bool = True) -> str:
    """»2–17 lipca 2026«, »26 maja – 15 czerwca 2026«, »1 września 2026 – 31 grudnia 2028«."""
    if first is None or last is None:
        return day(first or last, year=year)
    a, b = _plain_day(first), _plain_day(last)
    if a == b:
        return day(a, year=year)
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day}{DASH}{day(b, year=year)}"
    if a.year == b.year:
        return f"{day(a, year=False)} – {day(b, year=year)}"
    return f"{day(a)} – {day(b)}"


def _plain_day(value: date | datetime) -> date:
    local = _local(value)
    return local.date() if isinstance(local, datetime) else local


def hour_range(start: datetime, end: datetime) -> str:
    """»17:00–19:00«."""
    return f"{hour(start)}{DASH}{hour(end)}"


def time_left(until: date | datetime | None, now: datetime) -> str:
    """How long until the end: days by the calendar, hours within the last 24, the hour on the last day."""
    if until is None:
        return ""
    end = until if isinstance(until, datetime) else end_of_day(until)
    end = end if end.tzinfo else end.replace(tzinfo=WARSAW)
    words = WORDS[language()]
    if now >= end:
        return words["over"]
    last, today = closing(end), now.astimezone(WARSAW)
    days = (last.date() - today.date()).days
    if days == 0:
        return words["today_until"] % hour(last)
    seconds = (end - now).total_seconds()
    if seconds >= 86400:
        return _left(days, "days")
    return _left(int(seconds // 3600), "hours") if seconds >= 3600 else _left(int(seconds // 60), "minutes")


def _left(n: int, unit: str) -> str:
    words = WORDS[language()][unit]
    if isinstance(words, str):
        return counted(n, words)
    *verbs, forms = words
    return f"{plural_form(n, '|'.join(verbs))} {counted(n, forms)}"


def is_soon(until: date | datetime, now: datetime, days: int = 3) -> bool:
    """Whether the end is still ahead, but at most so many calendar days away (gold on the page)."""
    end = until if isinstance(until, datetime) else end_of_day(until)
    left = (closing(end).date() - now.astimezone(WARSAW).date()).days
    return now < end and left <= days


def is_over(until: date | datetime, now: datetime) -> bool:
    return now >= (until if isinstance(until, datetime) else end_of_day(until))


def partial_date(value: str | None) -> str:
    """»2019«, »maj 2019« or »3 maja 2019«, as much as the text »2019-05« knows."""
    parts = [int(part) for part in (value or "").split("-") if part.isdigit()]
    if not parts:
        return value or ""
    try:
        return _partial(parts)
    except ValueError:
        return value or ""


def _partial(parts: list[int]) -> str:
    if len(parts) == 1:
        return str(parts[0])
    if len(parts) == 2:
        return month(date(*parts, 1))
    return day(date(*parts[:3]))


# --- typography -----------------------------------------------------------------------------------

UNITS = (
    r"(?:zł|PLN|tys\.|mln|mld|%|kB|MB|GB|pkt|punkt(?:y|ów|)|dni|dzień|godzin[ay]?|minut[ay]?|lat|m²|km|os\.)"
)
SHORT_WORDS = re.compile(r"(?<![\w-])([aiouwzAIOUWZ]) +(?=\S)")
ABBREVIATIONS = r"nr|art\.|ust\.|pkt|lit\.|poz\.|godz\.|ul\.|pl\.|al\.|os\.|ds\.|§|ok\."
BEFORE_FIGURE = re.compile(rf"(?<!\w)({ABBREVIATIONS}) +(?=\w)")
FIGURE_AND_UNIT = re.compile(rf"(\d) +(?={UNITS}(?!\w))")
FIGURE_GROUP = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
FIGURE_RANGE = re.compile(r"(\d)\u2060?–\u2060?(\d)")
TAG = re.compile(r"(<[^>]*>)")


def typo(text: str) -> str:
    """Text with the non-breaking spaces of Polish typography; tags of HTML are left alone."""
    pieces = TAG.split(str(text))
    return "".join(piece if piece.startswith("<") else _typo(piece) for piece in pieces)


def _typo(text: str) -> str:
    # twice, because »i w domu« has two short words that share a space
    text = SHORT_WORDS.sub(rf"\1{NBSP}", SHORT_WORDS.sub(rf"\1{NBSP}", text))
    text = BEFORE_FIGURE.sub(rf"\1{NBSP}", text)
    text = FIGURE_GROUP.sub(NBSP, text)
    text = FIGURE_AND_UNIT.sub(rf"\1{NBSP}", text)
    return FIGURE_RANGE.sub(rf"\1{DASH}\2", text)
