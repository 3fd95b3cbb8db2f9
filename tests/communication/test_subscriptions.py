"""Double opt-in, one-click leaving, being forgotten."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from communication import actions
from communication.enums import SubscriberState, Topic
from communication.models import Subscriber
from core.common.clock import now
from core.notifications.enums import MailState
from core.notifications.models import OutboxMail
from tests.factories.communication import SubscriberFactory, sending

pytestmark = pytest.mark.django_db
ADDRESS = "anna@ngo.example"


def ask(email: str = ADDRESS) -> str:
    """The path to confirm that the letter carries; nothing when no new letter went."""
    before = set(OutboxMail.objects.values_list("pk", flat=True))
    actions.ask_subscription(email=email, at=now())
    letter = OutboxMail.objects.exclude(pk__in=before).first()
    found = re.search(r"/newsletter/potwierdz/[^\s]+/", letter.text) if letter else None
    return found[0] if found else ""


def sign_up(client: Client, frozen, **data):
    """Fills in the form as a person does, after a while."""
    page = client.get("/newsletter/").content.decode()
    shown_at = re.search(r'name="shown_at" value="([^"]+)"', page)[1]
    frozen.shift(30)
    values = {"email": ADDRESS, "topics": list(Topic.values), "shown_at": shown_at, "website_of_sender": ""}
    return client.post("/newsletter/", {**values, **data})


# --- signing up -------------------------------------------------------------------------------------


@pytest.mark.rule("R-COM-02")
def test_nothing_is_sent_before_the_address_is_confirmed(client, frozen):
    ask()
    pending = Subscriber.objects.get()

    issue = sending()

    assert pending.state == SubscriberState.PENDING
    assert not OutboxMail.objects.filter(batch=issue.batch).exists()


@pytest.mark.rule("R-COM-02")
def test_looking_at_the_link_does_not_confirm(client):
    path = ask()

    first, second = client.get(path), client.head(path)

    assert (first.status_code, second.status_code) == (200, 200)
    assert "Potwierdzam zapis" in first.content.decode()
    assert Subscriber.objects.get().state == SubscriberState.PENDING


@pytest.mark.rule("R-COM-02")
def test_the_button_confirms_once_and_leads_to_the_settings(client):
    path = ask()

    confirmed, again = client.post(path), client.post(path)

    subscriber = Subscriber.objects.get()
    assert subscriber.state == SubscriberState.ACTIVE
    assert confirmed.url == subscriber.get_settings_url()
    assert again.status_code == 404
    assert client.get(confirmed.url).status_code == 200


@pytest.mark.rule("R-COM-02")
def test_a_link_older_than_seven_days_does_nothing(client, frozen):
    path = ask()
    frozen.shift(timedelta(days=7))

    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404
    assert Subscriber.objects.get().state == SubscriberState.PENDING


def test_the_answer_is_the_same_for_known_and_unknown_addresses(client, frozen):
    SubscriberFactory(email=ADDRESS)
    known = sign_up(client, frozen)
    unknown = sign_up(client, frozen, email="inna@ngo.example")

    assert (
        (known.status_code, known.url) == (unknown.status_code, unknown.url) == (302, "/newsletter/zapisano/")
    )
    assert client.get(known.url).status_code == 200


def test_a_stranger_changes_nothing_for_an_active_subscriber():
    subscriber = SubscriberFactory(email=ADDRESS, topics=[Topic.CALLS])

    actions.ask_subscription(email=ADDRESS.upper(), topics=[Topic.NEWS], at=now())

    subscriber.refresh_from_db()
    assert (subscriber.state, subscriber.topics) == (SubscriberState.ACTIVE, [Topic.CALLS])
    assert Subscriber.objects.count() == 1


def test_asking_again_and_again_sends_one_letter_an_hour(frozen):
    first = ask()
    assert first
    assert not ask()
    frozen.shift(timedelta(hours=2))

    assert ask()
    assert OutboxMail.objects.count() == 2


def test_an_active_address_is_told_once_a_day(frozen):
    SubscriberFactory(email=ADDRESS)
    for _n in range(3):
        ask()

    letter = OutboxMail.objects.get()
    assert "/newsletter/ustawienia/" in letter.text
    assert "List-Unsubscribe" in letter.headers


def test_who_left_may_come_back(client):
    subscriber = SubscriberFactory(email=ADDRESS)
    actions.end_subscription(subscriber.unsubscribe_token, at=now())

    client.post(ask())

    subscriber.refresh_from_db()
    assert (subscriber.state, subscriber.ended_at) == (SubscriberState.ACTIVE, None)


@pytest.mark.django_db(transaction=True)
def test_fifty_sign_ups_at_once_make_one_row():
    def one(_n):
        try:
            actions.ask_subscription(email=ADDRESS, at=now())
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(50)))

    assert Subscriber.objects.count() == 1
    assert OutboxMail.objects.count() == 1


@pytest.mark.parametrize(
    "data",
    [
        {"email": "to nie adres"},
        {"email": "a" * 300 + "@ngo.example"},
        {"email": "a@b.pl\r\nBcc: x@y.pl"},
        {"topics": []},
        {"topics": ["nie-ma"]},
        {"website_of_sender": "robot"},
        {"shown_at": ""},
        {"shown_at": "zmyślone"},
    ],
)
def test_bad_sign_ups_come_back_with_what_was_typed(client, frozen, data):
    response = sign_up(client, frozen, **data)

    assert response.status_code == 200
    assert "Popraw" in response.content.decode()
    assert not Subscriber.objects.exists()


def test_too_many_sign_ups_from_one_place_are_held_up(client, frozen):
    for n in range(10):
        assert sign_up(client, frozen, email=f"a{n}@ngo.example").status_code == 302

    assert sign_up(client, frozen, email="a11@ngo.example").status_code == 200
    assert not Subscriber.objects.with_address("a11@ngo.example").exists()


@pytest.mark.rule("R-WEB-10")
def test_the_form_carries_its_clause(client):
    page = client.get("/newsletter/").content.decode()

    for words in (
        "Administrator",
        "art. 6 ust. 1 lit. a RODO",
        "Prezesa Urzędu Ochrony Danych",
        "Do wypisania",
    ):
        assert words in page.replace("\u00a0", " ")


# --- settings ---------------------------------------------------------------------------------------


def wishes(**changes) -> dict:
    return {"topics": [Topic.CALLS], "branches": [], "districts": [], "form": "text", **changes}


def test_wishes_are_kept(client, districts):
    subscriber = SubscriberFactory()

    response = client.post(subscriber.get_settings_url(), wishes(districts=["5"]))

    subscriber.refresh_from_db()
    assert response.status_code == 302
    assert (subscriber.topics, subscriber.districts, subscriber.wants_html) == ([Topic.CALLS], [5], False)


@pytest.fixture
def districts():
    from tests.factories.city import DistrictFactory

    return [DistrictFactory(number=n) for n in (5, 6)]


@pytest.mark.parametrize(
    "bad", [{"topics": []}, {"topics": ["x"]}, {"districts": ["99"]}, {"districts": ["abc"]}, {"form": "pdf"}]
)
def test_wrong_wishes_are_refused(client, districts, bad):
    subscriber = SubscriberFactory()

    response = client.post(subscriber.get_settings_url(), wishes(**bad))

    subscriber.refresh_from_db()
    assert response.status_code == 200
    assert "Popraw" in response.content.decode()
    assert subscriber.topics == list(Topic.values)


def test_tokens_serve_one_purpose_each(client):
    subscriber = SubscriberFactory()
    settings, leave = subscriber.settings_token, subscriber.unsubscribe_token

    assert settings != leave
    for path in (f"ustawienia/{leave}", f"wypisz/{settings}", f"potwierdz/{settings}", f"potwierdz/{leave}"):
        assert client.get(f"/newsletter/{path}/").status_code == 404, path


# --- leaving ----------------------------------------------------------------------------------------


@pytest.mark.rule("R-COM-02")
def test_one_click_ends_without_cookie_or_session():
    subscriber = SubscriberFactory()
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(subscriber.get_unsubscribe_url(), {"List-Unsubscribe": "One-Click"})

    subscriber.refresh_from_db()
    assert (response.status_code, subscriber.state) == (200, SubscriberState.ENDED)
    assert strict.post(subscriber.get_unsubscribe_url()).status_code == 200


def test_looking_at_the_way_out_does_not_lead_out(client):
    subscriber = SubscriberFactory()

    assert "Wypisz mnie" in client.get(subscriber.get_unsubscribe_url()).content.decode()

    subscriber.refresh_from_db()
    assert subscriber.state == SubscriberState.ACTIVE
    assert client.post("/newsletter/wypisz/zmyslony/").status_code == 404


def test_private_pages_are_not_kept_nor_indexed(client):
    subscriber = SubscriberFactory()
    for path in (subscriber.get_settings_url(), subscriber.get_unsubscribe_url(), ask("inna@ngo.example")):
        response = client.get(path)
        assert "no-store" in response.headers["Cache-Control"]
        assert 'name="robots" content="noindex"' in response.content.decode()


def test_who_leaves_takes_waiting_letters_back(settings):
    settings.CELERY_TASK_ALWAYS_EAGER = False
    subscriber = SubscriberFactory()
    issue = sending()
    actions.fill_outbox(issue, at=now())

    actions.end_subscription(subscriber.unsubscribe_token, at=now())

    assert OutboxMail.objects.get(batch=issue.batch).state == MailState.DROPPED


# --- being forgotten --------------------------------------------------------------------------------


@pytest.mark.rule("R-WEB-11")
def test_an_address_is_deleted_a_month_after_leaving(frozen):
    subscriber, stays = SubscriberFactory(), SubscriberFactory()
    issue = sending()
    actions.fill_outbox(issue, at=now())
    actions.end_subscription(subscriber.unsubscribe_token, at=now())
    frozen.shift(timedelta(days=29))
    assert actions.forget_addresses(at=now()) == 0

    frozen.shift(timedelta(days=1))

    assert actions.forget_addresses(at=now()) == 1
    assert list(Subscriber.objects.all()) == [stays]
    assert not OutboxMail.objects.filter(to=subscriber.email).exists()
    assert OutboxMail.objects.filter(batch=issue.batch).count() == 2


@pytest.mark.rule("R-WEB-11")
def test_an_address_that_nobody_confirmed_is_deleted_with_its_link(frozen):
    ask()
    frozen.shift(timedelta(days=7))

    assert actions.forget_addresses(at=now()) == 1
    assert not Subscriber.objects.exists()
    assert not OutboxMail.objects.exclude(to="").exists()


def test_active_addresses_are_never_forgotten(frozen):
    SubscriberFactory()
    frozen.shift(timedelta(days=3000))

    assert actions.forget_addresses(at=now()) == 0
