"""The trial register of the demo speaks the protocol that the portal reads."""

import pytest

from local.registers import (
    BODIES,
    BODIES_OF_THE_DEMO,
    NUMBERS,
    SLOW,
    STRUCK_OFF,
    STRUCK_OFF_IN_THE_DEMO,
    TrialRegister,
)
from organizations import law, registers
from organizations.enums import LegalForm, RegisterOutcome


@pytest.fixture
def trial(settings):
    running = TrialRegister()
    running.start()
    settings.KRS_API_URL = running.url
    yield running
    running.stop()


@pytest.mark.parametrize(
    ("krs", "form"),
    [
        ("0009999101", LegalForm.FOUNDATION),
        ("0009999102", LegalForm.ASSOC_REGISTERED),
        ("0009999103", LegalForm.SOCIAL_COOP),
        ("0009999010", LegalForm.FOUNDATION),
    ],
)
def test_its_bodies_are_read_like_those_of_the_real_one(trial, krs, form):
    facts = registers.ask_krs(krs).facts

    assert facts.legal_form == form
    assert law.is_nip(facts.nip)
    assert law.is_regon(facts.regon)
    assert facts.people == ()  # names are hidden, as in the real one
    assert len(facts.functions) == len((BODIES | BODIES_OF_THE_DEMO)[krs]["posts"])


def test_it_knows_bodies_that_are_gone_and_numbers_that_nobody_has(trial):
    for krs in STRUCK_OFF | STRUCK_OFF_IN_THE_DEMO:
        assert registers.ask_krs(krs).outcome == RegisterOutcome.DELETED
    assert registers.ask_krs("0009999199").outcome == RegisterOutcome.NOT_FOUND


def test_its_slow_number_is_given_up(trial, settings):
    settings.REGISTER_CONNECT_SECONDS = settings.REGISTER_READ_SECONDS = 0.1
    for krs in SLOW:
        assert registers.ask_krs(krs).outcome == RegisterOutcome.UNAVAILABLE
    assert set(NUMBERS) == set(BODIES) | STRUCK_OFF | SLOW
