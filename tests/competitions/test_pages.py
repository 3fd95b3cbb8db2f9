"""Pages of calls in a real browser: WCAG 2.2 AA, no sideways scroll, in every state a reader meets."""

from datetime import timedelta

import pytest
from django.conf import settings

from competitions import actions
from competitions.models import CallQuestion
from core.common.clock import now
from tests.factories import competitions as make
from tests.support import browser as browsing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def addresses() -> list[str]:
    """The pages: full and empty lists, a call in each phase, the schedule."""
    opened = make.open_call(title="Ruch dla seniorów", is_based_on_draft_budget=True)
    opened.budget_years.create(year=2026, amount=100000)
    opened.parts.create(name="Część A", places=35)
    CallQuestion.objects.create(call=opened, text="Czy?", answer="Tak.", asked_at=now(), answered_at=now())
    make.open_call(offers_due_at=now() + timedelta(days=22, hours=1))
    entry = make.entry(month=f"{now().year}-12")
    entry.planned_month = f"{now().year}-11"
    actions.save_entry(entry, by=None, at=now())
    calls = [opened, make.settled_call(), make.cancelled_call()]
    return [
        "/konkursy/",
        "/konkursy/?q=nicniema&kwota_od=30000&termin_do=zly",
        "/konkursy/harmonogram/",
        *(call.get_absolute_url() for call in calls),
    ]


@pytest.mark.parametrize("viewport", [browsing.DESKTOP, browsing.NARROW], ids=["1280", "320"])
def test_pages_are_accessible_and_fit(viewport, server, browser, axe, addresses):
    with browsing.opened(browser, server, viewport) as page:
        for address in addresses:
            page.goto(address)
            axe(page)
            for closed in page.locator("main details:not([open]) > summary").all():
                if closed.is_visible():
                    closed.click()
            axe(page)


def test_a_change_made_in_the_editor_touches_only_what_was_changed(server, browser, client, manager, unit):
    """The editor rewrites HTML its own way; that alone must not count as a change of the conditions."""
    call = make.open_call(unit=unit, conditions="<p>Raz.</p><ul><li>Dwa</li></ul>")
    client.force_login(manager)
    session = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": server,
    }
    with browsing.opened(browser, server, browsing.DESKTOP) as page:
        page.context.add_cookies([session])
        page.goto(f"/admin/competitions/call/{call.pk}/czynnosc/zmiana/")
        page.locator("#id_contact").fill("tel. 12 111 11 11")
        page.locator("#id_reason").fill("nowy numer")
        for place, where in (
            ("bip", "https://bip.example/1"),
            ("notice_board", "hol"),
            ("website", "https://u.example"),
        ):
            page.locator(f"#id_{place}_on").fill(f"{now():%Y-%m-%d}")
            page.locator(f"#id_{place}_where").fill(where)
        page.get_by_role("button", name="Zmień ogłoszenie").click()
        page.wait_for_url("**/change/")

    version = call.versions.get(number=2)
    assert set(version.changes) == {"contact"}
    assert not version.is_substantive
