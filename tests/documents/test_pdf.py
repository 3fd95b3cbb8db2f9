"""Papers: readable by everybody, and nothing that people write is more than text."""

import time

import pytest

from core.documents.pdf import PdfFailed, PdfTooLarge, PdfTooSlow, render, render_pdf
from core.documents.pdf.printable import printable
from tests.support.papers import assert_accessible

MARKUP = '#panic("ha") $x$ *bold* #read("/etc/passwd") @preview <a> \\u{41} = nie nagłówek // https://x'


def test_a_paper_passes_both_standards_and_names_itself():
    data = {
        "under": "Wydział Kultury, 10 czerwca 2026",
        "facts": [("Termin", "3 lipca 2026"), ("Puste", "")],
        "text": "Zażółć gęślą jaźń.\nDrugi wiersz.\n\nNowy akapit „w cudzysłowie” – Привіт, Tomáš Šimek, αβγ.",
        "table": {"caption": "Oferty", "head": ["Lp.", "Nazwa"], "rows": [["1", "Łąka"], ["2", "Źdźbło"]]},
    }
    pdf = render_pdf("notice.typ", data, title="Ogłoszenie o konkursie", author="Urząd Miasta Krakowa")
    document = assert_accessible(pdf)
    assert str(document.Root.Lang) == "pl"
    with document.open_metadata() as meta:
        assert meta["dc:title"] == "Ogłoszenie o konkursie"
        assert meta["dc:creator"] == ["Urząd Miasta Krakowa"]
    assert document.Root.MarkInfo.Marked


def test_a_long_paper_numbers_its_pages_and_keeps_the_standards():
    text = "\n\n".join("Wsparcie organizacji pozarządowych. " * 40 for _ in range(12))
    pdf = render_pdf("notice.typ", {"text": text}, title="Umowa", lang="en")
    document = assert_accessible(pdf)
    assert len(document.pages) >= 4
    assert str(document.Root.Lang) == "en"


def test_what_people_write_is_text_and_nothing_else():
    plain = render_pdf("notice.typ", {"text": MARKUP, "facts": [(MARKUP, MARKUP)]}, title=MARKUP)
    with assert_accessible(plain).open_metadata() as meta:
        assert meta["dc:title"] == MARKUP


@pytest.mark.parametrize(
    "text", ["😀 wesoło", "漢字", "\ue000", "a\u200bb\u202ec", "\x00\x1b", "e\u0301", "ﬁ"]
)
def test_no_sign_breaks_a_paper(text):
    assert_accessible(render_pdf("notice.typ", {"text": text}, title=f"T {text}"))


def test_signs_without_a_shape_become_a_square_and_silent_ones_vanish():
    assert printable("😀a\u200db") == "□ab"
    assert printable("Zażółć – „ok”\nx") == "Zażółć – „ok”\nx"


def test_limits_of_time_size_and_place(monkeypatch):
    with pytest.raises(PdfTooSlow):
        render_pdf("notice.typ", {}, title="x", seconds=0.001)
    monkeypatch.setattr(render, "MOST_DATA", 100)
    with pytest.raises(PdfTooLarge):
        render_pdf("notice.typ", {"text": "x" * 100}, title="x")
    monkeypatch.undo()
    for outside in ("../base.html", "/etc/passwd", "brak.typ"):
        with pytest.raises(PdfFailed):
            render_pdf(outside, {}, title="x")


def test_a_failure_names_the_template_but_not_the_data():
    with pytest.raises(PdfFailed) as failure:
        render_pdf("notice.typ", {"table": {"caption": "tajne", "head": "tajne", "rows": 5}}, title="tajne")
    assert "notice.typ" in str(failure.value)
    assert "tajne" not in str(failure.value)


def test_four_pages_take_a_moment():
    data = {"text": "\n\n".join("Wsparcie organizacji pozarządowych. " * 40 for _ in range(10))}
    render_pdf("notice.typ", data, title="x")
    began = time.monotonic()
    render_pdf("notice.typ", data, title="x")
    assert time.monotonic() - began < 5
