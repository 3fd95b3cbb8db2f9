"""Dates as people write them, one per line."""

from datetime import date, time

import pytest

from consultations.models.date_lines import DateLine, in_words, read_line, write_line

JUNE_17 = date(2026, 6, 17)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17.06.2026 17:00–19:00", DateLine("", JUNE_17, None, time(17), time(19))),
        ("17.06.2026 godz. 17.00-19.00", DateLine("", JUNE_17, None, time(17), time(19))),
        ("2026-06-17T17:00", DateLine("", JUNE_17, None, time(17))),
        ("2026-06-17", DateLine("", JUNE_17)),
        ("2026-06-17..2026-06-25 10:00-14:00", DateLine("", JUNE_17, date(2026, 6, 25), time(10), time(14))),
        ("06-17..06-25", DateLine("", JUNE_17, date(2026, 6, 25))),
        ("do 17.06.2026", DateLine("", None, JUNE_17)),
        ("17.06.2026 17:00 (Nowa Huta)", DateLine("17.06.2026 17:00 (Nowa Huta)", JUNE_17, None, time(17))),
        ("2026-04..2026-06", DateLine("2026-04..2026-06")),
        ("31.02.2026", DateLine("31.02.2026")),
        ("17.06.2026 25:00", DateLine("17.06.2026 25:00")),
        ("25.06.2026–17.06.2026", DateLine("25.06.2026–17.06.2026")),
        ("17.06.2026, 18.06.2026 17:00", DateLine("17.06.2026, 18.06.2026 17:00")),
        ("co drugi wtorek", DateLine("co drugi wtorek")),
        ("", DateLine("")),
    ],
)
def test_a_line_is_read_as_far_as_possible(text, expected):
    assert read_line(text, year=2026) == expected


def test_a_month_and_day_without_a_year_stay_text():
    assert read_line("06-17..06-25") == DateLine("06-17..06-25")


@pytest.mark.parametrize(
    "text",
    [
        "17.06.2026 17:00–19:00",
        "11.06.2026–25.06.2026 14:00–17:00",
        "do 17.06.2026",
        "17.06.2026 17:00 (sala 9)",
        "kiedyś",
    ],
)
def test_what_is_written_is_read_again(text):
    assert read_line(write_line(read_line(text))) == read_line(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("17.06.2026 17:00–19:00", "środa 17 czerwca 2026, 17:00\u2060–\u206019:00"),
        ("11.06.2026–25.06.2026 9:00", "11\u2060–\u206025 czerwca 2026, 9:00"),
        ("do 17.06.2026", "do 17 czerwca 2026"),
        ("2026-04..2026-06", "kwiecień 2026 – czerwiec 2026"),
        ("co drugi wtorek", "co drugi wtorek"),
    ],
)
def test_a_line_reads_as_a_sentence(text, words):
    assert in_words(read_line(text)) == words
