"""»Moje sprawy«: everything of all organisations of a person, in a fixed number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.enums import RespondentType
from core.common import formats
from core.common.clock import now
from core.common.dates import Waiting
from core.notifications.follows import follow
from organizations import actions
from organizations import law as organizations_law
from organizations.actions import Changes
from organizations.enums import MandateRole, State
from organizations.models import MatterAccess, Organization, RegistrationDraft
from portal.my import grouped
from tests.factories import competitions, consultations, meetings
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def test_the_page_asks_as_often_for_one_matter_as_for_thirty_of_each_sort(client):
    sorts = ["Prośba o dostęp: ", "Dokończ zgłoszenie: ", "Popraw zgłoszenie: ", "Pomagasz: oferta"]
    counts, told = [], []
    for how_many in (1, 10):
        person = make.person()
        for number in range(how_many):
            profile = make.verified(f"Fundacja {how_many}-{number}")
            make.member(profile, user=person)
            actions.update_profile(
                profile, Changes({"short_name": f"F{number}"}), by=person, at=now(), reason="uchwała"
            )
            follow(person, profile)
            for turn in range(1 if how_many == 1 else 3):
                make.requested(profile, user=make.person(full_name=f"Osoba {number}-{turn}"))
                RegistrationDraft.objects.create(
                    person=person, has_krs=False, started_at=now(), saved_at=now()
                )
                make.draft(registered_by=person, slug=f"szkic-{how_many}-{number}-{turn}").save()
                MatterAccess.objects.create(
                    user=person,
                    organization=profile,
                    subject_kind="competitions.offer",
                    subject_id=100 * number + turn + 1,
                    label=f"oferta {turn}",
                    granted_at=now(),
                )
        follow(person, competitions.open_call())
        follow(person, consultations.consultation())
        client.force_login(person)
        client.get("/moje/")
        with CaptureQueriesContext(connection) as asked:
            page = text(client.get("/moje/"))
        counts.append(len(asked))
        told.append([page.count(words) for words in sorts])

    assert told[1] == [30 * number for number in told[0]]
    assert all(told[0])
    assert counts[0] == counts[1] <= 15


def test_tasks_of_all_organisations_stand_together_and_can_be_narrowed(client):
    person = make.person()
    first, second = make.verified("Fundacja Pierwsza"), make.verified("Fundacja Druga")
    for profile in (first, second):
        make.member(profile, user=person)
    client.force_login(person)

    everything = text(client.get("/moje/"))
    only = text(client.get("/moje/", {"organizacja": second.pk}))
    foreign = text(client.get("/moje/", {"organizacja": make.verified("Fundacja Obca").pk}))

    assert everything.count("Opisz ofertę dla mieszkanek i mieszkańców</a>") == 2
    assert only.count("Opisz ofertę dla mieszkanek i mieszkańców</a>") == 1
    assert "Fundacja Obca" not in foreign
    for spoiled in ("x", "-1", "9" * 400):
        assert client.get("/moje/", {"organizacja": spoiled}).status_code == 200


def test_urgent_things_come_first_and_empty_groups_are_left_out():
    at = now()
    matters = [
        Waiting("bez terminu", "/a/", ""),
        Waiting("za rok", "/b/", "", due_at=at + timedelta(days=300)),
        Waiting("spóźnione", "/c/", "", is_urgent=True),
        Waiting("jutro", "/d/", "", due_at=at + timedelta(days=1)),
    ]

    groups = grouped(matters, at)

    assert [(g.key, [m.title for m in g.matters]) for g in groups] == [
        ("urgent", ["spóźnione", "jutro"]),
        ("later", ["za rok"]),
        ("undated", ["bez terminu"]),
    ]


@pytest.mark.rule("R-ORG-18")
def test_unconfirmed_data_are_settled_by_one_click(client, frozen):
    profile = make.verified("Fundacja Spóźniona")
    person = make.member(profile)
    frozen.shift(timedelta(days=380))
    actions.mark_stale(at=now())
    client.force_login(person)
    page = text(client.get("/moje/"))
    assert f'action="/organizacje/{profile.slug}/potwierdz/"' in page

    answer = client.post(f"/organizacje/{profile.slug}/potwierdz/", {"next": "/moje/"})

    assert answer.url == "/moje/"
    profile.refresh_from_db()
    assert profile.state == State.VERIFIED
    assert "/potwierdz/" not in text(client.get("/moje/"))


def test_whose_turn_it_is(client):
    person = make.person()
    make.submitted("Fundacja Czekająca", by=person)
    profile = make.verified("Fundacja Moja")
    make.member(profile, user=person)
    actions.update_profile(
        profile, Changes({"name": "Fundacja Nasza"}), by=person, at=now(), reason="uchwała"
    )
    make.requested(make.verified("Fundacja Wymarzona"), user=person)
    client.force_login(person)

    page = text(client.get("/moje/"))

    with_office = page[page.index('id="toku"') : page.index('id="inni"')]
    for told in ("Fundacja Czekająca", "Zmiana czeka na zgodę urzędu", "Fundacja Wymarzona"):
        assert told in with_office


def test_what_others_did_is_told_without_names_of_officials(client):
    profile = make.verified("Fundacja Moja")
    person, colleague = make.member(profile), make.person(full_name="Zofia Koleżanka")
    make.member(profile, MandateRole.NGO_EDITOR, user=colleague)
    actions.update_profile(profile, Changes({"phone": "12"}), by=colleague, at=now())
    actions.confirm_data(profile, by=person, at=now())
    client.force_login(person)

    page = text(client.get("/moje/"))

    others = page[page.index('id="inni"') :]
    assert "Zofia Koleżanka" in others
    assert "Potwierdzenie aktualności danych" not in others
    assert make.coordinator().email not in others


def test_who_has_nothing_is_told_what_to_do_next(client):
    client.force_login(make.person())

    page = text(client.get("/moje/"))

    assert "Zarejestruj organizację" in page
    assert "wybierz „Obserwuj”" in page


def test_a_consultation_is_told_for_each_organisation_that_has_not_written(client, frozen):
    person = make.person()
    wrote, silent = make.verified("Fundacja Pisząca"), make.verified("Fundacja Milcząca")
    for profile in (wrote, silent):
        make.member(profile, user=person)
    case = consultations.consultation(regimes=["ngo"])
    who = consultations.sender(RespondentType.NGO)
    sent = consultations.submission(case, who=who)
    type(sent).objects.filter(pk=sent.pk).update(organization=wrote)
    frozen.move_to(case.ends_at - timedelta(days=3))
    client.force_login(person)

    page = text(client.get("/moje/"))

    assert page.count("Wasza organizacja nie wysłała jeszcze uwag") == 1
    assert "Fundacja Milcząca" in page


def test_own_deadlines_are_in_the_private_calendar_and_it_dies_with_its_key(client):
    call = competitions.open_call()
    person = make.person(calendar_token="klucz-kalendarza")
    follow(person, call)

    answer = client.get("/moje/terminy/klucz-kalendarza.ics")

    assert call.title[:20] in answer.content.decode().replace("\r\n ", "")
    client.force_login(person)
    client.post("/moje/terminy/klucz/")
    assert client.get("/moje/terminy/klucz-kalendarza.ics").status_code == 404


def test_a_year_without_confirmation_ends_the_day_before_in_leaf_and_words(client, frozen):
    person, profile = make.person(), make.verified("Fundacja Coroczna")
    make.member(profile, user=person)
    frozen.shift(timedelta(days=340))
    client.force_login(person)
    due = organizations_law.confirmation_due_on(profile.confirmed_on, months=12)

    page = text(client.get("/moje/terminy/"))

    assert f'<span class="visually-hidden">{formats.day(due - timedelta(days=1))}, </span>' in page
    assert "do godz. 23:59" in page
    assert formats.day(due) not in page


def test_who_follows_consultations_gets_their_meeting_with_sign_ups_too(client):
    date = meetings.date_of(consultations.consultation())
    person = make.person(calendar_token="klucz-spotkania")
    follow(person, date.form.consultation)
    client.force_login(person)

    assert f'href="{date.get_absolute_url()}"' in text(client.get("/moje/terminy/"))
    assert f"consultation-date-{date.pk}" in text(client.get("/moje/terminy/klucz-spotkania.ics"))


def test_reminders_say_what_of(client):
    call = competitions.open_call()
    person = make.person()
    follow(person, call)
    client.force_login(person)

    page = text(client.get("/moje/terminy/"))

    assert "Zbliża się koniec naboru" in page
    assert call.get_absolute_url() in page


def test_the_switch_is_on_the_page(client):
    person = make.person()
    for name in ("Fundacja A", "Fundacja B"):
        make.member(make.verified(name), user=person)
    second = Organization.objects.get(name="Fundacja B")
    client.force_login(person)

    client.post("/organizacje/wybierz/", {"organization": second.pk, "next": "/moje/"})

    page = text(client.get("/moje/"))
    assert f'value="{second.pk}" aria-current="true"' in page
