"""The offer on paper: the statutory template, whole, readable by everybody, quick."""

import copy

import pytest

from competitions.papers.content import newest_version
from competitions.papers.pdf import offer_pdf
from tests.factories import formal as make
from tests.support.papers import assert_accessible, text_of

pytestmark = pytest.mark.django_db


def changed(version, **sections):
    version.content = copy.deepcopy(version.content)
    version.content["sections"].update(sections)
    return version


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
