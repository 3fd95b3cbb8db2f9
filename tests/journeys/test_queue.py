"""The coordinator empties a queue of more than twenty by keyboard alone; two representatives agree on phones."""

import re

from playwright.sync_api import Page

from organizations.models import RepresentationAct
from organizations.queries import registry_queue

from .conftest import log_in

QUEUE = "/admin/organizations/mandate/kolejka/"
MOST_STEPS, MOST_FURTHER = 14, 5


def press_until(page: Page, selector: str) -> None:
    """Goes on with Tab until the focus is on it."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} was not reached in {MOST_STEPS} steps")


def test_a_queue_of_twenty_is_emptied_by_keyboard(city, page, visit, look):
    waiting = len(registry_queue())
    assert waiting >= 20
    log_in(page, "koordynator@example.org")
    visit(page, QUEUE)
    page.get_by_role("link", name="Zacznij od najstarszej").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#sprawa"))
    look(page)

    # who registered asks at the same time to represent: that waits once the profile is public
    for decided in range(waiting + MOST_FURTHER):
        left = len(registry_queue())
        if not left:
            break
        assert f"W kolejce: {left}" in page.locator("main").inner_text()
        before = page.url
        press_until(page, "input[name=decision]")
        if page.locator("select[name=template]").count() and decided % 3 == 0:
            # the second decision, whatever it is, with a ready sentence
            page.keyboard.press("ArrowDown")
            press_until(page, "select[name=template]")
            page.keyboard.press("ArrowDown")
        elif page.locator("input[value=zalatwione]").count():
            press_until(page, "select[name=template]")
            page.keyboard.press("ArrowDown")
        press_until(page, "main button[type=submit]")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda address, before=before: address != before)
        page.wait_for_load_state()

    assert "Nic nie czeka." in page.locator("main").inner_text()
    assert registry_queue() == []


def test_on_a_phone_the_second_representative_agrees(city, phone, visit, look):
    log_in(phone, "ngo@example.org")
    visit(phone, "/moje/")
    assert "Działasz w imieniu: Fundacja Most na Podgórze" in phone.locator("header").inner_text()

    phone.get_by_role("link", name=re.compile("Potrzebna Twoja zgoda")).first.click()
    look(phone)
    phone.get_by_role("button", name="Zgadzam się", exact=True).click()
    look(phone)

    assert "uzgodniona i wykonana" in phone.locator("main").inner_text()
    assert not RepresentationAct.objects.waiting().exists()
    for address in ("osoby/", "zapros/", "dziennik/", "zmiany/", "rozwiazanie/"):
        visit(phone, f"/organizacje/fundacja-most-na-podgorze/{address}")
