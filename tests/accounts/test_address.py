"""A new e-mail address takes the place of the old one once it is confirmed."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from tests.factories.accounts import PASSWORD, UserFactory

ADDRESS = "/konto/adres/"
CODE = "/konto/adres/kod/"
NEW = "nowy.adres@example.org"

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(log_in, confirm):
    """Logs the person in and asks for the new address."""

    def go(user, email: str = NEW) -> Client:
        client = log_in(user)
        confirm(client)
        client.post(ADDRESS, {"action_add": "1", "email": email})
        return client

    return go


def test_a_change_asks_for_the_password_first(log_in):
    client = log_in(UserFactory())

    answer = client.post(ADDRESS, {"action_add": "1", "email": NEW})

    assert answer["Location"].startswith("/konto/potwierdz/?next=")
    assert not mail.outbox


def test_the_new_address_replaces_the_old_and_the_old_is_told(ask, code_from_mail):
    user = UserFactory(email="dawny@example.org")
    client = ask(user)

    answer = client.post(CODE, {"code": code_from_mail()})

    assert answer["Location"] == "/konto/"
    user.refresh_from_db()
    assert user.email == NEW
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(NEW, True, True)]
    last = mail.outbox[-1]
    assert (last.to, last.subject) == (["dawny@example.org"], "Adres e-mail konta zmieniony")
    assert Client().post("/konto/logowanie/", {"login": NEW, "password": PASSWORD})["Location"] == "/moje/"


def test_until_the_code_is_typed_the_old_address_works(ask):
    user = UserFactory()
    ask(user)

    user.refresh_from_db()
    assert user.email != NEW
    assert not EmailAddress.objects.filter(email=NEW).exists()


def test_an_address_of_somebody_else_gets_the_same_answer(ask):
    """S6: a form for one's own address must not tell who else has an account."""
    UserFactory(email="zajety@example.org")
    taken, free = ask(UserFactory(), "zajety@example.org"), ask(UserFactory(), NEW)

    pages = [client.get(CODE) for client in (taken, free)]

    assert [page.status_code for page in pages] == [200, 200]
    assert "Wpisz kod z listu" in pages[0].content.decode()


def test_an_address_of_somebody_else_cannot_be_taken_with_the_right_code(ask, code_from_mail):
    owner = UserFactory(email="zajety@example.org")
    user = UserFactory()
    client = ask(user, "zajety@example.org")

    answer = client.post(CODE, {"code": code_from_mail()})

    assert answer.status_code == 200
    user.refresh_from_db()
    assert user.email != owner.email


def test_the_own_address_is_no_new_address(log_in, confirm):
    user = UserFactory()
    client = log_in(user)
    confirm(client)

    page = client.post(ADDRESS, {"action_add": "1", "email": user.email.upper()}).content.decode()

    assert "to już jest adres Twojego konta" in page.replace("\xa0", " ")


def test_the_name_is_changed_and_logged(log_in):
    from core.legal.models import AuditEntry

    user = UserFactory(full_name="Anna Mazur")
    client = log_in(user)

    answer = client.post("/konto/dane/", {"full_name": "Anna Mazur-Lis"}, follow=True)

    assert "Anna Mazur-Lis" in answer.content.decode()
    entry = AuditEntry.objects.get(verb="Zmiana imienia i nazwiska")
    assert (entry.before, entry.after) == ({"full_name": "Anna Mazur"}, {"full_name": "Anna Mazur-Lis"})


@pytest.mark.parametrize("name", ["", "https://spam.example", "x" * 81, "a\x00b"])
def test_an_unfit_name_is_refused_and_not_shown_in_the_header(log_in, name):
    user = UserFactory(full_name="Anna Mazur")
    client = log_in(user)

    page = client.post("/konto/dane/", {"full_name": name}).content.decode()

    assert "Imię i\xa0nazwisko: " in page
    user.refresh_from_db()
    assert user.full_name == "Anna Mazur"
    assert '<span class="acc-t">Anna Mazur</span>' in page
