from datetime import date

import pytest

from core.legal import days


@pytest.mark.rule("R-CALL-56")
@pytest.mark.parametrize(
    ("event", "length", "last"),
    [
        (date(2026, 12, 31), 30, date(2027, 2, 1)),  # T10: 30 January is a Saturday
        (date(2026, 7, 10), 30, date(2026, 8, 10)),  # T11: 9 August is a Sunday
        (date(2027, 1, 15), 30, date(2027, 2, 15)),  # T13: 14 February is a Sunday
        (date(2026, 6, 30), 15, date(2026, 7, 15)),  # T14
        (date(2026, 11, 24), 30, date(2026, 12, 28)),  # 24–27 December are all off
    ],
)
def test_a_period_from_an_event_ends_on_a_working_day(event, length, last):
    assert days.end_of_period(event, length) == last


@pytest.mark.parametrize(
    ("day", "is_off"),
    [
        (date(2024, 12, 24), False),
        (date(2025, 12, 24), True),
        (date(2026, 4, 6), True),  # Easter Monday
        (date(2026, 6, 4), True),  # Corpus Christi
        (date(2026, 6, 10), False),
        (date(2026, 6, 13), True),
    ],
)
def test_polish_days_off(day, is_off):
    assert days.is_day_off(day) is is_off


def test_a_leap_day_becomes_the_last_day_of_february():
    assert days.add_years(date(2028, 2, 29), 1) == date(2029, 2, 28)
