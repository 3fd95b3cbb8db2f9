"""Files and publications on the desk: what the change page shows, what its buttons do, who has them."""

from datetime import date

import pytest

from core.accounts.roles import Role
from core.city.models import District
from core.common.clock import now
from core.documents.actions import remove_attachment
from core.documents.admin import DocumentsAdminMixin
from core.documents.enums import Audience, Place
from core.documents.models import Attachment, PublicationProof
from core.documents.queries import attachments_of, proofs_of
from core.legal.models import AuditEntry
from tests.factories.documents import AttachmentFactory, PublicationProofFactory, pdf, upload

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.documents.desk_urls")]


@pytest.fixture
def page(record) -> str:
    return f"/admin/city/district/{record.pk}/"


@pytest.fixture
def editor(client, person, unit):
    """The client is logged in as somebody who may change the record."""
    official = person(Role.UNIT_EDITOR, unit)
    client.force_login(official)
    return official


@pytest.fixture
def auditor(client, person):
    """The client is logged in as somebody who may only look."""
    official = person(Role.AUDITOR)
    client.force_login(official)
    return official


def text_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


# --- the panel ----------------------------------------------------------------------------------------------


def test_the_change_page_lists_files_and_publications_with_buttons(client, page, record, editor):
    file = AttachmentFactory(record=record, title="Regulamin naboru", upload=upload("skan.pdf", pdf(text="")))
    proof = PublicationProofFactory(record=record, place=Place.NOTICE_BOARD, url="", location="Hol urzędu")

    shown = text_of(client.get(f"{page}change/"))

    assert f'href="{page}pliki/dodaj/"' in shown
    assert f'href="{page}publikacje/odnotuj/"' in shown
    assert "Regulamin naboru" in shown
    assert file.get_absolute_url() in shown
    assert "Skan bez tekstu" in shown
    assert f'href="{page}pliki/{file.pk}/zastap/"' in shown
    assert f'href="{page}pliki/{file.pk}/usun/"' in shown
    assert "Hol urzędu" in shown
    assert f'href="{page}publikacje/{proof.pk}/zdjecie/"' in shown


def test_a_record_without_files_says_so(client, page, editor):
    shown = text_of(client.get(f"{page}change/"))
    assert "Nie ma jeszcze żadnych plików." in shown
    assert "Nie odnotowano jeszcze żadnej publikacji." in shown


def test_who_may_only_look_has_no_buttons(client, page, record, auditor):
    AttachmentFactory(record=record, title="Regulamin naboru")
    PublicationProofFactory(record=record)

    shown = text_of(client.get(f"{page}change/"))

    assert "Regulamin naboru" in shown
    assert "dodaj/" not in shown
    assert "zastap" not in shown
    assert "odnotuj" not in shown
    assert "zdjecie" not in shown


@pytest.mark.parametrize("rows", [1, 12])
def test_the_panel_costs_two_queries_whatever_the_number_of_rows(client, page, record, editor, rows):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _row in range(rows):
        AttachmentFactory(record=record)
        PublicationProofFactory(record=record, by=editor)
    with CaptureQueriesContext(connection) as taken:
        client.get(f"{page}change/")
    about = [query for query in taken.captured_queries if "documents_" in query["sql"]]
    assert len(about) == 2


# --- adding ---------------------------------------------------------------------------------------------------


def test_a_file_is_added(client, page, record, editor):
    response = client.post(
        f"{page}pliki/dodaj/",
        {"title": "Statut", "audience": Audience.PUBLIC, "upload": upload("statut.pdf")},
        follow=True,
    )

    assert response.redirect_chain == [(f"{page}change/", 302)]
    assert "Dodano plik." in text_of(response)
    (file,) = attachments_of([record])[record.pk]
    assert (file.title, file.original_name, file.uploaded_by) == ("Statut", "statut.pdf", editor)
    assert AuditEntry.objects.of(record).get().by == editor


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"title": "Statut", "audience": "public"}, "Plik: wybierz plik"),
        ({"title": "", "audience": "public", "upload": "statut.pdf"}, "Tytuł: uzupełnij to pole"),
        ({"title": "Statut", "audience": "wszyscy", "upload": "statut.pdf"}, "Dla kogo: "),
        ({"title": "x" * 300, "audience": "public", "upload": "statut.pdf"}, "Tytuł: "),
    ],
)
def test_mistakes_are_told_beside_the_field_in_polish(client, page, record, editor, sent, says):
    if "upload" in sent:
        sent = {**sent, "upload": upload(sent["upload"])}

    response = client.post(f"{page}pliki/dodaj/", sent)

    shown = text_of(response)
    assert response.status_code == 200
    assert says in shown
    assert "<title>Błąd:" in shown
    assert "This field" not in shown
    assert not Attachment.objects.exists()


