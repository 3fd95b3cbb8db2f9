"""Fixtures for all tests; the servers behind them are started by ``local.pytest_plugin``."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import django.test
import pytest
import structlog
import time_machine
from django.core.cache import cache
from django.utils import translation
from playwright.sync_api import Browser, Page

from core.common.cache import forget_failure
from local.process import Process
from tests.support import browser as browsing
from tests.support import database, network, worker
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
def _nothing_left_over() -> Iterator[None]:
    """What one test cached, or in which language it read, does not reach the next."""
    yield
    forget_failure()
    cache.clear()
    translation.deactivate()
    structlog.contextvars.clear_contextvars()


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
        settings.OUTBOX_DELIVERY_BACKEND = "core.notifications.smtp.TellingBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = box.host, box.port
        yield box


@pytest.fixture
def live_worker(
    transactional_db: None, mailbox: Mailbox, settings: object, tmp_path: Path
) -> Iterator[Process]:
    """A real worker takes tasks from the real queue and sends to `mailbox`; it sees only what is committed."""
    with worker.running(tmp_path, email_url=mailbox.url, secret_key=settings.SECRET_KEY) as process:
        yield process


@pytest.fixture
def server(live_server: object, settings: object) -> str:
    """The portal on a port of its own; links in mails lead to it."""
    settings.SITE_URL = live_server.url
    return live_server.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if os.environ.get("PORTAL_NO_BROWSER") == "1":
        pytest.skip("PORTAL_NO_BROWSER=1 leaves out what needs a browser")
    if not browsing.EXECUTABLE.exists():
        pytest.fail(
            f"There is no browser at {browsing.EXECUTABLE}. Install Debian's chromium (`make browser` does it as"
            " root), name another in BROWSER, or leave these tests out with PORTAL_NO_BROWSER=1."
        )
    # The browser's driver runs an event loop in this thread; Django would refuse the database because of it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with browsing.launched() as launched:
        yield launched


@pytest.fixture
def page(server: str, browser: Browser) -> Iterator[Page]:
    """A browser page of 1280 px on the portal: `page.goto("/")`."""
    with browsing.opened(browser, server, browsing.DESKTOP) as opened:
        yield opened


@pytest.fixture
def phone(server: str, browser: Browser) -> Iterator[Page]:
    """The same on a phone, 390 px."""
    with browsing.opened(browser, server, browsing.PHONE) as opened:
        yield opened


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails when the page breaks WCAG 2.2 AA or has to be scrolled sideways."""

    def check(page: Page) -> None:
        violations = browsing.axe_violations(page)
        assert not violations, "\n".join(violations)
        assert not browsing.has_sideways_scroll(page), f"{page.url} has to be scrolled sideways"

    return check
