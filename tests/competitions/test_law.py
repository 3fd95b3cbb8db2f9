"""Rules of open calls: the worked examples, and what each rule says no to."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from competitions import law
from competitions.enums import Form, Intake, Mode, Outcome, State
from core.documents.enums import Place, Purpose

WARSAW = ZoneInfo("Europe/Warsaw")
BIP, BOARD, WEBSITE = Place.BIP, Place.NOTICE_BOARD, Place.WEBSITE
ALL_FILLED = frozenset(
    [e.key for e in law.ELEMENTS]
    + ["plain_summary", "accessibility", "title", "unit", "place", "goal", "eligibility", "submission"]
    + ["contact", "committee", "privacy", "cancellation"]
)


def at(
    day: int, hour: int = 0, minute: int = 0, month: int = 3, year: int = 2026, second: int = 0
) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=WARSAW)


def facts(**changes) -> law.CallFacts:
    """A complete lawful notice: published 2 and 3 March 2026, offers until 25 March, 12:00."""
    whole = law.CallFacts(
        at=at(4, 10),
        offer_days=21,
        is_strict=True,
        admin_cost_standard=Decimal(15),
        deadline=at(25, 12),
        filled=ALL_FILLED,
        has_cancellation_reservation=True,
        publications={
            Purpose.NOTICE: {BIP: date(2026, 3, 2), BOARD: date(2026, 3, 3), WEBSITE: date(2026, 3, 2)}
        },
        money=law.Money(total=Decimal("100000"), max_grant=Decimal("30000"), admin_cost_percent=Decimal(15)),
    )
    return replace(whole, **changes)


def messages(breaches) -> list[str]:
    return [str(b.message) for b in breaches]


def stopping(breaches) -> list[str]:
    return [b.rule for b in breaches if not b.is_warning]


# --- modes ----------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-01")
def test_every_mode_of_the_act_names_its_provision():
    assert law.legal_basis(Mode.OPEN_CALL).startswith("art. 11 ust. 2 i art. 13")
    assert law.legal_basis(Mode.SMALL_GRANT).startswith("art. 19a")
    assert law.legal_basis(Mode.EXTERNAL_CALL) == ""


@pytest.mark.rule("R-CALL-03")
@pytest.mark.parametrize(
    ("call", "own", "is_warned"),
    [(["10"], ["1", "10"], False), (["10"], ["17"], True), ([], ["17"], False), (["10"], [], True)],
)
def test_a_profile_without_the_sphere_is_warned_not_stopped(call, own, is_warned):
    found = law.profile_warnings(call, own)

    assert bool(found) is is_warned
    assert all(b.is_warning for b in found)


# --- deadlines ------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-10")
def test_t1_the_last_of_three_publications_starts_twenty_one_full_days():
    published = [date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 2)]

    assert law.earliest_deadline(published, days=21) == at(25)
    assert law.earliest_deadline(published, days=21, is_strict=False) == at(24)


@pytest.mark.rule("R-CALL-10")
@pytest.mark.parametrize(
    ("deadline", "is_strict", "is_lawful"),
    [
        (at(24, 23, 59), True, True),
        (at(24, 23, 58), True, False),
        (at(24, 12), True, False),
        (at(25, 12), True, True),
        (at(24, 12), False, True),
        (at(24, 0), False, True),
        (at(23, 23, 59), False, False),
    ],
)
def test_t1_strict_and_lenient_counting(deadline, is_strict, is_lawful):
    found = law.deadline_breaches(facts(deadline=deadline, is_strict=is_strict))

    assert stopping(found) == ([] if is_lawful else ["R-CALL-10"])


@pytest.mark.rule("R-CALL-10")
def test_the_refusal_says_the_earliest_deadline_and_why():
    [breach] = law.deadline_breaches(facts(deadline=at(24, 12)))

    words = breach.message.replace("\u00a0", " ")
    assert words == (
        "Termin składania ofert: najwcześniej 25 marca 2026, godz. 0:00, bo ostatnie z trzech ogłoszeń ukazało się "
        "3 marca 2026 (21 pełnych dni, R-CALL-10)"
    )
    assert breach.field == "offers_due_at"


@pytest.mark.rule("R-CALL-10")
@pytest.mark.parametrize(
    ("published", "earliest"),
    [
        (date(2026, 3, 8), datetime(2026, 3, 30, tzinfo=WARSAW)),  # summer time begins on 29 March
        (date(2026, 10, 5), datetime(2026, 10, 27, tzinfo=WARSAW)),  # and ends on 25 October
        (
            date(2026, 12, 15),
            datetime(2027, 1, 6, tzinfo=WARSAW),
        ),  # a holiday does not move a stated deadline
    ],
)
def test_clock_changes_and_holidays_do_not_move_the_count(published, earliest):
    assert law.earliest_deadline([published], days=21) == earliest


@pytest.mark.rule("R-CALL-10")
def test_a_deadline_is_needed_and_lies_ahead():
    assert "wpisz dzień i godzinę" in messages(law.deadline_breaches(facts(deadline=None)))[0]
    assert "już minął" in messages(law.deadline_breaches(facts(at=at(25, 12, 1))))[0]


@pytest.mark.rule("R-CALL-10")
def test_before_the_publications_the_deadline_is_measured_from_today_as_advice():
    found = law.deadline_breaches(facts(publications={}, deadline=at(24, 12)))

    assert [b.is_warning for b in found] == [True]
    assert "26 marca 2026" in messages(found)[0]


@pytest.mark.rule("R-CALL-10")
@pytest.mark.parametrize(("days", "is_lawful"), [(21, True), (30, True), (20, False), (None, False)])
def test_an_intake_counted_from_the_notice_has_at_least_the_same_length(days, is_lawful):
    found = law.deadline_breaches(facts(intake=Intake.RELATIVE, relative_days=days, deadline=None))

    assert bool(stopping(found)) is not is_lawful


def test_an_intake_of_thirty_days_ends_with_its_thirtieth_day():
    assert law.relative_deadline([date(2026, 3, 2), date(2026, 3, 3)], 30) == at(2, 23, 59, month=4)


@pytest.mark.rule("R-CALL-10")
def test_other_procedures_are_advised_not_stopped():
    found = law.deadline_breaches(facts(mode=Mode.SPORT_ACT_GRANT, deadline=at(10, 12)))

    assert found
    assert all(b.is_warning for b in found)


@pytest.mark.rule("R-CALL-11")
def test_t2_two_publications_do_not_announce_a_call():
    two = {Purpose.NOTICE: {BIP: date(2026, 3, 2), WEBSITE: date(2026, 3, 2)}}

    found = law.publication_breaches(facts(publications=two))

    assert stopping(found) == ["R-CALL-11"]
    assert "tablica ogłoszeń" in messages(found)[0]
    assert "Biuletyn" not in messages(found)[0]
    assert law.publication_breaches(facts()) == []


@pytest.mark.rule("R-CALL-11")
def test_the_press_does_not_replace_a_mandatory_place():
    press = {
        Purpose.NOTICE: {BIP: date(2026, 3, 2), WEBSITE: date(2026, 3, 2), Place.PRESS: date(2026, 3, 2)}
    }

    assert stopping(law.publication_breaches(facts(publications=press))) == ["R-CALL-11"]


@pytest.mark.rule("R-CALL-22")
@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(25, 11, 59, second=59), True),
        (at(25, 12), True),
        (at(25, 12, second=59), True),
        (at(25, 12, 1), False),
    ],
)
def test_the_stated_minute_still_counts(moment, is_open):
    assert law.is_open(at(25, 12), moment) is is_open
    assert law.is_open(None, moment)


@pytest.mark.parametrize(
    ("deadline", "is_warned"),
    [
        (at(23, 12, month=12), False),
        (at(24, 12, month=12), True),
        (at(6, 12, month=1, year=2027), True),
        (at(7, 12, month=1, year=2027), False),
        (at(1, 12, month=8), True),  # Saturday
        (at(3, 12, month=8), False),  # Monday
        (None, False),
    ],
)
def test_holidays_and_august_weekends_are_advised_against(deadline, is_warned):
    found = law.season_warnings(deadline)

    assert bool(found) is is_warned
    assert all(b.is_warning for b in found)


# --- the notice -----------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-12")
@pytest.mark.parametrize("element", law.ELEMENTS, ids=lambda e: e.key)
def test_each_element_of_the_act_is_demanded(element):
    found = law.completeness_breaches(facts(filled=ALL_FILLED - {element.key}))

    assert [(b.rule, b.field, b.is_warning) for b in found] == [("R-CALL-12", element.field, False)]


@pytest.mark.rule("R-CALL-12")
def test_a_complete_notice_has_no_breach():
    assert law.completeness_breaches(facts()) == []
    assert law.layout_breaches(facts()) == []


@pytest.mark.rule("R-WEB-16")
@pytest.mark.rule("R-WEB-17")
@pytest.mark.parametrize(("key", "rule"), [("plain_summary", "R-WEB-16"), ("accessibility", "R-WEB-17")])
def test_plain_language_and_accessibility_are_demanded_in_every_procedure(key, rule):
    for mode in Mode:
        assert stopping(law.completeness_breaches(facts(mode=mode, filled=ALL_FILLED - {key}))) == [rule]


@pytest.mark.rule("R-CALL-13")
def test_the_city_layout_stops_only_for_what_nobody_can_do_without():
    found = law.layout_breaches(
        facts(filled=ALL_FILLED - {"goal", "contact", "committee", "privacy", "cancellation"})
    )

    assert [(b.field, b.is_warning) for b in found] == [
        ("goal", False),
        ("contact", False),
        ("committee_call", True),
        ("information_clause", True),
        ("cancellation_reservation", True),
    ]


@pytest.mark.rule("R-CALL-02")
@pytest.mark.parametrize(
    ("form", "own", "share", "expected"),
    [
        (Form.ENTRUST, None, None, []),
        (Form.ENTRUST, Decimal(0), Decimal(100), []),
        (Form.ENTRUST, Decimal(10), None, [("min_own_contribution_percent", False)]),
        (Form.ENTRUST, None, Decimal(90), [("max_cofinancing_percent", False)]),
        (Form.SUPPORT, Decimal(10), Decimal(90), []),
        (Form.SUPPORT, None, Decimal(100), [("max_cofinancing_percent", True)]),
    ],
)
def test_own_money_belongs_to_support_only(form, own, share, expected):
    money = law.Money(min_own_percent=own, max_cofinancing_percent=share)

    found = law.form_breaches(facts(form=form, money=money))

    assert [(b.field, b.is_warning) for b in found] == expected


@pytest.mark.rule("R-CALL-14")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"min_grant": Decimal(50000)}, "min_grant"),
        ({"max_grant": Decimal(100001)}, "max_grant"),
        ({"by_year": (Decimal(60000), Decimal(50000))}, "budget_total"),
        ({"by_source": (Decimal(99999),)}, "budget_total"),
        ({"by_part": (Decimal(100001),)}, "budget_total"),
        ({"min_own_percent": Decimal(101)}, "min_own_contribution_percent"),
        ({"max_cofinancing_percent": Decimal(-1)}, "max_cofinancing_percent"),
    ],
)
def test_numbers_of_a_notice_fit_each_other(changes, field):
    found = law.money_breaches(facts(money=replace(facts().money, **changes)))

    assert [(b.rule, b.field) for b in found] == [("R-CALL-14", field)]


@pytest.mark.rule("R-CALL-14")
def test_a_pool_split_to_the_grosz_and_smaller_parts_are_fine():
    years = (Decimal("58486.69"), Decimal("206639.10"), Decimal("165153.49"))
    money = law.Money(total=sum(years), by_year=years, by_part=(Decimal(1000),))

    assert law.money_breaches(facts(money=money)) == []


@pytest.mark.rule("R-CALL-14")
def test_an_approximate_pool_only_warns():
    money = law.Money(total=Decimal(1000), is_approximate=True, by_year=(Decimal(900),))

    assert [b.is_warning for b in law.money_breaches(facts(money=money))] == [True]


@pytest.mark.rule("R-CALL-15")
@pytest.mark.parametrize(
    ("cap", "is_warned"), [(Decimal(15), False), (Decimal(10), False), (Decimal(16), True), (None, True)]
)
def test_the_standard_of_administrative_costs_is_advice(cap, is_warned):
    found = law.standard_warnings(facts(money=law.Money(admin_cost_percent=cap)))

    assert bool(found) is is_warned
    assert all(b.is_warning for b in found)


@pytest.mark.rule("R-CALL-08")
def test_a_call_on_a_draft_budget_carries_its_reservation():
    assert "Kwota może się zmienić" in law.reservation_clause(True)
    assert law.reservation_clause(False) == ""


# --- changes --------------------------------------------------------------------------------------


def change(**changes) -> law.ChangeFacts:
    """A lawful substantive change of 10 March: new conditions, deadline moved to 1 April, 12:00."""
    day = date(2026, 3, 10)
    lawful = law.ChangeFacts(
        at=at(10, 10),
        offer_days=21,
        is_strict=True,
        mode=Mode.OPEN_CALL,
        deadline=at(25, 12),
        new_deadline=at(1, 12, month=4),
        changed=frozenset({"conditions", "offers_due_at"}),
        reason="pomyłka w kwocie",
        is_marked_substantive=False,
        published={BIP: day, BOARD: day, WEBSITE: day},
    )
    return replace(lawful, **changes)


@pytest.mark.rule("R-CALL-16")
def test_a_lawful_change_passes():
    assert law.change_breaches(change()) == []


@pytest.mark.rule("R-CALL-16")
@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"at": at(25, 12, 1)}, ["R-CALL-16"]),
        ({"is_state_published": False}, ["R-CALL-16"]),
        ({"reason": "  "}, ["R-CALL-16"]),
        ({"changed": frozenset(), "new_deadline": at(25, 12)}, ["R-CALL-16"]),
        ({"published": {BIP: date(2026, 3, 10)}}, ["R-CALL-16"]),
        ({"new_deadline": at(31, 12)}, ["R-CALL-10"]),
        ({"new_deadline": at(25, 12)}, ["R-CALL-10"]),
        ({"new_deadline": at(9, 12)}, ["R-CALL-16", "R-CALL-10"]),
    ],
)
def test_what_stands_against_a_change(changes, rules):
    assert stopping(law.change_breaches(change(**changes))) == rules


@pytest.mark.rule("R-CALL-16")
def test_the_clock_runs_anew_only_after_substantive_changes():
    later = {"changed": frozenset({"offers_due_at"}), "new_deadline": at(27, 12)}
    contact = {"changed": frozenset({"contact"}), "new_deadline": at(25, 12)}

    assert law.change_breaches(change(**later)) == []
    assert law.change_breaches(change(**contact)) == []
    assert stopping(law.change_breaches(change(**contact, is_marked_substantive=True))) == ["R-CALL-10"]


@pytest.mark.rule("R-CALL-16")
def test_an_earlier_deadline_is_a_substantive_change():
    assert law.is_substantive({"offers_due_at"}, deadline=at(25, 12), new_deadline=at(24, 12))
    assert not law.is_substantive({"offers_due_at"}, deadline=at(25, 12), new_deadline=at(26, 12))
    assert law.is_substantive({"budget_total"}, deadline=at(25, 12), new_deadline=at(25, 12))


# --- questions ------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-17")
@pytest.mark.parametrize(
    ("changes", "may_ask"),
    [
        ({}, True),
        ({"is_published": False}, False),
        ({"at": at(25, 12, 1)}, False),
        ({"questions_until": at(9, 15)}, False),
        ({"questions_until": at(11, 15)}, True),
        ({"deadline": None}, True),
    ],
)
def test_questions_are_taken_until_their_day_or_the_end_of_the_intake(changes, may_ask):
    asked = {
        "is_published": True,
        "deadline": at(25, 12),
        "questions_until": None,
        "at": at(10, 10),
        **changes,
    }

    assert (law.question_breaches(**asked) == []) is may_ask


# --- results --------------------------------------------------------------------------------------

AWARD = law.OfferResult("Fundacja", "Zajęcia", Outcome.AWARDED, Decimal(25000), Decimal(30000), Decimal(88))
RESERVE = law.OfferResult("Stowarzyszenie", "Spacery", Outcome.RESERVE, None, Decimal(20000), Decimal(61))


def decided(*offers, submitted: int | None = 3, rejected: int | None = 1, **changes) -> law.CallFacts:
    day = date(2026, 5, 4)
    results = law.Results(submitted, rejected, offers)
    proofs = {Purpose.RESULTS: {BIP: day, BOARD: day, WEBSITE: day}}
    return facts(state=State.DECIDED, results=results, publications=proofs, **changes)


@pytest.mark.rule("R-CALL-37")
def test_results_are_published_in_three_places():
    assert law.results_publication_breaches(decided(AWARD)) == []
    assert stopping(law.results_publication_breaches(facts(publications={}))) == ["R-CALL-37"]


@pytest.mark.rule("R-CALL-38")
@pytest.mark.parametrize(
    ("offers", "words"),
    [
        ((), "dodaj co najmniej jedną ofertę"),
        ((RESERVE,), "dodaj co najmniej jedną ofertę"),
        ((replace(AWARD, organisation=""),), "wpisz nazwę oferenta"),
        ((replace(AWARD, title=""),), "wpisz nazwę zadania"),
        ((replace(AWARD, amount=None),), "wpisz przyznaną kwotę"),
    ],
)
def test_results_name_offeror_task_and_amount(offers, words):
    [message] = messages(law.results_breaches(decided(*offers)))

    assert words in message


@pytest.mark.rule("R-CALL-38")
def test_an_offer_without_a_grant_needs_no_amount():
    assert law.results_breaches(decided(AWARD, RESERVE)) == []


@pytest.mark.rule("R-CALL-41")
def test_awards_stay_within_the_pool_and_the_request():
    too_much = replace(AWARD, amount=Decimal(100001), requested=None)
    beyond = replace(AWARD, amount=Decimal(30001))

    assert law.pool_breaches(decided(AWARD, RESERVE)) == []
    assert "pula" in messages(law.pool_breaches(decided(too_much)))[0]
    assert "więcej, niż wnioskowano" in messages(law.pool_breaches(decided(beyond)))[0]


@pytest.mark.rule("R-CALL-39")
@pytest.mark.parametrize(
    ("published", "until"),
    [
        (date(2027, 1, 15), date(2027, 2, 15)),
        (date(2026, 6, 5), date(2026, 7, 6)),
        (date(2026, 6, 1), date(2026, 7, 1)),
    ],
)
def test_t13_reasons_may_be_asked_for_thirty_days(published, until):
    assert law.justification_until(published, days=30) == until


@pytest.mark.rule("R-CALL-40")
@pytest.mark.parametrize(
    ("submitted", "rejected", "must"),
    [
        (3, 3, True),
        (0, None, True),
        (0, 0, True),
        (3, 2, False),
        (1, 0, False),
        (None, None, False),
        (3, None, False),
    ],
)
def test_t21_without_an_acceptable_offer_the_call_must_be_cancelled(submitted, rejected, must):
    assert law.must_cancel(law.Results(submitted, rejected)) is must


@pytest.mark.rule("R-CALL-40")
def test_t21_results_cannot_be_published_instead():
    assert stopping(law.results_breaches(decided(AWARD, submitted=3, rejected=3))) == ["R-CALL-40"]


@pytest.mark.rule("R-CALL-40")
def test_a_cancellation_needs_three_places_and_a_ground():
    day = date(2026, 5, 4)
    proofs = {Purpose.CANCELLATION: {BIP: day, BOARD: day, WEBSITE: day}}
    none_came = law.Results(offers_submitted=0)

    published = facts(state=State.CLOSED, publications=proofs)
    assert law.cancellation_breaches(published) == []
    assert stopping(law.cancellation_breaches(replace(published, publications={}))) == ["R-CALL-40"]
    assert stopping(law.cancellation_breaches(replace(published, has_cancellation_reservation=False))) == [
        "R-CALL-40"
    ]
    assert (
        law.cancellation_breaches(replace(published, has_cancellation_reservation=False, results=none_came))
        == []
    )


@pytest.mark.rule("R-CALL-40")
def test_a_draft_is_given_up_without_ceremony():
    assert law.cancellation_breaches(facts(state=State.DRAFT, publications={})) == []


# --- the schedule ---------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-06")
def test_an_entry_of_the_schedule_says_who_what_and_when():
    assert law.entry_breaches(frozenset({"title", "unit", "planned_month", "spheres"})) == []
    assert [b.field for b in law.entry_breaches(frozenset({"title"}))] == ["unit", "planned_month", "spheres"]


@pytest.mark.rule("R-CALL-07")
def test_expected_funds_are_known_a_month_before_the_year():
    assert law.funds_notice_due(2027) == date(2026, 11, 30)
