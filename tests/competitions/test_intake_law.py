"""Intakes by the clock: beginnings, rounds, money, and the two nights in which the clock is changed."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from competitions import law
from core.common.clock import WARSAW, at_local


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW)


DEADLINE = at("2026-07-10T12:00")
ROUNDS = [law.window("2026-06-01", "2026-06-15T15:00"), law.window("2026-06-20T09:00", "2026-06-30")]


@pytest.mark.rule("R-CALL-22")
@pytest.mark.parametrize(
    ("moment", "is_taking"),
    [
        ("2026-07-10T11:59:59.999999", True),
        ("2026-07-10T12:00:00", True),
        ("2026-07-10T12:00:59.999999", True),
        ("2026-07-10T12:01:00", False),
    ],
)
def test_the_stated_minute_counts_to_its_last_microsecond(moment, is_taking):
    assert law.intake_at(at(moment), deadline=DEADLINE).is_taking is is_taking


@pytest.mark.rule("R-CALL-22")
def test_an_intake_that_opens_at_an_hour():
    opens = at("2026-06-20T09:00")
    before = law.intake_at(at("2026-06-20T08:59:59"), deadline=DEADLINE, opens_at=opens)
    assert (before.is_taking, before.opens_at) == (False, opens)
    assert law.intake_at(opens, deadline=DEADLINE, opens_at=opens).is_taking


@pytest.mark.rule("R-CALL-22")
@pytest.mark.parametrize(
    ("moment", "is_taking", "cutoff", "opens"),
    [
        ("2026-05-31T23:59:59", False, None, "2026-06-01T00:00"),
        ("2026-06-01T00:00", True, "2026-06-15T15:00", None),
        ("2026-06-15T15:00:59", True, "2026-06-15T15:00", None),
        ("2026-06-15T15:01", False, None, "2026-06-20T09:00"),
        ("2026-06-30T23:59:59", True, "2026-06-30T23:59", None),
        ("2026-07-01T00:00", False, None, None),
    ],
)
def test_rounds_of_an_intake(moment, is_taking, cutoff, opens):
    found = law.intake_at(at(moment), deadline=DEADLINE, windows=ROUNDS)
    assert found.is_taking is is_taking
    assert found.cutoff == (at(cutoff) if cutoff else None)
    assert found.opens_at == (at(opens) if opens else None)


def test_partial_moments_of_a_window():
    assert law.window("2026-02", "2026-02") == law.Window(at("2026-02-01T00:00"), at("2026-02-28T23:59"))
    assert law.window("2026", "2026").closes_at == at("2026-12-31T23:59")
    assert law.window("", "") == law.Window()
    assert law.window("2026-02-30", "").opens_at is None
    assert law.cutoffs(ROUNDS) == [at("2026-06-15T15:00"), at("2026-06-30T23:59")]
    open_end = law.intake_at(at("2026-06-02T10:00"), deadline=None, windows=[law.Window()])
    assert open_end == law.IntakeNow(True)


@pytest.mark.rule("R-CALL-41")
def test_an_intake_ends_with_its_money_only_where_it_says_so():
    spent = {"deadline": None, "left": Decimal(0)}
    assert law.intake_at(at("2026-06-01T10:00"), **spent).is_taking
    found = law.intake_at(at("2026-06-01T10:00"), **spent, ends_with_funds=True)
    assert (found.is_taking, found.is_spent) == (False, True)
    assert law.funds_left(Decimal(100), [Decimal("40.50"), Decimal("59.50")]) == 0
    assert law.funds_left(None, [Decimal(1)]) is None


@pytest.mark.rule("R-CALL-41")
@pytest.mark.parametrize(
    ("amount", "left", "count"), [("0", "5", 1), ("5.01", "5", 1), ("5", "5", 0), ("5", None, 0)]
)
def test_no_more_is_given_than_is_left(amount, left, count):
    found = law.spending_breaches(Decimal(amount), None if left is None else Decimal(left))
    assert len(found) == count


# --- the nights in which the clock is changed -----------------------------------------------------


@pytest.mark.rule("R-CALL-22")
def test_twenty_one_days_over_the_autumn_change_are_days_and_not_hours():
    earliest = law.earliest_deadline([date(2026, 10, 15)], days=21)
    assert earliest == at("2026-11-06T00:00")
    assert earliest.astimezone(UTC) - at("2026-10-16T00:00").astimezone(UTC) == timedelta(days=21, hours=1)


@pytest.mark.rule("R-CALL-22")
def test_a_deadline_in_the_hour_that_comes_twice_closes_once():
    deadline = at_local(date(2026, 10, 25), time(2, 30))  # the first 2:30, summer time
    assert deadline.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert law.is_open(deadline, datetime(2026, 10, 25, 0, 30, 59, tzinfo=UTC))
    assert not law.is_open(deadline, datetime(2026, 10, 25, 0, 31, tzinfo=UTC))
    assert not law.is_open(deadline, datetime(2026, 10, 25, 1, 30, tzinfo=UTC))  # the second 2:30


@pytest.mark.rule("R-CALL-22")
def test_a_deadline_on_the_day_of_the_spring_change_closes_at_its_own_hour():
    deadline = at("2027-03-28T12:00")
    assert deadline.astimezone(UTC).hour == 10  # summer time already
    assert law.is_open(deadline, datetime(2027, 3, 28, 10, 0, 59, tzinfo=UTC))
    assert not law.is_open(deadline, datetime(2027, 3, 28, 10, 1, tzinfo=UTC))


@pytest.mark.rule("R-CALL-22")
def test_the_last_minute_of_the_year():
    deadline = at("2026-12-31T23:59")
    assert law.is_open(deadline, at("2026-12-31T23:59:59.999999"))
    assert not law.is_open(deadline, at("2027-01-01T00:00"))


# --- the fit check --------------------------------------------------------------------------------


def kinds(applicant: law.Applicant, offered: law.Offered) -> list[str]:
    return [finding.kind for finding in law.fit(applicant, offered)]


@pytest.mark.rule("R-CALL-03")
@pytest.mark.parametrize(
    ("answers", "wants", "found"),
    [
        ({}, {}, []),
        ({"is_eligible": False}, {}, ["lack"]),
        ({"legal_form": "foundation"}, {"eligible_forms": frozenset({"foundation"})}, ["ok"]),
        ({"legal_form": "osp"}, {"eligible_forms": frozenset({"foundation"})}, ["lack"]),
        ({"spheres": frozenset({"10"})}, {"spheres": frozenset({"10", "16"})}, ["ok"]),
        ({"spheres": frozenset({"17"})}, {"spheres": frozenset({"16"})}, ["lack"]),
        ({"has_opp": True}, {"requires_opp": True}, ["ok"]),
        ({"has_opp": False}, {"requires_opp": True}, ["lack"]),
        ({}, {"requires_opp": True}, ["check"]),
        ({"districts": frozenset({1})}, {"districts": frozenset({1})}, ["ok"]),
        ({"districts": frozenset({2})}, {"districts": frozenset({1})}, ["lack"]),
        (
            {"districts": frozenset({2})},
            {"districts": frozenset({1}), "are_districts_preferred": True},
            ["check"],
        ),
        ({"wanted": Decimal(10)}, {"min_grant": Decimal(10), "max_grant": Decimal(20)}, ["ok"]),
        ({"wanted": Decimal(10)}, {"min_grant": Decimal(10), "must_exceed_min": True}, ["lack"]),
        ({"wanted": Decimal(21)}, {"max_grant": Decimal(20)}, ["lack"]),
        ({"wanted": Decimal(21)}, {"total": Decimal(20)}, ["lack"]),
        ({"wanted": Decimal(5)}, {"min_grant": Decimal(10)}, ["lack"]),
    ],
)
def test_every_answer_of_the_fit_check(answers, wants, found):
    applicant, offered = law.Applicant(**answers), law.Offered(**wants)
    assert kinds(applicant, offered) == found
    assert law.is_suitable(law.fit(applicant, offered)) is ("lack" not in found)


@pytest.mark.rule("R-CALL-02")
@pytest.mark.parametrize(
    ("own", "form", "least", "found"),
    [
        (None, "entrust", None, ["ok"]),
        ("10", "support", "10", ["ok"]),
        ("9.99", "support", "10", ["lack"]),
        (None, "support", "10", []),
    ],
)
def test_own_contribution_is_asked_only_in_support(own, form, least, found):
    applicant = law.Applicant(own_percent=Decimal(own) if own else None)
    assert (
        kinds(applicant, law.Offered(form=form, min_own_percent=Decimal(least) if least else None)) == found
    )


def test_what_fits_comes_before_what_lacks():
    ok, lack = law.Finding("ok", ""), law.Finding("lack", "")
    assert law.score([ok, ok]) > law.score([ok]) > law.score([ok, lack])


@pytest.mark.rule("R-CALL-10")
def test_the_worked_example_of_the_deadline():
    days = [date(2026, 3, 2), date(2026, 3, 3)]
    assert not law.is_long_enough(at("2026-03-24T12:00"), days, days=21, is_strict=True)
    assert law.is_long_enough(at("2026-03-24T23:59"), days, days=21, is_strict=True)
    assert law.is_long_enough(at("2026-03-25T12:00"), days, days=21, is_strict=True)


@pytest.mark.rule("R-CALL-48")
def test_the_final_report_of_a_task_that_ends_with_the_year():
    found = law.final_report_due(date(2026, 12, 31), days=30)
    assert (found.counted_to, found.due_on) == (date(2027, 1, 30), date(2027, 2, 1))
    assert found.is_moved
    assert not law.final_report_due(date(2026, 11, 30), days=30).is_moved


@pytest.mark.rule("R-CALL-39")
def test_reasons_may_be_asked_to_the_next_working_day():
    assert law.justification_until(date(2027, 1, 15), days=30) == date(2027, 2, 15)


@pytest.mark.rule("R-CALL-22")
@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (
            "2026-05-31T12:00",
            "Nabór jeszcze się nie zaczął. Oferty przyjmujemy od: poniedziałek 1 czerwca 2026",
        ),
        ("2026-06-10T12:00", ""),
        ("2026-06-15T15:01", "Początek następnej tury: sobota 20 czerwca 2026, godz. 9:00"),
        ("2026-07-01T00:00", "Wszystkie tury tego naboru już się skończyły"),
    ],
)
def test_why_no_offer_is_taken_now(moment, words):
    found = law.intake_breaches(law.intake_at(at(moment), deadline=DEADLINE, windows=ROUNDS))
    assert [breach.rule for breach in found] == ["R-CALL-22"] * bool(words)
    assert all(words in breach.message.replace("\u00a0", " ") for breach in found)


@pytest.mark.rule("R-CALL-22")
def test_spent_money_is_said_first():
    spent = law.intake_at(
        at("2026-05-31T12:00"), deadline=DEADLINE, windows=ROUNDS, left=Decimal(0), ends_with_funds=True
    )
    assert "wyczerpały" in law.intake_breaches(spent)[0].message
