"""The offer on paper: the statutory template, whole, readable by everybody, quick."""

import time

import pytest

from competitions.law.offers import OfferContent
from competitions.papers.content import newest_version
from competitions.papers.pdf import cost_lines, offer_pdf, paper_of
from tests.factories import formal as make
from tests.factories import offers
from tests.support.papers import assert_accessible, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.rule("R-CALL-20")
def test_a_filed_offer_is_printed_on_the_template_with_its_seal(frozen):
    offer = make.filed()
    version = newest_version(offer)
    pdf = offer_pdf(offer, version)
    document = assert_accessible(pdf)
    text = text_of(pdf)
    for part in ("I. Podstawowe informacje", "II. Dane oferenta", "III. Opis zadania", "IV. Charakterystyka oferenta", "V. Kalkulacja", "V.A Zestawienie", "V.B Źródła", "V.C Podział", "VI. Inne informacje", "VII. Oświadczenia"):  # fmt: skip
        assert part in text
    for said in (
        "11 999,99",
        "999,99",
        "83,33",
        "16,67",
        "nie dotyczy",
        "Księgowość",
        offer.organization.name,
    ):
        assert said in text
    assert text.count(version.checksum) == len(document.pages)
    assert text.count(f"Oferta nr {offer.number}") >= len(document.pages)
    assert "SZKIC" not in text
    assert "Pozostawiono: nieodpłatne wykonanie zadania publicznego; oferent; nie zalega(-ją)" in text


def test_a_draft_says_that_it_is_one(frozen):
    draft = offers.draft_offer()
    pdf = offer_pdf(draft, None)
    assert_accessible(pdf)
    text = text_of(pdf)
    assert text.count("SZKIC – niezłożona") >= 2
    assert "Suma kontrolna" not in text


def test_an_empty_draft_is_printed_too(frozen):
    assert_accessible(offer_pdf(offers.blank_offer(), None))


def test_a_joint_offer_shows_its_split_and_strikes_the_other_words(frozen):
    joint = offers.joint_offer()
    paper = paper_of(joint, None)
    assert paper["is_joint"]
    assert [row[2] for row in paper["split"]] == ["6000,00", "4000,00", "10\u00a0000,00"]
    tax = paper["statements"][2]["pieces"]
    assert [words for words, is_struck in tax if is_struck] == ["oferent*", "zalega(-ją)*"]
    assert_accessible(offer_pdf(joint, None))


@pytest.mark.rule("R-OFF-01")
def test_costs_are_numbered_and_summed_as_on_the_form(frozen):
    lines = cost_lines(OfferContent.from_version(newest_version(make.filed()).content))
    told = [(line["kind"], line["cells"][0]) for line in lines]
    assert told == [
        ("head", "I"),
        ("head", "I.1"),
        ("cost", "I.1.1"),
        ("head", "I.2"),
        ("cost", "I.2.1"),
        ("sum", "Suma kosztów realizacji zadania"),
        ("head", "II"),
        ("cost", "II.1"),
        ("sum", "Suma kosztów administracyjnych"),
        ("sum", "Suma wszystkich kosztów realizacji zadania"),
    ]
    assert lines[-1]["cells"][1].replace("\u00a0", " ") == "11 999,99"


def test_what_people_write_is_text_and_nothing_else(frozen):
    odd = '#panic("x") $x$ *b* <a> @b 😀 \\u{41}'
    offer = offers.draft_offer(capacity={"human": odd}, task={"needs": odd * 20})
    assert 'panic("x")' in text_of(offer_pdf(offer, None))


def test_four_pages_take_a_moment(frozen):
    offer = offers.draft_offer(task={"needs": make.LONG * 60}, capacity={"human": make.LONG * 40})
    offer_pdf(offer, None)
    began = time.monotonic()
    pdf = offer_pdf(offer, None)
    assert time.monotonic() - began < 5  # 0.2 s on a machine that does nothing else
    assert len(assert_accessible(pdf).pages) >= 4
