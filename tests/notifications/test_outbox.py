"""Putting letters into the outbox."""

import os
import socket
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from core.common.clock import now
from core.notifications import broker, outbox
from core.notifications.enums import MailState
from core.notifications.letters import Composed, compose
from core.notifications.models import OutboxMail
from tests.factories.notifications import letter, letters

LETTER = {
    "key": "remark:7:answer",
    "to": "jan@ngo.example",
    "template": "letters/answer",
    "context": {"number": "7", "remark": "Lokale"},
    "kind": "remark_answer",
}
WAY_OUT = "http://testserver/wypisz/abc/"


@pytest.mark.django_db
@pytest.mark.usefixtures("templates")
class TestEnqueue:
    def test_a_letter_is_a_row(self, frozen):
        stored = outbox.enqueue(**LETTER)

        stored.refresh_from_db()
        assert (stored.to, stored.subject, stored.kind) == (
            "jan@ngo.example",
            "Odpowiedź na uwagę 7",
            "remark_answer",
        )
        assert (stored.state, stored.due_at, stored.batch) == (MailState.QUEUED, now(), "")
        assert "Lokale" in stored.text
        assert "Lokale" in stored.html
        assert mail.outbox == []

    def test_the_same_key_adds_nothing(self):
        outbox.enqueue(**LETTER)

        assert outbox.enqueue(**{**LETTER, "to": "inna@ngo.example"}) is None
        assert OutboxMail.objects.get().to == "jan@ngo.example"

    def test_a_key_taken_in_the_same_moment_adds_nothing(self):
        outbox.enqueue(**LETTER)

        assert (
            outbox.put(key=LETTER["key"], to="x@ngo.example", composed=Composed("a", "b", ""), kind="x")
            is None
        )
        assert OutboxMail.objects.count() == 1

    def test_an_act_that_fails_sends_nothing(self):
        with transaction.atomic():
            outbox.enqueue(**LETTER)
            transaction.set_rollback(True)

        assert not OutboxMail.objects.exists()

    def test_a_letter_can_wait(self, frozen):
        later = now() + timedelta(days=3)

        assert outbox.enqueue(**LETTER, due_at=later).due_at == later

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "jan",
            "jan@ngo.example\nBcc: ofiara@ngo.example",
            "a@b@c.pl",
            "x" * 250 + "@ngo.example",
            "jan@ngo.example, ewa@ngo.example",
        ],
    )
    def test_an_address_that_is_none_is_kept_but_never_sent(self, address):
        stored = outbox.enqueue(**{**LETTER, "to": address})

        assert stored.state == MailState.DROPPED
        assert stored.error == "adres jest niepoprawny"
        assert "\n" not in stored.to

    def test_one_click_out_of_a_letter(self):
        stored = outbox.enqueue(**LETTER, unsubscribe_url=WAY_OUT)

        assert stored.headers["List-Unsubscribe"] == f"<{WAY_OUT}>"
        assert stored.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert WAY_OUT in stored.text

    @pytest.mark.parametrize(
        "name", ["Bcc", "To", "From", "Subject", "Content-Type", "X-A\nBcc", "List-Unsubscribe", "reply-to:"]
    )
    def test_other_headers_are_refused(self, name):
        with pytest.raises(ValueError, match="not allowed"):
            outbox.enqueue(**LETTER, headers={name: "x"})

    def test_values_of_headers_are_one_line(self):
        stored = outbox.enqueue(
            **LETTER, headers={"Reply-To": "a@ngo.example\r\nBcc: ofiara@ngo.example", "X-Numer": "1\n2"}
        )

        assert stored.headers == {"Reply-To": "a@ngo.example Bcc: ofiara@ngo.example", "X-Numer": "1 2"}

    def test_mass_mail_says_so(self):
        assert outbox.enqueue(**LETTER, batch="biuletyn-12").headers == {"Precedence": "bulk"}


