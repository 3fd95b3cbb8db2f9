"""A clerk copies last year's call; the law stops a deadline that is too near, in Polish."""

import re

from competitions.models import Call

from .conftest import log_in


def test_the_desk_shows_what_waits_and_a_call_can_be_opened(city, page, visit):
    log_in(page, "urzednik@example.org")

    visit(page, "/admin/")
    page.get_by_role("navigation", name="Działy panelu").get_by_role("link", name="Konkursy").click()
    page.wait_for_load_state()

    assert page.get_by_role("heading", level=1).inner_text()
    assert "/admin/competitions/call/" in page.url


def test_a_call_of_last_year_is_copied_as_a_draft(city, page, axe):
    log_in(page, "urzednik@example.org")
    original = (
        Call.objects.filter(unit__abbreviation__isnull=False)
        .published()
        .filter(unit__name="Wydział Polityki Społecznej, Równości i Zdrowia")
        .first()
    )
    page.goto(f"/admin/competitions/call/{original.pk}/change/")

    page.get_by_role("link", name=re.compile("Skopiuj na następną edycję")).click()
    page.wait_for_load_state()
    page.get_by_role("main").get_by_role("button").last.click()
    page.wait_for_load_state()

    copy = Call.objects.latest("pk")
    assert copy.pk != original.pk
    assert copy.state == "draft"
    assert copy.offers_due_at is None or copy.offers_due_at != original.offers_due_at
