"""Rules of answers: covered words, likeness, other units, the second person."""

import time
from datetime import date

import pytest

from consultations import law
from consultations.enums import PositionCode, RedactionReason
from core.common.clock import now

# For twenty remarks of the greatest length; a search that goes back and forth takes several seconds.
LONGEST_S = 1


def fragments(text: str) -> list[str]:
    return [one.fragment for one in law.suspicious(text)]


# --- R-CNS-14: words that must not be public ----------------------------------------------------------


@pytest.mark.rule("R-CNS-14")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Piszcie na jan.kowalski+x@poczta.example.org.", ["jan.kowalski+x@poczta.example.org"]),
        ("Tel. 600 700 800, po 16", ["600 700 800"]),
        ("tel.: +48 600-700-800", ["+48 600-700-800"]),
        ("dom (12) 345 67 89", ["(12) 345 67 89"]),
        ("dzwońcie: 600700800", ["600700800"]),
        ("tel.501234567", ["501234567"]),
        ("tel.12 616 12 34", ["12 616 12 34"]),
        ("501\u00a0234\u00a0567 albo 501–234–568", ["501\u00a0234\u00a0567", "501–234–568"]),
        ("501.234.567", ["501.234.567"]),
        ("PESEL 44051401359", ["44051401359"]),
        ("konto 61 1090 1014 0000 0712 1981 2874", ["61 1090 1014 0000 0712 1981 2874"]),
        ("a@b.example i 600 700 800", ["a@b.example", "600 700 800"]),
    ],
)
def test_data_of_people_is_recognised(text, found):
    assert fragments(text) == found
    assert not any(one in law.masked(text) for one in found)
    assert law.masked(text).count(law.COVER) == len(found)


@pytest.mark.rule("R-CNS-14")
@pytest.mark.parametrize(
    "text",
    [
        "Dotacja 250 000 000 na parki",
        "Koszt to 123 456 789 zł",
        "REGON 123456789, KRS 0000123456, NIP 676 101 37 17",
        "Uchwała nr CXI/2904/18, § 3 ust. 2, art. 19a",
        "PESEL 44051401358 z błędem",
        "od 17.06.2026 17:00 do 19:00, ul. Reymonta 20",
        "",
    ],
)
def test_sums_acts_and_public_registers_are_no_data_of_people(text):
    assert fragments(text) == []
    assert law.masked(text) == text


@pytest.mark.rule("R-CNS-14")
@pytest.mark.parametrize(
    "text", ["a" * 5000, "a@" + "a" * 5000, "a." * 2500, "a@" * 2500, "1 " * 2500, "(12" * 1700]
)
def test_no_text_makes_the_search_slow(text):
    begun_at = time.process_time()
    for _n in range(20):
        law.masked(text)
    assert time.process_time() - begun_at < LONGEST_S


@pytest.mark.rule("R-CNS-14")
def test_only_whole_words_are_covered_in_any_case_and_across_line_ends():
    text = "Jan Nowak, Janowa Wola i JAN\nNOWAK."

    assert law.covered(text, ["Jan Nowak"]) == ("[…], Janowa Wola i […].", 2)
    assert law.covered(text, ["Jan"])[0] == "[…] Nowak, Janowa Wola i […]\nNOWAK."
    assert law.covered(text, [" ", ""]) == (text, 0)
    assert law.covered("a.b (c)", [".b", "(c)"])[1] >= 1


@pytest.mark.rule("R-CNS-14")
def test_covering_needs_words_that_are_there_and_a_reason():
    person = RedactionReason.PERSON

    assert law.covering_breaches(["Jan Nowak pisze"], ["Jan Nowak"], person) == []
    assert [b.field for b in law.covering_breaches(["Jan"], [], person)] == ["fragments"]
    assert [b.field for b in law.covering_breaches(["Jan"], ["Ewa"], person)] == ["fragments"]
    assert [b.field for b in law.covering_breaches(["Jan"], ["J"], person)] == ["fragments"]
    assert [b.field for b in law.covering_breaches(["Jan"], ["Jan"], "")] == ["reason"]
    assert "Ewa" in str(law.covering_breaches(["Jan"], ["Ewa"], person)[0].message)


