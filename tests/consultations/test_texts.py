"""What is pasted into a remark, as it is kept."""

import pytest

from consultations.law.texts import LONGEST_TEXT, clean_text, length_breaches, text_hash


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Sala\x00 przy\x1b parku\x7f", "Sala przy parku"),
        ("wiersz 1\r\nwiersz 2\rwiersz 3", "wiersz 1\nwiersz 2\nwiersz 3"),
        ("Zadanie\tKwota\r\nŚwietlica\t5000 zł\t", "Zadanie | Kwota\nŚwietlica | 5000 zł"),
        ("\u202eodwrócone\u202c i \u200bukryte\ufeff", "odwrócone i ukryte"),
        ("Za\u0301dnych", "Z\u00e1dnych"),
        ("Super 👍🏽 👩‍👩‍👧 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "Super 👍🏽 👩‍👩‍👧 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿"),
        ("a\n\n\n\n\nb   \n", "a\n\nb"),
        ("sam\ud800otny", "samotny"),
        ("5 &lt; 6 <b>nie</b>", "5 &lt; 6 <b>nie</b>"),
        ("الحديقة", "الحديقة"),
    ],
)
def test_text_is_kept_readable(pasted, kept):
    assert clean_text(pasted) == kept


def test_towers_of_marks_are_cut_down():
    assert len(clean_text("o" + "\u0336" * 500)) <= 5


def test_same_words_have_the_same_hash_whatever_is_between_them():
    assert text_hash("Więcej ŁAWEK,\n w parku!") == text_hash(" więcej ławek w parku ")
    assert text_hash("Więcej ławek w parku") != text_hash("Mniej ławek w parku")
    assert text_hash("👍") == text_hash("  ") == ""


@pytest.mark.rule("R-CNS-13")
def test_a_text_beyond_answering_is_refused_with_its_length_and_a_way_out():
    rows = [{"proposed_wording": "a" * LONGEST_TEXT}, {"proposed_wording": "b" * 100_000}]

    found = length_breaches(rows)

    assert [breach.field for breach in found] == ["proposed_wording"]
    assert "ma 100\u00a0000 znaków" in str(found[0].message)
    assert "dołącz jako plik" in str(found[0].message)