@pytest.mark.django_db
@pytest.mark.usefixtures("templates")
class TestEnqueueMany:
    def test_every_row_is_rendered(self):
        rows = (
            {**LETTER, "key": f"k{n}", "context": {"number": n, "remark": "x"}, "batch": "b"}
            for n in range(3)
        )

        assert outbox.enqueue_many(rows) == 3
        assert set(OutboxMail.objects.values_list("subject", flat=True)) == {
            f"Odpowiedź na uwagę {n}" for n in range(3)
        }

    def test_one_composition_for_all_with_own_ways_out(self):
        shared = compose("letters/answer", LETTER["context"], unsubscribe_url="")
        outbox.enqueue_many(
            {
                "key": f"k{n}",
                "to": f"o{n}@ngo.example",
                "kind": "x",
                "composed": shared,
                "unsubscribe_url": f"http://testserver/w/{n}/",
            }
            for n in range(2)
        )

        for n, stored in enumerate(OutboxMail.objects.order_by("pk")):
            assert f"/w/{n}/" in stored.text
            assert f"/w/{1 - n}/" not in stored.text
            assert stored.headers["List-Unsubscribe"] == f"<http://testserver/w/{n}/>"

    def test_keys_that_are_there_are_passed_over(self):
        row = {"to": "o@ngo.example", "kind": "x", "composed": Composed("a", "b", "")}
        outbox.enqueue_many({**row, "key": key} for key in "abc")

        outbox.enqueue_many({**row, "key": key} for key in "bcd")

        assert sorted(OutboxMail.objects.values_list("key", flat=True)) == ["a", "b", "c", "d"]

    def test_thousands_take_few_queries(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(9):
            letters(2000)

        assert OutboxMail.objects.count() == 2000


# --- waking the worker ----------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_worker_is_woken_once_and_only_after_the_commit(queue):
    with transaction.atomic():
        letter()
        letter()
        with transaction.atomic():
            letter()
        assert queue.tasks == []

    assert queue.tasks == [broker.DELIVER]


@pytest.mark.django_db(transaction=True)
def test_the_worker_is_woken_though_a_part_was_rolled_back(queue):
    with transaction.atomic():
        with transaction.atomic():
            letter()
            transaction.set_rollback(True)
        letter()

    assert queue.tasks == [broker.DELIVER]


@pytest.mark.django_db(transaction=True)
def test_nobody_is_woken_for_nothing(queue):
    with transaction.atomic():
        letter()
        transaction.set_rollback(True)
    letter("nie adres")
    letter(due_at=now() + timedelta(hours=1))

    assert queue.tasks == []


@pytest.mark.django_db(transaction=True)
def test_a_letter_leaves_by_itself_after_the_commit(sink):
    with transaction.atomic():
        stored = letter()
        assert sink.addresses == []

    assert sink.addresses == [stored.to]


KICKS = """
import time, django
from django.conf import settings
settings.CELERY_TASK_ALWAYS_EAGER = False
django.setup()
from core.notifications import broker
for _ in range(3):
    started = time.monotonic()
    answer = broker.publish()
    print(answer, round(time.monotonic() - started, 2))
"""


def kicks(redis_url: str) -> list[tuple[str, float]]:
    """Three kicks of a fresh process: whether each was published and how many seconds it took."""
    environment = {**os.environ, "REDIS_URL": redis_url}
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", KICKS],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    lines = (line.split() for line in result.stdout.splitlines() if line.startswith(("True", "False")))
    return [(answer, float(seconds)) for answer, seconds in lines]


@pytest.fixture
def hanging_redis():
    """Takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        held = []

        def hold():
            try:
                while True:
                    held.append(listener.accept()[0])
            except OSError:
                return

        thread = threading.Thread(target=hold, daemon=True)
        thread.start()
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
        for connection in held:
            connection.close()


def test_a_hanging_broker_costs_a_second_once(hanging_redis):
    (first, took), *rest = kicks(hanging_redis)

    assert first == "False"
    assert took < 2.5
    assert rest == [("False", 0.0), ("False", 0.0)]


def test_a_broker_that_refuses_costs_a_second_once():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    (first, took), *rest = kicks(f"redis://127.0.0.1:{port}/0")

    assert first == "False"
    assert took < 2.5
    assert rest == [("False", 0.0), ("False", 0.0)]
