"""A person of an NGO logs in, sees what concerns it, follows a call by keyboard."""

from competitions.models import Call
from core.accounts.models import User
from core.notifications.models import Follow, Reminder

from .conftest import log_in


def test_following_a_call_brings_reminders(city, page, visit, axe):
    log_in(page, "ngo@example.org")
    visit(page, "/moje/")
    call = (
        Call.objects.published()
        .filter(offers_due_at__isnull=False, state="published")
        .order_by("offers_due_at")
        .last()
    )

    visit(page, call.get_absolute_url())
    page.get_by_role("button", name="Obserwuj").first.click()
    page.wait_for_load_state()

    person = User.objects.get(email="ngo@example.org")
    assert Follow.objects.of(call).filter(user=person).exists()
    assert Reminder.objects.of(call).filter(user=person).count() >= 1
    visit(page, "/moje/terminy/")
    assert call.title[:20] in page.get_by_role("main").inner_text().replace("\u00a0", " ")


def test_by_keyboard_alone_from_the_start_page_to_a_call(city, page):
    page.goto("/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Przejdź do treści"
    page.keyboard.press("Enter")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href') || ''").startswith(
            "/konkursy/"
        ) and page.evaluate("document.activeElement.closest('main') !== null"):
            break
    page.keyboard.press("Enter")

    page.wait_for_url("**/konkursy/**")
    assert page.get_by_role("heading", level=1).count() == 1
