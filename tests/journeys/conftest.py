"""A running portal with the demo in it, and people who use it in a real browser."""

import pytest
from playwright.sync_api import Page

from demo.people import PASSWORD
from tests.support import database


@pytest.fixture
def city(server, settings):
    """The live server works on a fresh copy of the demo."""
    settings.REQUIRE_SECOND_FACTOR = False
    database.use_demo()
    return server


@pytest.fixture
def visit(city, axe):
    """Opens an address and demands that the page is without barriers."""

    def open_and_check(page: Page, address: str) -> None:
        page.goto(address)
        axe(page)

    return open_and_check


@pytest.fixture
def look(axe):
    """Waits until the page that a click leads to is whole, and demands that it is without barriers."""

    def wait_and_check(page: Page) -> None:
        page.wait_for_load_state("load")
        axe(page)

    return wait_and_check


def log_in(page: Page, email: str) -> None:
    page.goto("/konto/logowanie/")
    page.get_by_label("Adres e-mail").fill(email)
    page.get_by_label("Hasło").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Zaloguj się", exact=True).click()
    page.wait_for_load_state()
