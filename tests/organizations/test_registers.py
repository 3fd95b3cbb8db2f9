"""Clients of KRS and REGON against a local server that speaks their protocols."""

import logging
import time

import pytest
from django.core.cache import cache

from organizations import registers
from organizations.enums import LegalForm, Register, RegisterOutcome
from organizations.registers.facts import iso_day, readable
from tests.support.registers import Registers, Told, recorded

KRS = "0000900901"


@pytest.fixture
def register(settings):
    with Registers() as running:
        yield running.switch_on(settings)


# --- KRS --------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-13")
def test_an_association_is_read_from_its_extract(register):
    register.tell_krs(KRS, "krs_association.json")

    answer = registers.ask_krs(KRS)

    assert (answer.register, answer.outcome) == (Register.KRS, RegisterOutcome.FOUND)
    facts = answer.facts
    assert facts.name == "Stowarzyszenie Most na Podgórze"
    assert (facts.krs, facts.nip, facts.regon) == (KRS, "6761013717", "351554057")
    assert facts.legal_form == LegalForm.ASSOC_REGISTERED
    assert (facts.address, facts.postal_code, facts.locality) == ("ul. Mogilska 5/3", "31-516", "Kraków")
    assert (facts.has_opp_status, facts.registered, facts.as_of) == (True, "2012-03-08", "2026-06-09")
    assert facts.email == "biuro@most.example.org"
    assert "dwaj członkowie zarządu" in facts.representation.lower()
    # the register hides names; the posts it does not
    assert (facts.people, facts.functions) == ((), ("prezes zarządu", "skarbnik"))
    assert register.asked == [f"{KRS} S"]


def test_a_social_cooperative_is_found_among_businesses(register):
    register.tell_krs("0000900902", "krs_social_coop.json", part="P")

    facts = registers.ask_krs("0000900902").facts

    assert register.asked == ["0000900902 S", "0000900902 P"]
    assert facts.legal_form == LegalForm.SOCIAL_COOP
    assert facts.people == ("Jan Testowy – prezes zarządu",)
    # free text of the register may hold what must not go further
    assert "80010112345" not in facts.representation


def test_a_nonprofit_company_in_liquidation(register):
    register.tell_krs("0000900903", "krs_company.json", part="P")

    facts = registers.ask_krs("0000900903").facts

    assert (facts.legal_form, facts.is_in_liquidation) == (LegalForm.NONPROFIT_COMPANY, True)


def test_a_number_that_no_part_of_the_register_knows(register):
    assert registers.ask_krs(KRS).outcome == RegisterOutcome.NOT_FOUND
    assert register.asked == [f"{KRS} S", f"{KRS} P"]


def test_a_body_that_was_struck_off(register):
    register.tell_krs(KRS, status=204)

    assert registers.ask_krs(KRS).outcome == RegisterOutcome.DELETED


@pytest.mark.parametrize(
    "told",
    [
        Told(content=b'{"odpis": '),
        Told(content=b"[1, 2]"),
        Told(content=b"null"),
        Told(content=b'{"odpis": {"naglowekA": [], "dane": {"dzial1": "x", "dzial2": 5}}}'),
        Told(content=b"[" * 200_000),
        Told(content=b"<html>przerwa techniczna</html>", content_type="text/html"),
        Told(status=500, content=b"{}"),
        Told(status=302, headers={"Location": "http://127.0.0.1:1/elsewhere"}),
        Told(content=b'{"odpis": "' + b"x" * 2_100_000 + b'"}'),
        Told(content=b"\xff\xfe\x00"),
    ],
)
def test_what_cannot_be_read_is_no_answer(register, told):
    register.krs[(KRS, "S")] = told

    assert registers.ask_krs(KRS).outcome == RegisterOutcome.UNAVAILABLE


def test_changed_fields_are_no_answer(register):
    register.tell_krs(KRS, "krs_changed.json")

    assert registers.ask_krs(KRS).outcome == RegisterOutcome.UNAVAILABLE


def test_an_extract_of_another_number_is_no_answer(register):
    register.tell_krs("0000900905", "krs_association.json")

    assert registers.ask_krs("0000900905").outcome == RegisterOutcome.UNAVAILABLE


@pytest.mark.parametrize("slowness", [{"delay_s": 1.5}, {"trickle_s": 0.02}])
def test_a_slow_register_holds_nobody_up(register, settings, slowness):
    settings.REGISTER_CONNECT_SECONDS = settings.REGISTER_READ_SECONDS = 0.2
    register.krs[(KRS, "S")] = Told(content=recorded("krs_association.json"), **slowness)
    begun_at = time.monotonic()

    assert registers.ask_krs(KRS).outcome == RegisterOutcome.UNAVAILABLE
    assert time.monotonic() - begun_at < 1


def test_nobody_at_the_address(settings):
    settings.KRS_API_URL = "http://127.0.0.1:9"

    assert registers.ask_krs(KRS).outcome == RegisterOutcome.UNAVAILABLE


def test_a_register_without_an_address_is_not_asked():
    assert registers.ask_krs(KRS).outcome == RegisterOutcome.OFF
    assert registers.ask_regon("nip", "6761013717").outcome == RegisterOutcome.OFF
    assert registers.known_numbers("nip", ["6761013717"]) == set()


def test_an_answer_is_kept_for_a_while_and_a_failure_is_not(register):
    register.tell_krs(KRS, status=500)
    assert registers.ask_krs(KRS).outcome == RegisterOutcome.UNAVAILABLE
    register.tell_krs(KRS, "krs_association.json")

    assert registers.ask_krs(KRS) == registers.ask_krs(KRS)
    assert register.asked == [f"{KRS} S"] * 2