# --- R-CNS-16: like remarks and other units -------------------------------------------------------------


def test_remarks_that_ask_for_the_same_are_found_whatever_the_inflection():
    texts = {
        1: "Proszę o otwarcie sali także w niedziele.",
        2: "prosimy o otwarcie sal także w niedzielę",
        3: "Posadźcie drzewa przy ulicy Królewskiej.",
        4: "Proszę o otwarcie sali także w niedziele.",
        5: "",
        6: "",
    }

    assert law.alike(texts) == [[1, 2, 4]]
    assert law.alike({}) == []


def test_the_same_remark_a_thousand_times_is_one_group():
    many = dict.fromkeys(range(1_000), "Nie dla spalarni w Nowej Hucie!") | {1_000: "Więcej ławek w parku."}

    (group,) = law.alike(many)

    assert len(group) == 1_000


TODAY = date(2026, 6, 10)


@pytest.mark.rule("R-CNS-16")
@pytest.mark.parametrize(
    ("unit", "due_on", "fields"),
    [
        (2, date(2026, 6, 10), []),
        (2, date(2026, 6, 30), []),
        (2, date(2026, 7, 1), ["due_on"]),
        (2, date(2026, 6, 9), ["due_on"]),
        (2, None, ["due_on"]),
        (1, date(2026, 6, 11), ["unit"]),
    ],
)
def test_another_unit_answers_by_a_day_before_the_report(unit, due_on, fields):
    found = law.assignment_breaches(
        unit=unit, lead_unit=1, due_on=due_on, today=TODAY, report_due=date(2026, 6, 30)
    )

    assert [breach.field for breach in found] == fields


@pytest.mark.rule("R-CNS-16")
def test_when_the_report_is_late_any_day_to_come_will_do():
    found = law.assignment_breaches(
        unit=2, lead_unit=1, due_on=date(2026, 6, 20), today=TODAY, report_due=date(2026, 6, 1)
    )

    assert found == []


@pytest.mark.rule("R-CNS-16")
def test_an_invited_unit_writes_in_its_own_name_only():
    assert law.writing_unit("Zarząd", assigned="Wydział", writes_for_lead=True) == "Zarząd"
    assert law.writing_unit("Zarząd", assigned="Wydział", writes_for_lead=False) == "Wydział"


# --- R-CNS-18: the second person ------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-18")
def test_nobody_approves_their_own_position():
    assert law.may_approve(2, 1)
    assert law.may_approve(2, None)
    assert not law.may_approve(1, 1)
    assert not law.may_approve(None, 1)


@pytest.mark.rule("R-CNS-18")
def test_the_report_names_positions_that_wait_for_the_second_person():
    remarks = (
        law.RemarkFacts("6/1", PositionCode.ACCEPTED, "Uzasadnienie, które wystarczy.", True),
        law.RemarkFacts("6/2", PositionCode.REJECTED, "Uzasadnienie, które wystarczy.", False),
    )

    (breach,) = law.approval_breaches(law.ConsultationFacts(today=TODAY, at=now(), remarks=remarks))

    assert str(breach.message).startswith("Uwaga 6/2: stanowisko czeka")
    assert "6/1" not in str(breach.message)
    (both,) = law.unapproved(["6/2", "6/3"])
    assert str(both.message).startswith("Uwagi 6/2, 6/3: stanowiska czekają")


# --- R-CNS-07: the report of a stage ---------------------------------------------------------------------


@pytest.mark.rule("R-CNS-07")
@pytest.mark.parametrize(
    ("ends_on", "result", "is_published", "count"),
    [
        (date(2026, 6, 9), "Wynik.", False, 0),
        (date(2026, 6, 10), "Wynik.", False, 1),
        (None, "Wynik.", False, 1),
        (date(2026, 6, 9), " ", False, 1),
        (date(2026, 6, 9), "Wynik.", True, 1),
        (None, "", True, 3),
    ],
)
def test_a_stage_is_reported_once_after_its_end_with_a_result(ends_on, result, is_published, count):
    found = law.stage_report_breaches(ends_on=ends_on, result=result, is_published=is_published, today=TODAY)

    assert len(found) == count
