"""Rich text: what is taken away, and that no text makes the cleaner slow."""

import time

import pytest
from django.core.exceptions import ValidationError

from core.common.fields import RichTextField
from core.common.sanitize import LONGEST, MOST_TAGS, clean_html, text_of

LONGEST_S = 4


def test_scripts_styles_and_foreign_schemes_are_taken_away():
    dirty = '<p onclick="a()" style="x">Tekst <script>alert(1)</script><a href="javascript:a()">link</a></p>'
    assert clean_html(dirty) == '<p>Tekst <a rel="noopener noreferrer nofollow">link</a></p>'


@pytest.mark.parametrize("length", [LONGEST, 600_000])
@pytest.mark.parametrize(
    "piece",
    ["<div>", "<p", "<", "<p>bez końca", "<b><i>", "</div>", "<div <>", "<div></x>", "<div><!--</b>-->", "<ul><li>",
     "<div a='></div>'>", "&amp", "<!--"],
)  # fmt: skip
def test_no_text_makes_the_cleaner_slow(piece, length):
    html = (piece * (length // len(piece) + 1))[:length]
    begun_at = time.process_time()
    clean_html(html)
    text_of(html)
    assert time.process_time() - begun_at < LONGEST_S


def test_of_a_text_that_is_too_long_the_words_stay_and_no_element():
    long = "<p>jeden</p><p>dwa <a name='x'/>a &amp; b&nbsp;c &lt;b&gt;</p>" + " " * LONGEST
    assert " ".join(clean_html(long).split()) == "jeden dwa a &amp; b c &lt;b&gt;"
    assert text_of(long).split() == ["jeden", "dwa", "a", "&", "b", "c", "<b>"]


def test_a_form_says_that_a_text_is_too_long():
    with pytest.raises(ValidationError) as refused:
        RichTextField().clean("x" * (LONGEST + 1), None)
    said = refused.value.messages[0].replace("\u00a0", " ")
    assert "100 001 znaków. Mieści się najwyżej 100 000 znaków." in said
    with pytest.raises(ValidationError, match="za dużo formatowania"):
        RichTextField().clean("<b>" * (MOST_TAGS + 1), None)
    assert RichTextField().clean("<p>Tekst</p>", None) == "<p>Tekst</p>"


def test_what_editors_write_stays():
    nested = "<ul><li>a" * 40 + "</li></ul>" * 40
    assert clean_html(nested).count("<ul>") == 40
    assert clean_html("<p>jeden<p>dwa") == "<p>jeden</p><p>dwa</p>"
    assert clean_html("<p>a &amp; b</p>" * 150).count("&amp;") == 150
    assert "<strong>słowo</strong>" in clean_html("<a name='x'/>" * 150 + "<strong>słowo</strong>")
