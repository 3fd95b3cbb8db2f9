"""A document is read on a phone, a remark goes to a paragraph and its answer is found there; the office reads a file."""

from consultations import actions
from consultations.enums import PositionCode
from consultations.models import Consultation, Remark
from core.accounts.models import User
from core.common.clock import now
from demo.consultation_document import standard_file
from tests.journeys.conftest import log_in

PROGRAMME = "Założenia Programu współpracy z organizacjami na przyszły rok"
REMARK = "Edukacja obywatelska także dla seniorów."
ANSWER = "Dopiszemy seniorów do punktu 3.2 programu."


def test_a_remark_goes_to_a_paragraph_and_the_answer_stands_below_it(city, phone, visit, look):
    made = Consultation.objects.get(title=PROGRAMME)
    document = f"{made.get_absolute_url()}projekt/"

    visit(phone, document)
    phone.get_by_role("link", name="Dodaj uwagę do punktu 3.2").click()
    look(phone)
    chosen = phone.get_by_label("Część dokumentu")
    assert chosen.locator("option:checked").inner_text().startswith("3.2 Miasto wspiera edukację")
    phone.get_by_label("Twoja uwaga albo propozycja zmiany").fill(REMARK)
    phone.get_by_label("mieszkanka lub mieszkaniec").check()
    phone.get_by_label("Imię i nazwisko").fill("Barbara Kanarek")
    phone.get_by_label("Adres e-mail").fill("barbara.kanarek@example.org")
    phone.wait_for_timeout(3200)  # a form sent at once is taken for a machine's
    phone.get_by_role("button", name="Wyślij uwagi").click()
    look(phone)
    receipt = phone.url

    remark = Remark.objects.get(proposed_wording=REMARK)
    clerk = User.objects.get(email="urzednik@example.org")
    actions.answer_remarks([remark], code=PositionCode.ACCEPTED, position=ANSWER, by=clerk, at=now())
    actions.publish_positions([remark], by=clerk, at=now())

    visit(phone, receipt)
    assert ANSWER in phone.get_by_role("main").inner_text()
    phone.get_by_role("link", name="3.2", exact=True).click()
    point = phone.get_by_role("group", name="Punkt 3.2")
    point.locator("summary").click()
    assert ANSWER in point.inner_text()
    look(phone)
    assert "Kanarek" not in phone.content()


def test_versions_and_changes_are_read_by_everybody(city, phone, page, visit):
    made = Consultation.objects.get(title=PROGRAMME)
    reported = Consultation.objects.get(title="Zasady mikrograntów dzielnicowych")

    for reader in (phone, page):
        visit(reader, f"{made.get_absolute_url()}projekt/porownanie/?cale=1")
        assert reader.locator("ins").count() > 0
        visit(reader, f"{reported.get_absolute_url()}zmiany/")
        assert reader.locator("ins", has_text="10").count() == 1
        assert reader.locator("del", has_text="14").count() == 1


def test_the_office_reads_a_file_looks_at_the_points_and_publishes(city, page, look):
    made = Consultation.objects.get(title=PROGRAMME)
    log_in(page, "urzednik@example.org")

    page.goto(f"/admin/consultations/consultation/{made.pk}/dokument/")
    look(page)
    file = standard_file()
    page.get_by_label("Plik z dokumentem").set_input_files(
        {"name": file.name, "mimeType": "application/octet-stream", "buffer": file.read()}
    )
    page.get_by_role("button", name="Wczytaj i pokaż podgląd").click()
    look(page)
    assert "§3.1" in page.get_by_role("table", name="Punkty dokumentu").inner_text()
    page.get_by_label("Skąd ta wersja").fill("Próba wczytania pliku.")
    page.get_by_role("button", name="Opublikuj tę wersję").click()
    look(page)

    assert "To jest teraz treść dokumentu." in page.content()
    page.goto(f"{made.get_absolute_url()}projekt/")
    assert "Standard współpracy wydziałów" in page.get_by_role("heading", level=1).inner_text().replace(
        "\u00a0", " "
    )
