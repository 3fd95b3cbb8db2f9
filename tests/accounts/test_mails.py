"""Mails of the account: Polish, links from the settings, no words of strangers."""

import re

import pytest
from django.core import mail
from django.test import Client

from core.accounts.roles import Role
from tests.factories.accounts import PASSWORD, UserFactory, official, with_second_factor

RESET = "/konto/haslo/odzyskiwanie/"
EVIL = "evil.example"
SPOOFED = [
    {"HTTP_HOST": EVIL},
    {"HTTP_X_FORWARDED_HOST": EVIL},
    {"HTTP_X_HOST": EVIL},
    {"HTTP_FORWARDED": f"host={EVIL}"},
    {"HTTP_X_FORWARDED_SERVER": EVIL},
    {"HTTP_HOST": "testserver", "HTTP_X_ORIGINAL_HOST": EVIL},
    {"SERVER_NAME": EVIL, "HTTP_HOST": "testserver"},
    {"HTTP_ORIGIN": f"https://{EVIL}", "HTTP_REFERER": f"https://{EVIL}/"},
]
ENGLISH = re.compile(
    r"\b(the|your|you|password|please|email address|account|sign|hello|thank|browser|address|code)\b",
    re.IGNORECASE,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("headers", SPOOFED, ids=lambda headers: "+".join(headers))
def test_links_do_not_follow_the_host_of_the_request(settings, headers):
    """S10: also when a name slipped into ALLOWED_HOSTS."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://ngo.example"
    user = UserFactory()

    Client(**headers).post(RESET, {"email": user.email})
    Client(**headers).post(
        "/konto/rejestracja/",
        {
            "full_name": "Jan",
            "email": user.email,
            "password1": PASSWORD,
            "password2": PASSWORD,
            "website": "",
        },
    )

    assert len(mail.outbox) == 2
    for letter in mail.outbox:
        assert EVIL not in letter.subject + letter.body
        links = re.findall(r"https?://\S+", letter.body)
        assert links
        assert all(link.startswith("https://ngo.example/konto/") for link in links)


def test_a_foreign_host_is_refused():
    user = UserFactory()

    assert Client(HTTP_HOST=EVIL).post(RESET, {"email": user.email}).status_code == 400
    assert not mail.outbox


def test_names_of_strangers_stay_out_of_mails():
    """A2 #12: whoever opens an account for a stranger's address cannot write to them through us."""
    Client().post(
        "/konto/rejestracja/",
        {
            "full_name": "WYGRAŁEŚ zadzwoń 700",
            "email": "obcy@example.org",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "website": "",
        },
        headers={"User-Agent": "WYGRAŁEŚ".encode().decode("latin-1")},
    )

    (letter,) = mail.outbox
    assert "WYGRA" not in letter.subject + letter.body


def test_a_browser_is_named_never_quoted(log_in):
    user = UserFactory()
    client = log_in(user, client=Client(HTTP_USER_AGENT="Kup teraz http://spam.example Firefox/1 Linux"))

    client.post(
        "/konto/haslo/zmiana/",
        {"oldpassword": PASSWORD, "password1": "nowe haslo w deszczu", "password2": "nowe haslo w deszczu"},
    )

    body = mail.outbox[-1].body
    assert "Firefox, Linux" in body
    assert "spam" not in body


def test_a_notice_says_when_whence_and_what_to_do(log_in, frozen):
    user = UserFactory()
    client = log_in(user)

    client.post(
        "/konto/haslo/zmiana/",
        {"oldpassword": PASSWORD, "password1": "nowe haslo w deszczu", "password2": "nowe haslo w deszczu"},
    )

    body = mail.outbox[-1].body.replace("\xa0", " ")
    assert "środa 10 czerwca 2026, godz. 12:00" in body
    assert "127.0.0.1" in body
    assert "To nie Ty?" in body


def test_every_mail_is_polish_and_plain(log_in, confirm, code_from_mail, django_capture_on_commit_callbacks):
    user = with_second_factor(UserFactory())
    client = log_in(user)
    confirm(client)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/konto/drugi-skladnik/kody/nowe/")
    client.post("/konto/adres/", {"action_add": "1", "email": "nowy@example.org"})
    client.post("/konto/adres/kod/", {"code": code_from_mail()})
    client.post("/konto/drugi-skladnik/aplikacja/wylacz/")
    client.post(
        "/konto/haslo/zmiana/",
        {"oldpassword": PASSWORD, "password1": "nowe haslo w deszczu", "password2": "nowe haslo w deszczu"},
    )
    Client().post(RESET, {"email": "nowy@example.org"})

    assert len(mail.outbox) == 6
    for letter in mail.outbox:
        text = re.sub(r"https?://\S+|\S+@\S+", "", letter.body)
        assert not ENGLISH.search(letter.subject + text), letter.subject
        assert "\n\n\n" not in letter.body
        assert "&" not in letter.body
        assert "\n" not in letter.subject


def test_nobody_is_greeted_with_a_prefix(log_in):
    user = official(Role.AUDITOR)

    Client().post(RESET, {"email": user.email})

    assert mail.outbox[-1].subject == "Ustaw nowe hasło"


def test_mails_go_through_the_outbox_with_one_button(settings):
    from core.notifications.models import OutboxMail

    settings.EMAIL_BACKEND = "core.notifications.backend.OutboxBackend"
    user = UserFactory()

    Client().post(RESET, {"email": user.email})

    row = OutboxMail.objects.get()
    link = re.search(r"http://testserver/konto/haslo/nowe/\S+", row.text)[0]
    assert (row.to, row.kind, row.subject) == (user.email, "account", "Ustaw nowe hasło")
    assert re.findall(r'<a class="button" href="([^"]+)"', row.html) == [link]