def test_a_register_that_fails_again_and_again_is_left_alone_for_a_minute(register):
    register.tell_krs(KRS, status=500)
    for _ in range(5):
        assert registers.ask_krs(KRS).outcome == RegisterOutcome.UNAVAILABLE
    assert len(register.asked) == 3

    cache.clear()  # the minute is over
    register.tell_krs(KRS, "krs_association.json")
    assert registers.ask_krs(KRS).outcome == RegisterOutcome.FOUND


def test_the_log_says_that_it_failed_and_nothing_about_whom(register, caplog):
    register.krs[(KRS, "S")] = Told(content=b"Jan Testowy", content_type="text/plain")

    with caplog.at_level(logging.INFO):
        registers.ask_krs(KRS)

    assert "register krs: not JSON" in caplog.text
    assert KRS not in caplog.text
    assert "Testowy" not in caplog.text


# --- REGON ------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-13")
@pytest.mark.parametrize("is_multipart", [True, False])
def test_a_body_without_krs_is_read_from_regon(register, is_multipart):
    register.is_multipart = is_multipart
    register.regon["351554057"] = recorded("regon_row.xml").decode()

    facts = registers.ask(regon="351554057").facts

    assert (facts.name, facts.legal_form) == ("Klub Sąsiedzki Zabłocie", LegalForm.ASSOC_ORDINARY)
    assert (facts.krs, facts.other_number) == ("", "77/2019")
    assert facts.other_register == "Ewidencja Stowarzyszeń Zwykłych"
    assert (facts.address, facts.postal_code, facts.locality) == ("ul. Zabłocie 9", "30-701", "Kraków")
    assert register.asked == ["Zaloguj", "DaneSzukajPodmioty", "DanePobierzPelnyRaport", "Wyloguj"]


def test_regon_knows_no_such_number(register):
    assert registers.ask(nip="6761013717").outcome == RegisterOutcome.NOT_FOUND


def test_a_session_that_ran_out_is_opened_again_once(register):
    register.regon["6761013717"] = recorded("regon_row.xml").decode()
    register.expired_sessions = 1
    assert registers.ask(nip="6761013717").outcome == RegisterOutcome.FOUND

    cache.clear()
    register.expired_sessions = 2
    assert registers.ask(nip="6761013717").outcome == RegisterOutcome.UNAVAILABLE


def test_a_wrong_key_is_no_answer(register, settings):
    settings.REGON_API_KEY = "inny & <klucz>"

    assert registers.ask(nip="6761013717").outcome == RegisterOutcome.UNAVAILABLE


def test_ended_bodies_and_natural_persons(register):
    row = recorded("regon_row.xml").decode()
    register.regon["6761013717"] = row.replace(
        "<DataZakonczeniaDzialalnosci />",
        "<DataZakonczeniaDzialalnosci>2020-01-01</DataZakonczeniaDzialalnosci>",
    )
    assert registers.ask(nip="6761013717").outcome == RegisterOutcome.DELETED

    cache.clear()
    register.regon["6761013717"] = row.replace("<Typ>P</Typ>", "<Typ>F</Typ>")
    assert registers.ask(nip="6761013717").outcome == RegisterOutcome.NOT_FOUND


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'


@pytest.mark.parametrize(
    "told",
    [
        Told(content=b"<broken", content_type="application/soap+xml"),
        Told(content=BOMB, content_type="application/soap+xml"),
        Told(content=b"<a/>", content_type="application/soap+xml"),
        Told(content=b"<a/>", content_type="text/html"),
        Told(content=b"", content_type='multipart/related; boundary="x"'),
        Told(status=500, content=b"<a/>", content_type="application/soap+xml"),
    ],
)
def test_what_regon_says_and_cannot_be_read_is_no_answer(register, told):
    register.soap_answer = told

    assert registers.ask(nip="6761013717").outcome == RegisterOutcome.UNAVAILABLE


@pytest.mark.parametrize(
    "row",
    [
        "<dane><ErrorCode>1</ErrorCode></dane>",
        "<dane><Numer>1</Numer></dane>",
        "<dane",
        "<!DOCTYPE a []><a/>",
    ],
)
def test_changed_and_broken_rows_are_no_answer(register, row):
    register.regon["6761013717"] = row

    assert registers.ask(nip="6761013717").outcome == RegisterOutcome.UNAVAILABLE


def test_several_numbers_are_asked_about_at_once(register):
    register.regon["6761013717"] = recorded("regon_row.xml").decode()

    assert registers.known_numbers("nip", ["6761013717", "1234567854"]) == {"6761013717"}
    register.soap_answer = Told(status=500)
    assert registers.known_numbers("nip", ["6761013717"]) == set()


# --- words of registers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("FUNDACJA NA RZECZ SĄSIADÓW", "Fundacja na rzecz Sąsiadów"),
        ("W DRODZE", "W Drodze"),
        ("Fundacja PKO", "Fundacja PKO"),
        ("", ""),
    ],
)
def test_capitals_are_made_readable(written, shown):
    assert readable(written) == shown


@pytest.mark.parametrize(
    ("written", "day"),
    [("08.03.2012", "2012-03-08"), ("2012-03-08", "2012-03-08"), ("31.02.2012", ""), (None, "")],
)
def test_days_of_registers(written, day):
    assert iso_day(written) == day
