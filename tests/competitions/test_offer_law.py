"""Rules of an offer: sums, shares, dates, limits, what stands against filing (R-OFF-01…06, R-CALL-14…22)."""

from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competitions.enums import Form, OfferState, State
from competitions.law import offers as law
from competitions.law.offers import values
from core.common import formats

WARSAW = ZoneInfo("Europe/Warsaw")
DEADLINE = datetime(2026, 11, 24, 12, 0, tzinfo=WARSAW)


def whole_sections() -> dict:
    """A complete offer of 10 000 zł: 8 000 grant, 2 000 own; one year."""
    return {
        "applicant": {"contact_name": "Ewa Lis", "contact_phone": "123", "contact_email": "ewa@example.org"},
        "task": {
            "title": "Warsztaty",
            "starts_on": "2027-01-10",
            "ends_on": "2027-06-30",
            "place": "Kraków",
            "target_group": "Seniorzy",
            "needs": "Samotność",
            "complementarity": "nie dotyczy",
        },
        "plan": {
            "actions": [
                {
                    "id": "a1",
                    "name": "Zajęcia",
                    "description": "Raz w tygodniu",
                    "target_group": "Seniorzy",
                    "starts_on": "2027-02-01",
                    "ends_on": "2027-05-31",
                }
            ]
        },
        "results": {
            "effects": "20 zajęć",
            "change": "Mniej samotności",
            "durability": "Klub zostanie",
            "indicators": [{"id": "i1", "name": "Zajęcia", "target": "20", "monitoring": "Lista obecności"}],
        },
        "capacity": {
            "earlier_activity": "Od 2010",
            "human": "2 osoby",
            "material": "Sala",
            "financial": "Składki",
        },
        "costs": {
            "rows": [
                cost("k1", unit_cost="450.00", quantity="20"),
                cost("k2", unit_cost="1000.00", quantity="1", group="admin", action_id=""),
            ]
        },
        "sources": {"grant": "8000.00", "own_financial": "1500.00", "own_in_kind": "500.00", "fees": ""},
        "declarations": {"payment": "free", "statements": dict.fromkeys(law.content.STATEMENTS, True)},
    }


def cost(row_id: str, **changes) -> dict:
    row = {
        "id": row_id,
        "group": "action",
        "action_id": "a1",
        "name": "Trener",
        "unit": "godzina",
        "years": {},
    }
    return {**row, **changes}


def facts(sections=None, **changes) -> law.OfferFacts:
    sections = whole_sections() if sections is None else sections
    found = law.OfferFacts(
        at=datetime(2026, 11, 20, 10, tzinfo=WARSAW),
        sections=sections,
        content=law.OfferContent.from_sections(sections),
        limits=law.OfferLimits(form=Form.SUPPORT),
        parties=(law.Party(1, "Fundacja A", is_leader=True),),
        deadline=DEADLINE,
    )
    return replace(found, **changes)


def changed(section: str, **values_) -> dict:
    sections = whole_sections()
    sections[section] = {**sections[section], **values_}
    return sections


def messages(breaches) -> str:
    return " | ".join(str(breach.message) for breach in breaches).replace(formats.NBSP, " ")


def stopping(breaches) -> set[str]:
    return {breach.rule for breach in breaches if not breach.is_warning}


# --- reading --------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["1250", "1250,00", "1 250,00 zł", "1\u00a0250.00", "1250,0 PLN", 1250])
@pytest.mark.rule("R-OFF-05")
def test_money_is_read_the_way_people_write_it(typed):
    assert values.money(typed) == Decimal("1250.00")


@pytest.mark.parametrize(
    "typed", ["", None, "dużo", "-5", "1250,005", "1e5", "NaN", "Infinity", [], {}, True, "9" * 20]
)
@pytest.mark.rule("R-OFF-05")
def test_what_is_no_amount_is_not_guessed(typed):
    assert values.money(typed) is None


