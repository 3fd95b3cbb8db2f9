"""The officials' desk in a browser: every page of every model, by the same measure as the public pages."""

import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from consultations.models import Consultation
from core.accounts.models import User
from core.city.models import OrganizationalUnit
from tests.support import browser as browsing
from tests.support import database

ENGLISH = re.compile(
    r"\b(?:Add|Change|Save|Delete|Select|Filter|Filters|Today|Now|History|Search|Clear|Remove|Choose|Yes|No|True"
    r"|False|None|Home|View|Show|All|Any|By|Date|Time|Yesterday|Tomorrow|Midnight|Noon|Cancel|Currently|Available"
    r"|Chosen|Hide|Close|Go|Action|results|Error|Please|Bold|Italic|Heading|Paragraph|Lookup|Empty|Unknown)\b"
)
# The rules are asked at the two ends; what fits 320 px is looked at once more at 390 px for scrolling only.
RULED_WIDTHS = [1280, 320]
# All words of a page, also those that only some people hear.
WORDS = """() => [document.title, document.body.innerText,
  ...[...document.querySelectorAll("[title],[alt],[aria-label],[placeholder]")].flatMap(
    e => ["title", "alt", "aria-label", "placeholder"].map(name => e.getAttribute(name) || ""))].join("\\n")"""


@pytest.fixture
def chief(transactional_db):
    """Somebody who may open everything, in a fresh copy of the demo."""
    database.use_demo()
    return User.objects.create_superuser(email="naczelna@example.org", password="x")


@pytest.fixture
def desk(server, chief, browser):
    """A browser page of that person."""
    client = Client()
    client.force_login(chief)
    with browsing.opened(browser, server, browsing.DESKTOP) as page:
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server}])
        yield page


def addresses_of(model) -> list[str]:
    """List, new row, the latest row and its history, one move of its state if there is any."""
    info = model._meta.app_label, model._meta.model_name
    found = [reverse("admin:{}_{}_changelist".format(*info)), reverse("admin:{}_{}_add".format(*info))]
    row = model._base_manager.order_by("-pk").first()
    if row is None:
        return found
    found += [reverse("admin:{}_{}_{}".format(*info, page), args=[row.pk]) for page in ("change", "history")]
    moves = getattr(admin.site._registry[model], "moves", {})
    return found + [
        reverse("admin:{}_{}_move".format(*info), args=[row.pk, move.target])
        for move in (row.state_table.moves_from(row.state) if moves else [])
        if move.target in moves and move.may
    ]


def faults_of(page) -> list[str]:
    found = []
    for width in (*RULED_WIDTHS, 390):
        page.set_viewport_size({"width": width, "height": 900})
        if width in RULED_WIDTHS:
            found += [f"{width} {line}" for line in browsing.axe_violations(page)]
        if browsing.has_sideways_scroll(page):
            found.append(f"{width} has to be scrolled sideways")
    page.set_viewport_size(browsing.DESKTOP)
    return found + [f"English: {word}" for word in sorted(set(ENGLISH.findall(page.evaluate(WORDS))))]


def check(page, address: str) -> list[str]:
    answer = page.goto(address)
    if answer.status == 403:  # the log and the like cannot be added to by hand
        return []
    assert answer.status == 200, address
    page.wait_for_load_state("load")
    return [f"{address}: {fault}" for fault in faults_of(page)]


def models_by_app() -> dict[str, list[type]]:
    """The models of the desk, app by app: a copy of the demo is made for each app, not for each model."""
    found: dict[str, list[type]] = {}
    for model in admin.site._registry:
        found.setdefault(model._meta.app_label, []).append(model)
    return found


@pytest.mark.parametrize("app", models_by_app())
def test_pages_of_an_app_are_accessible_and_polish(app, desk):
    addresses = [address for model in models_by_app()[app] for address in addresses_of(model)]

    assert [fault for address in addresses for fault in check(desk, address)] == []


@pytest.mark.parametrize("address", ["/admin/", "/admin/city/", "/admin/city/district/?q=zzzz"])
def test_pages_of_no_model_are_accessible_and_polish(address, desk):
    assert check(desk, address) == []


