"""A volunteer registers an organisation: with a phone and KRS, and by keyboard without a KRS number."""

import pytest

from local.registers import TrialRegister
from organizations.enums import State
from organizations.models import Organization, RegisterComparison

from .conftest import log_in


@pytest.fixture
def trial_register(settings):
    running = TrialRegister()
    running.start()
    settings.KRS_API_URL = running.url
    yield running
    running.stop()


def onward(page) -> None:
    page.get_by_role("button", name="Zapisz i przejdź dalej").click()
    page.wait_for_load_state()


def test_a_volunteer_registers_a_foundation_with_a_phone(city, trial_register, phone, visit, look):
    log_in(phone, "mieszkaniec@example.org")
    visit(phone, "/organizacje/zarejestruj/")
    phone.get_by_role("textbox", name="Numer KRS").fill("9999101")
    phone.get_by_role("button", name="Sprawdź w KRS").click()
    look(phone)
    assert "Fundacja Promyk nad Rudawą" in phone.get_by_role("main").inner_text().replace("\u00a0", " ")
    phone.get_by_role("link", name="To moja organizacja, dalej").click()
    look(phone)

    # one slip: the page says where, and what was typed stays
    phone.get_by_label("NIP").fill("6770090020")
    phone.get_by_label("Organizacja nie działa dla zysku").check()
    onward(phone)
    look(phone)
    assert "porównaj z dokumentem grupy 677-009-00-20" in phone.get_by_role("alert").inner_text().replace(
        "\u00a0", " "
    )
    phone.get_by_label("NIP").fill("677-009-00-02")
    onward(phone)
    look(phone)

    phone.get_by_label("Dzielnica siedziby").select_option(label="V Krowodrza")
    phone.get_by_label("Adres e-mail organizacji").fill("promyk@example.org")
    onward(phone)
    look(phone)
    # the back button, and forward again: nothing is lost
    phone.go_back()
    assert phone.get_by_label("Ulica i numer").input_value() == "ul. Piastowska 7/2"
    phone.go_forward()
    phone.get_by_label("Opis działalności").fill("Uczymy dzieci pływać kajakiem.")
    phone.get_by_label("Główna sfera zadań publicznych").select_option(index=1)
    onward(phone)
    look(phone)
    phone.get_by_label("Z czego to wynika").fill("wpis w KRS")
    onward(phone)
    look(phone)
    phone.get_by_role("button", name="Wyślij zgłoszenie").click()
    phone.wait_for_url("**/organizacje/fundacja-promyk-nad-rudawa/")

    made = Organization.objects.get(krs="0009999101")
    assert (made.state, made.district.number) == (State.SUBMITTED, 5)
    comparison = RegisterComparison.objects.get(organization=made)
    assert comparison.differences == 0


def test_numbers_that_lead_nowhere_are_explained(city, trial_register, phone, look):
    log_in(phone, "mieszkaniec@example.org")
    for number, said, way_out in (
        ("9999104", "została wykreślona z rejestru", "Wpiszę inny numer"),
        ("9999199", "W rejestrze nie ma numeru 0009999199", "Wpiszę inny numer"),
        ("9999001", "Ta organizacja jest już w bazie", "To nie ta, wpiszę inny numer"),
    ):
        phone.goto("/organizacje/zarejestruj/")
        phone.get_by_role("textbox", name="Numer KRS").fill(number)
        phone.get_by_role("button", name="Sprawdź w KRS").click()
        look(phone)
        assert said in phone.get_by_role("main").inner_text().replace("\u00a0", " ").replace("\n", " ")
        phone.get_by_role("button", name=way_out).click()
        phone.wait_for_url("**/organizacje/zarejestruj/")
        look(phone)


def test_without_krs_by_keyboard_alone(city, page, look):
    log_in(page, "ngo@example.org")
    page.goto("/organizacje/zarejestruj/")

    def enter() -> None:
        with page.expect_navigation():
            page.keyboard.press("Enter")
        look(page)

    page.get_by_role("button", name="Dalej bez numeru KRS").focus()
    enter()

    def type_in(label: str, text: str) -> None:
        """Reaches the field by Tab and types."""
        field = page.get_by_label(label, exact=True)
        for _ in range(60):
            page.keyboard.press("Tab")
            if field.evaluate("element => element === document.activeElement"):
                break
        page.keyboard.type(text)

    type_in("Pełna nazwa", "Sąsiedzi z Kazimierza Wielkiego")
    type_in("Forma prawna", "stow")
    type_in("Nazwa innego rejestru lub ewidencji (nieobowiązkowe)", "Ewidencja stowarzyszeń zwykłych")
    type_in("Numer w tym rejestrze (nieobowiązkowe)", "15/2026")
    type_in("Organizacja nie działa dla zysku i cały dochód przeznacza na cele statutowe", " ")
    enter()
    type_in("Ulica i numer", "ul. Dajwór 1")
    type_in("Kod pocztowy", "31052")
    type_in("Miejscowość", "Kraków")
    type_in("Dzielnica siedziby", "I Stare")
    type_in("Adres e-mail organizacji", "sasiedzi@example.org")
    enter()
    type_in("Opis działalności", "Spotykamy się na podwórku.")
    type_in("Główna sfera zadań publicznych", "p")
    page.get_by_role("button", name="Zapisz i przejdź dalej").focus()
    enter()
    type_in("Z czego to wynika", "wpis w ewidencji")
    enter()
    page.get_by_role("button", name="Wyślij zgłoszenie").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/organizacje/sasiedzi-z-kazimierza-wielkiego/")

    made = Organization.objects.get(name="Sąsiedzi z Kazimierza Wielkiego")
    assert (made.state, made.register_number, made.postal_code) == (State.SUBMITTED, "15/2026", "31-052")
