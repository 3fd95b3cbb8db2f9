"""Every rule of the domain is coded and proven by a test that names it, or listed with a reason."""

import pytest

from core.legal.catalogue import NOT_CODED, all_codes
from portal import docs
from portal.rulebook import rules


@pytest.fixture(scope="module")
def coded():
    return {rule.code for rule in rules()}


def test_each_rule_is_coded_or_its_absence_explained(coded):
    assert sorted(set(all_codes()) - coded - set(NOT_CODED)) == []


def test_nothing_is_both_coded_and_excused(coded):
    assert sorted(coded & set(NOT_CODED)) == []


def test_no_rule_is_made_up(coded):
    assert sorted((coded | set(NOT_CODED)) - set(all_codes())) == []


def test_each_coded_rule_is_proven(coded):
    assert sorted(coded - set(docs.tests_by_rule())) == []


def test_no_test_names_a_rule_that_is_not_coded(coded):
    assert sorted(set(docs.tests_by_rule()) - coded) == []


def test_the_reasons_are_sentences():
    assert all(why.endswith(".") and len(why) > 20 for why in NOT_CODED.values())


def test_made_documents_are_current():
    stale = [
        path.name
        for path, text in docs.build().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]

    assert stale == [], "run `make docs`"
