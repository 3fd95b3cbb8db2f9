"""Passkeys: a real browser with a key made of software; and what is no key."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core import mail
from django.test import Client

from tests.accounts.test_pages import enter
from tests.factories.accounts import PASSWORD, UserFactory, with_second_factor

LOGIN = "/konto/logowanie/"
LOGIN_BY_KEY = "/konto/klucze/logowanie/"
ADD = "/konto/klucze/dodaj/"

NO_KEYS = [
    "",
    "nie json",
    "null",
    "[]",
    "{}",
    "1",
    '"tekst"',
    '{"id": 5}',
    '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}',
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"userHandle": "MQ", "clientDataJSON": "e30"}}',
    '{"response": {"userHandle": "////"}}',
    '{"response": {"userHandle": null}}',
    '{"response": []}',
    "[" * 5000,
    json.dumps({"id": "A" * 10_000, "response": {"userHandle": "MQ"}}),
]


@pytest.fixture
def key(page):
    """A key that says yes to everything, as a fingerprint would."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def confirm_password(page) -> None:
    page.goto("/konto/potwierdz/")
    page.get_by_label("Hasło", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Potwierdź").click()
    page.wait_for_url("**/moje/")


@pytest.mark.django_db(transaction=True)
def test_a_person_adds_a_key_and_logs_in_without_password(page, key, mailoutbox):
    user = UserFactory()
    enter(page, user)
    confirm_password(page)

    page.goto(ADD)
    page.get_by_label("Nazwa klucza").fill("telefon Anny")
    page.get_by_role("button", name="Dodaj klucz").click()
    page.wait_for_url("**/konto/drugi-skladnik/kody/")
    page.goto("/konto/klucze/")
    assert page.get_by_role("rowheader", name="telefon Anny").is_visible()
    assert page.get_by_text("logowanie bez hasła").is_visible()
    assert mailoutbox[-1].subject == "Nowy klucz dostępu do konta"

    page.context.clear_cookies()
    page.goto(LOGIN)
    page.get_by_role("button", name="Użyj klucza dostępu").click()
    page.wait_for_url("**/moje/")
    page.goto("/konto/")
    assert page.get_by_text(user.email).is_visible()


@pytest.mark.django_db(transaction=True)
def test_a_key_as_second_factor_and_for_confirmation(page, key):
    user = UserFactory()
    enter(page, user)
    confirm_password(page)
    page.goto(ADD)
    page.get_by_label("Loguj mnie tym kluczem").uncheck()
    page.get_by_role("button", name="Dodaj klucz").click()
    page.wait_for_url("**/konto/drugi-skladnik/kody/")

    page.context.clear_cookies()
    page.goto(LOGIN)
    page.get_by_label("Adres e-mail").fill(user.email)
    page.get_by_label("Hasło", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się").click()
    page.wait_for_url("**/konto/drugi-skladnik/kod/")
    page.get_by_role("button", name="Użyj klucza dostępu").click()
    page.wait_for_url("**/moje/")

    page.goto("/konto/klucze/potwierdz/?next=/konto/")
    page.get_by_role("button", name="Użyj klucza dostępu").click()
    page.wait_for_url(re.compile(r"/konto/$(?<!=/konto/)"))
    page.goto("/konto/klucze/")
    page.get_by_role("link", name=re.compile("Usuń.*Klucz 1")).click()
    page.get_by_role("button", name="Usuń klucz").click()
    page.get_by_text("Nie masz jeszcze żadnego klucza").wait_for()
    assert not Authenticator.objects.filter(user=user).exists()


@pytest.mark.django_db(transaction=True)
def test_a_key_that_fails_is_said_on_the_page(page, key, axe):
    page.goto(LOGIN)
    page.get_by_role("button", name="Użyj klucza dostępu").wait_for()
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")

    page.get_by_role("button", name="Użyj klucza dostępu").click()

    page.get_by_role("alert").get_by_text("Klucza nie udało się użyć").wait_for()
    axe(page)


@pytest.mark.django_db
@pytest.mark.parametrize("credential", NO_KEYS, ids=lambda text: text[:20] or "nothing")
def test_what_is_no_key_opens_nothing(client, credential):
    UserFactory()
    client.get(LOGIN_BY_KEY, headers={"Accept": "application/json"})

    answer = client.post(LOGIN_BY_KEY, {"credential": credential})

    assert answer["Location"] == LOGIN
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@pytest.mark.parametrize("credential", NO_KEYS, ids=lambda text: text[:20] or "nothing")
def test_what_is_no_key_is_not_added(log_in, confirm, credential):
    client = log_in(UserFactory())
    confirm(client)
    client.get(ADD)

    answer = client.post(ADD, {"name": "x", "credential": credential})

    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("credential", NO_KEYS, ids=lambda text: text[:20] or "nothing")
def test_what_is_no_key_is_no_second_factor(client, credential):
    user = with_second_factor(UserFactory())
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    client.get("/konto/drugi-skladnik/kod/")

    answer = client.post("/konto/drugi-skladnik/kod/", {"credential": credential})

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/konto/klucze/{}/usun/", "/konto/klucze/{}/nazwa/"])
def test_keys_of_others_are_out_of_reach(log_in, confirm, path):
    theirs = WebAuthn.add(UserFactory(), "cudzy", {}).instance
    client = log_in(UserFactory())
    confirm(client)

    assert client.get(path.format(theirs.pk)).status_code == 404
    assert client.post(path.format(theirs.pk), {"name": "moj"}).status_code == 404
    assert Authenticator.objects.get(pk=theirs.pk).wrap().name == "cudzy"


@pytest.mark.django_db
def test_a_key_is_renamed(log_in, confirm):
    user = UserFactory()
    mine = WebAuthn.add(user, "Klucz 1", {}).instance
    client = Client()
    client.force_login(user)
    confirm(client)

    client.post(f"/konto/klucze/{mine.pk}/nazwa/", {"name": "klucz w biurze"})
    too_long = client.post(f"/konto/klucze/{mine.pk}/nazwa/", {"name": "x" * 61})

    assert Authenticator.objects.get(pk=mine.pk).wrap().name == "klucz w biurze"
    assert too_long.status_code == 200
    assert not mail.outbox
