"""Dates, amounts and counts, as a Polish reader expects them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from core.common import formats
from core.common.clock import WARSAW, end_of_day

NOW = datetime(2026, 6, 9, 10, 0, tzinfo=WARSAW)
DEADLINE = datetime(2026, 6, 23, 15, 30, tzinfo=WARSAW)


def plain(text: str) -> str:
    """Without what only typography needs, so that the tables below can be read."""
    return text.replace(formats.NBSP, " ").replace(formats.JOINER, "")


@pytest.fixture(autouse=True)
def _polish():
    with translation.override("pl"):
        yield


@pytest.mark.parametrize(
    ("amount", "grosze", "text"),
    [
        (Decimal(1440000), None, "1 440 000 zł"),
        (Decimal("86000.00"), None, "86 000 zł"),
        (Decimal("1795.29"), None, "1 795,29 zł"),
        (Decimal(86000), True, "86 000,00 zł"),
        (Decimal("99.6"), False, "100 zł"),
        (Decimal("-1200"), None, "−1 200 zł"),
        (Decimal("-0.001"), None, "0,00 zł"),
        (0, None, "0 zł"),
        ("1 200,50", None, "1 200,50 zł"),
        (None, None, ""),
        ("brak", None, ""),
        (Decimal("NaN"), None, ""),
    ],
)
def test_amounts_of_money(amount, grosze, text):
    assert plain(formats.zloty(amount, grosze)) == text


def test_no_line_break_inside_an_amount():
    assert " " not in formats.zloty(1440000)


@pytest.mark.parametrize(
    ("value", "text"), [(4614, "4614"), (12345, "12 345"), (Decimal("71.6"), "72"), (None, ""), (-5, "−5")]
)
def test_four_digits_stay_together_in_counts(value, text):
    assert plain(formats.number(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("16.2", "16,2%"), (60, "60%"), (Decimal("89.94"), "89,9%"), (Decimal("59.96"), "60%"), ("", "")],
)
def test_percent_has_no_space(value, text):
    assert formats.percent(value) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 kB"),
        (200, "1 kB"),
        (319_488, "312 kB"),
        (14_889_779, "14,2 MB"),
        (20 * 1024**2, "20 MB"),
        (None, ""),
    ],
)
def test_file_sizes(size, text):
    assert plain(formats.file_size(size)) == text


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "0 ofert"),
        (1, "1 oferta"),
        (2, "2 oferty"),
        (5, "5 ofert"),
        (12, "12 ofert"),
        (14, "14 ofert"),
        (22, "22 oferty"),
        (101, "101 ofert"),
        (112, "112 ofert"),
        (10_004, "10 004 oferty"),
    ],
)
def test_polish_plurals(n, text):
    assert plain(formats.counted(n, "oferta|oferty|ofert")) == text


@pytest.mark.parametrize(
    ("n", "text"), [(0, "0 offers"), (1, "1 offer"), (2, "2 offers"), (12345, "12,345 offers")]
)
def test_english_plurals(n, text):
    with translation.override("en"):
        assert plain(formats.counted(n, "offer|offers")) == text


@pytest.mark.parametrize(
    ("n", "form"), [(1, "день"), (21, "день"), (11, "днів"), (3, "дні"), (13, "днів"), (25, "днів")]
)
def test_ukrainian_plurals(n, form):
    with translation.override("uk"):
        assert formats.plural_form(n, "день|дні|днів") == form


def test_full_moment():
    assert plain(formats.moment(DEADLINE)) == "wtorek 23 czerwca 2026, godz. 15:30"


def test_moment_is_told_in_local_time():
    assert (
        plain(formats.moment(datetime(2026, 6, 23, 22, 30, tzinfo=UTC)))
        == "środa 24 czerwca 2026, godz. 0:30"
    )


def test_moment_of_a_date_has_no_hour():
    assert formats.moment(date(2026, 1, 5)) == "poniedziałek 5 stycznia 2026"


def test_moment_in_english():
    with translation.override("en"):
        assert formats.moment(DEADLINE) == "Tuesday 23 June 2026, 15:30"


def test_nothing_for_a_missing_date():
    assert (
        formats.day(None)
        == formats.moment(None)
        == formats.day_range(None, None)
        == formats.time_left(None, NOW)
        == ""
    )


def test_midnight_closes_the_day_before():
    assert plain(formats.deadline(end_of_day(date(2026, 6, 26)))) == "piątek 26 czerwca 2026, godz. 23:59"


def test_an_end_after_do_is_in_the_genitive():
    """»ważne do środy«, not »do środa«."""
    assert plain(formats.until(end_of_day(date(2026, 6, 26)))) == "piątku 26 czerwca 2026, godz. 23:59"
    assert plain(formats.until(date(2026, 6, 24))) == "środy 24 czerwca 2026"
    assert formats.until(None) == ""
    with translation.override("en"):
        assert formats.until(date(2026, 6, 24)) == formats.deadline(date(2026, 6, 24))


def test_leaf_shortens_only_october():
    assert formats.month_on_leaf(date(2026, 10, 1)) == "paźdz."
    assert formats.month_on_leaf(date(2026, 9, 1)) == "września"
    assert formats.weekday_short(date(2026, 6, 23)) == "wt."


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 7, 2), date(2026, 7, 17), "2–17 lipca 2026"),
        (date(2026, 5, 26), date(2026, 6, 15), "26 maja – 15 czerwca 2026"),
        (date(2026, 9, 1), date(2028, 12, 31), "1 września 2026 – 31 grudnia 2028"),
        (date(2026, 7, 2), date(2026, 7, 2), "2 lipca 2026"),
        (None, date(2026, 7, 2), "2 lipca 2026"),
        (datetime(2026, 7, 2, 8, tzinfo=WARSAW), date(2026, 7, 3), "2–3 lipca 2026"),
    ],
)
def test_ranges_of_days(first, last, text):
    assert plain(formats.day_range(first, last)) == text


def test_range_without_the_year():
    assert plain(formats.day_range(date(2026, 7, 2), date(2026, 7, 17), year=False)) == "2–17 lipca"


def test_range_of_hours():
    start = datetime(2026, 6, 17, 17, 0, tzinfo=WARSAW)
    assert plain(formats.hour_range(start, start + timedelta(hours=2))) == "17:00–19:00"


@pytest.mark.parametrize(
    ("now", "text"),
    [
        (NOW, "zostało 14 dni"),
        (DEADLINE - timedelta(days=3), "zostały 3 dni"),
        (DEADLINE - timedelta(days=1, minutes=1), "został 1 dzień"),
        (DEADLINE - timedelta(hours=20), "zostało 20 godzin"),
        (datetime(2026, 6, 22, 23, 50, tzinfo=WARSAW), "zostało 15 godzin"),
        (datetime(2026, 6, 23, 0, 5, tzinfo=WARSAW), "dziś do 15:30"),
        (DEADLINE - timedelta(seconds=1), "dziś do 15:30"),
        (DEADLINE, "zakończono"),
        (DEADLINE + timedelta(days=30), "zakończono"),
    ],
)
def test_time_left(now, text):
    assert plain(formats.time_left(DEADLINE, now)) == text


def test_time_left_over_midnight_is_told_in_minutes():
    until = datetime(2026, 6, 24, 0, 30, tzinfo=WARSAW)
    assert plain(formats.time_left(until, until - timedelta(minutes=41))) == "zostało 41 minut"


def test_last_day_of_a_period_that_ends_at_midnight():
    until = end_of_day(date(2026, 6, 26))
    assert formats.time_left(until, datetime(2026, 6, 26, 9, 0, tzinfo=WARSAW)) == "dziś do 23:59"
    assert (
        plain(formats.time_left(date(2026, 6, 26), datetime(2026, 6, 23, 9, 0, tzinfo=WARSAW)))
        == "zostały 3 dni"
    )


def test_days_are_counted_by_the_calendar_across_a_clock_change():
    until = datetime(2026, 10, 27, 8, 0, tzinfo=WARSAW)
    assert plain(formats.time_left(until, datetime(2026, 10, 24, 20, 0, tzinfo=WARSAW))) == "zostały 3 dni"


def test_time_left_in_english():
    with translation.override("en"):
        assert plain(formats.time_left(DEADLINE, DEADLINE - timedelta(days=1, hours=1))) == "1 day left"
        assert formats.time_left(DEADLINE, DEADLINE) == "ended"


@pytest.mark.parametrize(
    ("days", "soon"),
    [
        (timedelta(days=4), False),
        (timedelta(days=3), True),
        (timedelta(hours=1), True),
        (timedelta(0), False),
    ],
)
def test_gold_is_for_the_last_three_days(days, soon):
    assert formats.is_soon(DEADLINE, DEADLINE - days) is soon


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2019", "2019"),
        ("2019-05", "maj 2019"),
        ("2019-05-03", "3 maja 2019"),
        ("2019-13", "2019-13"),
        ("2019-02-30", "2019-02-30"),
        ("", ""),
        (None, ""),
        ("dawno", "dawno"),
    ],
)
def test_partial_dates(value, text):
    assert formats.partial_date(value) == text


@pytest.mark.parametrize(
    ("n", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (18, "XVIII"), (1994, "MCMXCIV"), (0, "0"), (-3, "-3")]
)
def test_roman_numbers(n, text):
    assert formats.roman(n) == text


@pytest.mark.parametrize(
    ("text", "typeset"),
    [
        ("Praca i dom w mieście", "Praca i~dom w~mieście"),
        ("I w domu", "I~w~domu"),
        ("nr 14, art. 19a ust. 2, godz. 15:30", "nr~14, art.~19a ust.~2, godz.~15:30"),
        ("do 10 000 zł i 15 %", "do 10~000~zł i~15~%"),
        ("lata 2026–2028", "lata 2026^–^2028"),
        ("<a href='/x'>a to</a> i tak", "<a href='/x'>a~to</a> i~tak"),
        ("14 dni roboczych", "14~dni roboczych"),
    ],
)
def test_typography_of_a_sentence(text, typeset):
    assert formats.typo(text) == typeset.replace("~", formats.NBSP).replace("^", formats.JOINER)


def test_typography_may_be_applied_twice():
    once = formats.typo("Konkurs nr 14 w latach 2026–2028")
    assert formats.typo(once) == once
