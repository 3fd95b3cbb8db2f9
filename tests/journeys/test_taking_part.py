"""A remark to a paragraph from the phone to the answer, the same by keyboard alone, and a survey."""

import re

from playwright.sync_api import Page

from consultations import actions
from consultations.enums import PositionCode
from consultations.models import Consultation, Submission, SurveyResponse
from core.accounts.models import User
from core.common.clock import now
from core.documents.models import Attachment

TITLE = "Założenia Programu współpracy z organizacjami na przyszły rok"
ANSWER = "Godziny klubów dopiszemy do zasad konkursu na ich prowadzenie."
A_WHILE = 3200  # a form sent at once is taken for a machine's


def programme() -> Consultation:
    return Consultation.objects.get(title=TITLE)


def answer(sent: Submission) -> None:
    clerk = User.objects.get(email="urzednik@example.org")
    remarks = sent.remarks.all()
    actions.answer_remarks(remarks, code=PositionCode.ACCEPTED, position=ANSWER, by=clerk, at=now())
    actions.publish_positions(remarks, by=clerk, at=now())


def test_a_resident_on_a_phone_writes_to_a_paragraph_with_a_file_and_finds_the_answer(
    city, phone, visit, look
):
    visit(phone, programme().get_absolute_url())
    phone.get_by_role("link", name=re.compile("punktu 3.2")).first.click()
    look(phone)
    assert phone.get_by_label("Część dokumentu").input_value() == "3.2"
    phone.get_by_label("Twoja uwaga albo propozycja zmiany").fill("Zajęcia także w soboty 👍")
    phone.get_by_label(re.compile("^Pliki")).set_input_files(
        {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"sobota 10-14\n"}
    )
    phone.get_by_label("mieszkanka lub mieszkaniec").check()
    phone.get_by_label("Imię i nazwisko").fill("Barbara Kanarek")
    phone.get_by_label("Adres e-mail").fill("barbara.kanarek@example.org")
    phone.wait_for_timeout(A_WHILE)
    phone.get_by_role("button", name="Wyślij uwagi").click()
    look(phone)

    sent = Submission.objects.get(email="barbara.kanarek@example.org")
    assert Attachment.objects.of(sent).get().original_name == "plan.txt"
    assert "plan.txt" in phone.get_by_role("main").inner_text()
    answer(sent)
    phone.reload()
    assert ANSWER in phone.get_by_role("main").inner_text()
    phone.get_by_role("link", name="Dodaj albo usuń pliki").click()
    look(phone)
    phone.goto(programme().get_absolute_url())
    assert "Kanarek" not in phone.content()
    visit(phone, "/konsultacje/zgubiony-link/")


def reach(page: Page, name: re.Pattern) -> None:
    """Presses Tab until what has the focus is called so, as a screen reader would say it."""
    for _step in range(120):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "() => { const e = document.activeElement; return [...(e.labels || [])].map(l => l.textContent).join(' ')"
            " + ' ' + (e.getAttribute('aria-label') || '') + ' ' + (e.textContent || ''); }"
        )
        if name.search(said.replace("\u00a0", " ")):
            return
    raise AssertionError(f"not reached by keyboard: {name.pattern}")


def test_by_keyboard_alone_a_remark_is_written_and_the_answer_is_read(city, page, look):
    page.goto(programme().get_absolute_url())
    reach(page, re.compile("Dodaj uwagę do punktu 3.1"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reach(page, re.compile("Twoja uwaga albo propozycja"))
    page.keyboard.type("Krótsze wnioski.")
    reach(page, re.compile("mieszkanka lub mieszkaniec"))
    page.keyboard.press("Space")
    reach(page, re.compile("Imię i nazwisko"))
    page.keyboard.type("Jan Kanarek")
    reach(page, re.compile("Adres e-mail"))
    page.keyboard.type("jan.kanarek@example.org")
    page.wait_for_timeout(A_WHILE)
    reach(page, re.compile("Wyślij uwagi"))
    with page.expect_navigation(url=re.compile("/zgloszenie/")):
        page.keyboard.press("Enter")
    look(page)

    sent = Submission.objects.get(email="jan.kanarek@example.org")
    assert sent.number in page.get_by_role("heading", level=1).inner_text()
    answer(sent)
    page.reload()
    assert ANSWER in page.get_by_role("row", name=re.compile("Krótsze wnioski")).inner_text()


def test_a_survey_is_filled_in_on_a_phone_and_its_results_are_read_as_a_table(city, phone, visit, look):
    survey = programme().surveys.get()
    before = SurveyResponse.objects.filter(survey=survey).count()
    phone.goto(programme().get_absolute_url())
    phone.get_by_role("link", name=re.compile("Wypełnij ankietę")).click()
    look(phone)
    phone.get_by_label("w weekendy").check()
    phone.get_by_label("sąsiedzkich").check()
    phone.get_by_label(re.compile("Ile minut")).fill("12")
    phone.wait_for_timeout(A_WHILE)
    phone.get_by_role("button", name="Wyślij odpowiedzi").click()
    look(phone)
    assert SurveyResponse.objects.filter(survey=survey).count() == before + 1
    assert "Dziękujemy" in phone.get_by_role("main").inner_text()

    reported = Consultation.objects.get(title="Zasady mikrograntów dzielnicowych")
    visit(phone, reported.surveys.get().get_results_url())
    assert phone.get_by_role("table").count() >= 3
    assert "Odpowiedzi piszcie krócej." in phone.get_by_role("main").inner_text()
