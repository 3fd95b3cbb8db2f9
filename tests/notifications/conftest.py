"""What the tests of the mail room share: their own templates, and a mail host that can misbehave."""

import asyncio
import copy
import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import redis

from core.accounts.models import User
from core.city.models import OrganizationalUnit
from core.common.clock import now
from core.notifications import broker, follows, preferences, reminders
from core.notifications.letters import Letter
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

    The verdict `drop` takes the letter and cuts the line before answering, `last` right after it; the answer
    `cut` cuts it at RCPT.
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
        if verdict == "last":
            asyncio.get_running_loop().call_soon(server.transport.close)
        if verdict in ("last", "250 OK"):
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


def person(email: str, **fields) -> User:
    return User.objects.create_user(email=email, **fields)


@pytest.fixture
def anna(db) -> User:
    return person("anna@ngo.example", full_name="Anna Nowak")


@pytest.fixture
def piotr(db) -> User:
    return person("piotr@ngo.example", full_name="Piotr Lis")


@pytest.fixture
def unit(db) -> OrganizationalUnit:
    """A record that dates and followers can be about."""
    return OrganizationalUnit.objects.create(name="Wydział Próbny")


@pytest.fixture
def kinds() -> Iterator[None]:
    """Two kinds of reminders about a unit, which make sense while it exists; units can be followed."""
    registries = (preferences.KINDS, reminders.BUILDERS, follows.FOLLOWABLE)
    before = [registry.copy() for registry in registries]

    def build(reminder):
        return None if reminder.about.active_to else Letter("letters/reminder", {"unit": reminder.about})

    hint = "14, 7, 3 i 1 dzień przed terminem"
    reminders.register("deadline", build, label="Terminy spraw", why="obserwujesz tę sprawę", hint=hint)
    reminders.register("meeting", build, label="Posiedzenia", why="obserwujesz tę komisję")
    follows.register_followable(
        OrganizationalUnit,
        visible_to=lambda _user: OrganizationalUnit.objects.filter(active_to=""),
        on_follow=lambda user, obj: reminders.set_countdown(
            obj, kind="deadline", user=user, deadline=now() + timedelta(days=30)
        ),
        label="Jednostki",
        kinds=("deadline",),
    )
    yield
    for registry, content in zip(registries, before, strict=True):
        registry.clear()
        registry.update(content)
