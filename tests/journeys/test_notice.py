"""A clerk copies last year's call, is refused a deadline of twenty days, and announces it; an NGO finds and answers."""

import re
from datetime import timedelta

from competitions.models import Call, DraftRemark, SavedSearch
from core.common.clock import today

from .conftest import log_in

CLERKS_UNIT = "Wydział Polityki Społecznej, Równości i Zdrowia"


def press(page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).last.click()
    page.wait_for_load_state()


def test_a_clerk_copies_is_refused_twenty_days_and_announces(city, page, axe):
    log_in(page, "koordynator@example.org")
    old = Call.objects.published().filter(unit__name=CLERKS_UNIT, title__startswith="Bezpieczny senior").get()

    page.goto(f"/admin/competitions/call/{old.pk}/czynnosc/kopia/")
    press(page, "Skopiuj na następną edycję")
    copy = Call.objects.latest("pk")
    address = f"/admin/competitions/call/{copy.pk}/change/"
    page.goto(f"{address}?krok=pieniadze")
    assert page.get_by_text("W tej części brakuje:").is_visible()
    page.get_by_label("Środki w tym roku na zadania tego rodzaju").fill("0")
    page.get_by_label("Środki w ubiegłym roku").fill("150 000,00 zł")
    page.get_by_role("button", name=re.compile("Zapisz i przejdź dalej")).click()
    page.wait_for_load_state()
    assert "krok=czas-i-miejsce" in page.url
    page.get_by_label("Realizacja od", exact=False).first.fill("2027-09-01")
    page.get_by_label("Realizacja do", exact=False).first.fill("2027-12-31")
    press(page, "Zapisz")
    axe(page)

    for place, where in (("bip", "url"), ("notice_board", "location"), ("website", "url")):
        page.goto(f"/admin/competitions/call/{copy.pk}/publikacje/odnotuj/")
        page.locator("[name=purpose]").select_option("notice")
        page.locator("[name=place]").select_option(place)
        page.locator("[name=published_on]").fill(today().isoformat())
        page.locator(f"[name={where}]").fill("https://bip.example.org/1" if where == "url" else "hol")
        press(page, "Odnotuj publikację")
    page.goto(f"{address}?krok=ocena")
    page.locator("[name=results_planned_on]").fill((today() + timedelta(days=60)).isoformat())
    press(page, "Zapisz")
    page.goto(f"{address}?krok=nabor")
    page.locator("[name=offers_due_at]").fill(f"{today() + timedelta(days=20)}T12:00")
    press(page, "Zapisz")
    assert page.get_by_text("Termin składania ofert: najwcześniej").first.is_visible()
    page.locator("[name=offers_due_at]").fill(f"{today() + timedelta(days=30)}T12:00")
    press(page, "Zapisz")

    page.goto(f"/admin/competitions/call/{copy.pk}/ogloszenie/")
    assert page.get_by_text("5. Planowana wysokość środków publicznych").is_visible()
    axe(page)
    page.goto(f"/admin/competitions/call/{copy.pk}/stan/published/")
    press(page, "Ogłoś konkurs")

    copy.refresh_from_db()
    assert copy.state == "published", page.get_by_role("main").inner_text()
    page.goto(copy.get_absolute_url())
    page.get_by_role("link", name="Ogłoszenie do druku").click()
    page.wait_for_load_state()
    assert page.get_by_role("heading", level=1).inner_text().replace("\u00a0", " ") == copy.title


def test_anybody_remarks_on_a_draft_on_a_phone(city, phone, axe):
    phone.goto("/konkursy/szkice/")
    axe(phone)
    phone.get_by_role("link", name=re.compile("Zajęcia sąsiedzkie")).first.click()
    phone.wait_for_load_state()
    axe(phone)
    phone.get_by_role("link", name="Zgłoś uwagę do akapitu 3", exact=True).click()
    phone.wait_for_load_state()
    phone.get_by_label("Uwaga", exact=False).last.fill("Dopuśćcie też parki i place zabaw.")
    phone.wait_for_timeout(3200)
    axe(phone)
    phone.get_by_role("button", name="Wyślij uwagę").click()
    phone.wait_for_load_state()

    remark = DraftRemark.objects.latest("pk")
    assert phone.get_by_text(remark.receipt).first.is_visible()
    assert remark.paragraph.number == 3


def test_a_person_of_an_ngo_checks_what_fits_and_saves_a_search(city, page, axe):
    log_in(page, "ngo@example.org")
    page.goto("/konkursy/sprawdz/")
    axe(page)
    page.get_by_label("Ilu złotych dotacji potrzebujecie", exact=False).fill("20 000")
    page.get_by_role("button", name="Sprawdź konkursy").click()
    page.wait_for_load_state()
    assert page.get_by_role("heading", name=re.compile("Pasują teraz")).is_visible()
    axe(page)
    page.goto("/konkursy/?q=senior")
    page.get_by_role("link", name="Zapisz wyszukiwanie").click()
    page.wait_for_load_state()
    axe(page)
    page.get_by_role("button", name="Zapisz wyszukiwanie").click()
    page.wait_for_load_state()
    assert SavedSearch.objects.filter(query="q=senior").exists()
    axe(page)


def test_papers_and_figures_are_readable_by_everybody(city, page, axe):
    call = Call.objects.published().get(title="Senioralne Centra Ruchu")
    pages = ("", "ogloszenie/", "zmiany/", "podobne/")
    for address in [*(f"{call.get_absolute_url()}{name}" for name in pages), "/konkursy/wydatki/"]:
        page.goto(address)
        axe(page)
