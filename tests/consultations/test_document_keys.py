"""Addresses that last from version to version, and two versions side by side."""

import re
import time
from html import unescape

import pytest

from consultations.document.comparison import compared
from consultations.document.keys import key_of, keys_for, same_points
from consultations.document.points import PointText, point_of
from consultations.enums import PointKind
from core.common.differences import marked_by_words


def p(number: str, text: str, kind: str = PointKind.PARAGRAPH) -> PointText:
    return PointText(number, kind, text)


OLD = [
    p("§3", "Zadania", PointKind.HEADING),
    p("3.1", "Miasto udostępnia sale organizacjom bezpłatnie przez 10 godzin w miesiącu."),
    p("3.2", "Rezerwacje przyjmujemy przez portal, najpóźniej trzy dni wcześniej."),
    p("3.3", "W weekendy sale są otwarte od 10:00 do 20:00."),
]
KEYED = list(zip(keys_for(OLD), OLD, strict=True))


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("3.1", "3.1"),
        ("§ 3", "par3"),
        ("§3.1.a", "par3.1.a"),
        ("IV", "iv"),
        ("Z1.§2", "z1.par2"),
        ("§1/2", "par1-2"),
    ],
)
def test_a_key_is_an_address(number, key):
    assert key_of(number) == key


def test_the_same_text_keeps_its_addresses():
    assert keys_for(OLD, KEYED, version=2) == ["par3", "3.1", "3.2", "3.3"]


def test_a_new_point_in_front_moves_numbers_and_no_address():
    new = [OLD[0], p("3.1", "Organizacja składa wniosek raz w roku."), p("3.2", OLD[1].text), p("3.3", OLD[2].text),
           p("3.4", OLD[3].text)]  # fmt: skip

    assert keys_for(new, KEYED, version=2) == ["par3", "3.1-v2", "3.1", "3.2", "3.3"]


def test_a_point_in_slightly_other_words_keeps_its_address():
    new = [
        OLD[0],
        OLD[1],
        p("3.2", "Rezerwacje przyjmujemy przez portal, najpóźniej dwa dni wcześniej."),
        OLD[3],
    ]

    assert keys_for(new, KEYED, version=2) == ["par3", "3.1", "3.2", "3.3"]


def test_a_point_under_another_number_in_nearly_the_same_words_keeps_its_address():
    new = [p("1", "Miasto udostępnia sale organizacjom bezpłatnie przez 12 godzin w miesiącu.")]

    assert keys_for(new, KEYED, version=2) == ["3.1"]


def test_a_point_written_anew_gets_a_new_address():
    new = [p("3.1", "Regulamin wchodzi w życie po upływie kwartału.")]

    assert keys_for(new, KEYED, version=2) == ["3.1-v2"]


def test_an_address_once_used_is_not_given_to_another():
    shorter = OLD[:2]
    keyed = list(zip(keys_for(shorter, KEYED, version=2), shorter, strict=True))
    new = [*shorter, p("3.2", "Zupełnie inny punkt o czym innym.")]

    keys = keys_for(new, keyed, version=3, taken=["par3", "3.1", "3.2", "3.3"])

    assert keys == ["par3", "3.1", "3.2-v3"]


def test_a_heading_is_not_the_same_as_a_point_of_like_words():
    heading = p("1", "Zadania", PointKind.HEADING)

    assert same_points([p("2", "Zadania"), p("1", "Zadania")], [heading]) == {1: 0}
    assert same_points([p("2", "Zadania")], [heading]) == {}


def test_twins_keep_their_order():
    twins = [p("1", "bez zmian"), p("2", "bez zmian")]

    assert same_points([p("5", "bez zmian"), p("6", "bez zmian")], twins) == {0: 0, 1: 1}


def test_two_thousand_points_written_anew_are_matched_in_seconds():
    old = [p(f"1.{n}", f"Punkt {n:04d} o sprawie organizacji " * 8) for n in range(2000)]
    new = [p(f"2.{n}", f"Punkt {n:04d} o sprawach organizacji " * 8) for n in range(2000)]

    started = time.process_time()
    found = same_points(new, old)

    assert time.process_time() - started < 10
    assert found == {n: n for n in range(2000)}


class Row:
    def __init__(self, key: str, number: str, text: str):
        self.key, self.number, self.text = key, number, text


def test_versions_stand_side_by_side_in_the_order_of_the_new_one():
    old = [
        Row("a", "1", "pierwszy"),
        Row("b", "2", "usunięty"),
        Row("c", "3", "trzeci punkt"),
        Row("d", "4", "ostatni"),
    ]
    new = [
        Row("a", "1", "pierwszy"),
        Row("e", "2", "nowy"),
        Row("c", "3", "trzeci inny punkt"),
        Row("d", "5", "ostatni"),
    ]

    pairs = compared(old, new)

    assert [(pair.point.key, pair.state) for pair in pairs] == [
        ("a", "same"), ("b", "removed"), ("e", "added"), ("c", "changed"), ("d", "moved"),
    ]  # fmt: skip
    assert "<ins>" in pairs[3].texts[1]
    assert "inny" in pairs[3].texts[1]


def test_what_stood_before_everything_else_and_went_comes_first():
    pairs = compared([Row("a", "1", "wstęp"), Row("b", "2", "dalej")], [Row("b", "1", "dalej")])

    assert [pair.state for pair in pairs] == ["removed", "moved"]


def test_a_point_may_come_as_a_row_a_tuple_or_itself():
    assert point_of(("§1", True, "Tytuł")) == p("§1", "Tytuł", PointKind.HEADING)
    assert point_of(OLD[1]) is OLD[1]


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("w ciągu 14 dni.", "w ciągu 10 dni.", ["14"], ["10"]),
        (
            "środki zewnętrzne.",
            "środki krajowe lub zagraniczne.",
            ["zewnętrzne"],
            ["krajowe lub zagraniczne"],
        ),
        ("Sale są bezpłatne.", "Sale są bezpłatne. Wniosek ma stronę.", [], [" Wniosek ma stronę."]),
        ("jeden <b> dwa", "jeden <b> trzy", ["dwa"], ["trzy"]),
        (
            "Zupełnie co innego",
            "Nic wspólnego tu nie ma",
            ["Zupełnie co innego"],
            ["Nic wspólnego tu nie ma"],
        ),
    ],
)
def test_a_change_is_marked_by_whole_words(old, new, gone, come):
    before, after = marked_by_words(old, new)

    assert marks(before, "del") == gone
    assert marks(after, "ins") == come
    assert "<b>" not in before + after


def test_the_same_text_has_no_marks():
    assert marked_by_words("bez <zmian>", "bez <zmian>") == ("bez &lt;zmian&gt;", "bez &lt;zmian&gt;")


def marks(html: str, tag: str) -> list[str]:
    found = re.findall(f"<{tag}>.*?</span>(.*?)<span.*?</{tag}>", html)
    return [unescape(one) for one in found]
