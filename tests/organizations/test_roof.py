"""What the roof shows of all rooms: a profile's history with the city, a district, a branch."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache

from communication.models import NewsItem
from competitions.models import Award, Call, CallResult
from core.common.clock import now
from dialogue_bodies.models import BodyMembership, DialogueBody
from grants.models import SmallGrant
from organizations import actions, law
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def award(organization, *, state="published_results", title="Kino plenerowe", **fields) -> Award:
    call = Call.objects.create(
        title=f"Konkurs {title}", slug=f"konkurs-{title.lower().replace(' ', '-')}", state=state,
        state_since=now(), published_at=now(), dated_on=date(2026, 1, 5),
    )  # fmt: skip
    result = CallResult.objects.create(call=call, published_on=date(2026, 2, 1))
    return Award.objects.create(
        result=result,
        organization=organization,
        organization_name=str(organization),
        title=title,
        amount=84000,
        **fields,
    )


@pytest.fixture(params=["results_published", "settled"])
def shown_state(request):
    return request.param


def test_a_profile_tells_its_history_with_the_city_from_every_room(client, shown_state):
    organization = make.verified("Fundacja Kino", district=make.district())
    award(organization, state=shown_state)
    award(organization, state="published", title="Tajne przed ogłoszeniem")
    award(organization, state=shown_state, title="Bez dotacji", outcome="not_awarded")
    SmallGrant.objects.create(
        title="Majówka", organization=organization, granted_amount=10000, task_from="2025-05"
    )
    body = DialogueBody.objects.create(
        name="KDO ds. Środowiska", slug="kdo", state="active", state_since=now()
    )
    BodyMembership.objects.create(body=body, organization=organization, side="ngo", person_name="Jan Tajny")

    page = text(client.get(organization.get_absolute_url()))

    assert "Kino plenerowe" in page
    assert "84 000 zł" in page
    assert "Majówka" in page
    assert "KDO ds. Środowiska" in page
    assert "Tajne przed" not in page
    assert "Bez dotacji" not in page
    assert "Jan Tajny" not in page


def test_the_history_is_one_query_more_however_much_there_is(
    client, shown_state, django_assert_max_num_queries
):
    organization = make.with_offer(make.verified("Fundacja Kino"))
    for n in range(40):
        award(organization, state=shown_state, title=f"Zadanie {n}")
    cache.clear()
    with django_assert_max_num_queries(8):
        assert client.get(organization.get_absolute_url()).status_code == 200


def test_a_district_shows_offers_organisations_and_funded_tasks(
    client, shown_state, django_assert_max_num_queries
):
    place, other = make.district(), make.district(1, "Stare Miasto")
    here = make.with_offer(make.verified("Fundacja Tutejsza", district=place))
    make.with_offer(make.verified("Fundacja Daleka", district=other), title="Inna oferta")
    hidden = make.with_offer(make.verified("Fundacja Ukryta", district=place), title="Ukryta oferta")
    actions.suspend(hidden, by=make.coordinator(), at=now(), reason="Skarga.")
    award(here, state=shown_state)
    NewsItem.objects.create(
        title="Festyn",
        slug="festyn",
        state="published",
        state_since=now(),
        published_at=now(),
        district=place,
    )

    cache.clear()
    with django_assert_max_num_queries(8):
        page = text(client.get(f"/okolica/{place.number}/"))
    for shown in ("Fundacja Tutejsza", "Klub sąsiedzki", "Kino plenerowe", "84 000 zł", "Festyn"):
        assert shown in page
    for not_shown in ("Fundacja Daleka", "Inna oferta", "Ukryta"):
        assert not_shown not in page
    assert client.get("/okolica/99/").status_code == 404
    assert f"/okolica/{place.number}/" in text(client.get("/okolica/"))


def test_a_branch_gathers_calls_consultations_news_organisations_and_a_feed(
    client, django_assert_max_num_queries
):
    branch = make.branch("kultura", make.sphere())
    make.branch("sport", make.sphere("physical_culture", "17"))
    make.verified("Teatr Pod Mostem")
    make.verified("Klub Biegacza", spheres=[make.sphere("physical_culture", "17")])
    call = Call.objects.create(
        title="Kultura dla wszystkich", slug="kultura", state="published", state_since=now(), published_at=now(),
        offers_due_at=now() + timedelta(days=10), budget_total=100000,
    )  # fmt: skip
    call.spheres.add(make.sphere())
    NewsItem.objects.create(
        title="Noc muzeów",
        slug="noc",
        state="published",
        state_since=now(),
        published_at=now(),
        branch=branch,
    )

    cache.clear()
    with django_assert_max_num_queries(8):
        page = text(client.get("/branze/kultura/"))
    for shown in ("Teatr Pod Mostem", "Kultura dla wszystkich", "100 000 zł", "Noc muzeów"):
        assert shown in page
    assert "Klub Biegacza" not in page
    feed = client.get("/branze/kultura/kanal.rss")
    assert feed["Content-Type"].startswith("application/rss+xml")
    assert "Kultura dla wszystkich" in feed.content.decode()
    assert "Kultura dla wszystkich" not in text(client.get("/branze/sport/"))
    assert client.get("/branze/nie-ma/").status_code == 404


@pytest.mark.rule("R-COM-11")
@pytest.mark.parametrize(("spheres", "belongs"), [([1, 5], True), ([2], False), ([], False)])
def test_one_common_sphere_is_enough_for_a_branch(spheres, belongs):
    assert law.belongs_to_branch(spheres, [5, 7]) is belongs