@pytest.mark.rule("R-OFF-05")
def test_an_amount_that_cannot_be_read_is_named_and_stays():
    sections = changed("sources", grant="osiem tysięcy")
    found = law.number_breaches(sections)
    assert (
        messages(found)
        == "Planowana dotacja: „osiem tysięcy” to nie kwota. Wpisz złote i grosze, np. 1250,50."
    )
    assert sections["sources"]["grant"] == "osiem tysięcy"


@pytest.mark.rule("R-OFF-05")
def test_amounts_in_rows_and_years_are_checked_too():
    sections = whole_sections()
    sections["costs"]["rows"][0] |= {"unit_cost": "x", "quantity": "1/2", "years": {"1": "0.001"}}
    sections["plan"]["actions"][0]["starts_on"] = "31.02.2027"
    fields = [breach.field for breach in law.number_breaches(sections)]
    assert fields == ["plan.a1.starts_on", "costs.k1.unit_cost", "costs.k1.quantity", "costs.k1.years.1"]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@given(st.fixed_dictionaries(dict.fromkeys(law.template.BY_KEY, anything)))
def test_no_content_whatever_breaks_the_rules_themselves(sections):
    found = law.filing_breaches(facts(sections))
    assert {"R-CALL-18"} <= stopping(found)


def test_control_characters_do_not_get_into_the_content():
    content = law.OfferContent.from_sections(changed("task", title="War\x00szta\x0bty\r\n2"))
    assert content.task.title == "Warsztaty\n2"


# --- R-OFF-01 -------------------------------------------------------------------------------------


@pytest.mark.rule("R-OFF-01", "R-OFF-05")
@pytest.mark.parametrize(
    ("years", "is_right"),
    [
        ({"1": "500.00", "2": "499.99"}, True),
        ({"1": "500.00", "2": "500.00"}, False),
        ({"1": "999.99", "2": ""}, True),
        ({"1": "999.98"}, False),
    ],
)
def test_t19_years_make_up_the_value_of_a_row(years, is_right):
    sections = whole_sections()
    sections["task"]["ends_on"] = "2028-06-30"
    sections["costs"]["rows"] = [cost("k1", unit_cost="333.33", quantity="3", years=years)]
    sections["sources"] = {"grant": "900.00", "own_financial": "99.99"}
    content = law.OfferContent.from_sections(sections)
    assert content.costs.rows[0].value == Decimal("999.99")
    assert (not stopping(law.sum_breaches(facts(sections)))) is is_right


@pytest.mark.rule("R-OFF-01")
def test_years_that_do_not_add_up_are_told_with_the_difference():
    sections = whole_sections()
    sections["costs"]["rows"][0]["years"] = {"1": "8000.00"}
    assert "Trener: lata dają razem 8 000,00 zł, a wartość to 9 000,00 zł (różnica 1 000,00 zł)." in messages(
        law.sum_breaches(facts(sections))
    )


@pytest.mark.rule("R-OFF-01")
def test_money_in_a_year_after_the_task_is_refused():
    sections = whole_sections()
    sections["costs"]["rows"][0]["years"] = {"1": "8000.00", "2": "1000.00"}
    assert "1 000,00 zł przypada na rok po zakończeniu zadania" in messages(law.sum_breaches(facts(sections)))


@pytest.mark.rule("R-OFF-01")
def test_sources_that_give_100_01_per_cent_are_refused_with_the_share():
    found = law.sum_breaches(facts(changed("sources", own_in_kind="501.00")))
    assert messages(found) == (
        "Źródła finansowania dają 10 001,00 zł, o 1,00 zł więcej niż koszty (10 000,00 zł). "
        "Udziały dają 100,01%, a muszą dać 100,00%."
    )


