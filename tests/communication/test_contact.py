"""Writing to the office, the clock of demands, the desk's answers; the declaration of accessibility."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from communication import actions
from communication.enums import Conformity, MessageKind, MessageState
from communication.models import AccessibilityDeclaration, ContactMessage
from communication.queries import waiting_for
from core.accounts.roles import Role
from core.city.models import City
from core.common.clock import at_local, now
from core.legal.models import AuditEntry
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail
from demo.city import KRAKOW
from tests.factories.accounts import UserFactory, official
from tests.factories.communication import message

pytestmark = pytest.mark.django_db
WORDS = "Nie mogę odczytać regulaminu."


@pytest.fixture
def coordinator():
    return official(Role.COORDINATOR)


def send(client, frozen, **data):
    shown_at = re.search(r'name="shown_at" value="([^"]+)"', client.get("/kontakt/").content.decode())[1]
    frozen.shift(30)
    values = {"kind": "accessibility", "text": WORDS, "page": "", "email": "anna@ngo.example"}
    return client.post("/kontakt/", {**values, "shown_at": shown_at, "website_of_sender": "", **data})


# --- the form ---------------------------------------------------------------------------------------


@pytest.mark.rule("R-WEB-05")
def test_a_demand_gets_a_number_and_a_last_day(client, frozen):
    response = send(client, frozen)

    found = ContactMessage.objects.get()
    page = client.get(response.url).content.decode().replace("\u00a0", " ")
    assert (found.receipt, found.due_on) == ("1/2026", date(2026, 6, 17))
    assert "nr 1/2026" in page
    assert "środa 17 czerwca 2026" in page
    letter = OutboxMail.objects.get()
    assert (letter.to, letter.subject) == ("anna@ngo.example", "Przyjęliśmy zgłoszenie nr 1/2026")
    assert WORDS not in letter.text + letter.html


def test_a_question_without_an_address_is_taken_and_has_no_clock(client, frozen):
    send(client, frozen, kind="question", email="")

    found = ContactMessage.objects.get()
    assert (found.due_on, found.email) == (None, "")
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("/konkursy/moj-konkurs/", "/konkursy/moj-konkurs/"),
        ("https://zly.example/", ""),
        ("//zly.example/", ""),
        ("/\\zly.example", ""),
        ("konkursy/", ""),
        ("/a\nb", ""),
        ("/" + "x" * 900, "/" + "x" * 499),
    ],
)
def test_only_own_paths_are_taken_over(client, given, taken):
    page = client.get("/kontakt/", {"strona": given}).content.decode()

    value = re.search(r'<input[^>]*name="page"[^>]*>', page)[0]
    assert (re.search(r'value="([^"]*)"', value) or ["", ""])[1] == taken


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "nie-ma"},
        {"kind": ""},
        {"text": " "},
        {"text": "x" * 5001},
        {"email": "nie adres"},
        {"page": "x" * 501},
        {"website_of_sender": "robot"},
        {"text": "nul \x00 znak"},
    ],
)
def test_bad_messages_come_back_with_what_was_typed(client, frozen, data):
    response = send(client, frozen, **data)

    page = response.content.decode()
    assert response.status_code == 200
    assert "Popraw" in page
    assert ("text" in data) or WORDS in page
    assert not ContactMessage.objects.exists()


@pytest.mark.rule("R-WEB-10")
def test_the_page_has_contact_data_and_the_clause(client):
    City.objects.create(
        **{
            **KRAKOW,
            "phone": "12 345 67 89",
            "dpo_contact": "iod@ngo.example",
            "authority": "Prezydent Próbny",
        }
    )

    page = client.get("/kontakt/").content.decode().replace("\u00a0", " ")

    for words in ("12 345 67 89", "iod@ngo.example", "Prezydent Próbny", "lit. c i e RODO", "Prezesa Urzędu"):
        assert words in page


@pytest.mark.django_db(transaction=True)
def test_numbers_are_given_once_even_at_the_same_moment():
    def one(_n):
        try:
            message()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(one, range(24)))

    assert sorted(ContactMessage.objects.values_list("number", flat=True)) == list(range(1, 25))


# --- answering --------------------------------------------------------------------------------------


def test_the_answer_goes_by_mail_and_closes_the_matter(coordinator):
    found = message(email="anna@ngo.example")

    actions.answer_message(found, by=coordinator, at=now(), answer="Regulamin jest już tekstowy.")

    letter = OutboxMail.objects.get(key__endswith=":answer")
    assert (found.state, letter.to) == (MessageState.ANSWERED, "anna@ngo.example")
    assert "Regulamin jest już tekstowy." in letter.text


def test_there_is_no_answer_without_words(coordinator):
    with pytest.raises(LawBreached):
        actions.answer_message(message(), by=coordinator, at=now())


@pytest.mark.rule("R-WEB-05")
def test_a_demand_is_extended_with_reason_and_new_day(frozen, coordinator):
    found = message(MessageKind.ACCESSIBILITY, email="anna@ngo.example")

    actions.extend_answer(
        found, by=coordinator, at=now(), reason="Tłumaczymy na PJM", until=date(2026, 7, 20)
    )

    letter = OutboxMail.objects.get(key__endswith=":extended")
    assert (found.state, found.runs_until) == (MessageState.EXTENDED, date(2026, 7, 20))
    assert "Tłumaczymy na PJM" in letter.text
    assert "poniedziałek 20 lipca 2026" in letter.text


@pytest.mark.rule("R-WEB-05")
@pytest.mark.parametrize("until", [None, date(2026, 6, 10), date(2026, 8, 11)])
def test_an_extension_beyond_two_months_is_refused(frozen, coordinator, until):
    found = message(MessageKind.ACCESSIBILITY)

    with pytest.raises(LawBreached):
        actions.extend_answer(found, by=coordinator, at=now(), reason="Powód", until=until)

    found.refresh_from_db()
    assert (found.state, found.extended_until) == (MessageState.NEW, None)


def test_only_the_coordinator_answers():
    for person in (UserFactory(), official(Role.UNIT_EDITOR)):
        with pytest.raises(MoveRefused):
            actions.answer_message(message(), by=person, at=now(), answer="Tak")


@pytest.mark.rule("R-WEB-05")
def test_messages_wait_for_the_coordinator_with_their_clock(frozen, coordinator):
    message(MessageKind.ACCESSIBILITY)
    closed = message()
    actions.close_message(closed, by=coordinator, at=now(), reason="Reklama")

    waiting = [w for w in waiting_for(coordinator) if "Zgłoszenie nr" in w.title]

    assert [w.due_at for w in waiting] == [at_local(date(2026, 6, 18))]
    assert waiting_for(official(Role.UNIT_EDITOR)) == []


# --- the declaration --------------------------------------------------------------------------------


def declaration(**fields) -> AccessibilityDeclaration:
    words = ("method_note", "shortcuts", "contact_person", "contact_phone", "sign_language", "mobile_apps")
    rich = ("non_compliances", "procedure", "architecture")
    values = {
        **dict.fromkeys(("published_on", "updated_on", "prepared_on"), date(2026, 5, 1)),
        **{name: f"Słowa: {name}" for name in words},
        **{name: f"<p>Słowa: {name}</p>" for name in rich},
        "contact_email": "dostepnosc@example.org",
        "status": Conformity.PARTIAL,
    }
    return AccessibilityDeclaration(**{**values, **fields})


@pytest.mark.rule("R-WEB-03")
def test_the_page_shows_every_part_in_the_ministrys_structure(client):
    actions.keep_declaration(declaration(), by=None, at=now())

    page = client.get("/dostepnosc/").content.decode()

    for name in (
        "shortcuts",
        "contact_person",
        "sign_language",
        "mobile_apps",
        "procedure",
        "architecture",
        "non_compliances",
    ):
        assert f"Słowa: {name}" in page.replace("\u00a0", " ")
    for part in (
        "deklaracja",
        "wstep",
        "podmiot",
        "url",
        "data-publikacja",
        "data-aktualizacja",
        "status",
        "data-sporzadzenie",
        "kontakt",
        "osoba",
        "email",
        "telefon",
        "procedura",
        "architektura",
    ):
        assert page.count(f'id="a11y-{part}"') == 1, part
    assert 'datetime="2026-05-01"' in page


@pytest.mark.rule("R-WEB-03")
def test_an_unfinished_declaration_is_not_kept():
    with pytest.raises(LawBreached) as refused:
        actions.keep_declaration(declaration(architecture="<p> </p>"), by=None, at=now())

    assert [b.field for b in refused.value.breaches] == ["architecture"]
    assert not AccessibilityDeclaration.objects.exists()


def test_without_a_declaration_the_page_says_so_and_offers_the_form(client):
    page = client.get("/dostepnosc/").content.decode()

    assert "nie opublikował jeszcze" in page.replace("\u00a0", " ")
    assert "/kontakt/?strona=/dostepnosc/" in page


def test_every_change_of_the_declaration_is_in_the_log():
    kept = actions.keep_declaration(declaration(), by=None, at=now())
    kept.contact_person = "Ktoś inny"
    actions.keep_declaration(kept, by=None, at=now())

    assert [sorted(e.after) for e in AuditEntry.objects.of(kept)[:1]] == [["contact_person"]]


@pytest.mark.rule("R-WEB-04")
def test_the_review_waits_for_the_coordinator_from_march(frozen, coordinator):
    kept = actions.keep_declaration(declaration(reviewed_on=date(2026, 3, 10)), by=None, at=now())
    assert waiting_for(coordinator) == []

    frozen.move_to(at_local(date(2027, 3, 1)) + timedelta(hours=9))
    (waiting,) = waiting_for(coordinator)

    assert waiting.due_at == at_local(date(2027, 4, 1))
    kept.reviewed_on = date(2027, 3, 2)
    actions.keep_declaration(kept, by=None, at=now())
    assert waiting_for(coordinator) == []
