"""The page of one date and the private link: signing up on the web, what is shown and what never is."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from consultations import actions
from consultations.enums import State
from consultations.models import SignUp
from core.common import antispam
from core.common.clock import now
from tests.factories import consultations as make
from tests.factories import meetings as meet
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(frozen):
    return meet.date_of(make.consultation(State.OPEN), seat_limit=1, place="ul. Próbna 1")


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def typed(frozen, **changes) -> dict:
    """What the form sends, shown half a minute ago."""
    shown_at = antispam.stamp()
    frozen.shift(timedelta(seconds=30))
    return {
        "name": "Zenobia Sekretna",
        "email": "sekretna@prywatny.example",
        "shown_at": shown_at,
        "website_of_sender": "",
        "form_key": "",
        **changes,
    }


def test_a_resident_signs_up_without_an_account(client, talk, frozen):
    page = text(client.get(talk.get_absolute_url()))
    assert "środa 17 czerwca 2026" in page
    assert "1 z 1" in page

    answer = client.post(talk.get_absolute_url(), typed(frozen, needs=["child_care"]), follow=True)

    made = SignUp.objects.get()
    assert (made.name, made.needs, made.is_waiting) == ("Zenobia Sekretna", ["child_care"], False)
    assert "Przyjęliśmy zapis" in text(answer)
    assert "0 z 1" in text(answer)
    assert "sekretna@prywatny.example" not in text(answer)


def test_when_full_the_page_offers_the_list(client, talk, frozen):
    meet.signed_up(talk)
    assert "Zapisz mnie na listę rezerwową" in text(client.get(talk.get_absolute_url()))

    answer = client.post(talk.get_absolute_url(), typed(frozen), follow=True)

    assert "na listę rezerwową" in text(answer)
    assert talk.sign_ups.waiting().count() == 1
    assert "1 osoba" in text(answer)


def test_the_page_answers_the_same_for_an_address_that_is_signed_up(client, talk, frozen):
    talk.form.seat_limit = 5
    talk.form.save()
    first = text(client.post(talk.get_absolute_url(), typed(frozen, email="a@prywatny.example"), follow=True))
    again = text(client.post(talk.get_absolute_url(), typed(frozen, email="a@prywatny.example"), follow=True))

    note = "Przyjęliśmy zapis. Potwierdzenie i link do rezygnacji wysłaliśmy na podany adres."
    assert note in first
    assert note in again
    assert talk.sign_ups.count() == 1


def test_nothing_typed_is_lost_and_mistakes_stand_at_their_fields(client, talk, frozen):
    wrong = typed(frozen, email="nie adres", needs_note="duży druk", needs=["nieznane"])

    page = text(client.post(talk.get_absolute_url(), wrong))

    assert 'value="nie adres"' in page
    assert 'value="duży druk"' in page
    assert 'href="#id_email"' in page
    assert not SignUp.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "x" * 5000},
        {"name": "http://spam.example"},
        {"email": "a" * 300 + "@b.pl"},
        {"needs_note": "x" * 301},
        {"form_key": "nie-uuid"},
        {"website_of_sender": "http://spam.example"},
        {"shown_at": "podrobione"},
    ],
)
def test_bad_input_is_refused_without_an_error_page(client, talk, frozen, changes):
    answer = client.post(talk.get_absolute_url(), typed(frozen, **changes))

    assert answer.status_code == 200
    assert not SignUp.objects.exists()


def test_control_characters_are_taken_out(client, talk, frozen):
    client.post(talk.get_absolute_url(), typed(frozen, needs_note="pies\x07 przewodnik 🐕"))

    assert SignUp.objects.get().needs_note == "pies przewodnik 🐕"


def test_a_booked_talk_is_no_longer_offered(client, frozen):
    duty = meet.duty_of(make.consultation(State.OPEN))
    page = text(client.get(duty.get_absolute_url()))
    assert "14:20" in page
    assert "3 z 3" in page

    answer = client.post(
        duty.get_absolute_url(), typed(frozen, slot="2", topic="Sale", phone="12 000 00 00"), follow=True
    )
    said = text(answer)
    assert "Zarezerwowaliśmy rozmowę: środa 17 czerwca 2026, godz. 14:20." in said
    assert "Zapisz kolejną osobę" in said
    assert 'name="slot"' not in said, "an empty form reads like a sign-up that failed"
    assert 'value="2"' not in text(client.get(duty.get_absolute_url()))
    late = text(client.post(duty.get_absolute_url(), typed(frozen, slot="2", email="b@prywatny.example")))

    assert "ktoś właśnie zarezerwował" in late
    assert SignUp.objects.get().topic == "Sale"


def test_one_address_cannot_fill_the_room(client, talk, frozen):
    cache.clear()
    talk.form.seat_limit = 100
    talk.form.save()
    for n in range(10):
        client.post(talk.get_absolute_url(), typed(frozen, email=f"p{n}@prywatny.example"))
    page = text(client.post(talk.get_absolute_url(), typed(frozen, email="p11@prywatny.example")))

    assert "było już dużo zapisów" in page
    assert talk.sign_ups.count() == 10


@pytest.mark.parametrize("state", [State.DRAFT, State.PLANNED])
def test_dates_of_what_is_not_announced_are_nowhere(client, frozen, state):
    date = meet.date_of(make.consultation(state))

    assert client.get(date.get_absolute_url()).status_code == 404
    assert client.get(f"{date.get_absolute_url()}termin.ics").status_code == 404


def test_a_date_under_another_consultation_is_not_found(client, talk):
    other = make.consultation(State.OPEN)

    assert client.get(f"/konsultacje/{other.slug}/spotkania/{talk.pk}/").status_code == 404


def test_a_date_called_off_says_why_and_takes_nobody(client, talk, frozen):
    actions.cancel_date(talk, reason="Awaria ogrzewania.", by=None, at=now())

    page = text(client.get(talk.get_absolute_url()))

    assert "Powód: Awaria ogrzewania." in page
    assert "Zapisz mnie" not in page
    assert "Wolne miejsca" not in page
    assert "termin.ics" not in page
    assert "Awaria ogrzewania." in text(client.get(talk.form.consultation.get_absolute_url()))
    client.post(talk.get_absolute_url(), typed(frozen))
    assert not SignUp.objects.exists()


def test_a_duty_that_is_over_offers_nothing(client, frozen):
    duty = meet.duty_of(make.consultation(State.OPEN))
    frozen.shift(timedelta(days=8))

    page = text(client.get(duty.get_absolute_url()))

    assert "już się zaczął albo minął" in page
    assert "Dyżur 17 czerwca 2026" in page
    for gone in ("Zarezerwuj rozmowę", "Wolne rozmowy", "termin.ics"):
        assert gone not in page


def test_the_consultation_links_to_signing_up(client, talk):
    page = text(client.get(talk.form.consultation.get_absolute_url()))

    assert f'href="{talk.get_absolute_url()}"' in page


# --- the private link -------------------------------------------------------------------------------


def test_confirming_and_giving_back_by_the_private_link(client, talk):
    person, next_one = meet.signed_up(talk), meet.signed_up(talk)
    url = person.get_private_url()
    assert "masz miejsce" in text(client.get(url))
    assert "na miejscu 1" in text(client.get(next_one.get_private_url()))

    client.post(url, {"verb": "confirm"})
    assert "potwierdzone" in text(client.get(url))
    answer = client.post(url, {"verb": "cancel"}, follow=True)

    assert "rezygnacja" in text(answer)
    next_one.refresh_from_db()
    assert not next_one.is_waiting
    assert client.post(url, {"verb": "nieznane"}).status_code == 404
    assert "już nieaktualny" in text(client.post(url, {"verb": "cancel"}, follow=True))


def test_the_private_page_is_kept_from_caches_and_search(client, talk):
    answer = client.get(meet.signed_up(talk).get_private_url())

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "same-origin"
    for forged in ("MQ:1wXyZa:forged", "x", "💥"):
        assert client.get(f"/konsultacje/zapis/{forged}/").status_code == 404


def test_calendar_files_carry_the_hour_and_no_name(client, frozen):
    duty = meet.duty_of(make.consultation(State.OPEN), place="ul. Próbna 1")
    person = meet.signed_up(duty, slot=3)

    own = client.get(f"{person.get_private_url()}termin.ics").content.decode()
    everybodys = client.get(f"{duty.get_absolute_url()}termin.ics").content.decode()

    assert "DTSTART;TZID=Europe/Warsaw:20260617T144000" in own
    assert "DTEND;TZID=Europe/Warsaw:20260617T150000" in own
    assert "DTSTART;TZID=Europe/Warsaw:20260617T140000" in everybodys
    assert "Sekretna" not in own + everybodys


def test_a_cancelled_place_is_cancelled_in_the_calendar(client, talk):
    person = meet.signed_up(talk)
    actions.cancel_sign_up(person, at=now())

    assert "STATUS:CANCELLED" in client.get(f"{person.get_private_url()}termin.ics").content.decode()


# --- nobody's name anywhere -------------------------------------------------------------------------


def test_no_public_page_or_file_shows_who_comes(client, talk):
    meet.signed_up(talk, name="Zenobia Sekretna", topic="Tajny temat", needs_note="Tajna potrzeba")
    base = talk.form.consultation.get_absolute_url()
    pages = [
        talk.get_absolute_url(),
        f"{talk.get_absolute_url()}termin.ics",
        base,
        f"{base}terminy.ics",
        "/konsultacje/",
        "/konsultacje/?format=json",
        "/konsultacje/harmonogram/",
        "/kalendarz/",
        "/szukaj/?q=Sekretna",
    ]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert "Zenobia" not in text(answer), page
        assert "Tajn" not in text(answer), page


@pytest.mark.parametrize("people", [1, 30])
def test_the_page_asks_the_same_few_queries(client, talk, people, django_assert_max_num_queries):
    talk.form.seat_limit = 100
    talk.form.save()
    for _n in range(people):
        meet.signed_up(talk)
    client.get(talk.get_absolute_url())

    with django_assert_max_num_queries(8):
        client.get(talk.get_absolute_url())


def test_a_person_logged_in_finds_their_name_typed(talk):
    client = Client()
    client.force_login(UserFactory(full_name="Jan Znany", email="znany@example.org"))

    page = text(client.get(talk.get_absolute_url()))

    assert 'value="Jan Znany"' in page
    assert 'value="znany@example.org"' in page