@pytest.mark.rule("R-OFF-01")
def test_sources_below_the_costs_are_refused():
    assert "o 500,00 zł mniej niż koszty" in messages(
        law.sum_breaches(facts(changed("sources", own_in_kind="")))
    )


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6))
@pytest.mark.rule("R-OFF-01")
def test_shares_of_what_adds_up_are_exactly_100(grosze):
    amounts = [Decimal(n).scaleb(-2) for n in grosze]
    whole = sum(amounts, Decimal(0))
    expected = Decimal("100.00") if whole else Decimal("0.00")
    assert sum(values.shares(amounts, whole)) == expected


def test_shares_of_thirds():
    sections = changed("sources", grant="3333.34", own_financial="3333.33", own_in_kind="3333.33")
    content = law.OfferContent.from_sections(sections)
    assert content.source_shares()["grant"] == Decimal("33.34")
    assert law.shares_agree(content)


def joint(**split) -> law.OfferFacts:
    sections = whole_sections()
    sections["split"] = {
        "rows": [{"organization_id": int(k[1:]), "years": {"1": v}} for k, v in split.items() if v]
    }
    sections["declarations"]["joint_roles"] = "A prowadzi, B pomaga"
    parties = (law.Party(1, "Fundacja A", is_leader=True), law.Party(2, "Stowarzyszenie B"))
    return facts(sections, parties=parties)


@pytest.mark.rule("R-OFF-01", "R-CALL-19")
def test_the_split_between_offerors_makes_up_the_costs():
    assert law.sum_breaches(joint(_1="6000.00", _2="4000.00")) == []
    found = law.sum_breaches(joint(_1="6000.00", _2="4100.00"))
    assert "oferenci mają razem 10 100,00 zł, a koszty to 10 000,00 zł (różnica 100,00 zł)" in messages(found)


@pytest.mark.rule("R-CALL-19")
def test_the_split_is_mandatory_in_a_joint_offer():
    found = law.sum_breaches(joint(_1="10000.00", _2=""))
    assert messages(found) == "Stowarzyszenie B: wpisz, jaką część kosztów ponosi."


# --- R-OFF-02…04 ----------------------------------------------------------------------------------


@pytest.mark.rule("R-OFF-02")
@pytest.mark.parametrize(
    ("form", "grant", "rules"),
    [
        (Form.SUPPORT, "100000.00", {"R-OFF-02"}),
        (Form.ENTRUST, "100000.00", set()),
        (Form.ENTRUST, "99999.99", {"R-OFF-02"}),
        (Form.SUPPORT, "99999.99", set()),
        (Form.UNKNOWN, "100000.00", set()),
    ],
)
def test_t18_grant_for_all_costs_only_when_entrusted(form, grant, rules):
    sections = whole_sections()
    sections["costs"]["rows"] = [cost("k1", unit_cost="100000", quantity="1")]
    sections["sources"] = {"grant": grant}
    content = law.OfferContent.from_sections(sections)
    assert stopping(law.form_breaches(content, form)) == rules


@pytest.mark.rule("R-OFF-03")
@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("2027-01-09", "2027-05-31", "9 stycznia 2027 jest poza czasem zadania"),
        ("2027-01-10", "2027-06-30", ""),
        ("2027-02-01", "2027-07-01", "1 lipca 2027 jest poza czasem zadania"),
        ("2027-05-01", "2027-04-01", "koniec jest wcześniejszy niż początek"),
    ],
)
def test_actions_lie_within_the_task(starts, ends, words):
    sections = whole_sections()
    sections["plan"]["actions"][0] |= {"starts_on": starts, "ends_on": ends}
    found = messages(law.plan_breaches(law.OfferContent.from_sections(sections)))
    assert (words in found) if words else not found


@pytest.mark.rule("R-OFF-03")
def test_a_cost_names_an_action_of_the_timetable():
    sections = whole_sections()
    sections["costs"]["rows"][0]["action_id"] = "gone"
    assert "wybierz działanie z harmonogramu" in messages(
        law.plan_breaches(law.OfferContent.from_sections(sections))
    )