def test_mistakes_are_linked_and_told_in_the_title(desk):
    desk.goto("/admin/city/organizationalunit/add/")
    desk.fill("#id_abbreviation", "WPS")

    desk.get_by_role("button", name="Zapisz", exact=True).click()

    summary = desk.locator(".esum")
    summary.wait_for()
    assert desk.title().startswith("Błąd:")
    assert summary.evaluate("e => e === document.activeElement")
    link = summary.get_by_role("link").first
    assert desk.locator(link.get_attribute("href")).is_visible()
    assert desk.input_value("#id_abbreviation") == "WPS"
    assert faults_of(desk) == []


def test_rows_are_added_with_the_script(desk):
    unit = OrganizationalUnit.objects.first()
    desk.goto(f"/admin/city/organizationalunit/{unit.pk}/change/")
    before = desk.locator("#names-group tr.form-row:not(.empty-form)").count()

    desk.get_by_role("button", name=re.compile("^Dodaj wiersz")).click()

    assert desk.locator("#names-group tr.form-row:not(.empty-form)").count() == before + 1
    assert faults_of(desk) == []


def test_rows_are_added_without_the_script(chief):
    client = Client()
    client.force_login(chief)
    unit = OrganizationalUnit.objects.first()
    address = f"/admin/city/organizationalunit/{unit.pk}/change/"

    plain, with_rows = (
        client.get(address).content.decode(),
        client.get(f"{address}?wiersze=1").content.decode(),
    )

    assert 'href="?wiersze=1#names-group"' in plain
    empty = re.compile(r'name="names-\d+-name"')
    assert len(empty.findall(with_rows)) == len(empty.findall(plain)) + 3


def test_rich_text_is_typed_named_and_saved(desk):
    report = Consultation.objects.filter(report__isnull=False).first().report
    desk.goto(f"/admin/consultations/report/{report.pk}/change/")
    box = desk.get_by_role("textbox", name=re.compile("^Wnioski"))

    box.click()
    desk.keyboard.press("Control+a")
    desk.keyboard.type("Mieszkanki i mieszkańcy chcą ławek.")
    desk.get_by_role("button", name="Zapisz", exact=True).click()
    desk.wait_for_url("**/admin/consultations/report/")

    report.refresh_from_db()
    assert report.conclusions == "<p>Mieszkanki i mieszkańcy chcą ławek.</p>"


def test_a_searched_list_finds_by_keyboard(desk):
    unit = OrganizationalUnit.objects.exclude(name="").first()
    desk.goto("/admin/city/rolegrant/add/")
    box = desk.get_by_role("combobox", name=re.compile("^Jednostka"))

    box.focus()
    desk.keyboard.press("Enter")
    desk.keyboard.type(unit.name[:20])
    desk.locator(
        ".select2-results__option[aria-selected], .select2-results__option--highlighted"
    ).first.wait_for()
    desk.keyboard.press("Enter")

    assert OrganizationalUnit.objects.filter(pk=desk.input_value("#id_unit")).exists()


def test_choosing_rows_counts_them_in_polish(desk):
    desk.goto("/admin/consultations/remark/")

    desk.get_by_label("Zaznacz wszystkie").check()

    assert re.fullmatch(r"Wybrano (\d+) z \1", desk.locator(".action-counter").inner_text())


def test_a_value_of_yes_or_no_is_a_word(chief):
    client = Client()
    client.force_login(chief)

    page = client.get("/admin/consultations/remark/").content.decode()

    assert ">nie<" in page
    assert 'alt="False"' not in page


def test_history_names_the_fields(chief):
    client = Client()
    client.force_login(chief)
    unit = OrganizationalUnit.objects.create(name="Wydział Prób")
    client.post(
        f"/admin/city/organizationalunit/{unit.pk}/change/",
        {"name": "Wydział Próbny", "kind": unit.kind, "names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0},
    )

    page = client.get(f"/admin/city/organizationalunit/{unit.pk}/history/").content.decode()

    assert "<del>Wydział Prób</del> <ins>Wydział Próbny</ins>" in page
