"""Rich text: what is taken away, and that no text makes the cleaner slow."""

import time

import pytest

from core.common.sanitize import DEEPEST, clean_html, text_of

LONGEST_S = 2


def test_scripts_styles_and_foreign_schemes_are_taken_away():
    dirty = '<p onclick="a()" style="x">Tekst <script>alert(1)</script><a href="javascript:a()">link</a></p>'
    assert clean_html(dirty) == '<p>Tekst <a rel="noopener noreferrer nofollow">link</a></p>'


@pytest.mark.parametrize(
    "html",
    ["<div>" * 100_000 + "koniec", "<p" * 50_000, "<" * 100_000, "<p>bez końca" * 20_000, "<b><i>" * 30_000, "</div>" * 90_000],
)  # fmt: skip
def test_no_text_makes_the_cleaner_slow(html):
    begun_at = time.process_time()
    clean_html(html)
    text_of(html)
    assert time.process_time() - begun_at < LONGEST_S


def test_of_endless_nesting_the_words_stay_and_no_element():
    deep = "<div>" * (DEEPEST + 1) + "słowa & <em>nacisk</em>"
    assert clean_html(deep) == "słowa &amp; nacisk"
    assert text_of(deep).strip().endswith("nacisk")


def test_what_editors_write_stays():
    nested = "<ul><li>a" * 40 + "</li></ul>" * 40
    assert clean_html(nested).count("<ul>") == 40
    assert clean_html("<p>jeden<p>dwa") == "<p>jeden</p><p>dwa</p>"