@pytest.mark.rule("R-OFF-03")
@pytest.mark.parametrize(
    ("ends", "is_right"), [("2027-01-09", False), ("2031-12-31", True), ("2032-01-01", False)]
)
def test_the_task_ends_after_its_beginning_within_five_years(ends, is_right):
    content = law.OfferContent.from_sections(changed("task", ends_on=ends) | {"plan": {}})
    fields = [b.field for b in law.plan_breaches(content) if b.field.startswith("task")]
    assert fields == ([] if is_right else ["task.ends_on"])


@pytest.mark.rule("R-OFF-04")
@pytest.mark.parametrize(
    ("fees", "payment", "is_right"),
    [("10.00", "free", False), ("10.00", "paid", True), ("10.00", "both", True), ("0", "free", True)],
)
def test_fees_need_the_declaration_of_paid_performance(fees, payment, is_right):
    sections = changed("sources", fees=fees)
    sections["declarations"]["payment"] = payment
    assert (not law.fee_breaches(law.OfferContent.from_sections(sections))) is is_right


# --- limits ---------------------------------------------------------------------------------------


def limit_messages(**limits) -> str:
    return messages(law.limit_breaches(facts().content, law.OfferLimits(**limits)))


@pytest.mark.rule("R-CALL-14", "R-CALL-41")
@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (
            {"max_grant": Decimal(6800)},
            "Dotacja przekracza limit konkursu o 1 200,00 zł: wnioskujesz o 8 000,00 zł, a najwyżej można 6 800,00 zł.",
        ),
        ({"max_grant": Decimal(8000)}, ""),
        ({"pool": Decimal("7999.99")}, "Dotacja przekracza pulę konkursu o 0,01 zł"),
        ({"min_grant": Decimal(9000)}, "Dotacja jest niższa niż limit konkursu o 1 000,00 zł"),
        ({"max_cofinancing_percent": Decimal(80)}, ""),
        (
            {"max_cofinancing_percent": Decimal("79.99")},
            "Dotacja to 80% kosztów, a najwyżej można 79,99%. Zmniejsz ją o 1,00 zł (do 7 999,00 zł).",
        ),
        ({"min_own_percent": Decimal(20)}, ""),
        (
            {"min_own_percent": Decimal(25)},
            "Wkład własny to 20% kosztów, a potrzeba co najmniej 25%. Brakuje 500,00 zł (do 2 500,00 zł).",
        ),
        ({"admin_cost_percent": Decimal(10)}, ""),
        (
            {"admin_cost_percent": Decimal(8)},
            "Koszty administracyjne to 10% wartości oferty, a najwyżej można 8%. Zmniejsz je o 200,00 zł (do 800,00 zł).",
        ),
        (
            {"task_from": date(2027, 1, 11), "task_to": date(2027, 12, 31)},
            "Data rozpoczęcia: 10 stycznia 2027 jest poza czasem zadania z ogłoszenia",
        ),
        ({"task_to": date(2027, 6, 29)}, "Data zakończenia: 30 czerwca 2027 jest poza czasem"),
        ({"task_from": date(2027, 1, 10), "task_to": date(2027, 6, 30)}, ""),
    ],
)
def test_each_limit_of_the_call_is_told_in_words_and_amounts(limits, words):
    found = limit_messages(**limits)
    assert found.startswith(words) if words else not found


@pytest.mark.rule("R-CALL-14")
def test_an_about_pool_only_warns():
    limits = law.OfferLimits(pool=Decimal(5000), is_pool_approximate=True)
    assert [b.is_warning for b in law.limit_breaches(facts().content, limits)] == [True]


