"""S7: too many attempts end in 429, before anything is hashed, and no longer than a quarter of an hour."""

import threading

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client

from portal.settings import base
from tests.accounts import hashers
from tests.factories.accounts import PASSWORD, UserFactory, app_code, with_second_factor

LOGIN = "/konto/logowanie/"
CODE = "/konto/drugi-skladnik/kod/"
RESET = "/konto/haslo/odzyskiwanie/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _limits(settings):
    """The limits of production; other tests run without."""
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS


def attempt(email: str, password: str = "zle haslo zupelnie", **extra):
    return Client(**extra).post(LOGIN, {"login": email, "password": password})


def test_the_eleventh_failure_for_an_account_is_429_in_polish():
    user = UserFactory()
    for n in range(10):
        assert attempt(user.email, REMOTE_ADDR=f"10.0.0.{n}").status_code == 200

    answer = attempt(user.email, REMOTE_ADDR="10.0.0.99")

    assert answer.status_code == 429
    assert "Za dużo prób w\xa0krótkim czasie" in answer.content.decode()


def test_the_limit_comes_before_the_hash(settings):
    settings.PASSWORD_HASHERS = ["tests.accounts.hashers.Counting"]
    user = UserFactory()
    for n in range(10):
        attempt(user.email, REMOTE_ADDR=f"10.0.0.{n}")
    hashers.Counting.made = 0

    for n in range(20):
        attempt(user.email, REMOTE_ADDR=f"10.0.1.{n}")

    assert hashers.Counting.made == 0


def test_the_right_password_is_refused_too_and_works_after_the_window(frozen):
    user = UserFactory()
    for _ in range(10):
        attempt(user.email)
    assert attempt(user.email, PASSWORD).status_code == 429

    frozen.shift(15 * 60 + 1)

    assert attempt(user.email, PASSWORD).status_code == 302


def test_one_address_may_fail_thirty_times():
    for n in range(30):
        assert attempt(f"osoba{n}@example.org").status_code == 200

    assert attempt("jeszcze.kto@example.org").status_code == 429
    assert attempt("jeszcze.kto@example.org", REMOTE_ADDR="10.9.9.9").status_code == 200


def test_an_unknown_account_is_limited_just_the_same():
    """S6: the limit tells nothing either."""
    user = UserFactory()
    codes = [
        [attempt(email, REMOTE_ADDR=f"10.{i}.0.{n}").status_code for n in range(12)]
        for i, email in enumerate((user.email, "nikt@example.org"))
    ]

    assert codes[0] == codes[1] == [200] * 10 + [429] * 2


def test_good_log_ins_do_not_count():
    user = UserFactory()

    assert {attempt(user.email, PASSWORD).status_code for _ in range(12)} == {302}


def test_a_forged_proxy_header_does_not_lift_the_limit():
    for n in range(30):
        attempt(f"osoba{n}@example.org", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}")

    assert attempt("inna@example.org", HTTP_X_FORWARDED_FOR="10.1.1.1").status_code == 429


def test_another_host_name_does_not_lift_the_limit():
    user = UserFactory()
    for _ in range(10):
        attempt(user.email, HTTP_HOST="localhost")

    assert attempt(user.email, HTTP_HOST="127.0.0.1").status_code == 429


def test_a_person_locked_out_by_strangers_comes_in_by_mail(link_from_mail):
    """Strangers can fail on purpose again and again; a new password by mail opens at once."""
    user = UserFactory()
    for _ in range(10):
        attempt(user.email)
    browser = Client()
    browser.post(RESET, {"email": user.email})
    form = browser.get(link_from_mail())["Location"]
    new = "czerwony tramwaj nad rzeka"

    browser.post(form, {"password1": new, "password2": new})

    assert attempt(user.email, new).status_code == 302


def test_codes_of_the_second_factor_are_limited():
    user = with_second_factor(UserFactory())
    client = Client()
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})

    answers = [client.post(CODE, {"code": "000000"}).status_code for _ in range(12)]

    assert answers == [200] * 10 + [429] * 2
    assert client.post(CODE, {"code": app_code()}).status_code == 429
    assert Authenticator.objects.filter(user=user).count() == 2


def test_the_password_asked_again_is_limited(log_in):
    client = log_in(UserFactory())

    answers = [client.post("/konto/potwierdz/", {"password": "zle haslo"}).status_code for _ in range(11)]

    assert answers[-1] == 429


def test_links_for_a_new_password_are_limited(mailoutbox):
    """Nobody's mailbox is flooded by strangers."""
    user = UserFactory()
    answers = [Client().post(RESET, {"email": user.email}).status_code for _ in range(5)]
    unknown = [Client().post(RESET, {"email": "nikt@example.org"}).status_code for _ in range(5)]

    assert answers == unknown == [302, 302, 302, 429, 429]
    assert len(mailoutbox) == 3


def test_sign_ups_from_one_address_are_limited():
    form = {"full_name": "Jan Lis", "password1": PASSWORD, "password2": PASSWORD, "website": ""}
    answers = [
        Client().post("/konto/rejestracja/", form | {"email": f"nowa{n}@example.org"}).status_code
        for n in range(21)
    ]

    assert answers == [302] * 20 + [429]


@pytest.mark.django_db(transaction=True)
def test_forty_attempts_at_once_do_not_slip_through():
    """The count is shared and locked: parallel guesses are no way around."""
    user = UserFactory()
    codes = []

    def go() -> None:
        try:
            codes.append(attempt(user.email).status_code)
        finally:
            connection.close()

    guesses = [threading.Thread(target=go) for _ in range(40)]
    for guess in guesses:
        guess.start()
    for guess in guesses:
        guess.join()

    assert codes.count(200) <= 10
    assert codes.count(200) + codes.count(429) == 40
