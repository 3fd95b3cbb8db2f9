from datetime import timedelta

import pytest
from django.urls import reverse

from core.accounts.roles import Role
from core.common.clock import now
from dialogue_bodies import actions
from dialogue_bodies.models import DialogueBody
from tests.factories import dialogue_bodies as make
from tests.factories.accounts import official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
SECRET = "Zespół Tajny Kanarek"


@pytest.fixture
def secretary():
    return official(Role.DIALOGUE_SECRETARY, unit("Wydział Próbny"))


@pytest.fixture
def body(secretary):
    return make.body(unit("Wydział Próbny"), secretary)


def test_what_is_being_formed_is_shown_nowhere(client, secretary):
    hidden = make.body(unit("Wydział Próbny"), secretary, name=SECRET, is_appointed=False)
    places = [
        "/dialog/",
        "/dialog/?format=csv",
        "/dialog/?format=json",
        "/dialog/?format=ics",
        "/dialog/?format=rss",
        "/sitemap.xml",
        "/kalendarz/?format=ics",
        "/szukaj/?q=kanarek",
    ]

    assert client.get(hidden.get_absolute_url()).status_code == 404
    for place in places:
        content = client.get(place).getvalue().decode()
        assert "Kanarek" not in content.replace("kanarek", ""), place
        assert hidden.slug not in content, place


def test_a_planned_meeting_is_hidden_and_an_announced_one_is_in_the_calendar(client, secretary, body):
    meeting = make.meeting(body, agenda="Sprawa kanarka")
    address = reverse("dialogue_bodies:meetings", args=[body.slug])

    assert "BEGIN:VEVENT" not in client.get(address).content.decode()
    actions.announce_meeting(meeting, by=secretary, at=now())
    assert client.get(address).content.decode().count("BEGIN:VEVENT") == 1
    assert "Sprawa kanarka" in client.get(body.get_absolute_url()).content.decode()


def fill(secretary, body, count):
    for number in range(count):
        other = make.body(body.unit, secretary, name=f"Zespół {number}")
        actions.announce_meeting(
            make.meeting(other, now() + timedelta(days=9 + number)), by=secretary, at=now()
        )
        actions.announce_meeting(
            make.meeting(body, now() + timedelta(days=9 + number)), by=secretary, at=now()
        )


@pytest.mark.parametrize("address", ["/dialog/", "detail"])
def test_the_number_of_queries_does_not_grow_with_rows(
    client, secretary, body, address, django_assert_max_num_queries
):
    address = body.get_absolute_url() if address == "detail" else address
    client.get(address)
    counts = []
    for more in (1, 29):
        fill(secretary, body, more)
        DialogueBody.objects.exclude(pk=body.pk).filter(name="Zespół 0").update(name="Zespół pierwszy")
        with django_assert_max_num_queries(14) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "query",
    [
        "page=zero",
        "page=99999999999999999999",
        "rodzaj=%27;--",
        "stan=forming",
        "sort=x",
        "format=",
        "nazwa=" + "a" * 5000,
    ],
)
def test_odd_queries_are_answered(client, body, query):
    assert client.get(f"/dialog/?{query}").status_code == 200


def test_an_unknown_format_is_not_found(client):
    assert client.get("/dialog/?format=exe").status_code == 404