@pytest.mark.rule("R-CALL-15")
def test_standards_of_the_city_are_advice():
    limits = law.OfferLimits(admin_cost_standard=Decimal(5), servicing_percent=Decimal(60))
    found = law.standard_warnings(facts().content, limits)
    assert all(breach.is_warning for breach in found)
    assert "standard miasta to najwyżej 5%" in messages(found)
    assert "co najmniej 1 200,00 zł" in messages(found)
    calm = law.OfferLimits(admin_cost_standard=Decimal(15), servicing_percent=Decimal(20))
    assert law.standard_warnings(facts().content, calm) == []


@pytest.mark.rule("R-OFF-06")
def test_answers_longer_than_the_call_allows_say_by_how_much():
    limits = law.OfferLimits(texts={"task.needs": 5}, line_length=9)
    found = law.length_breaches(facts(limits=limits))
    assert [b.field for b in found] == ["applicant.contact_email", "task.needs", "results.i1.monitoring"]
    assert "Jak zadanie odpowie na potrzeby tej grupy: skróć odpowiedź o 4 znaki (limit 5)." in messages(
        found
    )


# --- filing ---------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-18", "R-CALL-20")
def test_a_complete_offer_may_be_filed():
    assert law.filing_breaches(facts()) == []


@pytest.mark.rule("R-CALL-18", "R-CALL-20")
@pytest.mark.parametrize("key", [s.key for s in law.template.SECTIONS if s.key != "split"])
def test_no_section_of_the_form_may_be_missing(key):
    sections = whole_sections()
    del sections[key]
    assert "R-CALL-18" in stopping(law.filing_breaches(facts(sections)))


@pytest.mark.rule("R-CALL-18")
def test_a_row_without_a_name_is_pointed_at():
    sections = whole_sections()
    sections["costs"]["rows"][0]["name"] = " "
    found = law.completeness_breaches(facts(sections))
    assert [(b.field, str(b.message)) for b in found] == [
        ("costs.k1.name", "Koszt 1, rodzaj kosztu: uzupełnij.")
    ]


@pytest.mark.rule("R-CALL-20")
def test_indicators_may_be_waived_by_the_call():
    sections = changed("results", indicators=[])
    assert stopping(law.completeness_breaches(facts(sections))) == {"R-CALL-18"}
    waived = law.OfferLimits(are_indicators_waived=True)
    assert law.completeness_breaches(facts(sections, limits=waived)) == []


def test_a_call_with_parts_wants_one_chosen():
    assert "wybierz, której dotyczy" in messages(law.completeness_breaches(facts(parts=("I", "II"))))
    assert law.completeness_breaches(facts(parts=("I", "II"), has_part=True)) == []


@pytest.mark.rule("R-CALL-22")
@pytest.mark.parametrize(
    ("second", "microsecond", "minute", "is_in_time"),
    [(0, 0, 0, True), (59, 999_999, 0, True), (0, 0, 1, False)],
)
@pytest.mark.parametrize("call_state", [State.PUBLISHED, State.CLOSED])
def test_the_stated_minute_still_counts(second, microsecond, minute, is_in_time, call_state):
    at = DEADLINE.replace(minute=minute, second=second, microsecond=microsecond)
    found = law.deadline_breaches(facts(at=at, call_state=call_state))
    assert (not found) is is_in_time


@pytest.mark.rule("R-CALL-22")
def test_the_late_one_is_told_when_it_came():
    found = law.deadline_breaches(facts(at=DEADLINE.replace(minute=1)))
    assert "24 listopada 2026, godz. 12:01:00 (CET)" in messages(found)
    assert law.withdrawal_breaches(facts(at=DEADLINE.replace(minute=1))) == found


@pytest.mark.rule("R-CALL-22")
@pytest.mark.parametrize(
    ("at", "zone"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=ZoneInfo("UTC")), "02:30:00 (CEST)"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("UTC")), "02:30:00 (CET)"),
    ],
)
def test_the_repeated_hour_is_told_apart(at, zone):
    assert law.exact(at).endswith(zone)


