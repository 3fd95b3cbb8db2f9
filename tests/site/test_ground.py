"""The ground the tests stand on does what the tests rely on."""

import datetime
import os
import socket
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone, translation

from tests.support import browser as browsing
from tests.support.network import NetworkRefused


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("portal.example", 443)])
def test_no_test_leaves_the_machine(address):
    with socket.socket() as plug, pytest.raises(NetworkRefused):
        plug.connect(address)
    with socket.socket() as plug, pytest.raises(NetworkRefused):
        plug.connect_ex(address)


def test_the_machine_itself_is_reachable():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as plug,
    ):
        assert plug.getpeername() == server.getsockname()


def test_frozen_clock_stands_until_it_is_moved(frozen):
    begun_at = timezone.now()
    assert timezone.localtime(begun_at).isoformat() == "2026-06-10T12:00:00+02:00"
    assert timezone.now() == begun_at
    frozen.shift(datetime.timedelta(days=1))
    assert timezone.localdate() == datetime.date(2026, 6, 11)


def test_mailbox_is_a_mail_host(mailbox):
    EmailMessage("Zażółć", "gęślą jaźń", "portal@ngo.example", ["anna@ngo.example"]).send()
    (message,) = mailbox.wait_for(1)
    assert message["subject"] == "Zażółć"
    assert message.get_content().strip() == "gęślą jaźń"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_is_gone_afterwards(turn):
    """Rows of migrations stay, rows of the test do not; even numbers begin anew."""
    assert ContentType.objects.exists()
    assert not Group.objects.exists()
    Group.objects.create(name=f"grupa {turn}")


@pytest.mark.django_db
def test_every_worker_has_a_database_of_its_own():
    name = connection.settings_dict["NAME"]
    assert name.endswith(os.environ.get("PYTEST_XDIST_WORKER", "main"))


@pytest.mark.parametrize("turn", [1, 2])
def test_cache_is_empty_at_the_beginning(turn):
    assert cache.get("turn") is None
    cache.set("turn", turn)
    assert cache.get("turn") == turn


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_begins_in_polish(turn):
    assert translation.get_language() == "pl"
    translation.activate("en")


PAGE = "<!doctype html><html lang=pl><title>Strona</title><main><h1>Strona</h1>{}</main></html>"


@pytest.fixture
def bare(browser, server):
    """A page that the test itself fills; the complaints are handed over instead of failing."""
    context = browser.new_context()
    complaints = browsing.Complaints()
    context.route(browsing.FOREIGN, complaints.refuse)
    context.on("page", complaints.listen)
    yield context.new_page(), complaints
    context.close()


def test_axe_passes_a_good_page_and_finds_a_bad_one(bare):
    page, _complaints = bare
    page.set_content(PAGE.format("<p>Dobra"))
    assert browsing.axe_violations(page) == []
    page.set_content(PAGE.format("<img src='data:,'><p style='color:#eee;background:#fff'>Nie widać"))
    found = " ".join(browsing.axe_violations(page))
    assert "image-alt" in found
    assert "color-contrast" in found


def test_browser_may_not_ask_other_hosts(bare):
    page, complaints = bare
    page.set_content(PAGE.format("<img src='https://obcy.example/pixel.png' alt=''>"))
    assert "foreign host: https://obcy.example/pixel.png" in complaints.lines


def test_errors_of_scripts_are_heard(bare):
    page, complaints = bare
    page.set_content(PAGE.format("<script>niema()</script>"))
    page.wait_for_timeout(100)
    assert any("niema is not defined" in line for line in complaints.lines)


def test_sideways_scroll_is_seen(bare):
    page, _complaints = bare
    page.set_viewport_size(browsing.NARROW)
    page.set_content(PAGE.format("<p>krótko"))
    assert not browsing.has_sideways_scroll(page)
    page.set_content(PAGE.format("<pre style='width: 500px'>długo"))
    assert browsing.has_sideways_scroll(page)


def test_the_suite_runs_in_one_command():
    root = Path(__file__).resolve().parent.parent.parent
    script = root / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make --no-print-directory test" in script.read_text(encoding="utf-8")
