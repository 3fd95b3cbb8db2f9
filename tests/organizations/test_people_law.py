"""Rules of who acts, how many together, and how long each has (R-WEB-14, R-ORG-16, R-ORG-19)."""

from datetime import date

import pytest

from core.common.differences import marked
from organizations import law
from organizations.enums import InvitedRole, Manner

ON = date(2026, 6, 10)


def fields(breaches) -> list[str]:
    return [breach.field for breach in breaches]


@pytest.mark.rule("R-WEB-14")
@pytest.mark.parametrize(
    ("kind", "manner", "count", "present", "expected"),
    [
        (law.DISSOLVE, Manner.ALONE, 1, 3, 1),
        (law.DISSOLVE, Manner.JOINTLY, 2, 3, 2),
        (law.DISSOLVE, Manner.JOINTLY, 3, 1, 3),
        ("file_offer", Manner.JOINTLY, 1, 2, 2),
        (law.NAME_REPRESENTATIVE, Manner.JOINTLY, 2, 1, 1),
        (law.NAME_REPRESENTATIVE, Manner.JOINTLY, 3, 2, 2),
        (law.NAME_REPRESENTATIVE, Manner.ALONE, 1, 0, 1),
        (law.NAME_HELPER, Manner.JOINTLY, 2, 1, 2),
    ],
)
def test_how_many_must_agree(kind, manner, count, present, expected):
    assert law.required_consents(kind, manner=manner, count=count, present=present) == expected


@pytest.mark.rule("R-WEB-14")
def test_an_act_needs_as_many_representatives_as_must_agree():
    assert law.act_breaches(required=2, present=2) == []
    (breach,) = law.act_breaches(required=2, present=1)
    assert "2\u00a0osoby łącznie" in breach.message


@pytest.mark.rule("R-WEB-14")
@pytest.mark.parametrize(
    ("consenting", "representatives", "agreed"),
    [({1, 2}, {1, 2, 3}, True), ({1, 2}, {1}, False), ({1}, {1, 2}, False), ([1, 1], {1, 2}, False)],
)
def test_only_those_who_still_represent_count(consenting, representatives, agreed):
    assert law.is_agreed(consenting, representatives, required=2) is agreed


@pytest.mark.rule("R-WEB-14")
def test_acting_together_means_at_least_two():
    assert fields(law.manner_breaches(Manner.JOINTLY, 1)) == ["manner_count"]
    assert fields(law.manner_breaches(Manner.JOINTLY, None)) == ["manner_count"]
    assert law.manner_breaches(Manner.JOINTLY, 2) == law.manner_breaches(Manner.ALONE, 1) == []


@pytest.mark.rule("R-WEB-14")
@pytest.mark.parametrize(
    ("until", "expected"),
    [(None, False), (date(2026, 8, 9), True), (date(2026, 8, 10), False), (date(2026, 6, 1), True)],
)
def test_a_mandate_is_renewed_near_its_end_or_after_it(until, expected):
    assert law.is_renewable(until, on=ON, days=60) is expected


@pytest.mark.rule("R-WEB-14")
def test_the_last_representative_leaves_a_word():
    assert fields(law.ending_breaches(is_last_representative=True, word=" ")) == ["word"]
    assert law.ending_breaches(is_last_representative=True, word="Nowy zarząd w lipcu.") == []
    assert law.ending_breaches(is_last_representative=False, word="") == []


@pytest.mark.rule("R-WEB-14")
@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"valid_until": date(2026, 6, 9)}, ["valid_until"]),
        ({"valid_from": date(2026, 7, 2), "valid_until": date(2026, 7, 1)}, ["valid_until"]),
        ({"role": InvitedRole.HELPER}, ["matter", "valid_until"]),
        ({"role": InvitedRole.HELPER, "has_matter": True, "valid_until": date(2026, 7, 1)}, []),
        ({"is_open": True}, ["email"]),
    ],
)
def test_what_is_wrong_with_an_invitation(facts, expected):
    usual = {
        "role": InvitedRole.NGO_EDITOR,
        "valid_from": None,
        "valid_until": None,
        "has_matter": False,
        "is_open": False,
        "on": ON,
    }
    assert fields(law.invitation_breaches(**(usual | facts))) == expected


@pytest.mark.rule("R-ORG-19")
def test_the_office_has_working_days():
    # Wednesday 3 June 2026; Thursday is Corpus Christi
    assert law.decision_due_on(date(2026, 6, 3), days=5) == date(2026, 6, 11)


@pytest.mark.rule("R-ORG-16")
def test_name_seat_and_representation_concern_contracts():
    changed = ["mission", "name", "address", "manner", "phone", "krs"]
    assert law.contract_relevant(changed) == ["name", "address", "manner"]


def test_changed_letters_are_marked_and_nothing_is_trusted():
    old, new = marked("Fundacja <Most>", "Fundacja <Mosty>")
    assert "<del>" not in old
    assert new.count("<ins>") == 1
    assert "<Most" not in new
    assert "&lt;Most" in new
    assert "dodano:" in new

    gone, come = marked("Abc", "zupełnie co innego")
    assert (gone.count("<del>"), come.count("<ins>")) == (1, 1)
    assert marked("a", "a") == ("a", "a")
    assert marked("", "x")[0] == ""
