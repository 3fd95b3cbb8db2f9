from datetime import date

import pytest

from programmes import law


@pytest.mark.rule("R-PROG-02")
def test_a_programme_is_adopted_by_the_end_of_november_before_its_year():
    assert law.adoption_due(2027) == date(2026, 11, 30)


@pytest.mark.rule("R-PROG-09")
def test_the_report_on_a_year_is_due_at_the_end_of_may():
    assert law.report_due(2026) == date(2027, 5, 31)


@pytest.mark.rule("R-PROG-01")
@pytest.mark.parametrize(
    ("is_annual", "start", "end", "fields"),
    [
        (True, date(2026, 1, 1), date(2026, 12, 31), []),
        (True, date(2026, 1, 1), date(2027, 12, 31), ["period_from"]),
        (False, date(2026, 1, 1), date(2028, 12, 31), []),
        (False, date(2028, 1, 1), date(2026, 12, 31), ["period_to"]),
    ],
)
def test_an_annual_programme_covers_one_calendar_year(is_annual, start, end, fields):
    assert [b.field for b in law.period_breaches(is_annual=is_annual, starts_on=start, ends_on=end)] == fields


@pytest.mark.rule("R-PROG-11")
@pytest.mark.parametrize(
    ("due", "continuous", "expected"),
    [(date(2019, 12, 31), True, True), (None, True, False), (date(2030, 1, 1), False, False)],
)
def test_a_task_may_have_a_date_and_be_continuous_too(due, continuous, expected):
    assert law.is_task_due(due_on=due, is_continuous=continuous, on=date(2026, 6, 10)) is expected
