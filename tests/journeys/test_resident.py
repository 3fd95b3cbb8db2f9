"""A resident reads about a consultation and sends a remark without an account."""

import re

from consultations.models import Consultation, Submission
from core.notifications.models import OutboxMail

TITLE = "Standard współpracy wydziałów z organizacjami"


def test_a_resident_on_a_phone_sends_a_remark_and_gets_a_number(city, phone, visit, look):
    consultation = Consultation.objects.get(title=TITLE)

    visit(phone, "/konsultacje/")
    phone.get_by_role("link", name=re.compile("Standard współpracy")).first.click()
    look(phone)
    phone.get_by_role("link", name="Napisz uwagę").first.click()
    phone.get_by_label("Twoja uwaga albo propozycja zmiany").fill(
        "Jeden opiekun organizacji w każdym wydziale."
    )
    phone.get_by_label("mieszkanka lub mieszkaniec").check()
    phone.get_by_label("Imię i nazwisko").fill("Barbara Kanarek")
    phone.get_by_label("Adres e-mail").fill("barbara.kanarek@example.org")
    phone.wait_for_timeout(3200)  # a form sent at once is taken for a machine's
    phone.get_by_role("button", name="Wyślij uwagi").click()
    look(phone)

    submission = Submission.objects.get(email="barbara.kanarek@example.org")
    assert submission.number in phone.get_by_role("main").inner_text()
    letter = OutboxMail.objects.get(to="barbara.kanarek@example.org")
    assert submission.number in letter.text

    phone.goto(consultation.get_absolute_url())
    assert "Kanarek" not in phone.content()


def test_an_empty_form_says_what_to_do_and_keeps_what_was_typed(city, page, visit, look):
    consultation = Consultation.objects.get(title=TITLE)
    page.goto(f"{consultation.get_absolute_url()}uwaga/")
    page.get_by_label("Imię i nazwisko").fill("Barbara")
    page.wait_for_timeout(3200)

    page.get_by_role("button", name="Wyślij uwagi").click()

    look(page)
    assert page.title().startswith("Błąd:")
    assert page.get_by_role("alert").get_by_role("link").count() >= 2
    assert page.get_by_label("Imię i nazwisko").input_value() == "Barbara"
