"""Changing a password, and setting a new one by a link in a mail."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from core.accounts.forms import RESET_SECONDS
from tests.factories.accounts import PASSWORD, UserFactory

RESET = "/konto/haslo/odzyskiwanie/"
NEW = "czerwony tramwaj nad rzeka"
FORM = {"password1": NEW, "password2": NEW}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')

pytestmark = pytest.mark.django_db


def may_log_in(user, password: str) -> bool:
    answer = Client().post("/konto/logowanie/", {"login": user.email, "password": password})
    return answer.status_code == 302


def opened(client: Client, link: str) -> str:
    """Follows the link of the mail; gives the address of the form, or nothing when the link is dead."""
    answer = client.get(link)
    return answer["Location"] if answer.status_code == 302 else ""


# --- by mail ------------------------------------------------------------------------------------


def test_whole_way_from_request_to_log_in(client, link_from_mail):
    user = UserFactory()

    assert client.post(RESET, {"email": user.email})["Location"] == f"{RESET}wyslane/"
    form = opened(client, link_from_mail())
    answer = client.post(form, FORM)

    assert answer["Location"] == f"{RESET}gotowe/"
    assert may_log_in(user, NEW)
    assert not may_log_in(user, PASSWORD)
    assert mail.outbox[-1].subject == "Ustawiono nowe hasło do konta"


def test_the_key_leaves_the_address_at_once(client, link_from_mail):
    """No key in Referer, history or bookmarks."""
    user = UserFactory()
    client.post(RESET, {"email": user.email})
    link = link_from_mail()

    form = opened(client, link)

    assert link.split("/")[-2] not in form
    assert link.split("/")[-2] not in client.get(form).content.decode()


def test_a_link_works_once(client, link_from_mail):
    user = UserFactory()
    client.post(RESET, {"email": user.email})
    link = link_from_mail()
    client.post(opened(client, link), FORM)

    assert opened(Client(), link) == ""


def test_a_mail_scanner_that_opens_the_link_does_not_use_it_up(client, link_from_mail):
    user = UserFactory()
    client.post(RESET, {"email": user.email})
    link = link_from_mail()
    scanner = Client()
    scanner.get(link, follow=True)
    scanner.head(link)

    assert client.post(opened(client, link), FORM).status_code == 302
    assert may_log_in(user, NEW)


@pytest.mark.parametrize(("minutes", "works"), [(59, True), (61, False)])
def test_a_link_works_for_an_hour(client, link_from_mail, frozen, minutes, works):
    user = UserFactory()
    client.post(RESET, {"email": user.email})
    frozen.shift(minutes * 60)

    assert bool(opened(client, link_from_mail())) is works


def test_a_new_request_makes_the_old_link_worthless(client, link_from_mail):
    user = UserFactory()
    client.post(RESET, {"email": user.email})
    first = link_from_mail()
    client.post(RESET, {"email": user.email})

    assert opened(Client(), first) == ""
    assert opened(Client(), link_from_mail())


def test_a_changed_password_makes_the_link_worthless(client, link_from_mail):
    user = UserFactory()
    client.post(RESET, {"email": user.email})
    user.refresh_from_db()
    user.set_password("zupelnie inne haslo")
    user.save()

    assert opened(client, link_from_mail()) == ""


def test_a_changed_address_makes_the_link_worthless(client, link_from_mail):
    user = UserFactory()
    client.post(RESET, {"email": user.email})
    type(user).objects.filter(pk=user.pk).update(email="inny@example.org")

    assert opened(client, link_from_mail()) == ""


def test_a_log_in_makes_the_link_worthless(client, link_from_mail, log_in):
    user = UserFactory()
    client.post(RESET, {"email": user.email})
    link = link_from_mail()
    log_in(user)

    assert opened(client, link) == ""


def test_a_link_of_one_person_does_not_open_another(client, link_from_mail):
    user, other = UserFactory(), UserFactory()
    client.post(RESET, {"email": user.email})
    *start, uid, key, end = link_from_mail().split("/")
    client.post(RESET, {"email": other.email})
    other_uid = link_from_mail().split("/")[-3]

    assert uid != other_uid
    assert opened(client, "/".join([*start, other_uid, key, end])) == ""


@pytest.mark.parametrize(
    "path", ["zzzzzzzzzzzzzzzz/abc-def/", "0/x/", "-/-/", "1/wpisz/", "zzzzzzzzzzzzz/a-b/"]
)
def test_broken_links_get_a_page_that_helps(client, path):
    answer = client.get(f"/konto/haslo/nowe/{path}")

    assert answer.status_code == 200
    assert "Ten odnośnik już nie działa" in answer.content.decode()


def test_a_blocked_account_gets_no_link(client):
    user = UserFactory(is_active=False)

    client.post(RESET, {"email": user.email})

    assert not mail.outbox


def test_known_and_unknown_addresses_get_the_same_answer(client):
    """S6: status, address and body."""
    user = UserFactory()
    answers = [
        Client().post(RESET, {"email": email}, follow=True) for email in (user.email, "nikt@example.org")
    ]

    one, other = (TOKEN.sub("", answer.content.decode()) for answer in answers)
    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert one == other
    assert [letter.to for letter in mail.outbox] == [[user.email]]


@pytest.mark.parametrize("is_known", [True, False])
def test_the_answer_takes_the_same_time(client, is_known):
    """S6: both wait for the same moment, later than a mail takes to write."""
    email = UserFactory().email if is_known else "nikt@example.org"
    began = time.monotonic()

    client.post(RESET, {"email": email})

    assert time.monotonic() - began >= RESET_SECONDS


def test_after_a_reset_every_session_is_dead(client, link_from_mail, log_in):
    user = UserFactory()
    browser = log_in(user)
    client.post(RESET, {"email": user.email})

    client.post(opened(client, link_from_mail()), FORM)

    assert browser.get("/konto/").status_code == 302


def test_a_weak_new_password_is_refused(client, link_from_mail):
    user = UserFactory()
    client.post(RESET, {"email": user.email})
    form = opened(client, link_from_mail())

    page = client.post(form, {"password1": "krotkie", "password2": "krotkie"}).content.decode()

    assert "co najmniej 12 znaków" in page.replace("\xa0", " ")
    assert may_log_in(user, PASSWORD)


# --- while logged in ------------------------------------------------------------------------------


def test_a_change_keeps_this_session_and_ends_the_others(log_in):
    user = UserFactory()
    here, there = log_in(user), log_in(user)

    answer = here.post("/konto/haslo/zmiana/", FORM | {"oldpassword": PASSWORD})

    assert answer["Location"] == "/konto/"
    assert here.get("/konto/").status_code == 200
    assert there.get("/konto/").status_code == 302
    assert mail.outbox[-1].subject == "Hasło do konta zmienione"
    assert mail.outbox[-1].to == [user.email]


def test_a_change_needs_the_present_password(log_in):
    user = UserFactory()
    client = log_in(user)

    page = client.post("/konto/haslo/zmiana/", FORM | {"oldpassword": "nie to haslo"}).content.decode()

    assert "Obecne hasło: wpisz hasło, którego używasz teraz" in page.replace("\xa0", " ")
    assert may_log_in(user, PASSWORD)


def test_an_account_without_password_sets_one_by_mail(client, link_from_mail):
    """So begins an account that an administrator opened."""
    user = UserFactory(password=None)
    assert not may_log_in(user, "")

    client.post(RESET, {"email": user.email})
    client.post(opened(client, link_from_mail()), FORM)

    assert may_log_in(user, NEW)


def test_addresses_stay_confirmed_after_a_reset(client, link_from_mail):
    user = UserFactory()
    client.post(RESET, {"email": user.email})
    client.post(opened(client, link_from_mail()), FORM)

    assert EmailAddress.objects.get(user=user).verified
