"""Rules of news, newsletter, messages and the declaration."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from communication import law
from communication.enums import Conformity, SubscriberState
from communication.law.accessibility import FIELDS

WARSAW = ZoneInfo("Europe/Warsaw")


def moment(day: int, hour: int = 0, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=WARSAW)


# --- R-COM-01 ---------------------------------------------------------------------------------------


@pytest.mark.rule("R-COM-01")
@pytest.mark.parametrize(
    ("sent_on", "due_on"),
    [
        (date(2026, 6, 10), date(2026, 6, 12)),  # Wednesday → Friday
        (date(2026, 6, 11), date(2026, 6, 15)),  # Thursday → Monday
        (date(2026, 6, 13), date(2026, 6, 16)),  # Saturday: Monday and Tuesday
        (date(2026, 6, 3), date(2026, 6, 8)),  # Corpus Christi on Thursday does not count
        (date(2026, 12, 23), date(2026, 12, 29)),  # Christmas Eve is a day off since 2025
    ],
)
def test_the_office_decides_within_two_working_days(sent_on, due_on):
    assert law.decision_due_on(sent_on, working_days=2) == due_on


GOOD = law.NewsFacts(title="Tytuł", lead="Zapowiedź", text="Treść")


@pytest.mark.rule("R-COM-01")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"lead": ""}, "lead"),
        ({"text": "\n"}, "body"),
        ({"event_from": "2026-06-10", "event_to": "2026-06-09"}, "event_to"),
        ({"event_from": "2026-07", "event_to": "2026-06"}, "event_to"),
        ({"event_from": "2026-07-01", "event_to": "2026-06"}, "event_to"),
        ({"has_picture": True}, "picture_alt"),
        ({"is_cofinanced": True}, "contract_number"),
    ],
)
def test_what_stops_news(change, field):
    breaches = law.news_breaches(replace(GOOD, **change))

    assert [(b.rule, b.field) for b in breaches] == [("R-COM-01", field)]


@pytest.mark.rule("R-COM-01")
@pytest.mark.parametrize(
    "change",
    [
        {},
        {"event_from": "2026-06-10", "event_to": "2026-06-10"},
        {"event_from": "2026-06-10", "event_to": "2026-06"},
        {"event_to": "2026-06-10"},
        {"has_picture": True, "picture_alt": "Plakat"},
        {"is_cofinanced": True, "contract_number": "W/I/1"},
    ],
)
def test_whole_news_pass(change):
    assert law.news_breaches(replace(GOOD, **change)) == []


# --- R-COM-02, R-WEB-11 -----------------------------------------------------------------------------


@pytest.mark.rule("R-COM-02")
def test_a_confirmation_is_good_for_seven_days():
    assert law.confirmation_ends_at(moment(1, 12), days=7) == moment(8, 12)


@pytest.mark.rule("R-COM-02")
def test_only_confirmed_addresses_get_letters():
    assert [s for s in SubscriberState if law.may_receive(s)] == [SubscriberState.ACTIVE]


@pytest.mark.rule("R-COM-02")
@pytest.mark.parametrize(
    ("wanted", "is_wanted"),
    [
        ({}, True),
        ({"wanted_topics": ["konkursy"]}, True),
        ({"wanted_topics": ["dialog"]}, False),
        ({"wanted_branches": ["kultura"]}, True),
        ({"wanted_branches": ["sport"]}, False),
        ({"wanted_districts": [5]}, True),
        ({"wanted_districts": [6, 7]}, False),
        ({"wanted_branches": ["kultura"], "wanted_districts": [7]}, False),
    ],
)
def test_who_chose_gets_what_was_chosen(wanted, is_wanted):
    nothing = {"wanted_topics": [], "wanted_branches": [], "wanted_districts": []}
    item = {"topic": "konkursy", "branches": ["kultura"], "districts": [5]}

    assert law.is_wanted(**item, **{**nothing, **wanted}) is is_wanted


@pytest.mark.rule("R-COM-02")
def test_what_concerns_the_whole_city_reaches_every_district():
    item = {"topic": "konkursy", "branches": [], "districts": []}

    assert law.is_wanted(**item, wanted_topics=[], wanted_branches=["sport"], wanted_districts=[3])


@pytest.mark.rule("R-COM-02")
def test_an_issue_has_content_and_without_readers_only_warns():
    empty, unread = law.IssueFacts(0, 1), law.IssueFacts(1, 0)

    assert [(b.field, b.is_warning) for b in law.issue_breaches(empty)] == [("items", False)]
    assert [b.is_warning for b in law.issue_breaches(unread)] == [True]
    assert law.issue_breaches(law.IssueFacts(1, 1)) == []


@pytest.mark.rule("R-COM-02")
def test_sending_is_planned_for_the_future_only():
    facts = law.IssueFacts(1, 1, scheduled_at=moment(10), at=moment(10))

    assert [b.field for b in law.scheduling_breaches(facts)] == ["scheduled_at"]
    assert law.scheduling_breaches(replace(facts, scheduled_at=moment(11))) == []
    assert law.scheduling_breaches(replace(facts, scheduled_at=None)) == []


@pytest.mark.rule("R-COM-02")
@pytest.mark.parametrize(
    ("after", "next_one"),
    [
        (moment(10, 12), moment(11, 8)),
        (moment(11, 7), moment(11, 8)),
        (moment(11, 8), moment(18, 8)),
        (moment(24, 12, month=10), moment(29, 8, month=10)),  # over the change of the clock
    ],
)
def test_the_letter_goes_on_thursday_morning(after, next_one):
    assert law.next_weekly(after) == next_one


@pytest.mark.rule("R-WEB-11")
@pytest.mark.parametrize(
    ("ended_on", "forgotten_on"),
    [
        (date(2026, 6, 10), date(2026, 7, 10)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_an_address_is_forgotten_a_month_after_its_end(ended_on, forgotten_on):
    assert law.forget_from(ended_on, months=1) == forgotten_on


# --- R-WEB-05 ---------------------------------------------------------------------------------------


@pytest.mark.rule("R-WEB-05")
@pytest.mark.parametrize(
    ("received_on", "due_on"),
    [
        (date(2026, 6, 10), date(2026, 6, 17)),
        (date(2026, 6, 13), date(2026, 6, 22)),
        (date(2026, 5, 28), date(2026, 6, 5)),
    ],
)
def test_a_demand_is_answered_within_seven_days(received_on, due_on):
    assert law.answer_due_on(received_on, days=7) == due_on


DEMAND = law.MessageFacts(
    is_demand=True, received_on=date(2026, 6, 10), extended_until=None, today=date(2026, 6, 15), months=2
)


@pytest.mark.rule("R-WEB-05")
@pytest.mark.parametrize(
    ("until", "is_good"),
    [
        (None, False),
        (date(2026, 6, 15), False),
        (date(2026, 6, 16), True),
        (date(2026, 8, 10), True),
        (date(2026, 8, 11), False),
    ],
)
def test_an_extension_has_a_day_and_its_limit(until, is_good):
    assert (law.extension_breaches(replace(DEMAND, extended_until=until)) == []) is is_good


@pytest.mark.rule("R-WEB-05")
def test_questions_may_wait_longer_than_demands():
    facts = replace(DEMAND, is_demand=False, extended_until=date(2026, 12, 1))

    assert law.extension_breaches(facts) == []


@pytest.mark.rule("R-WEB-05")
def test_late_is_after_the_last_day():
    assert not law.is_late(date(2026, 6, 17), today=date(2026, 6, 17))
    assert law.is_late(date(2026, 6, 17), today=date(2026, 6, 18))
    assert not law.is_late(None, today=date(2026, 6, 18))


# --- R-WEB-03, R-WEB-04, R-WEB-10 -------------------------------------------------------------------

WHOLE = law.DeclarationFacts(filled=frozenset(FIELDS), status=Conformity.PARTIAL, names_failings=True)


@pytest.mark.rule("R-WEB-03")
@pytest.mark.parametrize("field", sorted(FIELDS))
def test_each_part_of_the_declaration_is_asked_for(field):
    facts = replace(WHOLE, filled=WHOLE.filled - {field})

    assert [b.field for b in law.declaration_breaches(facts)] == [field]


@pytest.mark.rule("R-WEB-03")
def test_failings_are_named_unless_there_are_none():
    silent = replace(WHOLE, names_failings=False)

    assert [b.field for b in law.declaration_breaches(silent)] == ["non_compliances"]
    assert law.declaration_breaches(replace(silent, status=Conformity.FULL)) == []
    assert law.declaration_breaches(WHOLE) == []


@pytest.mark.rule("R-WEB-03")
def test_an_update_does_not_come_before_the_page():
    facts = replace(WHOLE, days=(date(2026, 6, 2), date(2026, 6, 1)))

    assert [b.field for b in law.declaration_breaches(facts)] == ["updated_on"]


@pytest.mark.rule("R-WEB-04")
@pytest.mark.parametrize(
    ("reviewed_on", "today", "is_due"),
    [
        (date(2025, 3, 20), date(2026, 2, 28), False),
        (date(2025, 3, 20), date(2026, 3, 1), True),
        (date(2026, 1, 5), date(2026, 3, 1), False),
        (None, date(2026, 3, 1), True),
        (None, date(2026, 1, 1), False),
        (date(2024, 3, 20), date(2026, 11, 1), True),
    ],
)
def test_the_review_waits_from_march_on(reviewed_on, today, is_due):
    assert law.is_review_due(reviewed_on, today=today) is is_due
    assert law.review_due_on(2026) - law.review_task_from(2026) == timedelta(days=30)


@pytest.mark.rule("R-WEB-10")
@pytest.mark.parametrize("form", sorted(law.CLAUSES))
def test_every_form_has_a_whole_clause(form):
    assert law.clause_breaches(law.CLAUSES[form], controller="Prezydent", officer="iod@example.org") == []


@pytest.mark.rule("R-WEB-10")
def test_a_clause_with_a_hole_is_named():
    clause = replace(law.CLAUSES["contact"], retention=" ")

    assert [b.field for b in law.clause_breaches(clause, controller="Prezydent", officer="")] == [
        "retention",
        "officer",
    ]
    assert len(law.clause_breaches(None, controller="Prezydent", officer="x")) == 1
