"""Log-in and log-out by address and password."""

import pytest
from django.contrib.auth import get_user
from django.test import Client

from core.legal.models import AuditEntry
from tests.factories.accounts import PASSWORD, UserFactory

LOGIN = "/konto/logowanie/"

pytestmark = pytest.mark.django_db


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_person_logs_in_and_lands_among_their_matters(client):
    user = UserFactory()

    answer = client.post(LOGIN, {"login": user.email, "password": PASSWORD})

    assert answer.status_code == 302
    assert answer["Location"] == "/moje/"
    assert get_user(client) == user


def test_the_address_is_not_sensitive_to_case(client):
    UserFactory(email="jan.lis@example.org")

    client.post(LOGIN, {"login": "Jan.Lis@Example.ORG", "password": PASSWORD})

    assert is_logged_in(client)


@pytest.mark.parametrize("password", ["zle haslo zupelnie", PASSWORD.upper(), PASSWORD + " ", ""])
def test_a_wrong_password_does_not_open(client, password):
    user = UserFactory()

    answer = client.post(LOGIN, {"login": user.email, "password": password})

    assert answer.status_code == 200
    assert not is_logged_in(client)
    assert "<title>Błąd: Zaloguj się" in answer.content.decode()


def test_what_was_typed_is_kept_except_the_password(client):
    page = client.post(LOGIN, {"login": "kto@example.org", "password": "tajne haslo dlugie"}).content.decode()

    assert 'value="kto@example.org"' in page
    assert "tajne haslo dlugie" not in page


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"login": "to nie adres", "password": PASSWORD},
        {"login": "a@example.org", "password": "x\x00y"},
        {"login": "a\x00@example.org", "password": PASSWORD},
        {"login": "a@" + "b" * 5000 + ".org", "password": PASSWORD},
        {"login": "a@example.org", "password": "x" * 100_000},
        {"login": "ą" * 300, "password": "ę"},
    ],
)
def test_odd_input_gets_a_message(client, form):
    answer = client.post(LOGIN, form)

    assert answer.status_code == 200
    assert "Popraw" in answer.content.decode()


def test_the_session_gets_a_new_key(client):
    """Session fixation: a key known before the log-in is worth nothing after it."""
    user = UserFactory()
    session = client.session
    session["x"] = 1
    session.save()
    before = client.session.session_key

    client.post(LOGIN, {"login": user.email, "password": PASSWORD})

    assert client.session.session_key != before


def test_remembered_on_this_device_or_until_the_browser_closes(client):
    user = UserFactory()

    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert client.session.get_expire_at_browser_close()

    other = Client()
    other.post(LOGIN, {"login": user.email, "password": PASSWORD, "remember": "on"})
    assert other.session.get_expiry_age() == 14 * 24 * 3600


def test_log_out_only_by_post(log_in):
    client = log_in(UserFactory())

    assert client.get("/konto/wyloguj/").status_code == 200
    assert is_logged_in(client)

    answer = client.post("/konto/wyloguj/")
    assert answer["Location"] == "/"
    assert not is_logged_in(client)


def test_the_old_session_key_is_dead_after_log_out(log_in):
    client = log_in(UserFactory())
    key = client.cookies["sessionid"].value

    client.post("/konto/wyloguj/")
    client.cookies["sessionid"] = key

    assert client.get("/konto/").status_code == 302


def test_every_log_in_is_on_record_without_the_password(log_in):
    user = UserFactory()

    log_in(user)

    entry = AuditEntry.objects.get()
    assert (entry.by, entry.verb, entry.subject_id) == (user, "Zalogowanie", user.pk)
    assert user.password not in str(entry.after) + str(entry.before)


def test_a_blocked_account_is_refused_at_the_next_request(log_in):
    user = UserFactory()
    client = log_in(user)
    assert client.get("/konto/").status_code == 200

    type(user).objects.filter(pk=user.pk).update(is_active=False)

    assert client.get("/konto/").status_code == 302


def test_a_deleted_account_is_refused_at_the_next_request(log_in):
    user = UserFactory()
    client = log_in(user)
    key = client.cookies["sessionid"].value

    type(user).objects.filter(pk=user.pk).delete()

    assert key
    assert client.get("/konto/").status_code == 302


def test_a_blocked_person_is_told_only_with_the_right_password(client):
    user = UserFactory(is_active=False)

    wrong = client.post(LOGIN, {"login": user.email, "password": "zle haslo zupelnie"})
    right = client.post(LOGIN, {"login": user.email, "password": PASSWORD})

    assert "się nie zgadza" in wrong.content.decode()
    assert right["Location"] == "/konto/zablokowane/"
    assert "To konto jest zablokowane" in client.get(right["Location"]).content.decode()
    assert not is_logged_in(client)


def test_forms_need_their_token():
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(LOGIN, {"login": "a@example.org", "password": PASSWORD})

    assert answer.status_code == 403
