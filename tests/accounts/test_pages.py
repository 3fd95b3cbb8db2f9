"""Every page of the account, in every state: Polish, well built, without barriers, cheap."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from core.accounts.roles import Role
from tests.factories.accounts import PASSWORD, UserFactory, official, with_second_factor

ENGLISH = re.compile(
    r"\b(the|your|you|please|email address|sign|log ?in|log ?out|required|submit|cancel|save|delete|remove"
    r"|password|recovery|(?<!Google )(?<!Microsoft )authenticator|security key|passkey|passwordless|session|browser|name|verified|primary)\b",
    re.IGNORECASE,
)
PUBLIC = [
    "/konto/logowanie/",
    "/konto/rejestracja/",
    "/konto/haslo/odzyskiwanie/",
    "/konto/haslo/odzyskiwanie/wyslane/",
    "/konto/haslo/odzyskiwanie/gotowe/",
    "/konto/haslo/nowe/1/abc-def/",
    "/konto/zablokowane/",
]
OWN = [
    "/konto/",
    "/konto/dane/",
    "/konto/adres/",
    "/konto/wyloguj/",
    "/konto/potwierdz/",
    "/konto/haslo/zmiana/",
    "/konto/sesje/",
    "/konto/drugi-skladnik/",
    "/konto/drugi-skladnik/potwierdz/",
    "/konto/drugi-skladnik/aplikacja/wylacz/",
    "/konto/drugi-skladnik/kody/",
    "/konto/drugi-skladnik/kody/nowe/",
    "/konto/klucze/",
    "/konto/klucze/dodaj/",
]
WITHOUT_FACTOR = ["/konto/drugi-skladnik/", "/konto/drugi-skladnik/aplikacja/wlacz/"]
WITHOUT_PASSWORD = ["/konto/", "/konto/haslo/ustawienie/"]


class Words(HTMLParser):
    """What a person reads or hears: text and the attributes that are spoken or shown."""

    SKIPPED = ("script", "style", "code", "noscript")
    SPOKEN = ("alt", "aria-label", "placeholder", "title")

    def __init__(self):
        super().__init__()
        self.text: list[str] = []
        self.headings = 0
        self.ids: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self._open.append(tag) if tag in (*self.SKIPPED, "a") else None
        self._foreign = tag == "a" and dict(attrs).get("lang") == "en"
        self.headings += tag == "h1"
        self.ids += [value for name, value in attrs if name == "id"]
        self.text += [value or "" for name, value in attrs if name in self.SPOKEN]

    def handle_endtag(self, tag):
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data):
        if not any(tag in self.SKIPPED for tag in self._open) and not getattr(self, "_foreign", False):
            self.text.append(data)


def check(answer) -> None:
    assert answer.status_code == 200, answer.status_code
    page = answer.content.decode()
    words = Words()
    words.feed(page)
    found = ENGLISH.search(" ".join(words.text))
    assert not found, f"{found[0]!r} on the page"
    assert words.headings == 1
    assert len(words.ids) == len(set(words.ids))
    assert '<html lang="pl"' in page
    assert 'name="robots" content="noindex"' in page
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*(?:src=|application/json))", page)


@pytest.fixture
def person(log_in, confirm):
    """A browser with the password confirmed a moment ago."""

    def go(user) -> Client:
        client = log_in(user)
        confirm(client)
        return client

    return go


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_pages_before_log_in(client, path):
    check(client.get(path))


@pytest.mark.django_db
@pytest.mark.parametrize("path", OWN)
def test_pages_of_a_person_with_a_second_factor(person, path):
    check(person(with_second_factor(UserFactory())).get(path))


@pytest.mark.django_db
@pytest.mark.parametrize("path", WITHOUT_FACTOR)
def test_pages_of_a_person_without_one(person, path):
    check(person(UserFactory()).get(path))


@pytest.mark.django_db
@pytest.mark.parametrize("path", WITHOUT_PASSWORD)
def test_pages_of_a_person_without_password(client, path):
    client.force_login(UserFactory(password=None))

    check(client.get(path))


@pytest.mark.django_db
def test_pages_in_between(log_in, code_from_mail):
    person = with_second_factor(UserFactory())
    client = Client()
    client.post("/konto/logowanie/", {"login": person.email, "password": PASSWORD})
    check(client.get("/konto/drugi-skladnik/kod/"))

    client = Client()
    form = {"full_name": "Jan", "email": "nowy@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/konto/rejestracja/", form)
    check(client.get("/konto/adres/kod/"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/konto/logowanie/", {}),
        ("/konto/logowanie/", {"login": "a@example.org", "password": "zle haslo zupelnie"}),
        ("/konto/rejestracja/", {}),
        ("/konto/rejestracja/", {"full_name": "www.a.pl", "email": "x", "password1": "a", "password2": "b"}),
        ("/konto/haslo/odzyskiwanie/", {"email": "x"}),
    ],
)
def test_mistakes_before_log_in(client, path, form):
    answer = client.post(path, form)

    check(answer)
    assert "<title>Błąd: " in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/konto/dane/", {}),
        ("/konto/adres/", {"action_add": "1", "email": "x"}),
        ("/konto/potwierdz/", {"password": "zle"}),
        ("/konto/haslo/zmiana/", {"oldpassword": "zle", "password1": "a", "password2": "b"}),
        ("/konto/drugi-skladnik/potwierdz/", {"code": "000000"}),
        ("/konto/klucze/dodaj/", {"name": "x" * 99, "credential": "nie json"}),
    ],
)
def test_mistakes_of_a_person(person, path, form):
    answer = person(with_second_factor(UserFactory())).post(path, form)

    check(answer)
    assert "<title>Błąd: " in answer.content.decode()


@pytest.mark.django_db
def test_the_account_page_tells_what_the_person_has(person):
    user = with_second_factor(official(Role.CALL_MANAGER, full_name="Katarzyna Wrona"))

    page = person(user).get("/konto/").content.decode()

    for words in (
        "Katarzyna Wrona",
        user.email,
        "włączony",
        "Prowadzący konkurs",
        "bezterminowo",
        "Panel urzędnika",
    ):
        assert words in page
    assert "/jezyk/en/?next=/konto/" in page
    assert "/wyglad/?kolory=dark" in page


@pytest.mark.django_db
def test_the_account_page_is_cheap_whatever_a_person_has(person, django_assert_max_num_queries):
    user = with_second_factor(official(Role.CALL_MANAGER))
    client = person(user)
    for _ in range(5):
        Client().post("/konto/logowanie/", {"login": user.email, "password": PASSWORD})
    client.get("/konto/")

    with django_assert_max_num_queries(15):
        client.get("/konto/")


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*OWN, "/konto/zachowany-formularz/", "/konto/drugi-skladnik/wymagany/"])
def test_strangers_are_sent_to_log_in(client, path):
    answer = client.get(path)

    if path == "/konto/wyloguj/":
        assert answer["Location"] == "/"
        return
    assert answer["Location"].startswith("/konto/logowanie/")


# --- in a real browser ----------------------------------------------------------------------------


def enter(page, user) -> None:
    page.goto("/konto/logowanie/")
    page.get_by_label("Adres e-mail").fill(user.email)
    page.get_by_label("Hasło", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się").click()
    page.wait_for_url("**/moje/")


def looks(page, axe, path: str) -> None:
    """The page at three widths, light and dark."""
    page.goto(path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            axe(page)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", [*PUBLIC[:3], PUBLIC[5]])
def test_no_barriers_before_log_in(page, axe, path):
    looks(page, axe, path)


@pytest.mark.django_db(transaction=True)
def test_no_barriers_where_something_is_wrong(page, axe):
    page.goto("/konto/rejestracja/")
    page.get_by_role("button", name="Załóż konto").click()

    page.locator(".esum:focus").wait_for()
    assert page.title().startswith("Błąd: ")
    axe(page)


@pytest.mark.django_db(transaction=True)
def test_no_barriers_within_the_account(page, axe):
    enter(page, official(Role.CALL_MANAGER))
    page.goto("/konto/potwierdz/")
    page.get_by_label("Hasło", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Potwierdź").click()

    for path in (
        "/konto/",
        "/konto/sesje/",
        "/konto/drugi-skladnik/",
        "/konto/drugi-skladnik/aplikacja/wlacz/",
    ):
        looks(page, axe, path)
    for path in (
        "/konto/klucze/",
        "/konto/klucze/dodaj/",
        "/konto/haslo/zmiana/",
        "/konto/adres/",
        "/konto/wyloguj/",
    ):
        page.goto(path)
        axe(page)
