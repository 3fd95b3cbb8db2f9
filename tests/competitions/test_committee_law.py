"""The law of committees, cards and money: worked examples and their neighbours."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from competitions import law
from competitions.enums import BlockKind, Form, MemberRole, NgoAbsence, Outcome, Seat

WARSAW = ZoneInfo("Europe/Warsaw")
CHAIR = law.Member(1, Seat.OFFICE, MemberRole.CHAIR)
OFFICE = law.Member(2, Seat.OFFICE)
NGO = law.Member(3, Seat.NGO)
EXPERT = law.Member(4, Seat.EXPERT)
A, B, C = 11, 12, 13


def dec(value: str) -> Decimal:
    return Decimal(value)


def rules(breaches) -> list[str]:
    return [breach.rule for breach in breaches]


# --- composition ----------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-25")
@pytest.mark.parametrize(
    ("members", "wanted"),
    [
        ([CHAIR, NGO], []),
        ([OFFICE, NGO], ["R-CALL-25"]),
        ([law.Member(9, Seat.NGO, MemberRole.CHAIR)], ["R-CALL-25"]),
        ([OFFICE, NGO, law.Member(9, Seat.EXPERT, MemberRole.CHAIR)], ["R-CALL-28"]),
        ([], ["R-CALL-25", "R-CALL-25", "R-CALL-26"]),
    ],
)
def test_a_committee_needs_the_office_and_one_chair(members, wanted):
    assert rules(law.committee_breaches(members, "")) == wanted


@pytest.mark.rule("R-CALL-26")
def test_a_person_named_by_an_offeror_does_not_count_and_has_to_be_replaced():
    named = law.Member(3, Seat.NGO, excluded_by="Fundacja A")
    assert rules(law.committee_breaches([CHAIR, named], "")) == ["R-CALL-26", "R-CALL-26"]
    assert rules(law.committee_breaches([CHAIR, named, law.Member(5, Seat.NGO)], "")) == ["R-CALL-26"]
    assert "Fundacja A" in law.committee_breaches([CHAIR, named], NgoAbsence.ALL_EXCLUDED)[0].message


@pytest.mark.rule("R-CALL-27")
@pytest.mark.parametrize(
    ("named", "excluded", "came", "case"),
    [
        (0, 0, True, NgoAbsence.NONE_NAMED),
        (2, 2, True, NgoAbsence.ALL_EXCLUDED),
        (2, 1, False, NgoAbsence.DID_NOT_COME),
        (2, 1, True, ""),
    ],
)
def test_the_three_cases_in_which_a_committee_works_without_ngos(named, excluded, came, case):
    """T17 is the first."""
    assert law.absence_case(named, excluded, came=came) == case
    assert law.committee_breaches([CHAIR], case) == [] or case == ""


@pytest.mark.rule("R-CALL-28")
def test_an_expert_advises_only():
    assert [law.has_vote(seat) for seat in Seat] == [True, True, False]
    assert law.counting([(Seat.OFFICE, dec("80")), (Seat.EXPERT, dec("10"))]) == [dec("80")]


# --- candidates -----------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-30")
@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({}, []),
        ({"has_spheres": False, "has_experience": False}, ["spheres", "experience"]),
        ({"has_statement": False, "has_consent": False}, ["has_full_rights", "has_consented"]),
        ({"is_taking_part": True}, ["naming_organization"]),
        ({"until": datetime(2026, 6, 10, 11, 59, tzinfo=WARSAW)}, [""]),
        ({"until": datetime(2026, 6, 10, 12, 0, tzinfo=WARSAW)}, []),
    ],
)
def test_what_an_application_lacks(facts, fields):
    application = law.Application(at=datetime(2026, 6, 10, 12, 0, tzinfo=WARSAW), **facts)
    assert [breach.field for breach in law.application_breaches(application)] == fields


@pytest.mark.rule("R-CALL-30")
def test_a_draw_is_decided_by_its_seed_alone():
    pool = list(range(1, 30))
    drawn = law.draw(pool, 3, seed="abc")
    assert drawn == law.draw(reversed(pool), 3, seed="abc")
    assert drawn != law.draw(pool, 3, seed="abd")
    assert law.draw([7], 3, seed="x") == [7]
    counts = [0] * 30
    for number in range(600):
        for pk in law.draw(pool, 3, seed=str(number)):
            counts[pk] += 1
    assert min(counts[1:]) > 30, "everybody is drawn about 62 times"


# --- impartiality ---------------------------------------------------------------------------------


def offers(*parties: tuple[int, int | None, set[int]]) -> list[law.Parties]:
    return [law.Parties(pk, frozenset(organizations), part) for pk, part, organizations in parties]


WHOLE = offers((1, None, {A, B}), (2, None, {C}))
PARTS = offers((1, 100, {A, B}), (2, 200, {C}))
ALL = frozenset({A, B, C})


@pytest.mark.rule("R-CALL-31")
@pytest.mark.parametrize(
    ("ties", "in_parts", "kind", "open_parts"),
    [
        (law.Ties(named_by=frozenset({B})), False, BlockKind.NAMED_BY, set()),  # T16: B is only a partner
        (law.Ties(named_by=frozenset({B})), True, BlockKind.NAMED_BY, set()),
        (law.Ties(own=frozenset({C})), False, BlockKind.OWN, set()),
        (law.Ties(own=frozenset({C})), True, BlockKind.OWN, {100}),
        (law.Ties(declared=frozenset({A})), True, BlockKind.DECLARED, {200}),
        (law.Ties(own=frozenset({99}), named_by=frozenset({98})), True, None, {100, 200}),
    ],
)
def test_what_a_tie_closes(ties, in_parts, kind, open_parts):
    access = law.access_of(ties, PARTS if in_parts else WHOLE, ALL)
    assert {block.kind for block in access.blocks} == ({kind} if kind else set())
    assert {part for part in (100, 200) if access.is_open_to(part)} == open_parts
    assert access.is_blocked is (not open_parts)


@pytest.mark.rule("R-CALL-31")
def test_nothing_is_open_before_the_declaration_or_after_the_list_has_grown():
    assert not law.access_of(law.Ties(), WHOLE, None).is_open_to(None)
    assert law.access_of(law.Ties(), WHOLE, ALL).is_open_to(None)
    assert not law.access_of(law.Ties(), WHOLE, frozenset({A, B})).is_open_to(None)
    assert law.access_of(law.Ties(), WHOLE[:1], ALL).is_open_to(None), "a shorter list needs no new one"


@pytest.mark.rule("R-CALL-29")
def test_a_declaration_is_confirmed_and_each_conflict_has_its_kind():
    assert law.declaration_breaches(is_confirmed=True, conflicts={A: "work"}) == []
    found = law.declaration_breaches(is_confirmed=False, conflicts={A: "", B: "family"})
    assert [breach.field for breach in found] == [f"kind_{A}", "is_confirmed"]


@pytest.mark.rule("R-CALL-32")
@pytest.mark.parametrize(
    ("present", "is_enough"),
    [([1, 2], True), ([1], False), ([2, 3], False), ([5, 3], True), ([1, 4], False), ([1, 2, 3, 5], True)],
)
def test_half_with_the_chair_or_the_deputy_is_a_quorum(present, is_enough):
    members = [CHAIR, OFFICE, NGO, EXPERT, law.Member(5, Seat.OFFICE, MemberRole.DEPUTY)]
    assert law.has_quorum(members, present) is is_enough
    assert not law.has_quorum([EXPERT], [4])


# --- the card -------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-34")
@pytest.mark.parametrize(("form", "count", "quality"), [(Form.SUPPORT, 6, 35), (Form.ENTRUST, 5, 45)])
def test_the_default_card_has_a_hundred_points_in_both_forms(form, count, quality):
    card = law.default_card(form)
    assert (len(card), sum(one.points for one in card), card[2].points) == (count, 100, quality)
    assert all(sum(sub.points for sub in one.subs) in (0, one.points) for one in card)
    statutory = {number for one in card for number in one.statutory}
    assert statutory == {1, 2, 3, 5, 6} | ({4} if form == Form.SUPPORT else set())
    assert "neutralną" in card[-1].description


@pytest.mark.rule("R-CALL-36")
def test_a_strategic_criterion_is_optional():
    card = law.default_card(Form.SUPPORT)
    assert law.with_strategic(card, "Oferta wspólna", 5)[-1].points == 5
    assert law.with_strategic(card, " ", 5) == card
    assert law.with_strategic(card, "Oferta wspólna", 0) == card


@pytest.mark.rule("R-CALL-35")
@pytest.mark.parametrize(
    ("points", "step", "is_right"),
    [
        ("0", "1", True),
        ("20", "1", True),
        ("20.5", "0.5", False),
        ("-1", "1", False),
        ("7.5", "1", False),
        ("7.5", "0.5", True),
        ("7.25", "0.5", False),
    ],
)
def test_points_stay_within_the_criterion_and_its_step(points, step, is_right):
    row = law.Row("5", "Koszty", dec("20"), dec(points), "x" * 50)
    found = law.card_breaches([row], least_words=50, step=dec(step))
    assert (found == []) is is_right
    assert all(breach.field == "points_5" for breach in found)


@pytest.mark.rule("R-CALL-35")
@pytest.mark.parametrize(("text", "is_right"), [("x" * 50, True), ("x" * 49, False), ("x" + " " * 60, False)])
def test_a_justification_has_fifty_characters(text, is_right):
    row = law.Row("5", "Koszty", dec("20"), dec("10"), text)
    assert (law.card_breaches([row], least_words=50, step=dec("1")) == []) is is_right


@pytest.mark.rule("R-CALL-35")
def test_the_sum_is_that_of_the_rows():
    assert law.total_of([dec("10.5"), None, dec("20")]) == dec("30.5")
    assert (
        law.card_breaches([law.Row("5", "K", dec("9"))], least_words=0, step=dec("1"))[0].field == "points_5"
    )


@pytest.mark.rule("R-CALL-32")
def test_the_mean_has_two_decimals_rounded_half_up():
    assert law.mean_of([dec("80"), dec("81"), dec("81")]) == dec("80.67")
    assert law.mean_of([dec("80.01"), dec("80.02")]) == dec("80.02")
    assert law.mean_of([]) is None


@pytest.mark.rule("R-CALL-32")
@pytest.mark.parametrize(
    ("totals", "wanted"), [(["90", "60"], False), (["90", "59.5"], True), (["90"], False), ([], False)]
)
def test_a_spread_above_thirty_per_cent_asks_for_a_second_look(totals, wanted):
    assert law.needs_second_look([dec(one) for one in totals], dec("100"), dec("30")) is wanted


@pytest.mark.rule("R-CALL-33")
def test_every_valid_offer_is_judged_even_a_single_one():
    """T20."""
    assert law.evaluation_breaches([1], [1]) == []
    assert rules(law.evaluation_breaches([1], [])) == ["R-CALL-33"]
    assert "5" in law.evaluation_breaches(range(5), [])[0].message


# --- who judges what ------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-32")
@pytest.mark.parametrize(("count", "people", "each"), [(10, 5, 3), (7, 4, 3), (30, 7, 2), (3, 9, 3)])
def test_work_is_even_and_nobody_has_an_offer_twice(count, people, each):
    everything = frozenset(range(count))
    shared = law.share_out(range(count), dict.fromkeys(range(people), everything), each, seed="s")
    load = [sum(member in own for own in shared.values()) for member in range(people)]
    assert all(len(set(own)) == each for own in shared.values())
    assert max(load) - min(load) <= 1


@pytest.mark.rule("R-CALL-31")
def test_who_is_excluded_from_an_offer_never_gets_it():
    able = {1: frozenset({1, 2, 3, 4}), 2: frozenset({3, 4}), 3: frozenset({1, 2, 3, 4}), 4: frozenset()}
    shared = law.share_out([1, 2, 3, 4], able, 2, seed="s")
    assert all(offer in able[member] for offer, own in shared.items() for member in own)
    assert shared[1] in ([1, 3], [3, 1])
    kept = law.share_out([1, 2], able, 2, seed="s", kept={1: [3], 2: [1, 3]})
    assert kept == {1: [3, 1], 2: [1, 3]}


# --- money ----------------------------------------------------------------------------------------


def ranked(offer: int, mean: str, requested: str = "100", **fields) -> law.Ranked:
    return law.Ranked(offer, dec(mean), dec(requested), **fields)


FIVE = [ranked(1, "90"), ranked(2, "80"), ranked(3, "70"), ranked(4, "59.99"), ranked(5, "85")]


def outcomes(rows) -> dict[int, str]:
    return {one.offer: one.outcome for one in rows}


@pytest.mark.rule("R-CALL-41")
def test_a_proposal_follows_the_ranking_while_the_money_lasts():
    found = law.propose(FIVE, law.Pool(dec("250")), minimum=dec("60"))
    assert [one.offer for one in found] == [1, 5, 2, 3, 4]
    assert outcomes(found) == {
        1: Outcome.AWARDED,
        5: Outcome.AWARDED,
        2: Outcome.RESERVE,
        3: Outcome.RESERVE,
        4: Outcome.BELOW_THRESHOLD,
    }
    rest = law.propose(FIVE, law.Pool(dec("250")), minimum=dec("60"), takes_rest=True)
    assert [one.amount for one in rest] == [dec("100"), dec("100"), dec("50"), dec("0"), dec("0")]
    less = law.propose(FIVE, law.Pool(dec("250")), minimum=dec("60"), share=dec("80"))
    assert sum(one.amount for one in less) == dec("240")


@pytest.mark.rule("R-CALL-41")
def test_parts_and_years_have_limits_of_their_own():
    pool = law.Pool(dec("500"), {7: dec("120")}, {2027: dec("100"), 2028: dec("200")}, {7: "Część 1"})
    rows = [ranked(1, "90", part=7), ranked(2, "80", part=7), ranked(3, "70")]
    found = law.propose(rows, pool, minimum=None)
    assert outcomes(found) == {1: Outcome.AWARDED, 2: Outcome.RESERVE, 3: Outcome.AWARDED}
    assert found[0].by_year == {2027: dec("33.33"), 2028: dec("66.67")}
    assert law.proposal_breaches(found, pool, minimum=None) == []

    over = [
        law.Ranked(
            1, dec("90"), dec("100"), 7, Outcome.AWARDED, dec("100"), {2027: dec("100"), 2028: dec("0")}
        ),
        law.Ranked(
            2, dec("80"), dec("100"), 7, Outcome.AWARDED, dec("100"), {2027: dec("50"), 2028: dec("50")}
        ),
    ]
    messages = " ".join(str(breach.message) for breach in law.proposal_breaches(over, pool, minimum=None))
    assert "Część 1" in messages
    assert "2027" in messages
    assert "cały konkurs" not in messages


@pytest.mark.rule("R-CALL-41")
@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"outcome": Outcome.AWARDED, "amount": "100"}, []),
        ({"outcome": Outcome.AWARDED, "amount": "100.01"}, ["amount_1"]),
        ({"outcome": Outcome.AWARDED, "amount": "0"}, ["amount_1"]),
        ({"outcome": Outcome.RESERVE, "amount": "5"}, ["amount_1"]),
        ({"outcome": Outcome.RESERVE, "amount": "0"}, []),
    ],
)
def test_an_award_is_at_most_what_was_asked_and_only_awards_have_amounts(fields, wanted):
    row = ranked(1, "90", outcome=fields["outcome"], amount=dec(fields["amount"]))
    assert [b.field for b in law.proposal_breaches([row], law.Pool(dec("1000")), minimum=dec("60"))] == wanted


@pytest.mark.rule("R-CALL-41")
def test_below_the_threshold_there_is_no_award_and_the_pool_is_never_exceeded():
    low = ranked(1, "59.99", outcome=Outcome.AWARDED, amount=dec("100"))
    assert [b.field for b in law.proposal_breaches([low], law.Pool(dec("1000")), minimum=dec("60"))] == [
        "outcome_1"
    ]
    pair = [ranked(n, f"{90 - n}", outcome=Outcome.AWARDED, amount=dec("100")) for n in (1, 2)]
    assert rules(law.proposal_breaches(pair, law.Pool(dec("199.99")), minimum=None)) == ["R-CALL-41"]
    assert law.proposal_breaches(pair, law.Pool(dec("200")), minimum=None) == []
    assert law.proposal_breaches(pair, law.Pool(None), minimum=None) == []


@pytest.mark.rule("R-CALL-32")
def test_a_tie_that_is_not_treated_alike_needs_a_reason():
    first = ranked(1, "80", outcome=Outcome.AWARDED, amount=dec("100"))
    second = ranked(2, "80", outcome=Outcome.RESERVE)
    found = law.proposal_breaches([first, second], law.Pool(dec("100")), minimum=None)
    assert [breach.field for breach in found] == ["tie_1", "tie_2"]
    reasoned = [
        ranked(1, "80", outcome=Outcome.AWARDED, amount=dec("100"), tie_reason="więcej osób"),
        ranked(2, "80", outcome=Outcome.RESERVE, tie_reason="mniej osób"),
    ]
    assert law.proposal_breaches(reasoned, law.Pool(dec("100")), minimum=None) == []
    assert law.tied([first, ranked(2, "80", outcome=Outcome.RESERVE, part=3)]) == set()


@pytest.mark.rule("R-CALL-41")
def test_years_share_an_amount_to_the_grosz_and_a_lower_award_asks_for_a_revision():
    shares = law.split_by_year(dec("100"), {2027: dec("1"), 2028: dec("1"), 2029: dec("1")})
    assert sum(shares.values()) == dec("100")
    assert law.split_by_year(dec("100"), {}) == {}
    assert law.needs_revision(dec("99.99"), dec("100"))
    assert not law.needs_revision(dec("100"), dec("100"))
