"""Versions of an offer side by side."""

import copy

from competitions.papers.compare import ADDED, CHANGED, REMOVED, compare, marked
from tests.factories.formal import sections


def versions():
    before = {
        "sections": sections(declarations={"payment": "free", "statements": {"fees": True}}),
        "attachments": [{"name": "odpis.pdf", "sha256": "a1"}],
    }
    return before, copy.deepcopy(before)


def words(parts) -> list[str]:
    return [part.words for part in parts if part.is_marked]


def test_equal_versions_have_no_differences():
    assert compare(*versions()) == []


def test_changed_words_are_marked_on_both_sides():
    before, after = versions()
    after["sections"]["capacity"]["human"] = "trzy instruktorki i fizjoterapeuta"
    (section,) = compare(before, after)
    (difference,) = section.differences
    assert (section.part, difference.label, difference.kind) == ("IV", "Zasoby kadrowe", CHANGED)
    assert words(difference.before) == ["dwie"]
    assert words(difference.after) == ["trzy", " i fizjoterapeuta"]


def test_rows_added_removed_and_changed_are_told_apart():
    before, after = versions()
    rows = after["sections"]["costs"]["rows"]
    rows[0] = {**rows[0], "unit_cost": "160.00", "years": {"1": "10240.00"}, "action_id": "a2"}
    rows.pop(1)
    rows.append({"id": "c9", "group": "admin", "action_id": "", "name": "Telefon", "unit": "miesiąc", "unit_cost": "20.00", "quantity": "4", "years": {"1": "80.00"}})  # fmt: skip
    (section,) = compare(before, after)
    told = [(d.kind, d.where, d.label) for d in section.differences]
    assert told == [
        (CHANGED, "Koszt: Instruktorka", "Działanie"),
        (CHANGED, "Koszt: Instruktorka", "Koszt jednostkowy (zł)"),
        (CHANGED, "Koszt: Instruktorka", "Rok 1"),
        (REMOVED, "", "Koszt: Przewodnik"),
        (ADDED, "", "Koszt: Telefon"),
    ]
    action = section.differences[0]
    assert "".join(part.words for part in action.after) == "Spacery"


def test_statements_and_files_count_too():
    before, after = versions()
    after["sections"]["declarations"]["statements"]["fees"] = False
    after["attachments"] = [{"name": "odpis-nowy.pdf", "sha256": "b2"}]
    declarations, files = compare(before, after)
    assert [d.kind for d in declarations.differences] == [CHANGED]
    assert [(d.kind, d.label) for d in files.differences] == [(REMOVED, "Plik"), (ADDED, "Plik")]


def test_a_foreign_shape_breaks_nothing():
    before, _after = versions()
    odd = {
        "sections": {"task": None, "plan": {"actions": "x"}, "costs": {"rows": [1, {}]}},
        "attachments": "?",
    }
    assert compare(odd, before)
    assert compare(before, odd)


def test_very_long_texts_stand_side_by_side():
    left, right = marked("a " * 4000, "b " * 4000)
    assert len(left) == len(right) == 1
