"""A clerk checks three offers and asks for one supplement; an organisation supplements its own in time."""

import re

from playwright.sync_api import Locator, Page

from competitions.models import Call, Offer

from .conftest import log_in

CLERK = "urzednik@example.org"
NGO = "ngo@example.org"


def the_call() -> Call:
    return Call.objects.get(title="Młodzi i starsi w jednej drużynie")


def press(page: Page, name: str) -> None:
    """A button, and the page that it leads to."""
    follow(page, page.get_by_role("button", name=name, exact=True))


def follow(page: Page, control: Locator) -> None:
    with page.expect_navigation():
        control.click()


def mark(page: Page, *lacking: str) -> None:
    """Marks the whole card: TAK, and NIE in the items that hold one of the words; then saves it by its button."""
    for row in page.locator("tr[data-row]").all():
        words = row.locator("th").inner_text()
        mark = "NIE" if any(word in words for word in lacking) else "TAK"
        row.get_by_role("radio", name=mark).check()
    press(page, "Zapisz kartę")


def accept(page: Page, look) -> None:
    follow(page, page.get_by_role("link", name="Uznaj ofertę za poprawną"))
    look(page)
    press(page, "Uznaj ofertę za poprawną")


def test_a_clerk_checks_offers_and_asks_for_a_supplement(city, page, visit, look):
    call = the_call()
    waiting = Offer.objects.get(call=call, state="submitted")
    supplemented = Offer.objects.get(call=call, state="corrected")
    log_in(page, CLERK)

    visit(page, f"/admin/competitions/offer/?call__id__exact={call.pk}")
    follow(page, page.locator(f"a[href*='/offer/{waiting.pk}/change/']").first)
    look(page)
    follow(page, page.get_by_role("link", name="Karta oceny formalnej"))
    look(page)
    mark(page, "kompletna")
    assert page.get_by_text("Z odpowiedzią: 12 z 12").is_visible()

    follow(page, page.get_by_role("link", name="Wezwij do uzupełnienia"))
    look(page)
    page.get_by_label(re.compile("kompletna")).fill("Dopisz, z jakiej sali skorzystacie.")
    page.get_by_label("IV. Doświadczenie i zasoby").check()
    press(page, "Wyślij wezwanie")
    look(page)
    waiting.refresh_from_db()
    assert waiting.state == "correction_requested"

    visit(page, f"/admin/competitions/offer/{supplemented.pk}/change/")
    assert page.get_by_text("Co zmieniło uzupełnienie").is_visible()
    page.goto(f"/admin/competitions/offer/{supplemented.pk}/karta/")
    mark(page)
    accept(page, look)
    supplemented.refresh_from_db()
    assert supplemented.state == "formally_ok"


def test_an_organisation_supplements_in_time(city, page, phone, visit, look):
    offer = Offer.objects.get(call=the_call(), state="correction_requested")
    log_in(page, NGO)

    visit(page, f"/konkursy/oferty/{offer.pk}/uzupelnienie/")
    assert page.get_by_text("Napisz, z jakich narzędzi").is_visible()
    follow(page, page.get_by_role("link", name="IV. Doświadczenie i zasoby"))
    look(page)
    page.get_by_label("Zasoby rzeczowe").fill("Narzędzia ogrodnicze i lokal przy ul. Przykładowej 5")
    press(page, "Zapisz i przejdź dalej")
    page.goto(f"/konkursy/oferty/{offer.pk}/uzupelnienie/")
    look(page)
    assert page.get_by_role("table").get_by_text("ogrodnicze").first.is_visible()
    press(page, "Złóż uzupełnienie")
    look(page)
    assert page.get_by_text("Co się zmieniło między wersją 1 a 2").is_visible()
    offer.refresh_from_db()
    assert offer.state == "corrected"

    log_in(phone, NGO)
    visit(phone, f"/konkursy/oferty/{offer.pk}/wersje/")
