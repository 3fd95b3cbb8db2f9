"""Writing remarks in the browser, without JavaScript and without an account."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from consultations import actions
from consultations.enums import Regime, RespondentType, State
from consultations.models import Remark, Submission
from core.common.clock import now
from core.legal.models import LegalParameter
from core.notifications.models import OutboxMail
from tests.factories import consultations as make
from tests.factories import organizations
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

HIDDEN = re.compile(r'name="(shown_at|form_key)" value="([^"]+)"')


@pytest.fixture
def client(frozen) -> Client:
    return Client()


@pytest.fixture
def opened(frozen):
    return make.consultation(State.OPEN)


def address(made) -> str:
    return reverse("consultations:send", args=[made.slug])


def page_of(response) -> str:
    """The page with plain spaces where typography has hard ones."""
    return response.content.decode().replace("\u00a0", " ")


def typed(rows: int = 1, **changes) -> dict[str, str]:
    data = {
        "respondent_type": RespondentType.RESIDENT.value,
        "name": "Anna Mazur",
        "email": "anna@example.org",
        "wants_report": "on",
        "uwagi-TOTAL_FORMS": str(rows),
        "uwagi-INITIAL_FORMS": "0",
    }
    for number in range(rows):
        data[f"uwagi-{number}-proposed_wording"] = f"Uwaga z wiersza {number + 1}"
        data[f"uwagi-{number}-part"] = "3.1"
    return {**data, **changes}


def send(client, made, frozen, **changes):
    """Opens the form, waits as a person would, and sends it."""
    hidden = dict(HIDDEN.findall(page_of(client.get(address(made)))))
    frozen.shift(timedelta(seconds=30))
    return client.post(address(made), {**typed(), **hidden, **changes})


def test_remarks_are_sent_and_the_receipt_shows_the_number(client, opened, frozen):
    response = send(client, opened, frozen, **typed(rows=2))

    submission = Submission.objects.get()
    assert response.status_code == 302
    assert response.url == submission.get_private_url()
    page = page_of(client.get(response.url))
    assert submission.number in page
    assert "Uwaga z wiersza 2" in page
    assert OutboxMail.objects.filter(to="anna@example.org").count() == 1
    assert list(opened.remarks.values_list("part", flat=True)) == ["3.1", "3.1"]


def test_the_link_from_a_point_chooses_it(client, opened):
    page = page_of(client.get(address(opened), {"punkt": "3.1"}))
    wrong = client.get(address(opened), {"punkt": "<script>"})

    assert '<option value="3.1" selected>' in page
    assert wrong.status_code == 200
    assert "<script>alert" not in page_of(wrong)


def test_another_row_comes_by_a_button_and_nothing_typed_is_lost(client, opened):
    response = client.post(address(opened), {**typed(name="", email="zły adres"), "add": "1"})

    page = page_of(response)
    assert "Uwaga 2" in page
    assert "Uwaga z wiersza 1" in page
    assert 'value="zły adres"' in page
    assert "Błąd" not in page
    assert not Submission.objects.exists()


def test_mistakes_say_in_which_remark_they_are_and_the_new_row_is_where_one_looks(client, opened, frozen):
    page = page_of(send(client, opened, frozen, **typed(rows=2, **{"uwagi-1-proposed_wording": ""})))

    assert "Uwaga 2: Twoja uwaga albo propozycja zmiany: napisz, co proponujesz" in page
    assert 'formaction="#uwaga-3"' in page
    assert 'id="uwaga-2"' in page


def test_a_row_goes_by_a_button(client, opened):
    page = page_of(client.post(address(opened), {**typed(rows=3), "remove": "1"}))

    assert "Uwaga z wiersza 1" in page
    assert "Uwaga z wiersza 2" not in page
    assert "Uwaga z wiersza 3" in page


@pytest.mark.parametrize(
    "pressed",
    [
        {"remove": "99"},
        {"remove": "abc"},
        {"add": "1", "uwagi-TOTAL_FORMS": "999999"},
        {"add": "1", "uwagi-TOTAL_FORMS": "x"},
    ],
)
def test_odd_buttons_do_no_harm(client, opened, pressed):
    assert client.post(address(opened), {**typed(), **pressed}).status_code == 200


def test_an_empty_row_is_passed_over(client, opened, frozen):
    blank = {"uwagi-TOTAL_FORMS": "2", "uwagi-1-proposed_wording": "", "uwagi-1-part": ""}

    send(client, opened, frozen, **blank)

    assert opened.remarks.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Imię i nazwisko: uzupełnij to pole"),
        ({"email": "nie-adres"}, "Adres e-mail:"),
        ({"respondent_type": ""}, "Kim jesteś: wybierz odpowiedź"),
        ({"respondent_type": "ngo"}, "Nazwa organizacji: wpisz pełną nazwę"),
        ({"respondent_type": "haker"}, "Kim jesteś:"),
        (
            {"uwagi-0-proposed_wording": "", "uwagi-0-part": "", "uwagi-0-justification": ""},
            "Twoja uwaga albo propozycja zmiany: napisz co najmniej jedną uwagę",
        ),
        ({"uwagi-0-proposed_wording": ""}, "Twoja uwaga albo propozycja zmiany: napisz, co proponujesz"),
        ({"uwagi-0-proposed_wording": "x" * 5001}, "Twoja uwaga albo propozycja zmiany:"),
        ({"uwagi-0-part": "99.9"}, "Część dokumentu:"),
        ({"name": "http://spam.example"}, "Imię i nazwisko:"),
        ({"name": "Anna\x00"}, "Imię i nazwisko:"),
        ({"uwagi-0-proposed_wording": "x" * 100_000}, "ma 100 000 znaków, a może mieć 5000"),
        ({"uwagi-0-proposed_wording": "\x00\u200b"}, "napisz, co proponujesz"),
        ({"uwagi-TOTAL_FORMS": ""}, "Formularz nie dotarł w całości"),
        ({"uwagi-TOTAL_FORMS": "9999"}, "Uwagi: wyślij najwyżej"),
        ({"district": "99999999999999999999"}, "Dzielnica"),
    ],
)
def test_mistakes_are_named_at_the_field_and_the_text_stays(client, opened, frozen, changes, message):
    response = send(client, opened, frozen, **{"uwagi-0-justification": "Moje uzasadnienie", **changes})

    page = page_of(response)
    assert response.status_code == 200
    assert message in page
    assert "<title>Błąd:" in page
    assert "Moje uzasadnienie" in page or {"uwagi-0-justification", "uwagi-TOTAL_FORMS"} & set(changes)
    assert not Submission.objects.exists()


@pytest.mark.rule("R-CNS-15")
def test_typed_before_the_end_and_sent_a_minute_after_is_kept_as_late(client, opened, frozen):
    frozen.move_to(opened.ends_at - timedelta(minutes=1))
    hidden = dict(HIDDEN.findall(page_of(client.get(address(opened)))))
    frozen.move_to(opened.ends_at + timedelta(minutes=1))

    response = client.post(address(opened), {**typed(), **hidden})

    submission = Submission.objects.get()
    assert submission.is_late
    page = page_of(client.get(response.url))
    assert "po końcu konsultacji" in page
    assert "Uwaga z wiersza 1" in page


def test_after_the_end_the_form_is_not_offered(client, opened, frozen):
    frozen.move_to(opened.ends_at)

    page = page_of(client.get(address(opened)))

    assert "Te konsultacje już się skończyły" in page
    assert "<textarea" not in page


def test_called_off_while_somebody_was_writing(client, opened, frozen):
    hidden = dict(HIDDEN.findall(page_of(client.get(address(opened)))))
    actions.cancel(opened, by=None, at=now(), reason="Projekt wycofano.")
    frozen.shift(timedelta(seconds=30))

    page = page_of(client.post(address(opened), {**typed(), **hidden}))

    assert "nie przyjmują teraz uwag" in page
    assert "Uwaga z wiersza 1" in page


def test_a_machine_is_asked_to_try_again(client, opened, frozen):
    hidden = dict(HIDDEN.findall(page_of(client.get(address(opened)))))

    too_fast = client.post(address(opened), {**typed(), **hidden})
    frozen.shift(timedelta(seconds=30))
    trapped = client.post(address(opened), {**typed(), **hidden, "website_of_sender": "http://spam.example"})
    unsigned = client.post(address(opened), {**typed(), "shown_at": "wczoraj"})

    assert [response.status_code for response in (too_fast, trapped, unsigned)] == [200, 200, 200]
    assert not Submission.objects.exists()
    assert "Uwaga z wiersza 1" in page_of(too_fast)


def test_one_address_cannot_flood(client, opened, frozen, monkeypatch):
    monkeypatch.setattr("consultations.views.participant.OFTEN", 3)
    for number in range(4):
        response = send(client, opened, frozen, **{"uwagi-0-proposed_wording": f"Uwaga numer {number}"})

    assert response.status_code == 200
    page = page_of(response)
    assert "Z Twojej sieci wysłano w ostatniej godzinie bardzo dużo zgłoszeń" in page
    assert "Uwaga numer 3" in page
    assert Submission.objects.count() == 3
    cache.clear()


def test_the_same_form_twice_is_one_submission(client, opened, frozen):
    hidden = dict(HIDDEN.findall(page_of(client.get(address(opened)))))
    UUID(hidden["form_key"])
    frozen.shift(timedelta(seconds=30))

    first, again = [client.post(address(opened), {**typed(), **hidden}) for _time in range(2)]

    assert first.url == again.url
    assert Submission.objects.count() == 1


def test_forms_of_other_sites_are_refused(opened, frozen):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(address(opened), typed()).status_code == 403


@pytest.mark.rule("R-CNS-14")
def test_in_consultations_of_organisations_residents_are_not_asked(client, frozen):
    made = make.consultation(State.OPEN, regimes=[Regime.NGO.value])

    page = page_of(client.get(address(made)))
    send(client, made, frozen, respondent_type="ngo", organisation_name="Fundacja Próbna")

    assert "mieszkanka lub mieszkaniec" not in page
    assert "dzielnica" not in page.lower().split("<main")[1].split("</form>")[0]
    assert str(Submission.objects.get().public_author) == "Fundacja Próbna"


def test_who_is_logged_in_finds_name_and_address_filled_in(client, opened):
    person = UserFactory(full_name="Ewa Nowak", email="ewa@example.org")
    client.force_login(person)

    page = page_of(client.get(address(opened)))

    assert 'value="Ewa Nowak"' in page
    assert 'value="ewa@example.org"' in page


@pytest.mark.rule("R-CNS-14")
def test_who_acts_for_an_organisation_finds_it_filled_in_and_the_remark_is_its_own(client, opened, frozen):
    organization = organizations.verified("Fundacja Zielony Skwer")
    client.force_login(organizations.member(organization))

    page = page_of(client.get(address(opened)))
    send(client, opened, frozen, respondent_type="ngo", organisation_name="Fundacja Zielony Skwer")
    other_words = {"uwagi-0-proposed_wording": "Coś innego"}
    send(client, opened, frozen, respondent_type="ngo", organisation_name="Fundacja Obca", **other_words)

    assert 'value="Fundacja Zielony Skwer"' in page
    assert re.search(r'value="ngo"[^>]* checked', page)
    own, other = Submission.objects.order_by("serial")
    assert own.organization == organization
    assert other.organization is None
    assert own.user is not None


def test_the_clause_stands_at_the_form(client, opened):
    LegalParameter.objects.filter(code="consultation_data").update(value=5)
    page = page_of(client.get(address(opened)))

    for part in ("Administrator", "Cel", "Podstawa", "Odbiorcy", "Jak długo", "Twoje prawa"):
        assert f"<dt>{part}</dt>" in page
    assert "<dd>5 lat od raportu;" in page


# --- the private link -------------------------------------------------------------------------------


def test_the_private_page_is_kept_from_caches_and_search_engines(client, opened):
    sent = make.submission(opened)

    response = client.get(sent.get_private_url())

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert sent.email not in page_of(response)


@pytest.mark.parametrize("token", ["abc", "MQ:1:x", "%00", "a" * 2000])
def test_a_forged_link_is_not_found(client, opened, token):
    make.submission(opened)

    for name in ("submission", "edit"):
        assert client.get(
            f"/konsultacje/zgloszenie/{token}/{'popraw/' if name == 'edit' else ''}"
        ).status_code in (400, 404)


def test_remarks_are_edited_by_the_private_link(client, opened):
    sent = make.submission(opened)
    remark = sent.remarks.get()
    edit = reverse("consultations:edit", args=[sent.token])

    form = page_of(client.get(edit))
    data = {"seen_at": "", "uwagi-TOTAL_FORMS": "2", "uwagi-INITIAL_FORMS": "0", "uwagi-0-remark_id": str(remark.pk),
            "uwagi-0-proposed_wording": "Poprawiona", "uwagi-0-part": "3.1", "uwagi-1-proposed_wording": "Nowa", "uwagi-1-part": ""}  # fmt: skip
    response = client.post(edit, data)

    assert remark.proposed_wording in form
    assert response.status_code == 302
    assert sorted(Remark.objects.valid().values_list("proposed_wording", flat=True)) == ["Nowa", "Poprawiona"]


def test_editing_shows_mistakes_and_keeps_the_text(client, opened):
    sent = make.submission(opened)
    edit = reverse("consultations:edit", args=[sent.token])
    data = {
        "seen_at": "",
        "uwagi-TOTAL_FORMS": "1",
        "uwagi-INITIAL_FORMS": "0",
        "uwagi-0-proposed_wording": "",
        "uwagi-0-justification": "Zostaję",
    }

    page = page_of(client.post(edit, data))

    assert "napisz, co proponujesz" in page
    assert "Zostaję" in page
    assert "Dodaj kolejną" in page_of(client.post(edit, {**data, "add": "1"}))


def test_a_form_opened_before_another_change_is_refused(client, opened, frozen):
    sent = make.submission(opened)
    edit = reverse("consultations:edit", args=[sent.token])
    data = {
        "seen_at": "",
        "uwagi-TOTAL_FORMS": "1",
        "uwagi-INITIAL_FORMS": "0",
        "uwagi-0-proposed_wording": "Pierwsza",
    }
    client.post(edit, data)
    frozen.shift(timedelta(minutes=1))

    page = page_of(client.post(edit, {**data, "uwagi-0-proposed_wording": "Druga"}))

    assert "w innym oknie" in page
    assert "Druga" in page
    assert Remark.objects.valid().get().proposed_wording == "Pierwsza"


def test_after_the_end_the_private_link_only_reads(client, opened, frozen):
    sent = make.submission(opened)
    frozen.move_to(opened.ends_at)

    page = page_of(client.get(sent.get_private_url()))
    edit = client.get(reverse("consultations:edit", args=[sent.token]))

    assert "Popraw uwagi" not in page
    assert edit.status_code == 302
    client.post(sent.get_private_url())
    assert Submission.objects.valid().exists()


def test_withdrawing_by_the_private_link(client, opened):
    sent = make.submission(opened)

    response = client.post(sent.get_private_url(), follow=True)

    assert "Wycofano zgłoszenie" in page_of(response)
    assert client.get(sent.get_private_url()).status_code == 404
    assert not Remark.objects.published().exists()


def test_the_answer_is_read_by_the_private_link_after_the_report(client, opened, frozen):
    sent = make.submission(opened)
    frozen.move_to(opened.ends_at)
    actions.close_due(now())
    opened.refresh_from_db()
    actions.start_analysis(opened, by=None, at=now())
    make.write_report(opened)
    make.answer(opened.remarks.get())
    before = page_of(client.get(sent.get_private_url()))
    actions.publish_report(opened, by=None, at=now())

    assert make.POSITION not in before
    assert make.POSITION in page_of(client.get(sent.get_private_url()))
