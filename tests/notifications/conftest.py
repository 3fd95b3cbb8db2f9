"""What the tests of the mail room share: their own templates, and a mail host that can misbehave."""

import copy
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from core.notifications import broker
from local.smtp import FreePortController
from portal.celery import app
from tests.support.mail import Mailbox

TELLING = "core.notifications.smtp.TellingBackend"
logging.getLogger("mail.log").setLevel(logging.WARNING)


@pytest.fixture
def templates(settings) -> None:
    """`letters/answer`, `letters/own` and `letters/nameless` can be rendered."""
    changed = copy.deepcopy(settings.TEMPLATES)
    changed[0]["DIRS"].append(Path(__file__).parent / "templates")
    settings.TEMPLATES = changed


class Sink(Mailbox):
    """A mail host that answers as told. `answers` maps an address to the reply to RCPT or, in `verdicts`, to DATA.

    The verdict `drop` takes the letter and cuts the line before answering; the answer `cut` cuts it at RCPT.
    """

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, str] = {}
        self.verdicts: dict[str, str] = {}
        self.connections = 0

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):  # noqa: N802 - the library's name
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, _session, envelope, address, _options) -> str:  # noqa: N802 - the library's name
        answer = self.answers.get(address, "250 OK")
        if answer == "cut":
            server.transport.close()
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - the library's name
        verdict = self.verdicts.get(envelope.rcpt_tos[0], "250 OK")
        if verdict == "drop":
            await super().handle_DATA(server, session, envelope)
            server.transport.close()
        if verdict.startswith("250"):
            return await super().handle_DATA(server, session, envelope)
        return verdict

    @property
    def addresses(self) -> list[str]:
        """To whom letters came, in the order of arrival."""
        return [str(message["To"]) for message in self.messages]


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    with Sink() as host:
        settings.OUTBOX_DELIVERY_BACKEND = TELLING
        settings.EMAIL_HOST, settings.EMAIL_PORT = host.host, host.port
        yield host


@pytest.fixture
def no_host(settings) -> None:
    """The mail host is away."""
    controller = FreePortController(object())
    controller.start()
    controller.stop()
    settings.OUTBOX_DELIVERY_BACKEND = TELLING
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port


class Queue:
    """The real queue; what is put there stays there."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    @property
    def tasks(self) -> list[str]:
        return [json.loads(entry)["headers"]["task"] for entry in self._client.lrange("celery", 0, -1)]


@pytest.fixture
def queue(settings) -> Iterator[Queue]:
    """No worker: letters stay in the outbox until the test delivers them."""
    app.conf.task_always_eager = False
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.delete("celery")
        yield Queue(client)
        client.delete("celery")
    app.conf.task_always_eager = True


@pytest.fixture(autouse=True)
def _broker_is_asked() -> None:
    """A failure of the broker in one test does not keep the next from asking it."""
    broker.forget_failure()
