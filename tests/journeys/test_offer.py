"""A person of an NGO writes an offer on a phone and files it; two tabs, and a session that ends meanwhile."""

import re

from playwright.sync_api import Page, expect

from competitions.enums import OfferState
from competitions.models import Call, Offer
from core.accounts.models import User
from core.common.clock import now
from organizations.actions import consent
from organizations.models import RepresentationAct

from .conftest import log_in

TASK = {
    "Tytuł zadania publicznego": "Sąsiedzi przy stole",
    "Dla kogo jest zadanie": "Cudzoziemcy i sąsiedzi",
    "Jak zadanie odpowie na potrzeby tej grupy": "Brakuje miejsca, w którym można się spotkać.",
    "Jak zadanie łączy się z innymi działaniami": "nie dotyczy",
}
RESULTS = {
    "Co powstanie bezpośrednio w wyniku zadania": "Dwadzieścia spotkań",
    "Jaka zmiana społeczna zostanie osiągnięta": "Sąsiedzi się znają",
    "Czy i jak rezultaty będą trwałe": "Tak, klub zostanie",
}
CAPACITY = {
    "Wcześniejsza działalność, w szczególności w tej dziedzinie": "Od 2016 roku",
    "Zasoby kadrowe": "Dwie osoby",
    "Zasoby rzeczowe": "Sala",
    "Zasoby finansowe": "Składki",
}


def fill(page: Page, answers: dict[str, str]) -> None:
    for label, text in answers.items():
        page.get_by_label(label, exact=True).fill(text)


def fill_row(page: Page, n: int, answers: dict[str, str]) -> None:
    row = page.locator("[data-row]").nth(n - 1)
    for label, text in answers.items():
        row.get_by_label(re.compile(re.escape(label) + r"$|" + re.escape(label) + r" \(")).first.fill(text)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Zapisz i przejdź dalej").click()
    page.wait_for_load_state("load")


def is_saved(page: Page) -> None:
    expect(page.locator("[data-save-status]")).to_contain_text("Zapisano o", timeout=15_000)


def test_an_offer_is_written_and_filed_on_a_phone(city, phone, look):
    page = phone
    log_in(page, "ngo@example.org")
    call = Call.objects.get(title__startswith="Centrum Wielokulturowe", state="published")
    page.goto(call.get_absolute_url())
    page.get_by_role("link", name="Złóż ofertę").first.click()
    look(page)
    page.get_by_role("button", name="Zacznij ofertę").click()
    look(page)
    offer = Offer.objects.get(call=call, started_by__email="ngo@example.org")
    address = offer.get_absolute_url()

    page.goto(f"{address}krok/task/")
    fill(page, TASK)
    is_saved(page)  # by itself, before any button
    look(page)
    go_on(page)

    page.get_by_role("button", name="Dodaj działanie").click()
    fill_row(page, 1, {"Nazwa działania": "Spotkania", "Opis": "Co tydzień", "Grupa docelowa": "Wszyscy"})
    sections = {s.key: s.content for s in offer.sections.all()}
    page.locator('[name$=".starts_on"]').first.fill(sections["task"]["starts_on"])
    page.locator('[name$=".ends_on"]').first.fill(sections["task"]["ends_on"])
    look(page)
    go_on(page)

    fill(page, RESULTS)
    page.get_by_role("button", name="Dodaj rezultat").click()
    page.locator('[name$=".name"]').first.fill("Spotkania")
    page.locator('[name$=".target"]').first.fill("20")
    page.locator('[name$=".monitoring"]').first.fill("lista obecności")
    go_on(page)

    fill(page, CAPACITY)
    go_on(page)

    page.get_by_role("button", name="Dodaj koszt").click()
    page.locator('[name$=".place"]').first.select_option(index=1)
    for name, text in {
        "name": "Prowadzenie",
        "unit": "godzina",
        "unit_cost": "150,50",
        "quantity": "100",
    }.items():
        page.locator(f'[name$=".{name}"]').first.fill(text)
    expect(page.locator("[data-value]").first).to_have_text("15\u00a0050,00\u00a0zł")
    look(page)
    go_on(page)

    page.get_by_label("Planowana dotacja").fill("15050")
    look(page)
    go_on(page)
    page.get_by_label("Zadanie będzie realizowane przez oferentów").select_option("free")
    go_on(page)

    for button in ("wyciąg z rejestru", "pełnomocnictwo"):
        page.get_by_role("button", name=re.compile(f"Nie dotyczy naszej oferty.*{button}")).click()
        page.wait_for_load_state("load")
    look(page)

    page.goto(f"{address}sprawdz/")
    look(page)
    for box in page.locator("input[name=statement]").all():
        box.check()
    page.get_by_role("main").get_by_role("button", name="Złóż ofertę").click()
    look(page)
    offer.refresh_from_db()
    assert offer.state == OfferState.DRAFT  # two represent the foundation together: the second has to agree

    [act] = RepresentationAct.objects.waiting().of(offer)
    consent(act, by=offer.organization.registered_by, at=now())
    page.goto(address)
    look(page)
    offer.refresh_from_db()
    assert offer.state == OfferState.SUBMITTED
    assert offer.number in page.get_by_role("main").inner_text()


def test_two_tabs_and_a_session_that_ends_lose_nothing(city, page, axe, settings):
    log_in(page, "ngo@example.org")
    person = User.objects.get(email="ngo@example.org")
    offer = Offer.objects.filter(started_by=person, state=OfferState.DRAFT).order_by("pk").first()
    step = f"{offer.get_absolute_url()}krok/results/"
    page.goto(step)
    other = page.context.new_page()
    other.goto(step)
    other.get_by_label("Czy i jak rezultaty będą trwałe").fill("Pisane w drugiej karcie")
    is_saved(other)
    page.get_by_label("Co powstanie bezpośrednio w wyniku zadania").fill("Pisane w pierwszej karcie")
    is_saved(page)
    expect(page.get_by_label("Czy i jak rezultaty będą trwałe")).to_have_value("Pisane w drugiej karcie")

    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("Jaka zmiana społeczna zostanie osiągnięta").fill("Godzina pisania")
    expect(page.locator("[data-save-status]")).to_contain_text("Sesja wygasła", timeout=15_000)
    log_in(page, "ngo@example.org")
    page.goto(step)
    is_saved(page)
    stored = offer.sections.get(key="results").content
    assert stored["change"] == "Godzina pisania"
    assert stored["effects"] == "Pisane w pierwszej karcie"
    assert stored["durability"] == "Pisane w drugiej karcie"
    axe(page)
