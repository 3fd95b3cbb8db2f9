from datetime import timedelta

import pytest
from django.urls import reverse

from consultations.enums import State
from core.accounts.roles import Role
from core.common.clock import now
from dialogue_bodies.enums import MeetingState
from dialogue_bodies.models import DialogueBody, Meeting
from tests.factories import consultations
from tests.factories import dialogue_bodies as make
from tests.factories.accounts import official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def department():
    return unit("Wydział Własny")


@pytest.fixture
def secretary(department, client):
    person = official(Role.DIALOGUE_SECRETARY, department)
    client.force_login(person)
    return person


def move(meeting, to):
    return reverse("admin:dialogue_bodies_meeting_move", args=[meeting.pk, to])


def test_a_meeting_is_announced_by_its_button(client, secretary, department):
    meeting = make.meeting(make.body(department, secretary))

    assert "Ogłoś posiedzenie" in client.get(move(meeting, "announced")).content.decode()
    client.post(move(meeting, "announced"), {"reason": ""})

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.ANNOUNCED


def test_what_stands_against_it_is_told_in_polish(client, secretary, department):
    meeting = make.meeting(make.body(department, secretary), agenda="")

    answer = client.post(move(meeting, "announced"), {"reason": ""}).content.decode()

    assert "Porządek obrad: wpisz co najmniej jeden punkt." in answer
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED


def test_cancelling_asks_for_a_reason(client, secretary, department):
    meeting = make.meeting(make.body(department, secretary))
    client.post(move(meeting, "announced"))

    answer = client.post(move(meeting, "cancelled"), {"reason": ""})

    assert answer.status_code == 200
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.ANNOUNCED


def test_rows_of_another_unit_are_out_of_reach(client, secretary):
    other = official(Role.DIALOGUE_SECRETARY, unit("Wydział Obcy"))
    meeting = make.meeting(make.body(unit("Wydział Obcy"), other, name="Zespół Obcy"))

    assert client.get(move(meeting, "announced")).status_code == 404
    assert (
        "Zespół Obcy"
        not in client.get(reverse("admin:dialogue_bodies_dialoguebody_changelist")).content.decode()
    )
    forged = {"body": meeting.body.pk, "starts_at_0": "2026-07-01", "starts_at_1": "17:00"}
    client.post(reverse("admin:dialogue_bodies_meeting_add"), forged)
    assert Meeting.objects.count() == 1


def test_a_state_cannot_be_typed(client, secretary, department):
    body = make.body(department, secretary, is_appointed=False)
    url = reverse("admin:dialogue_bodies_dialoguebody_change", args=[body.pk])
    management = {
        f"{prefix}-{name}": 0
        for prefix in ("terms", "memberships", "plan")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }

    response = client.post(
        url,
        {
            **management,
            "name": "Nowa nazwa",
            "slug": body.slug,
            "kind": body.kind,
            "unit": department.pk,
            "state": "active",
        },
    )

    assert response.status_code == 302, response.context["errors"]
    body.refresh_from_db()
    assert (body.name, body.state) == ("Nowa nazwa", "forming")
    assert DialogueBody.objects.published().count() == 0


def test_the_history_names_the_change(client, secretary, department):
    body = make.body(department, secretary)

    page = client.get(reverse("admin:dialogue_bodies_dialoguebody_history", args=[body.pk])).content.decode()

    assert "Powołaj" in page


def test_minutes_that_are_due_wait_on_the_first_page(client, secretary, department):
    meeting = make.meeting(make.body(department, secretary))
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.HELD, starts_at=now() - timedelta(days=3))

    assert "Protokół:" in client.get("/admin/").content.decode()


@pytest.mark.rule("R-CNS-08")
def test_an_opinion_is_given_on_announced_consultations_only(client, secretary, department):
    make.body(department, secretary)
    titles = {state: consultations.consultation(state).title for state in (State.PLANNED, State.OPEN)}
    called_off = consultations.consultation(State.OPEN)
    type(called_off).objects.filter(pk=called_off.pk).update(state=State.CANCELLED)

    page = client.get(reverse("admin:dialogue_bodies_bodydocument_add"))
    offered = page.context["adminform"].form.fields["consultation"].queryset

    assert [made.title for made in offered] == [titles[State.OPEN]]
    assert called_off not in offered
