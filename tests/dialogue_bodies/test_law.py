from datetime import date, datetime

import pytest

from dialogue_bodies import law
from dialogue_bodies.enums import BodyRole, Outcome, Side

SEATS = {Side.NGO: 8, Side.CITY_COUNCIL: 4, Side.MAYOR: 4}


def body(**changes):
    facts = {
        "is_commission": True,
        "founding_organizations": 5,
        "min_organizations": 5,
        "has_legal_act": True,
        "has_unit": True,
        "last_meeting_on": date(2026, 1, 10),
        "today": date(2026, 6, 10),
        "inactive_months": 12,
    }
    return law.BodyFacts(**{**facts, **changes})


def meeting(**changes):
    facts = {
        "starts_on": date(2026, 6, 25),
        "announced_on": date(2026, 6, 10),
        "notice_days": 7,
        "has_agenda": True,
        "has_place": True,
    }
    return law.MeetingFacts(**{**facts, **changes})


@pytest.mark.rule("R-KRDPP-02")
@pytest.mark.parametrize(("ngo", "is_refused"), [(8, False), (7, True), (9, False)])
def test_organisations_hold_at_least_half_of_the_council(ngo, is_refused):
    assert bool(law.side_breaches({**SEATS, Side.NGO: ngo}, ngo_share_percent=50)) is is_refused


@pytest.mark.rule("R-KRDPP-03")
def test_a_side_has_no_more_members_than_seats_and_may_have_fewer():
    assert law.seat_breaches(SEATS, {Side.NGO: 8, Side.MAYOR: 3}) == []
    assert len(law.seat_breaches(SEATS, {Side.NGO: 9})) == 1


@pytest.mark.rule("R-KRDPP-05")
def test_a_term_ends_the_day_before_the_same_day_three_years_later():
    assert law.term_end(date(2025, 9, 1), years=3) == date(2028, 8, 31)


@pytest.mark.rule("R-KRDPP-06")
def test_two_co_chairs_of_different_sides_are_right_and_two_of_one_side_are_not():
    assert (
        law.chair_breaches([BodyRole.CO_CHAIR_CITY, BodyRole.CO_CHAIR_NGO, BodyRole.MEMBER, BodyRole.MEMBER])
        == []
    )
    assert law.chair_breaches([BodyRole.CO_CHAIR_NGO, BodyRole.CO_CHAIR_NGO])


@pytest.mark.rule("R-KRDPP-07")
def test_an_appointment_names_its_ordinance():
    assert law.appointment_breaches(legal_act=" ")
    assert law.appointment_breaches(legal_act="zarządzenie PMK nr 1951/2019") == []


@pytest.mark.rule("R-KRDPP-10")
@pytest.mark.rule("R-KRDPP-11")
def test_silence_for_fourteen_days_is_a_waiver():
    due = law.opinion_due(date(2026, 10, 12), days=14)  # T12

    assert due == date(2026, 10, 26)
    assert law.outcome_on(Outcome.AWAITED, due_on=due, today=date(2026, 10, 26)) == Outcome.AWAITED
    assert law.outcome_on(Outcome.AWAITED, due_on=due, today=date(2026, 10, 27)) == Outcome.NO_OPINION_IN_TIME
    assert law.outcome_on(Outcome.POSITIVE, due_on=due, today=date(2026, 10, 27)) == Outcome.POSITIVE


@pytest.mark.rule("R-KRDPP-19")
def test_a_meeting_needs_agenda_and_place_and_a_late_notice_is_a_warning():
    assert law.notice_breaches(meeting()) == []
    assert [b.field for b in law.notice_breaches(meeting(has_agenda=False, has_place=False))] == [
        "agenda",
        "place",
    ]
    late = law.notice_breaches(meeting(starts_on=date(2026, 6, 16)))
    assert [b.is_warning for b in late] == [True]
    assert "9 czerwca 2026" in str(late[0].message)


@pytest.mark.rule("R-KDO-07")
def test_minutes_are_due_in_fourteen_days():
    assert law.minutes_due(datetime(2026, 6, 10, 17), days=14) == date(2026, 6, 24)


@pytest.mark.rule("R-KDO-04")
@pytest.mark.parametrize(
    ("founders", "is_commission", "is_refused"), [(5, True, False), (4, True, True), (0, False, False)]
)
def test_a_commission_is_founded_by_enough_organisations(founders, is_commission, is_refused):
    facts = body(founding_organizations=founders, is_commission=is_commission)

    assert bool(law.founding_breaches(facts)) is is_refused


@pytest.mark.rule("R-KDO-02")
def test_a_body_works_on_a_named_act():
    assert law.basis_breaches(body(has_legal_act=False))
    assert law.basis_breaches(body()) == []


@pytest.mark.rule("R-KDO-05")
def test_an_organisation_has_one_vote():
    assert law.representation_breaches([1, 2, 3]) == []
    assert law.representation_breaches([1, 2, 1])


@pytest.mark.rule("R-KDO-08")
@pytest.mark.parametrize(
    ("last", "is_silent"),
    [(date(2026, 1, 10), False), (date(2025, 6, 9), True), (date(2025, 7, 10), False), (None, False)],
)
def test_a_year_without_a_meeting_makes_a_commission_inactive(last, is_silent):
    assert (law.silence_breaches(body(last_meeting_on=last)) == []) is is_silent


@pytest.mark.rule("R-KDO-12")
def test_meetings_are_open_unless_said_otherwise():
    assert law.is_open_meeting(is_closed_by_notice=False)
    assert not law.is_open_meeting(is_closed_by_notice=True)


@pytest.mark.rule("R-KRDPP-04")
def test_the_council_rests_on_a_resolution():
    assert law.council_basis_breaches(legal_basis="uchwała RMK nr XLI/731/16") == []
    assert [b.is_warning for b in law.council_basis_breaches(legal_basis="zarządzenie PMK")] == [True]


@pytest.mark.rule("R-KDO-03")
@pytest.mark.parametrize(
    ("has_unit", "is_commission", "is_refused"),
    [(True, True, False), (False, True, True), (False, False, False)],
)
def test_a_commission_works_at_a_unit(has_unit, is_commission, is_refused):
    assert bool(law.unit_breaches(body(has_unit=has_unit, is_commission=is_commission))) is is_refused


@pytest.mark.rule("R-KDO-06")
def test_a_presidium_lasts_three_years():
    assert law.presidium_end(date(2023, 6, 10), years=3) == date(2026, 6, 9)
