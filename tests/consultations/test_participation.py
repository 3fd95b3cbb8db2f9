"""Files, wishes, a lost link, the same words twice, many at once, and what an organisation sees of its own."""

import io
import threading
import time
import zipfile
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse

from consultations import actions
from consultations.actions import RemarkText
from consultations.enums import RespondentType, State
from consultations.models import Remark, Submission
from core.common.clock import now
from core.documents.enums import Audience, ScanState
from core.documents.models import Attachment
from core.legal.models import AuditEntry
from core.legal.rules import LawBreached
from core.notifications.models import OutboxMail
from tests.consultations.test_send import address, page_of, send, typed
from tests.factories import consultations as make
from tests.factories import organizations
from tests.factories.accounts import UserFactory, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(frozen) -> Client:
    cache.clear()
    return Client()


@pytest.fixture
def opened(frozen):
    return make.consultation(State.OPEN)


def text_file(name: str = "uwagi.txt", content: str = "Sala przy parku.\n") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode(), content_type="text/plain")


def with_macro() -> SimpleUploadedFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
        archive.writestr("word/vbaProject.bin", b"x")
    return SimpleUploadedFile("uwagi.docx", packed.getvalue())


# --- files ------------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-13")
def test_files_come_with_the_remarks_and_only_the_office_and_the_sender_read_them(client, opened, frozen):
    response = send(client, opened, frozen, files=[text_file(), text_file("mapa.txt")])

    sent = Submission.objects.get()
    files = list(Attachment.objects.of(sent))
    assert [file.original_name for file in files] == ["uwagi.txt", "mapa.txt"]
    assert {file.audience for file in files} == {Audience.OFFICIALS}
    assert "mapa.txt" in page_of(client.get(response.url))
    own = reverse("consultations:own_file", args=[sent.token, files[0].pk])
    assert b"".join(client.get(own).streaming_content) == b"Sala przy parku.\n"
    manager, stranger = Client(), Client()
    manager.force_login(make.manager(opened.unit))
    stranger.force_login(make.manager(unit("Wydział Obcy")))
    addresses = [files[0].get_absolute_url()]
    assert [manager.get(a).status_code for a in addresses] == [200]
    assert [stranger.get(a).status_code for a in addresses] == [404]
    assert [Client().get(a).status_code for a in addresses] == [404]


def test_nobody_reads_a_file_by_the_link_of_another_submission(client, opened):
    mine, other = make.submission(opened), make.submission(opened)
    actions.add_files(other, [text_file()], at=now())
    foreign = Attachment.objects.of(other).get()

    assert client.get(reverse("consultations:own_file", args=[mine.token, foreign.pk])).status_code == 404
    page = reverse("consultations:own_files", args=[mine.token])
    for wanted in (str(foreign.pk), "abc", "9" * 30, ""):
        assert client.post(page, {"remove": wanted}).status_code == 404
    assert Attachment.objects.of(other).current().exists()


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([with_macro], "makra"),
        ([lambda: SimpleUploadedFile("a.exe", b"MZ")], "a.exe"),
        ([lambda: SimpleUploadedFile("pusty.txt", b"")], "pusty"),
        ([text_file] * 6, "najwyżej 5 plików"),
    ],
)
def test_a_file_that_is_not_taken_is_named_and_the_text_stays(client, opened, frozen, files, message):
    response = send(client, opened, frozen, files=[make_file() for make_file in files])

    page = page_of(response)
    assert message in page
    assert "Uwaga z wiersza 1" in page
    assert "Wybierz je jeszcze raz" not in page, "it would be refused again"
    assert not Submission.objects.exists()
    assert not Attachment.objects.exists()


def test_a_button_for_rows_says_that_the_files_have_to_be_chosen_again(client, opened):
    page = page_of(client.post(address(opened), {**typed(), "add": "1", "files": [text_file("plan.txt")]}))

    assert "Wybierz je jeszcze raz przed wysłaniem: plan.txt" in page


def test_a_file_that_was_refused_is_not_asked_for_again(client, opened, frozen):
    empty = SimpleUploadedFile("pusty.txt", b"")

    page = page_of(send(client, opened, frozen, files=[text_file("plan.txt"), empty]))

    assert "Wybierz je jeszcze raz przed wysłaniem: plan.txt." in page


