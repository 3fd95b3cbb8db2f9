"""A new account: form, code by mail, the same answer whether the address is known or not."""

import re
import threading

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client

from core.accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory

SIGN_UP = "/konto/rejestracja/"
CODE = "/konto/adres/kod/"
FORM = {
    "full_name": "Jan Lis",
    "email": "jan.lis@example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "website": "",
}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')

pytestmark = pytest.mark.django_db


def without_tokens(answer) -> str:
    return TOKEN.sub("", answer.content.decode())


def test_whole_way_from_form_to_account(client, code_from_mail):
    answer = client.post(SIGN_UP, FORM)
    assert answer["Location"] == CODE
    assert "jan.lis@example.org" in client.get(CODE).content.decode()

    answer = client.post(CODE, {"code": code_from_mail()})

    assert answer["Location"] == "/moje/"
    user = User.objects.get()
    assert (user.email, user.full_name) == ("jan.lis@example.org", "Jan Lis")
    assert EmailAddress.objects.filter(user=user, verified=True, primary=True).exists()
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.is_staff is user.is_superuser is False


def test_the_code_may_be_typed_without_dashes(client, code_from_mail):
    client.post(SIGN_UP, FORM)

    answer = client.post(CODE, {"code": " " + code_from_mail().replace("-", "") + " "})

    assert answer["Location"] == "/moje/"


def test_without_the_code_there_is_no_log_in(client):
    client.post(SIGN_UP, FORM)

    assert (
        Client().post("/konto/logowanie/", {"login": FORM["email"], "password": PASSWORD})["Location"] == CODE
    )
    assert client.get("/konto/").status_code == 302


def test_three_wrong_codes_end_it(client):
    client.post(SIGN_UP, FORM)

    for _ in range(2):
        assert "się nie zgadza" in client.post(CODE, {"code": "000-000-000"}).content.decode()
    answer = client.post(CODE, {"code": "000-000-000"}, follow=True)

    assert answer.redirect_chain[-1][0] == "/konto/logowanie/"
    assert "Za dużo nieudanych prób" in answer.content.decode()


def test_the_code_dies_after_a_quarter_of_an_hour(client, code_from_mail, frozen):
    client.post(SIGN_UP, FORM)
    frozen.shift(15 * 60 + 1)

    answer = client.post(CODE, {"code": code_from_mail()})

    assert answer["Location"] == "/konto/logowanie/"


def test_a_new_code_makes_the_old_one_worthless(client, code_from_mail):
    client.post(SIGN_UP, FORM)
    old = code_from_mail()

    client.post(CODE, {"action": "resend"})

    assert len(mail.outbox) == 2
    assert client.post(CODE, {"code": old}).status_code == 200
    assert client.post(CODE, {"code": code_from_mail()})["Location"] == "/moje/"


def test_a_known_address_gets_the_same_answers(client):
    """S6: who has an account here is nobody's business."""
    UserFactory(email=FORM["email"])
    known, unknown = Client(), Client()

    answers = [
        [
            browser.post(SIGN_UP, FORM | {"email": email}),
            browser.get(CODE),
            browser.post(CODE, {"code": "000-000-000"}),
            browser.post(CODE, {"action": "resend"}),
            browser.get(CODE),
        ]
        for browser, email in ((known, FORM["email"]), (unknown, "nikt.nowy@example.org"))
    ]

    for one, other in zip(*answers, strict=True):
        assert one.status_code == other.status_code
        assert one.get("Location") == other.get("Location")
        assert without_tokens(one).replace(FORM["email"], "@") == without_tokens(other).replace(
            "nikt.nowy@example.org", "@"
        )


def test_the_owner_of_a_known_address_is_told(client):
    UserFactory(email=FORM["email"], full_name="Prawdziwa Osoba")

    client.post(SIGN_UP, FORM | {"full_name": "Kto Inny"})

    (letter,) = mail.outbox
    assert letter.subject == "Masz już konto w portalu"
    assert "Kto Inny" not in letter.body
    assert User.objects.get().full_name == "Prawdziwa Osoba"


@pytest.mark.parametrize("is_known", [True, False])
def test_a_known_address_takes_as_many_hashes_as_a_new_one(client, settings, is_known):
    """S6: the time of the answer tells nothing either."""
    from tests.accounts import hashers

    if is_known:
        UserFactory(email=FORM["email"])
    settings.PASSWORD_HASHERS = ["tests.accounts.hashers.Counting"]
    hashers.Counting.made = 0

    client.post(SIGN_UP, FORM)

    assert hashers.Counting.made == 1


def test_a_robot_that_fills_the_hidden_field_gets_no_account(client):
    answer = client.post(SIGN_UP, FORM | {"website": "https://spam.example"})

    assert answer.status_code == 302
    assert not User.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("full_name", "", "Imię i nazwisko: uzupełnij to pole"),
        ("full_name", "Wygraj na https://spam.example", "bez adresów stron"),
        ("full_name", "Jan\nBcc: kto@example.org", "bez adresów stron"),
        ("full_name", "www.spam.pl", "bez adresów stron"),
        ("full_name", "x" * 81, "Imię i nazwisko: upewnij się"),
        ("email", "nie adres", "Adres e-mail: wpisz adres w postaci nazwa@domena.pl"),
        ("password1", "krotkie", "co najmniej 12 znaków"),
        ("password1", "minecraft123", "zbyt powszechne"),
        ("password1", "jan.lis@example", "zbyt podobne do adresu"),
        ("password2", "inne haslo dlugie", "to samo hasło"),
        ("password1", "x\x00" * 10, "null"),
    ],
)
def test_mistakes_are_named_and_explained(client, field, value, message):
    answer = client.post(SIGN_UP, FORM | {field: value})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert message in page.replace("\xa0", " ")
    assert "Błąd:" in page
    assert not User.objects.exists()


def test_rights_cannot_be_smuggled_in(client, code_from_mail):
    client.post(SIGN_UP, FORM | {"is_staff": "on", "is_superuser": "on", "is_active": "on", "groups": "1"})
    client.post(CODE, {"code": code_from_mail()})

    user = User.objects.get()
    assert user.is_staff is user.is_superuser is False


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_account():
    """Both answers are the same; the database keeps one row."""
    locations = []

    def send() -> None:
        try:
            locations.append(Client().post(SIGN_UP, FORM)["Location"])
        finally:
            connection.close()

    clicks = [threading.Thread(target=send) for _ in range(4)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()

    assert locations == [CODE] * 4
    assert User.objects.count() == 1


@pytest.mark.rule("R-WEB-10")
def test_the_information_clause_stands_at_the_form(client):
    page = client.get(SIGN_UP).content.decode()

    for words in (
        "Administrator",
        "art. 6 ust. 1 lit. e",
        "Jak długo",
        "Prezesa UODO",
        "dobrowolne",
        "automatycznie",
    ):
        assert words in page.replace("\xa0", " ")
    assert '/prywatnosc/"' in page
