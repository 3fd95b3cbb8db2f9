"""How a template becomes a letter."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import TemplateDoesNotExist

from core.notifications.letters import compose, compose_plain, nested_quotes, one_line, pieces_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates")]
FACTS = {"number": "K-12/7", "remark": "<b>Lokale & sale</b>"}
CLOSES_AT = datetime(2026, 6, 12, 12, tzinfo=ZoneInfo("Europe/Warsaw"))


def own(**facts):
    return compose(
        "letters/own",
        {"title": "Bezpieczny senior", "url": "/konkursy/senior/", "closes_at": CLOSES_AT, **facts},
    )


def test_first_line_is_the_subject_and_no_part_of_the_text():
    letter = compose("letters/answer", FACTS)

    assert letter.subject == "Odpowiedź na uwagę K-12/7"
    assert letter.text.startswith("Dzień dobry,\n")
    assert "Temat:" not in letter.text


def test_subject_given_by_the_caller_wins():
    assert compose("letters/answer", FACTS, subject="Inny temat").subject == "Inny temat"


def test_a_letter_without_subject_is_refused():
    with pytest.raises(ValueError, match="Temat"):
        compose("letters/nameless", {})


def test_text_is_not_escaped_and_html_is():
    letter = compose("letters/answer", FACTS)

    assert "„<b>Lokale & sale</b>”" in letter.text
    assert "&lt;b&gt;Lokale &amp; sale&lt;/b&gt;" in letter.html
    assert "<b>" not in letter.html


def test_language_is_the_one_wanted():
    letter = compose("letters/answer", FACTS, language="en")

    assert letter.subject == "Answer to remark K-12/7"
    assert '<html lang="en">' in letter.html


def test_a_language_that_is_missing_falls_back_to_polish():
    letter = compose("letters/answer", FACTS, language="uk")

    assert letter.subject.startswith("Odpowiedź")
    assert '<html lang="pl">' in letter.html


def test_an_unknown_template_is_an_error():
    with pytest.raises(TemplateDoesNotExist):
        compose("letters/nie-ma", {})


def test_html_is_laid_out_from_the_text():
    html = compose("letters/answer", FACTS).html

    address = "http://testserver/konsultacje/lokale/?uwaga=7&amp;widok=1"
    assert re.search(rf'<a class="button" href="{re.escape(address)}"[^>]*>Zobacz odpowiedź</a>', html)
    assert html.count('class="button"') == 1
    assert len(re.findall(r"<li[ >]", html)) == 2
    assert '<a href="http://testserver/konsultacje/"' in html
    assert "konsultacje/</a>." in html


def test_styles_stand_in_the_elements_and_only_rules_for_screens_stay():
    html = compose("letters/answer", FACTS).html

    assert re.search(r"<h1 style=\"[^\"]*font-size: 31px", html)
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style.startswith("@media")
    assert "td.head" not in style


def test_nothing_is_fetched_when_the_letter_is_read():
    html = compose("letters/answer", FACTS).html

    assert re.findall(r'src="([^"]*)"', html) == ["cid:znak"]
    assert "url(" not in html
    assert "<script" not in html
    assert "<link" not in html


def test_own_template_with_leaf_and_button():
    html = own().html

    assert ">pt.</td>" in html
    assert ">12</td>" in html
    assert ">czerwca</td>" in html
    assert "background: #f5b335" in html
    assert re.search(
        r'<a class="button" href="http://testserver/konkursy/senior/"[^>]*>Złóż ofertę</a>', html
    )


def test_links_lead_only_to_the_portal():
    addresses = re.findall(r'href="([^"]*)"', own().html)

    assert addresses
    assert all(address.startswith("http://testserver/") for address in addresses)


@pytest.mark.parametrize(
    "url", ["https://zly.example/", "//zly.example/", "http://testserver.zly.example/", "javascript:alert(1)"]
)
def test_an_address_of_elsewhere_becomes_the_start_page(url):
    addresses = re.findall(r'href="([^"]*)"', own(url=url).html)

    assert addresses.count("http://testserver/") == 2
    assert not [address for address in addresses if "zly" in address or "alert" in address]


def test_footer_says_why_and_offers_ways_out():
    context = {
        **FACTS,
        "why": "obserwujesz tę sprawę",
        "settings_url": "http://testserver/konto/powiadomienia/",
    }
    letter = compose("letters/answer", context, unsubscribe_url="http://testserver/wypisz/abc/")

    for part in (letter.text, letter.html):
        assert "Dostajesz ten list, bo obserwujesz tę sprawę." in part
        assert "http://testserver/konto/powiadomienia/" in part
        assert "http://testserver/wypisz/abc/" in part
        assert "http://testserver/prywatnosc/" in part


def test_footer_without_settings_offers_none():
    letter = compose("letters/answer", FACTS)

    assert "Wypisz mnie" not in letter.html + letter.text
    assert "Zmień ustawienia" not in letter.html + letter.text


def test_way_out_must_be_an_address_of_the_portal():
    with pytest.raises(ValueError, match="portal"):
        compose("letters/answer", FACTS, unsubscribe_url="https://zly.example/")


def test_one_composition_serves_many_each_with_an_own_way_out():
    shared = compose("letters/answer", FACTS, unsubscribe_url="")

    first = shared.for_one("http://testserver/w/1/?a=1&b=2")

    assert "http://testserver/w/1/?a=1&b=2" in first.text
    assert 'href="http://testserver/w/1/?a=1&amp;b=2"' in first.html
    with pytest.raises(ValueError, match="unsubscribing"):
        shared.for_one(None)


def test_control_characters_never_get_into_a_letter():
    letter = compose(
        "letters/answer", {"number": "1\r\nBcc: ofiara@ngo.example\x00\u2028x", "remark": "a\x00\x1bb"}
    )

    assert letter.subject == "Odpowiedź na uwagę 1"
    assert "a" in letter.text
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", letter.text + letter.html)


def test_subject_is_one_line_of_bounded_length():
    letter = compose("letters/answer", FACTS, subject="Dobry\r\nBcc: ofiara@ngo.example" + "x" * 400)

    assert "\n" not in letter.subject
    assert "\r" not in letter.subject
    assert len(letter.subject) == 300


def test_one_line_keeps_non_breaking_spaces():
    assert one_line("do\u00a05\u00a0zł \t\n razem") == "do\u00a05\u00a0zł razem"


def test_preheader_stands_first_and_is_hidden():
    html = compose("letters/answer", FACTS).html

    hidden = re.search(
        r'<div class="preheader" aria-hidden="true" style="display: none[^"]*">([^<]*)</div>', html
    )
    assert hidden[1].startswith("Dzień dobry, odpowiadamy")
    assert "http" not in hidden[1]


def test_plain_letters_of_the_log_in_library_get_the_layout():
    letter = compose_plain("Kod", "Twój kod: 123 456\n\nWpisz go na stronie.")

    assert letter.text == "Twój kod: 123 456\n\nWpisz go na stronie."
    assert "Twój kod: 123 456" in letter.html
    assert 'class="button"' not in letter.html


def test_only_own_addresses_become_a_button():
    (piece,) = pieces_of("Zaloguj się: https://zly.example/")

    assert piece.kind == "text"
    assert "<a" not in piece.lines[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("konsultacje „Zasady „Domu” w mieście” trwają", "konsultacje „Zasady «Domu» w mieście” trwają"),
        ("„Sale” i „Domy”", "„Sale” i „Domy”"),
        ("„bez końca\n„Sale”", "„bez końca\n„Sale”"),
    ],
)
def test_quotation_marks_inside_others_are_inner_ones(text, expected):
    assert nested_quotes(text) == expected
