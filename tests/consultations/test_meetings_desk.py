"""The desk of a date: people and needs, the door, who called, calling off; what a foreign unit cannot do."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consultations.enums import State
from consultations.models import FormDate, SignUp
from core.accounts.roles import Role
from core.common.clock import now
from core.legal.models import LegalParameter
from core.notifications.models import OutboxMail
from tests.factories import consultations as make
from tests.factories import meetings as meet
from tests.factories.accounts import official, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(frozen):
    return unit("Wydział Własny")


@pytest.fixture
def talk(own) -> FormDate:
    return meet.date_of(make.consultation(State.OPEN, unit=own), seat_limit=2)


@pytest.fixture
def desk(own) -> Client:
    client = Client()
    client.force_login(make.manager(own))
    return client


def url(verb: str, date: FormDate) -> str:
    return reverse(f"admin:consultations_formdate_{verb}", args=[date.pk])


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def test_the_list_shows_people_needs_and_counts(desk, talk):
    meet.signed_up(talk, needs=("sign_language",), needs_note="duży druk", phone="12 000 00 00")

    page = text(desk.get(url("change", talk)))
    rows = text(desk.get("/admin/consultations/formdate/"))

    assert "Zenobia Sekretna" in page
    assert "tłumacz polskiego języka migowego" in page.lower()
    assert "duży druk" in page
    assert "1/2" in rows
    assert "Obecność wpiszesz w dniu spotkania" in page


def test_checking_in_by_the_list(desk, talk, frozen):
    came, _other = meet.signed_up(talk), meet.signed_up(talk)
    frozen.move_to(talk.starts_at)

    page = text(desk.get(url("change", talk)))
    assert f'value="{came.pk}"' in page
    desk.post(url("change", talk), {"present": [came.pk], "walk_ins": "7"})

    talk.form.refresh_from_db()
    assert talk.form.participants_count == 8
    assert "checked" in text(desk.get(url("change", talk)))


@pytest.mark.parametrize("data", [{"walk_ins": "-1"}, {"walk_ins": "9" * 30}, {"present": ["0", "x"]}])
def test_a_wrong_check_in_says_what_is_wrong(desk, talk, frozen, data):
    meet.signed_up(talk)
    frozen.move_to(talk.starts_at)

    answer = desk.post(url("change", talk), data)

    assert answer.status_code == 200
    assert "has-err" in text(answer)


def test_where_nobody_signed_up_those_who_came_are_counted(desk, talk, frozen):
    frozen.move_to(talk.starts_at)
    assert 'name="present"' not in text(desk.get(url("change", talk)))

    desk.post(url("change", talk), {"walk_ins": "12"})

    talk.form.refresh_from_db()
    assert talk.form.participants_count == 12


def test_the_list_for_printing(desk, talk):
    meet.signed_up(talk)
    LegalParameter.objects.filter(code="meeting_data").update(value=12)

    page = text(desk.get(url("door", talk)))

    assert "Lista obecności" in page
    assert "Zenobia Sekretna" in page
    assert "@prywatny" not in page
    assert "dane w portalu usuwamy 12 dni po spotkaniu" in page
    assert "a dane usuwamy 12 dni po spotkaniu" in text(desk.get(talk.get_absolute_url()))


def test_writing_down_who_called(desk, talk):
    caller = {
        "name": "Jan Dzwoniący",
        "phone": "12 000 00 00",
        "email": "jan@prywatny.example",
        "needs": ["step_free"],
    }
    answer = desk.post(url("entry", talk), caller, follow=True)

    made = SignUp.objects.get()
    assert (made.phone, made.entered_by is not None) == ("12 000 00 00", True)
    assert "Zapisano osobę" in text(answer)
    assert "has-err" in text(desk.post(url("entry", talk), {"name": ""}))
    assert "jest już zapisana" in text(desk.post(url("entry", talk), caller))
    assert "Zapisał Cię urząd" in OutboxMail.objects.get(to=caller["email"]).text


def test_writing_down_a_talk(desk, own):
    duty = meet.duty_of(make.consultation(State.OPEN, unit=own))

    caller = {"name": "Jan Dzwoniący", "email": "jan@prywatny.example"}
    desk.post(url("entry", duty), {**caller, "slot": "2"})
    again = desk.post(url("entry", duty), {"name": "Ewa Druga", "slot": "2"})

    assert SignUp.objects.get().slot == 2
    assert "najpierw zwolnij jej miejsce" in text(desk.post(url("entry", duty), {**caller, "slot": "1"}))
    assert "ktoś właśnie zarezerwował" in text(again)
    assert "14:20" in text(desk.get(url("change", duty)))
    assert "14:20" in text(desk.get(url("door", duty)))


def test_releasing_a_place_lets_the_next_one_in(desk, talk):
    first, _second, third = (meet.signed_up(talk) for _n in range(3))

    desk.post(url("release", talk), {"sign_up": first.pk})

    third.refresh_from_db()
    assert not third.is_waiting
    for wrong in ("", "x", "0", "9" * 40, str(first.pk)):
        assert desk.post(url("release", talk), {"sign_up": wrong}).status_code == 404


def test_calling_off_from_the_desk(desk, talk):
    assert "has-err" in text(desk.post(url("call_off", talk), {"reason": ""}))

    done = text(desk.post(url("call_off", talk), {"reason": "Awaria."}, follow=True))

    assert "Odwołano termin." in done, "nobody had signed up, nobody was told"
    assert url("door", talk) not in done
    talk.refresh_from_db()
    assert talk.cancelled_at == now()
    assert "has-err" not in text(desk.get(url("change", talk)))
    again = desk.post(url("call_off", talk), {"reason": "Jeszcze raz."})
    assert "nie jest jeszcze odwołany" in text(again)


def test_dates_of_another_unit_are_not_there(talk):
    client = Client()
    client.force_login(make.manager())
    meet.signed_up(talk)

    assert talk.form.consultation.title not in text(client.get("/admin/consultations/formdate/"))
    assert client.get(url("change", talk)).status_code == 302
    for verb in ("door", "entry", "call_off", "release"):
        assert client.get(url(verb, talk)).status_code == 404


def test_the_auditor_reads_and_changes_nothing(own, talk, frozen):
    client = Client()
    client.force_login(official(Role.AUDITOR, own))
    person = meet.signed_up(talk)
    frozen.move_to(talk.starts_at + timedelta(hours=1))

    assert client.get(url("change", talk)).status_code == 200
    client.post(url("change", talk), {"present": [person.pk], "walk_ins": "1"})
    for verb in ("entry", "call_off", "release"):
        assert client.get(url(verb, talk)).status_code == 403
    person.refresh_from_db()
    assert person.attended_at is None


def test_sign_ups_are_switched_on_in_the_notice(desk, own):
    """The form of the notice says what is missing, keeps people when dates move, and lets nobody cut talks anew."""
    made = make.draft(unit=own)
    form = made.forms.get(kind="open_meeting")
    address = reverse("admin:consultations_consultation_change", args=[made.pk])
    page = desk.get(address)
    data = posted(page)
    prefix = next(
        name[: -len("-id")]
        for name, value in data.items()
        if str(value) == str(form.pk) and name.endswith("-id")
    )

    wrong = desk.post(
        address, {**data, f"{prefix}-takes_sign_ups": "on", f"{prefix}-dates_text": "20.06.2026"}
    )
    assert "podaj dla każdego terminu jeden dzień i godzinę" in text(wrong)

    past = desk.post(address, {**data, f"{prefix}-dates_text": "01.01.2020 17:00–19:00"})
    assert "wiersz 1: ten termin już minął" in text(past)

    right = {f"{prefix}-takes_sign_ups": "on", f"{prefix}-seat_limit": "12"}
    saved = desk.post(address, {**data, **right})
    assert saved.status_code == 302
    form.refresh_from_db()
    assert (form.takes_sign_ups, form.seat_limit) == (True, 12)


def test_a_meeting_with_people_on_its_list_stays_and_the_form_says_what_to_do(desk, talk):
    meet.signed_up(talk)
    address = reverse("admin:consultations_consultation_change", args=[talk.form.consultation_id])
    data = posted(desk.get(address))
    prefix = next(
        name[: -len("-id")]
        for name, value in data.items()
        if str(value) == str(talk.form_id) and name.startswith("forms-") and name.endswith("-id")
    )

    page = text(desk.post(address, {**data, f"{prefix}-DELETE": "on", "why": "Zmieniamy plan spotkań."}))

    assert "Są z tym związane inne zapisy. Odwołaj" in page
    assert "chronionych obiektów" not in page
    assert FormDate.objects.filter(pk=talk.pk).exists()


def posted(page) -> dict[str, str]:
    """What the form of a page would send, as it stands."""
    admin_form = page.context["adminform"].form
    forms = [admin_form, *(f for s in page.context["inline_admin_formsets"] for f in s.formset.forms)]
    forms += [s.formset.management_form for s in page.context["inline_admin_formsets"]]
    data: dict[str, str] = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is True:
                value = "on"
            if value not in (None, False, ""):
                data[field.html_name] = value
    return data
