"""Counting of days as Polish law counts them (R-CALL-56)."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

from .rules import rule

SATURDAY = 5


@lru_cache(maxsize=64)
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("PL", years=year))


def is_day_off(day: date) -> bool:
    """Whether a day is a Saturday, a Sunday or a Polish public holiday."""
    return day.weekday() >= SATURDAY or day in _holidays_of(day.year)


def is_working_day(day: date) -> bool:
    return not is_day_off(day)


def next_working_day(day: date) -> date:
    """The day itself when it is a working day, else the first one after it."""
    while is_day_off(day):
        day += timedelta(days=1)
    return day


def add_working_days(event_on: date, count: int) -> date:
    """The ``count``-th working day after the day of an event."""
    day = event_on
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1))
    return day


@rule(
    "R-CALL-56",
    source="art. 57 KPA, art. 115 Kodeksu cywilnego",
    statement=(
        "Dnia zdarzenia nie wlicza się do terminu. Jeżeli termin liczony od zdarzenia kończy się w sobotę, "
        "niedzielę lub święto, upływa w najbliższym dniu roboczym. Ogłoszony termin składania ofert się nie przesuwa."
    ),
)
def end_of_period(event_on: date, days: int) -> date:
    """The last day of a period of calendar days counted from an event, moved past days off."""
    return next_working_day(event_on + timedelta(days=days))


def last_day_counted(event_on: date, days: int) -> date:
    """The last of ``days`` calendar days after an event, not moved."""
    return event_on + timedelta(days=days)


def add_years(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