def test_files_are_added_and_removed_by_the_private_link_until_the_end(client, opened, frozen):
    sent = make.submission(opened)
    page = reverse("consultations:own_files", args=[sent.token])

    assert client.post(page, {"files": [text_file()]}).status_code == 302
    assert "Pliki: wybierz plik" in page_of(client.post(page, {}))
    too_many = page_of(client.post(page, {"files": [text_file() for _ in range(5)]}))
    file = Attachment.objects.of(sent).get()
    assert "najwyżej 5 plików" in too_many
    assert client.post(page, {"remove": str(file.pk)}).status_code == 302
    assert not Attachment.objects.of(sent).current().exists()

    actions.add_files(sent, [text_file()], at=now())
    frozen.move_to(opened.ends_at)
    kept = Attachment.objects.of(sent).current().get()
    client.post(page, {"files": [text_file("po.txt")]})
    client.post(page, {"remove": str(kept.pk)})
    assert Attachment.objects.of(sent).current().get() == kept
    assert "do końca konsultacji" in page_of(client.get(page))


def test_what_the_scanner_holds_back_the_sender_does_not_get_either(client, opened):
    sent = make.submission(opened)
    actions.add_files(sent, [text_file()], at=now())
    file = Attachment.objects.of(sent).get()
    own = reverse("consultations:own_file", args=[sent.token, file.pk])
    assert client.get(own).status_code == 200

    Attachment.objects.update(scan_state=ScanState.INFECTED)

    assert client.get(own).status_code == 404


@pytest.mark.rule("R-CNS-12")
def test_the_office_adds_the_scan_of_a_paper_form(opened, frozen):
    desk = Client()
    desk.force_login(make.manager(opened.unit))
    page = reverse("admin:consultations_consultation_entry", args=[opened.pk])
    data = {
        **typed(), "email": "", "channel": "paper", "received_at_0": "2026-06-10", "received_at_1": "10:00",
        "received_at": "2026-06-10T10:00", "files": [text_file("skan.txt")],
    }  # fmt: skip

    response = desk.post(page, data)

    assert response.status_code == 302
    sent = Submission.objects.get()
    assert sent.channel == "paper"
    assert Attachment.objects.of(sent).get().original_name == "skan.txt"
    shown = desk.get(reverse("admin:consultations_submission_change", args=[sent.pk])).content.decode()
    assert "skan.txt" in shown


# --- odd text ---------------------------------------------------------------------------------------


def test_emoji_stay_controls_go_and_a_pasted_table_keeps_its_columns(client, opened, frozen):
    pasted = "Zadanie\tKwota\r\nŚwietlica 👍🏽\t5000 zł\u202e\x07"

    send(client, opened, frozen, **{"uwagi-0-proposed_wording": pasted})

    assert Remark.objects.get().proposed_wording == "Zadanie | Kwota\nŚwietlica 👍🏽 | 5000 zł"


def test_a_text_of_a_hundred_thousand_characters_comes_back_whole(client, opened, frozen):
    long = "słowo " * 16_666

    page = page_of(send(client, opened, frozen, **{"uwagi-0-proposed_wording": long}))

    assert "a może mieć 5000. Skróć tekst" in page
    assert page.count("słowo") > 16_000
    assert 'maxlength="5000"' not in page


# --- the same words ---------------------------------------------------------------------------------


def test_the_same_remarks_from_one_person_fifty_times_are_one_and_the_person_is_told(client, opened, frozen):
    answers = [
        send(client, opened, frozen, **{"uwagi-0-proposed_wording": f"Więcej ławek{'!' * number}"})
        for number in range(5)
    ]

    assert [answer.status_code for answer in answers] == [302, 200, 200, 200, 200]
    assert "Takie same uwagi wysłano już z tego adresu e-mail" in page_of(answers[1])
    assert Remark.objects.count() == 1


def test_who_writes_from_elsewhere_does_not_learn_what_somebody_has_written(client, opened, frozen):
    send(client, opened, frozen)

    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    response = send(elsewhere, opened, frozen)

    assert response.status_code == 302
    assert Submission.objects.count() == 2


def test_the_same_words_of_many_are_taken_and_marked_for_the_desk(client, opened):
    texts = [RemarkText("Więcej ławek w parku.")]
    for _number in range(3):
        actions.file_submission(opened, sender=make.sender(), remarks=texts, at=now())
    make.submission(opened)
    desk = Client()
    desk.force_login(make.manager(opened.unit))
    remarks = reverse("admin:consultations_remark_changelist")

    page = desk.get(remarks).content.decode()
    narrowed = desk.get(remarks, {"tresc": "powtorzona"}).content.decode()

    assert page.count("3×") == 3
    assert "Więcej ławek" in narrowed
    assert "Sale także w niedziele" not in narrowed


def test_words_changed_by_the_sender_are_compared_anew(opened):
    sent = make.submission(opened)
    remark = sent.remarks.get()
    before = remark.text_hash

    actions.edit_submission(sent, remarks=[RemarkText("Zupełnie inaczej", remark_id=remark.pk)], at=now())

    remark.refresh_from_db()
    assert remark.text_hash not in ("", before)


