"""Log-in as a person does it, and mails as they arrive."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from tests.factories.accounts import PASSWORD, app_code

LOGIN = "/konto/logowanie/"
CODE = "/konto/drugi-skladnik/kod/"


@pytest.fixture
def log_in(db: None) -> Callable[..., Client]:
    """`log_in(user)` goes through the pages and gives the logged-in browser."""

    def go(
        user, *, password: str = PASSWORD, client: Client | None = None, code: str | None = None
    ) -> Client:
        client = client or Client()
        answer = client.post(LOGIN, {"login": user.email, "password": password})
        assert answer.status_code == 302, answer.content.decode()
        if answer["Location"] == CODE:
            answer = client.post(CODE, {"code": code or app_code()})
            assert answer.status_code == 302, answer.content.decode()
        assert client.session["_auth_user_id"] == str(user.pk)
        return client

    return go


@pytest.fixture
def confirm(db: None) -> Callable[[Client], None]:
    """Repeats the password, as pages with important changes ask for it."""

    def go(client: Client) -> None:
        answer = client.post("/konto/potwierdz/", {"password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()

    return go


@pytest.fixture
def code_from_mail(mailoutbox: list) -> Callable[[], str]:
    """The code of the last mail."""

    def read() -> str:
        return re.search(r"^\d{3}-\d{3}-\d{3}$", mail.outbox[-1].body, re.MULTILINE)[0]

    return read


@pytest.fixture
def link_from_mail(mailoutbox: list) -> Callable[[], str]:
    """The path of the link for a new password in the last mail."""

    def read() -> str:
        return re.search(r"http://testserver(/konto/haslo/nowe/\S+)", mail.outbox[-1].body)[1]

    return read
