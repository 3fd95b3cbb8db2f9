"""What the portal does when a part of it is away: it serves, or says plainly that it did not save."""

import socket
import time
from collections.abc import Iterator
from types import SimpleNamespace

import psycopg
import pytest
from django.core.cache import cache
from django.db import OperationalError, connection

from core.common import patience
from core.common.cache import forget_failure
from core.notifications.enums import MailState
from core.notifications.models import Heartbeat, OutboxMail
from core.notifications.tasks import beat_tick
from portal.celery import app
from portal.schedule import TIMETABLE
from tests.factories.accounts import UserFactory
from tests.factories.notifications import letter
from tests.support import database

# A page may be slower without Redis, not slow: one second of waiting, the rest for a busy machine.
LONGEST_PAGE_S = 4


def cache_at(settings, port: int) -> dict:
    return {"default": {**settings.CACHES["default"], "LOCATION": f"redis://127.0.0.1:{port}/0"}}


@pytest.fixture
def hanging_redis(settings) -> Iterator[None]:
    """The cache asks a Redis that takes connections and never answers."""
    original = settings.CACHES
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.CACHES = cache_at(settings, server.getsockname()[1])
        yield
        settings.CACHES = original


@pytest.fixture
def absent_redis(settings) -> Iterator[None]:
    """Nobody listens where the Redis was."""
    original = settings.CACHES
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    settings.CACHES = cache_at(settings, port)
    yield
    settings.CACHES = original


def break_connection() -> None:
    """As a restart of the database does."""
    with psycopg.connect(**database.address("postgres"), autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [database.worker_name()],
        )


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["hanging_redis", "absent_redis"])
def test_pages_come_without_redis(fault, request, client):
    client.get("/")
    request.getfixturevalue(fault)
    forget_failure()
    begun_at = time.monotonic()
    assert client.get("/").status_code == 200
    assert time.monotonic() - begun_at < LONGEST_PAGE_S


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["hanging_redis", "absent_redis"])
def test_readiness_tells_of_redis_and_goes_on(fault, request, client):
    request.getfixturevalue(fault)
    answer = client.get("/zdrowie/gotowe/")
    assert answer.status_code == 200
    assert answer.json()["redis"] is False
    assert answer.json()["database"] is True


@pytest.mark.django_db
def test_readiness_tells_of_the_scheduler(client, frozen):
    assert client.get("/zdrowie/gotowe/").json()["scheduler"] is False
    beat_tick()
    assert client.get("/zdrowie/gotowe/").json()["scheduler"] is True
    frozen.shift(6 * 60)
    assert client.get("/zdrowie/gotowe/").json()["scheduler"] is False


def test_the_scheduler_knows_the_timetable_and_the_worker_its_tasks():
    app.loader.import_default_modules()
    planned = {name: line["task"] for name, line in app.conf.beat_schedule.items()}
    assert planned == {name: line["task"] for name, line in TIMETABLE.items()}
    assert len(planned) >= 5
    assert sorted(set(planned.values()) - set(app.tasks)) == []


@pytest.mark.django_db(transaction=True)
def test_a_broken_database_is_a_503_that_says_nothing_was_saved(client):
    client.get("/")
    cache.clear()
    break_connection()
    answer = client.get("/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert "nie zostało zapisane" in answer.content.decode().replace("\xa0", " ")

    # Between requests the server closes what broke, as Django does outside the test client.
    connection.close()
    assert client.get("/").status_code == 200


def refuse_connections(monkeypatch, times: int) -> list[int]:
    """The next ``times`` tries to reach the database fail, as while it starts."""
    connect, tries = connection.get_new_connection, []

    def refused(parameters):
        tries.append(1)
        if len(tries) <= times:
            raise OperationalError("the database system is starting up")
        return connect(parameters)

    connection.close()
    monkeypatch.setattr(patience._Outage, "seen", float("-inf"))
    monkeypatch.setattr(connection, "get_new_connection", refused)
    return tries


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_while_the_database_restarts_waits_for_it(client, monkeypatch):
    tries = refuse_connections(monkeypatch, times=3)
    monkeypatch.setattr(patience.time, "sleep", lambda seconds: None)
    assert client.post("/konto/logowanie/", {"login": "", "password": ""}).status_code == 200
    assert len(tries) == 4


@pytest.mark.django_db(transaction=True)
def test_the_patience_has_an_end(monkeypatch, settings):
    settings.DATABASE_PATIENCE_S = 0
    tries = refuse_connections(monkeypatch, times=100)
    assert not patience.wait_for_database()
    assert len(tries) == 1


@pytest.mark.django_db(transaction=True)
def test_in_a_long_outage_only_the_first_ones_wait_and_after_it_everybody_again(monkeypatch, settings):
    settings.DATABASE_PATIENCE_S = 8
    monkeypatch.setattr(patience._Outage, "seen", float("-inf"))
    clock = SimpleNamespace(at=1000.0)
    clock.monotonic = lambda: clock.at
    clock.sleep = lambda seconds: setattr(clock, "at", clock.at + seconds)
    monkeypatch.setattr(patience, "time", clock)

    def waited() -> tuple[bool, float]:
        begun_at = clock.at
        return patience.wait_for_database(), clock.at - begun_at

    with monkeypatch.context() as outage:
        refuse_connections(outage, times=1000)
        assert waited() == (False, 8.0)
        assert waited() == (False, 0.0)
        clock.at += 7
        assert waited() == (False, 0.0)
    assert waited() == (True, 0.0)
    refuse_connections(monkeypatch, times=3)
    assert waited() == (True, 0.75), "the next restart is waited for again"


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_before_the_view_begins_is_a_503_too(client, settings):
    settings.REQUIRE_SECOND_FACTOR = True  # the person is asked for before any view
    client.force_login(UserFactory(password=None))
    client.raise_request_exception = False
    client.get("/moje/")
    cache.clear()
    break_connection()
    answer = client.get("/moje/")
    assert answer.status_code == 503
    assert "nie zostało zapisane" in answer.content.decode().replace("\xa0", " ")
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_waiting_query_ends_in_time():
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("10s",)
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("3s",)


def test_a_mail_goes_through_the_real_queue_and_worker(live_worker, mailbox):
    mail = letter(to="anna@ngo.example")
    (message,) = mailbox.wait_for(1, limit_s=20)
    assert message["to"] == "anna@ngo.example"
    wait_until_sent(mail)


def test_the_worker_shows_that_it_lives(live_worker):
    beat_tick.delay()
    give_up_at = time.monotonic() + 20
    while not Heartbeat.objects.filter(name="beat").exists():
        assert time.monotonic() < give_up_at, live_worker.log.read_text()
        time.sleep(0.1)


def wait_until_sent(mail: OutboxMail) -> None:
    give_up_at = time.monotonic() + 10
    while mail.state != MailState.SENT:
        assert time.monotonic() < give_up_at, mail.state
        time.sleep(0.05)
        mail.refresh_from_db()