# --- many at once -----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_hundred_and_twenty_submissions_by_eight_people_at_once_keep_their_order_and_pace():
    """A thousand in a minute is 17 in a second; the numbers follow each other without a gap."""
    made, failures = make.consultation(State.OPEN), []

    def send_many() -> None:
        try:
            for _number in range(15):
                make.submission(made)
        except Exception as fault:
            failures.append(fault)
        finally:
            connections.close_all()

    began = time.perf_counter()
    threads = [threading.Thread(target=send_many) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began

    assert failures == []
    assert sorted(made.submissions.values_list("serial", flat=True)) == list(range(1, 121))
    assert sorted(made.remarks.values_list("number", flat=True)) == list(range(1, 121))
    assert OutboxMail.objects.filter(kind="consultation_receipt").count() == 120
    assert seconds < 60


# --- wishes -----------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-14")
def test_a_consent_is_taken_back_also_after_the_end(client, opened, frozen):
    sent = make.submission(opened, who=make.sender(name="Zofia Jawna", may_publish_name=True))
    frozen.move_to(opened.ends_at + timedelta(days=5))
    assert str(sent.public_author) == "Zofia Jawna"

    response = client.post(reverse("consultations:wishes", args=[sent.token]), {"wants_survey": "on"})

    sent.refresh_from_db()
    assert response.url == sent.get_private_url()
    assert (sent.may_publish_name, sent.wants_survey, sent.wants_report) == (False, True, False)
    assert str(sent.public_author) == "mieszkanka lub mieszkaniec"
    assert "Jawna" not in str(list(AuditEntry.objects.values_list("label", "before", "after")))


def test_an_organisation_is_not_asked_for_a_name(client, opened):
    sent = make.submission(opened, who=make.sender(RespondentType.NGO))

    page = page_of(client.get(sent.get_private_url()))

    assert "gdy zapadnie decyzja" in page
    assert "publikację mojego imienia" not in page


# --- a lost link ------------------------------------------------------------------------------------


def ask_for_link(client, frozen, **fields):
    page = reverse("consultations:lost_link")
    shown = page_of(client.get(page)).split('name="shown_at" value="')[1].split('"')[0]
    frozen.shift(timedelta(seconds=30))
    return client.post(page, {"shown_at": shown, **fields}, follow=True)


@pytest.mark.rule("R-CNS-15")
def test_the_link_is_sent_again_only_to_the_address_it_belongs_to(client, opened, frozen):
    sent = make.submission(opened, who=make.sender(email="ewa@example.org"))
    OutboxMail.objects.all().delete()

    right = ask_for_link(client, frozen, number=sent.number.lower(), email="EWA@example.org")
    letter = OutboxMail.objects.get()
    wrong = ask_for_link(client, frozen, number=sent.number, email="obcy@example.org")
    unknown = ask_for_link(client, frozen, number="K/99/2026/9999", email="ewa@example.org")
    again = ask_for_link(client, frozen, number=sent.number, email="ewa@example.org")

    assert letter.to == "ewa@example.org"
    token = letter.text.split("/konsultacje/zgloszenie/")[1].split("/")[0]
    assert Submission.objects.by_token(token).get() == sent
    told = "Jeśli numer i adres się zgadzają"
    assert all(told in page_of(response) for response in (right, wrong, unknown, again))
    assert OutboxMail.objects.count() == 1


def test_nobody_gropes_for_links(client, opened, frozen, monkeypatch):
    monkeypatch.setattr("consultations.views.own.LINKS_OFTEN", 2)

    answers = [
        ask_for_link(client, frozen, number=f"K/1/2026/{n:04d}", email="ewa@example.org") for n in range(3)
    ]

    assert "pytano już wiele razy" in page_of(answers[2])
    asked = ask_for_link(client, frozen, number="0007", email="ewa@example.org")
    assert "Numer zgłoszenia: wpisz numer w postaci K/12/2026/0007" in page_of(asked)
    assert "Adres e-mail:" in page_of(ask_for_link(client, frozen, number="x", email="y"))


# --- for the organisation ---------------------------------------------------------------------------


def test_another_member_finds_and_edits_what_was_sent_for_the_organisation(client, opened, frozen):
    organization = organizations.verified("Fundacja Zielony Skwer")
    writer, other = organizations.member(organization), organizations.member(organization)
    client.force_login(writer)
    send(client, opened, frozen, respondent_type="ngo", organisation_name="Fundacja Zielony Skwer")
    sent = Submission.objects.get()
    stranger = organizations.member(organizations.verified("Fundacja Obca"))

    def mine(person) -> str:
        browser = Client()
        browser.force_login(person)
        return page_of(browser.get(reverse("consultations:my_remarks")))

    assert sent.organization == organization
    assert sent.get_private_url() in mine(writer)
    assert sent.get_private_url() in mine(other)
    assert sent.number not in mine(stranger)
    assert client.get(reverse("consultations:edit", args=[sent.token])).status_code == 200


def test_the_list_of_own_remarks_costs_the_same_for_one_and_for_many(
    client, opened, django_assert_max_num_queries
):
    person = UserFactory()
    client.force_login(person)

    def file(count: int) -> None:
        for _number in range(count):
            actions.file_submission(
                opened, sender=make.sender(), remarks=[RemarkText("Uwaga")], by=person, at=now()
            )

    counts = []
    client.get(reverse("consultations:my_remarks"))  # a session is made with the first page
    for count in (1, 20):
        file(count)
        with django_assert_max_num_queries(15) as asked:
            client.get(reverse("consultations:my_remarks"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_who_was_logged_out_while_writing_is_told_once_and_loses_nothing(client, opened, frozen):
    organization = organizations.verified("Fundacja Zielony Skwer")
    client.force_login(organizations.member(organization))
    own = {
        "respondent_type": "ngo",
        "organisation_name": "Fundacja Zielony Skwer",
        "filed_for": str(organization.pk),
    }
    client.get(address(opened))
    client.logout()

    told = page_of(send(client, opened, frozen, **own))
    taken = send(client, opened, frozen, **own, is_told="on")

    assert "sesja wygasła" in told
    assert "Uwaga z wiersza 1" in told
    assert 'name="is_told" value="on"' in told
    assert taken.status_code == 302
    assert Submission.objects.get().organization is None


def test_an_organisation_chosen_in_a_second_tab_changes_nothing(client, opened, frozen):
    first, second = organizations.verified("Fundacja A"), organizations.verified("Fundacja B")
    person = organizations.member(first)
    organizations.member(second, person)
    client.force_login(person)
    session = client.session
    session["organization"] = second.pk
    session.save()

    send(
        client,
        opened,
        frozen,
        respondent_type="ngo",
        organisation_name="Fundacja A",
        filed_for=str(first.pk),
    )

    assert Submission.objects.get().organization == first


# --- forgetting -------------------------------------------------------------------------------------


@pytest.mark.rule("R-WEB-11")
def test_files_go_with_the_names_two_years_after(opened, frozen, django_capture_on_commit_callbacks):
    sent = make.submission(opened)
    actions.add_files(sent, [text_file()], at=now())
    file = Attachment.objects.of(sent).get()
    actions.cancel(opened, by=None, at=now(), reason=make.REASON)

    with django_capture_on_commit_callbacks(execute=True):
        assert actions.forget_senders(at=now() + timedelta(days=2 * 366)) == 1

    assert not Attachment.objects.of(sent).exists()
    assert not file.file.storage.exists(file.file.name)


def test_nothing_is_added_after_the_withdrawal(opened):
    sent = make.submission(opened)
    actions.withdraw_submission(sent, at=now())

    with pytest.raises(LawBreached):
        actions.add_files(sent, [text_file()], at=now())


def test_a_form_that_lost_its_token_in_another_tab_is_kept_and_sent_again(opened, frozen):
    strict = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
    foreign = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "cross-site"})
    strict.get(address(opened))

    lost = strict.post(address(opened), {**typed(), "csrfmiddlewaretoken": "x" * 64})
    page = page_of(lost)
    elsewhere = page_of(foreign.post(address(opened), typed()))

    assert lost.status_code == 403
    assert 'value="Uwaga z wiersza 1"' in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert "Wyślij formularz jeszcze raz" in page
    assert "Uwaga z wiersza 1" not in elsewhere
    assert not Submission.objects.exists()
    assert "Wyślesz bez zalogowania" in page
    assert "no-store" in lost["Cache-Control"]


def test_without_the_cookie_the_form_is_kept_too_and_says_why_but_never_shows_a_password(opened):
    blocking = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
    page = page_of(blocking.post(address(opened), {**typed(), "new_password1": "Tajne haslo 7"}))
    assert "Jeśli je blokujesz, zezwól na ciasteczka" in page
    assert 'value="Uwaga z wiersza 1"' in page
    assert "Tajne haslo 7" not in page

    person = UserFactory(full_name="Ewa Lis")
    blocking.force_login(person)
    assert "Wyślesz jako: <strong>Ewa Lis</strong>" in page_of(blocking.post(address(opened), typed()))
