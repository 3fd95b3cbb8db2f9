"""Base words, text without diacritics, and whatever else people may put into a text."""

import threading

import pytest

from core.common import polish
from core.common.polish import analyse, analyser_version, fold, forms_of


def words(text: str) -> list[str]:
    return [word.text for word in analyse(text)]


def keys(text: str) -> set[str]:
    return set().union(*(word.keys for word in analyse(text)))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łódź", "lodz"),
        ("ZAŻÓŁĆ gęślą jaźń", "zazolc gesla jazn"),
        ("Straße", "strasse"),
        ("Ünïcode", "unicode"),
        ("", ""),
    ],
)
def test_folding_takes_marks_and_capitals_away(text, folded):
    assert fold(text) == folded


def test_an_inflected_word_gives_its_base_word_and_itself():
    assert keys("niepełnosprawnych") >= {"niepelnosprawny", "niepelnosprawnych"}
    assert "dziecko" in keys("dzieci")
    assert "krakow" in keys("krakowa")


def test_an_abbreviation_is_known_with_and_without_its_full_stop():
    assert "swiety" in keys("św. Łazarza")
    assert "swiety" in keys("św Łazarza")


def test_both_halves_of_a_joined_form_are_read():
    assert {"mial", "miec"} <= keys("miałem")
    assert {"spoleczny", "kulturalny"} <= keys("społeczno-kulturalny")


@pytest.mark.parametrize("text", ["dla", "i", "ale", "w", "czy"])
def test_words_without_content_are_told_by_their_part_of_speech(text):
    assert analyse(text)[0].is_empty


@pytest.mark.parametrize("text", ["fundacja", "Kraków", "hipoterapia", "KRS"])
def test_words_with_content_stay(text):
    assert not analyse(text)[0].is_empty


def test_a_typing_error_is_not_recognised_as_a_word():
    assert [word.is_recognised for word in analyse("fundacja fundajca")] == [True, False]


def test_every_word_knows_where_it_stands():
    text = "„Hipoterapia” – konie, dla dzieci (św. Łazarza)"
    assert [text[word.start : word.end] for word in analyse(text)] == words(text)
    assert words(text) == ["Hipoterapia", "konie", "dla", "dzieci", "św", "Łazarza"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "!?…",
        "\x00\x01",
        "\ud800",
        "😀",
        "'" * 10_000,
        "a-" * 5_000,
        "miałem" * 2_000,
        "1e5-" * 500,
    ],
)
def test_nothing_is_an_error(text):
    assert all(word.text and word.folded and word.keys for word in analyse(text))


def test_a_word_without_end_is_cut():
    assert max(len(key) for key in keys("x" * 10_000)) <= polish.LONGEST_WORD


def test_forms_of_a_word_include_itself():
    assert {"fundacja", "fundacji", "fundacjami"} <= forms_of("fundacja")
    assert forms_of("xyzfoo") == {"xyzfoo"}


def test_the_version_names_the_dictionary():
    assert "sgjp" in analyser_version()
    assert len(analyser_version()) <= 40


def test_without_morfeusz_a_word_stands_for_itself(monkeypatch):
    monkeypatch.setattr(polish, "morfeusz2", None)
    for kept in (polish._morfeusz, polish.analyser_version, polish._looked_up):
        kept.cache_clear()
    try:
        assert [(word.keys, word.is_empty) for word in analyse("fundacje dla Łodzi")] == [
            ({"fundacje"}, False),
            ({"dla"}, True),
            ({"lodzi"}, False),
        ]
        assert forms_of("Fundacja") == {"fundacja"}
        assert analyser_version().startswith("plain/")
    finally:
        for kept in (polish._morfeusz, polish.analyser_version, polish._looked_up):
            kept.cache_clear()


def test_many_threads_share_one_dictionary():
    text = "Stowarzyszenie Pomocy Osobom Niepełnosprawnym nr {}"
    found: list[set[str]] = []

    def read(number: int) -> None:
        found.extend(keys(text.format(number * 1000 + turn)) for turn in range(50))

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 400
    assert all({"stowarzyszenie", "pomoc", "osoba", "niepelnosprawny"} <= each for each in found)