def test_a_nasty_file_is_refused_with_the_way_out_and_what_was_typed_is_kept(client, page, editor):
    response = client.post(
        f"{page}pliki/dodaj/",
        {"title": "Mój tytuł", "audience": "officials", "upload": upload("a.zip", b"PK\x03\x04")},
    )
    shown = text_of(response)
    assert "Plik: nie przyjmujemy archiwów. Rozpakuj je i dodaj pliki osobno" in shown
    assert 'value="Mój tytuł"' in shown


def test_a_full_disk_is_told_beside_the_field(client, page, editor, settings):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "tests.documents.test_actions.FullDisk"}}
    sent = {"title": "Statut", "audience": "public", "upload": upload("statut.pdf")}
    assert "Plik: nie udało się go zapisać" in text_of(client.post(f"{page}pliki/dodaj/", sent))


def test_a_second_click_on_remove_is_told(client, page, record, editor, monkeypatch):
    file = AttachmentFactory(record=record)
    monkeypatch.setattr(DocumentsAdminMixin, "_item", staticmethod(lambda _rows, _record, _pk: file))
    client.post(f"{page}pliki/{file.pk}/usun/", {"reason": "Pomyłka"})
    second = client.post(f"{page}pliki/{file.pk}/usun/", {"reason": "Pomyłka"})
    assert "już zmieniony lub usunięty" in text_of(second)


def test_an_empty_file_is_refused(client, page, editor):
    sent = {"title": "Statut", "audience": "public", "upload": upload("a.pdf", b"")}
    assert "Plik: jest pusty" in text_of(client.post(f"{page}pliki/dodaj/", sent))


def test_the_form_says_what_files_are_taken(client, page, editor):
    shown = text_of(client.get(f"{page}pliki/dodaj/"))
    assert "najwyżej 20 MB" in shown
    assert 'accept=".pdf,.docx' in shown
    assert 'enctype="multipart/form-data"' in shown


# --- new versions and removing ----------------------------------------------------------------------------------


def test_a_file_gets_a_new_version(client, page, record, editor):
    file = AttachmentFactory(record=record)

    client.post(f"{page}pliki/{file.pk}/zastap/", {"upload": upload("nowy.pdf"), "reason": "Nowy termin"})

    (current,) = attachments_of([record])[record.pk]
    assert (current.version, current.replaces, current.uploaded_by) == (2, file, editor)
    assert AuditEntry.objects.of(record).latest("pk").reason == "Nowy termin"


@pytest.mark.parametrize("verb", ["zastap", "usun"])
def test_a_reason_is_wanted(client, page, record, editor, verb):
    file = AttachmentFactory(record=record)
    shown = text_of(
        client.post(f"{page}pliki/{file.pk}/{verb}/", {"upload": upload("nowy.pdf"), "reason": " "})
    )
    assert "Powód: uzupełnij to pole" in shown
    assert attachments_of([record])[record.pk] == [file]


def test_a_file_is_removed(client, page, record, editor):
    file = AttachmentFactory(record=record, title="Regulamin naboru")
    assert "Regulamin naboru" in text_of(client.get(f"{page}pliki/{file.pk}/usun/"))

    client.post(f"{page}pliki/{file.pk}/usun/", {"reason": "Pomyłka"})

    assert attachments_of([record])[record.pk] == []


@pytest.mark.parametrize("verb", ["zastap", "usun"])
def test_a_removed_file_has_no_page(client, page, record, editor, verb):
    file = AttachmentFactory(record=record)
    remove_attachment(file, by=None, at=now())
    assert client.get(f"{page}pliki/{file.pk}/{verb}/").status_code == 404


def test_looking_changes_nothing(client, page, record, editor):
    file, proof = AttachmentFactory(record=record), PublicationProofFactory(record=record)
    addresses = ["pliki/dodaj/", f"pliki/{file.pk}/zastap/", f"pliki/{file.pk}/usun/", "publikacje/odnotuj/"]
    for address in [*addresses, f"publikacje/{proof.pk}/zdjecie/"]:
        assert client.get(page + address).status_code == 200
    assert attachments_of([record])[record.pk] == [file]
    assert proofs_of(record) == [proof]


