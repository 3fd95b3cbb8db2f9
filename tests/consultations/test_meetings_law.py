"""Places, talks and reminders as pure rules."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from consultations import law

WARSAW = ZoneInfo("Europe/Warsaw")
EVENING = datetime(2026, 6, 17, 17, 0, tzinfo=WARSAW)


@pytest.mark.rule("R-CNS-05")
@pytest.mark.parametrize(
    ("from_hour", "to_hour", "minutes", "expected"),
    [
        (time(14), time(15), 20, [time(14), time(14, 20), time(14, 40)]),
        (time(14), time(15), 25, [time(14), time(14, 25)]),
        (time(14), time(14, 10), 20, []),
        (time(15), time(14), 20, []),
        (time(14), None, 20, []),
        (time(14), time(15), None, []),
        (time(22), time(23, 59), 60, [time(22)]),
    ],
)
def test_a_duty_is_cut_into_whole_talks(from_hour, to_hour, minutes, expected):
    assert law.slots_of(from_hour, to_hour, minutes) == expected


@pytest.mark.rule("R-CNS-05")
def test_booked_talks_are_not_offered():
    assert law.free_slots(4, {2, 4, None}) == [1, 3]


@pytest.mark.rule("R-CNS-06")
@pytest.mark.parametrize(("seated", "limit", "expected"), [(0, None, False), (9, 10, False), (10, 10, True)])
def test_the_next_person_waits_when_the_room_is_full(seated, limit, expected):
    assert law.waits(seated, limit) is expected


@pytest.mark.rule("R-CNS-06")
@pytest.mark.parametrize(
    ("seated", "waiting", "limit", "expected"),
    [(9, 3, 10, 1), (10, 3, 10, 0), (12, 3, 10, 0), (5, 3, None, 3)],
)
def test_as_many_are_let_in_as_there_are_seats(seated, waiting, limit, expected):
    assert law.to_promote(seated, waiting, limit) == expected


@pytest.mark.rule("R-CNS-06")
@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, ""),
        ({"takes_sign_ups": False}, "nie ma zapisów"),
        ({"starts_at": None}, "nie ma zapisów"),
        ({"is_public": False}, "nie ma zapisów"),
        ({"is_cancelled": True}, "odwołany"),
        ({"at": EVENING}, "już się zaczął"),
    ],
)
def test_when_one_can_sign_up(changes, word):
    facts = {
        "at": EVENING - timedelta(minutes=1),
        "starts_at": EVENING,
        "takes_sign_ups": True,
        "is_cancelled": False,
        "is_public": True,
    }
    found = law.sign_up_breaches(**{**facts, **changes})

    assert [word in str(breach.message) for breach in found] == ([True] if word else [])


@pytest.mark.rule("R-CNS-06")
@pytest.mark.parametrize(
    ("slots", "minutes", "limit", "words"),
    [
        ([law.Slot(date(2026, 6, 17), time(17), None, time(19))], None, 30, []),
        ([law.Slot(date(2026, 6, 17), time(17), None, time(19))], 20, None, []),
        ([], None, None, ["jeden dzień i godzinę"]),
        ([law.Slot(date(2026, 6, 17), None)], None, None, ["jeden dzień i godzinę"]),
        ([law.Slot(date(2026, 6, 17), time(9), date(2026, 6, 20))], None, None, ["jeden dzień i godzinę"]),
        ([law.Slot(date(2026, 6, 17), time(17))], 20, None, ["godzinę końca"]),
        ([law.Slot(date(2026, 6, 17), time(17), None, time(19))], 20, 5, ["wybierz jedno"]),
    ],
)
def test_what_a_form_needs_before_people_can_sign_up(slots, minutes, limit, words):
    form = law.FormFacts(kind="open_meeting", name="", slots=tuple(slots))

    gaps = law.sign_up_gaps(form, slot_minutes=minutes, limit=limit)

    assert len(gaps) == len(words)
    assert all(word in str(gap) for word, gap in zip(words, gaps, strict=True))


@pytest.mark.rule("R-CNS-06")
@pytest.mark.parametrize(
    ("before", "signed_up", "expected"),
    [
        (timedelta(hours=24), timedelta(days=5), True),
        (timedelta(hours=25), timedelta(days=5), False),
        (timedelta(hours=3), timedelta(days=5), True),
        (timedelta(0), timedelta(days=5), False),
        (timedelta(hours=3), timedelta(hours=20), False),
    ],
)
def test_the_reminder_comes_a_day_before(before, signed_up, expected):
    found = law.remind_now(at=EVENING - before, starts_at=EVENING, signed_up_at=EVENING - signed_up)

    assert found is expected


@pytest.mark.rule("R-CNS-25")
def test_the_response_rate_is_that_of_the_invited():
    assert str(law.response_rate(27, 6)) == "22.2"
    assert law.response_rate(0, 0) is None


@pytest.mark.rule("R-CNS-21")
def test_used_remarks_are_counted_among_the_answered():
    counts = {"accepted": 2, "partly": 1, "rejected": 5, "out_of_scope": 1, "": 40}

    assert str(law.used_share(counts)) == "33.3"
    assert law.used_share({"": 3}) is None


@pytest.mark.rule("R-CNS-21")
def test_days_to_the_report_are_a_mean_of_what_is_known():
    periods = [
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 12)),
        (date(2026, 3, 1), None),
    ]

    assert law.average_days(periods) == 20
    assert law.average_days([]) is None


NOON = datetime(2026, 6, 10, 12, 0, tzinfo=WARSAW)


def slot(day: int, month: int = 6, *, hour: int = 17, to: int = 19, until: date | None = None) -> law.Slot:
    return law.Slot(date(2026, month, day), time(hour), until, time(to))


@pytest.mark.rule("R-CNS-06")
@pytest.mark.parametrize(
    ("slots", "wrong"),
    [
        ([slot(17)], ""),
        ([slot(10, hour=13, to=14)], ""),
        ([slot(8, until=date(2026, 6, 11))], ""),
        ([slot(1)], "wiersz 1: ten termin już minął"),
        ([slot(10, hour=9, to=11)], "wiersz 1: ten termin już minął"),
        ([slot(17, hour=19, to=17)], "wiersz 1: koniec jest przed początkiem"),
        ([slot(17), slot(17)], "wiersz 2: ten termin jest już w wierszu wyżej"),
        ([slot(17), slot(20, 8)], "wiersz 2: podaj dzień od 1 czerwca 2026 do 31 lipca 2026"),
        # what was there before stays, and its hours may be written down anew
        ([slot(2)], ""),
        ([slot(2, to=18), slot(17)], ""),
        ([slot(3)], "wiersz 1: ten termin już minął"),
    ],
)
def test_a_new_date_is_to_come_and_lies_in_the_consultation(slots, wrong):
    bounds = {"first": date(2026, 6, 1), "last": date(2026, 7, 31)}

    found = law.date_breaches(slots, before=[slot(2)], at=NOON, **bounds)

    texts = [str(breach.message) for breach in found]
    assert {breach.field for breach in found} <= {"dates_text"}
    assert len(texts) == (1 if wrong else 0)
    assert all(text.startswith(wrong) for text in texts), texts
