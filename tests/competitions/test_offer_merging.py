"""Two people in one section: what is kept of both; what a section may hold (R-OFF-06)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competitions.law import offers as law
from competitions.law.offers import cleaning

BASE = {
    "title": "A",
    "rows": [{"id": "1", "name": "x", "years": {"1": "5"}}, {"id": "2", "name": "y", "years": {}}],
}


def rows(*table) -> dict:
    return {**BASE, "rows": list(table)}


def row(n: int, **changes) -> dict:
    return {**BASE["rows"][n - 1], **changes}


def ids(merged) -> list[str]:
    return [found["id"] for found in merged.content["rows"]]


def test_an_answer_changed_by_one_person_is_kept_whoever_it_was():
    assert law.merge(BASE, {**BASE, "title": "B"}, BASE).content["title"] == "B"
    assert law.merge(BASE, BASE, {**BASE, "title": "B"}).content["title"] == "B"
    assert law.merge({}, {"title": ""}, {"title": "B"}).content["title"] == "B"


def test_the_same_change_twice_is_no_conflict():
    both = {**BASE, "title": "B"}
    assert law.merge(BASE, both, both).conflicts == []


def test_different_changes_keep_the_stored_text_and_tell_the_other():
    merged = law.merge(BASE, {**BASE, "title": "B"}, {**BASE, "title": "C"})
    assert merged.content["title"] == "B"
    assert merged.conflicts == [law.Conflict("title", "B", "C")]


def test_columns_and_years_of_one_row_are_merged_one_by_one():
    merged = law.merge(BASE, rows(row(1, name="z"), row(2)), rows(row(1, years={"1": "5", "2": "7"}), row(2)))
    assert merged.content["rows"][0] == {"id": "1", "name": "z", "years": {"1": "5", "2": "7"}}
    assert merged.conflicts == []


def test_a_conflict_in_a_row_has_its_address():
    merged = law.merge(BASE, rows(row(1, years={"1": "6"})), rows(row(1, years={"1": "7"})))
    assert [c.address for c in merged.conflicts] == ["rows.1.years.1"]


def test_rows_added_by_both_are_kept_after_their_neighbours():
    merged = law.merge(BASE, rows(row(1), {"id": "b"}, row(2)), rows(row(1), row(2), {"id": "c"}))
    assert ids(merged) == ["1", "b", "2", "c"]
    assert ids(law.merge(BASE, rows(row(1), row(2)), rows({"id": "a"}, row(1), row(2)))) == ["a", "1", "2"]


def test_a_removed_row_is_gone_unless_the_other_has_changed_it():
    assert ids(law.merge(BASE, rows(row(2)), BASE)) == ["2"]
    assert ids(law.merge(BASE, BASE, rows(row(2)))) == ["2"]
    assert set(ids(law.merge(BASE, rows(row(1, name="z"), row(2)), rows(row(2))))) == {"1", "2"}
    assert set(ids(law.merge(BASE, rows(row(2)), rows(row(1, name="z"), row(2))))) == {"1", "2"}
    assert ids(law.merge(BASE, rows(row(1)), rows(row(1)))) == ["1"]


def test_who_moved_rows_decides_their_order():
    assert ids(law.merge(BASE, BASE, rows(row(2), row(1)))) == ["2", "1"]
    assert ids(law.merge(BASE, rows(row(2), row(1)), BASE)) == ["2", "1"]


def test_rows_of_the_split_are_known_by_their_organisation():
    base = {"rows": [{"organization_id": 4, "years": {}}]}
    stored = {"rows": [{"organization_id": 4, "years": {"1": "5"}}]}
    mine = {"rows": [{"organization_id": 4, "years": {}}, {"organization_id": 9, "years": {}}]}
    assert [r["organization_id"] for r in law.merge(base, stored, mine).content["rows"]] == [4, 9]


texts = st.sampled_from(["", "a", "b"])
tables = st.lists(st.sampled_from("pqrs"), unique=True, max_size=4).flatmap(
    lambda keys: st.tuples(*(st.fixed_dictionaries({"id": st.just(k), "name": texts}) for k in keys)).map(
        list
    )
)
sections = st.fixed_dictionaries({"title": texts, "rows": tables})


@given(sections, sections, sections)
def test_nothing_that_anybody_wrote_is_lost(base, stored, mine):
    merged = law.merge(base, stored, mine)
    found = {r["id"]: r["name"] for r in merged.content["rows"]}
    told = {(c.address, c.mine) for c in merged.conflicts}
    before = {r["id"]: r["name"] for r in base["rows"]}
    for side in (stored, mine):
        for r in side["rows"]:
            is_new_text = r["name"] and r["name"] != before.get(r["id"])
            if is_new_text:
                assert found.get(r["id"]) == r["name"] or (f"rows.{r['id']}.name", r["name"]) in told


@given(sections, sections)
def test_a_merge_with_nobody_else_is_what_one_wrote(base, mine):
    assert law.merge(base, base, mine).content["rows"] == mine["rows"]


@pytest.mark.parametrize(
    ("address", "text"),
    [("title", "N"), ("rows.2.name", "N"), ("rows.1.years.2", "N"), ("rows.1.years.1", "N")],
)
def test_a_chosen_text_goes_to_its_place(address, text):
    content = law.with_answer(BASE, address, text)
    assert law.answer_at(content, address) == text
    assert law.answer_at(BASE, address) != text


def test_an_address_that_is_gone_changes_nothing():
    assert law.with_answer(BASE, "rows.9.name", "N")["rows"] == BASE["rows"]
    assert law.answer_at(BASE, "rows.9.name") == ""


# --- what a section may hold ----------------------------------------------------------------------


def test_rows_without_or_with_strange_ids_get_new_ones():
    given_rows = [
        {"name": "a"},
        {"id": "<b>", "name": "b"},
        {"id": "k", "name": "c"},
        {"id": "k", "name": "d"},
    ]
    kept = law.clean_section("plan", {"actions": given_rows})["actions"]
    assert [r["name"] for r in kept] == ["a", "b", "c", "d"]
    assert len({r["id"] for r in kept}) == 4
    assert all(cleaning.ROW_ID.fullmatch(r["id"]) for r in kept)


def test_only_questions_of_the_form_are_kept():
    assert "obce" not in law.clean_section("task", {"obce": "x", "title": "T"})
    assert law.clean_section(
        "split", {"rows": [{"organization_id": "7", "years": {"1": "5", "9": "1"}}]}
    ) == {"rows": [{"organization_id": 7, "years": {"1": "5.00"}}]}
    assert law.clean_section("split", {"rows": [{"organization_id": "x"}]})["rows"][0]["organization_id"] == 0


@pytest.mark.rule("R-OFF-06")
def test_a_table_without_end_is_refused():
    content = {"actions": [{"id": str(n)} for n in range(cleaning.MOST_ROWS + 1)]}
    assert "za dużo wierszy" in str(law.size_breaches("plan", content)[0].message)
    assert law.size_breaches("plan", {"actions": content["actions"][:-1]}) == []


@pytest.mark.rule("R-CALL-21")
@pytest.mark.parametrize(
    ("number", "year", "expected"),
    [("14/2026", 2026, "14/2026/0007"), ("14/2026", 2027, "14/2026/2027/0007"), ("", 2026, "K3/2026/0007")],
)
def test_the_number_of_an_offer(number, year, expected):
    assert law.offer_number(number, 3, year, 7) == expected


def test_the_checksum_does_not_depend_on_the_order_of_keys():
    assert law.checksum({"a": "ł", "b": [1]}) == law.checksum({"b": [1], "a": "ł"})
    assert law.canonical({"b": "ł", "a": 1}) == '{"a":1,"b":"ł"}'.encode()