@pytest.mark.rule("R-CALL-22")
@pytest.mark.parametrize("call_state", [State.CANCELLED, State.FORMAL_EVALUATION, State.DRAFT])
def test_a_call_that_takes_no_offers_refuses(call_state):
    assert stopping(law.deadline_breaches(facts(call_state=call_state))) == {"R-CALL-22"}


def test_continuous_intake_has_no_last_minute():
    assert law.deadline_breaches(facts(deadline=None)) == []
    assert stopping(law.deadline_breaches(facts(deadline=None, call_state=State.CLOSED))) == {"R-CALL-22"}


@pytest.mark.rule("R-CALL-19")
def test_every_partner_accepts_before_filing():
    whole = joint(_1="6000.00", _2="4000.00")
    leader, partner = whole.parties
    waiting = replace(whole, parties=(leader, replace(partner, has_accepted=False)))
    assert stopping(law.filing_breaches(waiting)) == {"R-CALL-19"}
    assert "„Stowarzyszenie B” nie potwierdził" in messages(law.filing_breaches(waiting))
    assert law.filing_breaches(whole) == []


@pytest.mark.rule("R-CALL-19")
@pytest.mark.parametrize("how", ["has_declined", "has_left"])
def test_a_partner_that_left_is_no_offeror(how):
    whole = joint(_1="6000.00", _2="4000.00")
    leader, partner = whole.parties
    left = replace(whole, parties=(leader, replace(partner, **{how: True})))
    assert not left.is_joint
    assert [party.name for party in left.offerors] == ["Fundacja A"]


@pytest.mark.rule("R-CALL-14")
@pytest.mark.parametrize(
    ("limit", "filed", "is_right"), [(1, 0, True), (1, 1, False), (2, 1, True), (None, 9, True)]
)
def test_number_of_offers_per_applicant(limit, filed, is_right):
    party = law.Party(1, "Fundacja A", is_leader=True, filed_offers=filed)
    found = law.applicant_breaches(
        facts(parties=(party,), limits=law.OfferLimits(offers_per_applicant=limit))
    )
    assert (not found) is is_right


@pytest.mark.rule("R-ORG-04")
def test_an_excluded_entity_is_refused_with_the_reason():
    party = law.Party(1, "Partia A", is_leader=True, excluded_as="partia polityczna")
    found = law.applicant_breaches(facts(parties=(party,)))
    assert messages(found) == (
        "Partia A nie może składać ofert: partia polityczna nie może realizować zadań zleconych (art. 3 ust. 4 ustawy)."
    )


@pytest.mark.rule("R-CALL-03", "R-ORG-15")
def test_sphere_and_stale_data_are_only_advice():
    party = law.Party(1, "Fundacja A", is_leader=True, spheres=frozenset({"4"}), is_stale=True)
    found = law.applicant_breaches(facts(parties=(party,), call_spheres=frozenset({"16"})))
    assert [(b.rule, b.is_warning) for b in found] == [("R-CALL-03", True), ("R-ORG-15", True)]


def test_required_annexes_are_named():
    assert "Dołącz wymagany załącznik: Statut" in messages(
        law.annex_breaches(facts(missing_files=("Statut",)))
    )


@pytest.mark.rule("R-CALL-21")
@pytest.mark.parametrize(
    ("is_required", "is_confirmed", "state", "waits"),
    [
        (True, False, OfferState.SUBMITTED, True),
        (True, True, OfferState.SUBMITTED, False),
        (False, False, OfferState.SUBMITTED, False),
        (True, False, OfferState.DRAFT, False),
    ],
)
def test_a_signed_confirmation_is_awaited_only_when_the_call_wants_it(
    is_required, is_confirmed, state, waits
):
    assert law.needs_confirmation(is_required=is_required, is_confirmed=is_confirmed, state=state) is waits


def test_missing_statements_are_named_one_by_one():
    sections = deepcopy(whole_sections())
    del sections["declarations"]["statements"]["truth"]
    assert [b.field for b in law.statement_breaches(facts(sections))] == ["statements.truth"]