# --- publications -------------------------------------------------------------------------------------------------


def sent_publication(**changes) -> dict:
    return {
        "purpose": "notice",
        "place": Place.BIP,
        "published_on": "2026-06-09",
        "url": "https://bip.example/1",
        "location": "",
        **changes,
    }


def test_a_publication_is_recorded(client, page, record, editor, frozen):
    client.post(f"{page}publikacje/odnotuj/", sent_publication())
    (proof,) = proofs_of(record)
    assert (proof.place, proof.published_on, proof.recorded_by) == (Place.BIP, date(2026, 6, 9), editor)


def test_the_same_publication_is_recorded_once(client, page, record, editor, frozen):
    client.post(f"{page}publikacje/odnotuj/", sent_publication())

    again = client.post(f"{page}publikacje/odnotuj/", sent_publication())

    assert "Dnia: ta publikacja jest już odnotowana" in text_of(again)
    assert len(proofs_of(record)) == 1
    client.post(f"{page}publikacje/odnotuj/", sent_publication(published_on="2026-06-08"))
    assert len(proofs_of(record)) == 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"url": ""}, "Adres strony: wklej adres"),
        ({"place": Place.NOTICE_BOARD}, "Miejsce: napisz, gdzie opublikowano"),
        ({"published_on": "2027-01-01"}, "Dnia: wpisz dzień, w którym już opublikowano"),
        ({"published_on": "wczoraj"}, "Dnia: wpisz dzień, miesiąc i rok, na przykład"),
        ({"place": "", "purpose": "x"}, "Gdzie: "),
        ({"url": "javascript:alert(1)"}, "Adres strony: wklej cały adres, na przykład https://"),
    ],
)
def test_half_a_publication_is_refused_beside_the_field(client, page, editor, frozen, changes, says):
    shown = text_of(client.post(f"{page}publikacje/odnotuj/", sent_publication(**changes)))
    assert says in shown
    assert not PublicationProof.objects.exists()


def test_the_end_of_a_publication_is_recorded(client, page, record, editor, frozen):
    proof = PublicationProofFactory(record=record, published_on=date(2026, 5, 1))

    early = client.post(f"{page}publikacje/{proof.pk}/zdjecie/", {"removed_on": "2026-04-01"})
    assert "Zdjęto dnia: wpisz dzień od publikacji do dziś" in text_of(early)
    client.post(f"{page}publikacje/{proof.pk}/zdjecie/", {"removed_on": "2026-06-01"})

    proof.refresh_from_db()
    assert proof.removed_on == date(2026, 6, 1)


# --- rights ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def addresses(page, record) -> list[str]:
    file, proof = AttachmentFactory(record=record), PublicationProofFactory(record=record)
    tails = ["pliki/dodaj/", f"pliki/{file.pk}/zastap/", f"pliki/{file.pk}/usun/", "publikacje/odnotuj/"]
    return [page + tail for tail in [*tails, f"publikacje/{proof.pk}/zdjecie/"]]


def test_who_may_not_change_the_record_may_not_change_its_files(client, addresses, auditor):
    for address in addresses:
        assert client.get(address).status_code == 403
        assert client.post(address, {"reason": "x"}).status_code == 403


def test_strangers_are_sent_to_log_in(client, addresses, person):
    for address in addresses:
        assert client.get(address).status_code == 302
    client.force_login(person())
    for address in addresses:
        assert client.post(address, {"reason": "x"}).status_code == 302
    assert Attachment.objects.current().count() == 1


def test_files_of_another_record_are_not_reached(client, page, record, editor):
    other = District.objects.create(number=2, name="x", full_name="x")
    file, proof = AttachmentFactory(record=other), PublicationProofFactory(record=other)
    assert client.post(f"{page}pliki/{file.pk}/usun/", {"reason": "x"}).status_code == 404
    assert client.post(f"{page}pliki/{file.pk}/zastap/", {"reason": "x"}).status_code == 404
    assert (
        client.post(f"{page}publikacje/{proof.pk}/zdjecie/", {"removed_on": "2026-06-01"}).status_code == 404
    )


def test_a_record_that_is_not_there_has_no_page(client, editor):
    assert client.get("/admin/city/district/999999/pliki/dodaj/").status_code == 404
