"""Fixtures for all tests; the servers behind them are started by ``local.pytest_plugin``."""

import os
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import django.test
import pytest
import time_machine
from django.core.cache import cache

from tests.support import database, network
from tests.support.mail import Mailbox

WARSAW = ZoneInfo("Europe/Warsaw")
# A working day in the middle of the year, far from clock changes: Wednesday 10 June 2026, noon.
NOON = datetime(2026, 6, 10, 12, 0, tzinfo=WARSAW)


def pytest_configure() -> None:
    os.environ.setdefault(database.RUN, str(os.getpid()))
    network.close_network()


def pytest_unconfigure() -> None:
    network.open_network()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """A migrated database of its own for every worker; committed tests get a fresh copy afterwards."""
    with django_db_blocker.unblock():
        database.prepare()
    django.test.TransactionTestCase._fixture_teardown = lambda _case: database.renew()


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """What one test cached is not there for the next."""
    yield
    cache.clear()


@pytest.fixture
def frozen() -> Iterator[time_machine.Traveller]:
    """The clock stands at noon on Wednesday 10 June 2026; `frozen.move_to(…)` and `frozen.shift(…)` move it."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mailbox(settings: object) -> Iterator[Mailbox]:
    """A real mail host on a free port; Django sends to it, `mailbox.messages` holds what arrived."""
    with Mailbox() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = box.host, box.port
        yield box
