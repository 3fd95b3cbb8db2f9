"""A resident books a talk on a phone and gives it back; a clerk prepares the room and invites organisations."""

import re

from consultations.models import SignUp
from core.notifications.models import OutboxMail

from .conftest import log_in

TITLE = re.compile("Założenia Programu współpracy z organizacjami")


def test_a_resident_on_a_phone_books_a_talk_and_gives_it_back(city, phone, visit, look):
    visit(phone, "/konsultacje/")
    phone.get_by_role("link", name=TITLE).first.click()
    phone.get_by_role("link", name="Zarezerwuj rozmowę").first.click()
    look(phone)
    phone.get_by_label("15:20").check()
    phone.get_by_label("Imię i nazwisko").fill("Barbara Kanarek")
    phone.get_by_label("Adres e-mail").fill("barbara.kanarek@example.org")
    phone.get_by_label("opieka nad dzieckiem").check()
    phone.wait_for_timeout(3200)  # a form sent at once is taken for a machine's
    phone.get_by_role("button", name="Zarezerwuj").click()
    look(phone)
    assert "Zarezerwowaliśmy rozmowę" in phone.get_by_role("main").inner_text()
    assert "Kanarek" not in phone.content()

    letter = OutboxMail.objects.get(to="barbara.kanarek@example.org")
    own = re.search(r"http\S+/zapis/\S+/(?=\s)", letter.text)[0]
    visit(phone, own.partition("/konsultacje/")[1] + own.partition("/konsultacje/")[2])
    phone.get_by_role("button", name="Potwierdzam, że przyjdę").click()
    look(phone)
    phone.get_by_role("button", name="Rezygnuję").click()
    look(phone)
    assert SignUp.objects.get(email="barbara.kanarek@example.org").cancelled_at is not None


def test_a_clerk_sees_who_comes_and_whom_to_invite(city, page, visit, look):
    log_in(page, "urzednik@example.org")

    visit(page, "/admin/consultations/formdate/?kiedy=przed")
    page.get_by_role("link", name=re.compile("17:00")).first.click()
    look(page)
    assert "opieka nad dzieckiem" in page.get_by_role("main").inner_text().lower()
    page.get_by_role("link", name="Lista do druku").click()
    look(page)
    visit(page, "/admin/consultations/invitationbatch/add/")
    page.get_by_label("Konsultacje").select_option(index=1)
    page.get_by_label("Wszystkie organizacje z bazy").check()
    page.get_by_role("button", name="Pokaż odbiorców").click()
    look(page)
    assert "Odbiorcy:" in page.get_by_role("main").inner_text()
    visit(page, "/konsultacje/udzial/")
