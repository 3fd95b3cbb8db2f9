"""Redirects stay in the portal."""

import pytest

from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

FOREIGN = [
    "https://evil.example/",
    "http://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "\thttps://evil.example/",
    "/\t/evil.example/",
]


@pytest.mark.parametrize("target", FOREIGN)
@pytest.mark.parametrize("where", ["query", "form"])
def test_log_in_ignores_a_foreign_next(client, target, where):
    user = UserFactory()
    form = {"login": user.email, "password": PASSWORD} | ({"next": target} if where == "form" else {})
    query = {"next": target} if where == "query" else {}

    answer = client.post("/konto/logowanie/", form, query_params=query)

    assert answer["Location"] == "/moje/"


@pytest.mark.parametrize("target", FOREIGN)
def test_log_out_ignores_a_foreign_next(client, target):
    client.force_login(UserFactory())

    assert client.post("/konto/wyloguj/", {"next": target})["Location"] == "/"


def test_log_in_leads_to_an_own_path(client):
    user = UserFactory()

    answer = client.post("/konto/logowanie/?next=/konkursy/14/", {"login": user.email, "password": PASSWORD})

    assert answer["Location"] == "/konkursy/14/"
    assert client.get("/konto/logowanie/?next=//evil.example/")["Location"] == "/moje/"
