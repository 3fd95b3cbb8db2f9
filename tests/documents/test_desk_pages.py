"""The pages of files and publications in a real browser: no barrier, no sideways scroll, by keyboard."""

import pytest
from django.conf import settings as portal
from django.test import Client

from core.accounts.roles import Role
from core.city.models import City
from core.documents.enums import Place
from core.documents.queries import attachments_of
from tests.factories.documents import AttachmentFactory, PublicationProofFactory, pdf, upload
from tests.support.browser import NARROW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.documents.desk_urls")]


@pytest.fixture
def logged_in(page, server, person, unit):
    """The browser page belongs to an editor of the unit."""
    City.objects.get_or_create(name="Kraków", defaults={"portal_name": "Portal NGO"})
    visitor = Client()
    visitor.force_login(person(Role.UNIT_EDITOR, unit))
    cookie = visitor.cookies[portal.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server}])
    return page


def test_a_file_is_added_with_a_mistake_on_the_way(logged_in, record, axe, tmp_path):
    page = logged_in
    AttachmentFactory(record=record, title="Skan protokołu", upload=upload("skan.pdf", pdf(text="")))
    PublicationProofFactory(record=record, place=Place.NOTICE_BOARD, url="", location="Hol urzędu")
    statute = tmp_path / "statut.pdf"
    statute.write_bytes(pdf(is_tagged=True))

    page.goto(f"/admin/city/district/{record.pk}/change/")
    axe(page)
    page.get_by_role("link", name="Dodaj plik").first.click()
    page.get_by_label("Tytuł").fill("Statut")
    page.get_by_role("button", name="Dodaj plik").click()
    assert page.title().startswith("Błąd:")
    assert page.get_by_text("Plik: wybierz plik").count() >= 1
    axe(page)
    page.set_viewport_size(NARROW)
    axe(page)
    page.get_by_label("Plik", exact=True).set_input_files(statute)
    page.get_by_role("button", name="Dodaj plik").press("Enter")
    page.get_by_text("Dodano plik.").wait_for()
    axe(page)

    assert [file.title for file in attachments_of([record])[record.pk]] == ["Skan protokołu", "Statut"]


@pytest.mark.parametrize(
    "tail",
    ["publikacje/odnotuj/", "pliki/{file}/zastap/", "pliki/{file}/usun/", "publikacje/{proof}/zdjecie/"],
)
def test_the_other_forms_have_no_barriers(logged_in, record, axe, tail):
    file, proof = AttachmentFactory(record=record), PublicationProofFactory(record=record)
    logged_in.goto(f"/admin/city/district/{record.pk}/{tail.format(file=file.pk, proof=proof.pk)}")
    logged_in.get_by_role("button", name="O" if "publikacje" in tail else "plik").last.click()
    logged_in.locator(".esum").wait_for()
    assert logged_in.title().startswith("Błąd:")
    axe(logged_in)
