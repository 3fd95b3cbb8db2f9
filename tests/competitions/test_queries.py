"""What other rooms and the roof read of calls: only what is public, in a fixed number of queries."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from competitions import actions, queries
from competitions.enums import Phase
from competitions.models import Call
from competitions.models.call import NEAREST_FIRST, in_phase
from core.accounts.roles import Role
from core.common.clock import at_local, now
from core.documents.models import SearchEntry
from organizations.models import Organization
from tests.factories import competitions as make
from tests.factories.accounts import official
from tests.factories.city import DistrictFactory, SphereFactory

pytestmark = pytest.mark.django_db


def window(days: int = 60):
    return now() - timedelta(days=days), now() + timedelta(days=days)


def test_dated_things_are_ends_of_public_intakes(frozen, django_assert_max_num_queries):
    call = make.open_call(title="Jawny")
    make.draft(title="Szkic")

    with django_assert_max_num_queries(2):
        [thing] = queries.dated_things(*window())

    assert (thing.title, thing.kind, thing.label) == ("Jawny", "call", "Koniec naboru")
    assert thing.starts == call.offers_due_at
    assert list(queries.dated_things(now() + timedelta(days=31), now() + timedelta(days=60))) == []


def test_a_deadline_without_an_hour_is_a_day(frozen):
    end = at_local(date(2026, 7, 10)).replace(hour=23, minute=59)
    make.open_call(offers_due_at=end, has_due_hour=False)

    [thing] = queries.dated_things(*window())

    assert thing.starts == date(2026, 7, 10)


def test_dated_things_can_be_narrowed(frozen, unit):
    sphere, district = SphereFactory(), DistrictFactory()
    call = make.open_call(unit=unit, spheres=[sphere])
    call.districts.add(district)
    make.open_call()

    assert len(list(queries.dated_things(*window()))) == 2
    for scope in ({"units": {unit.pk}}, {"spheres": {sphere.pk}}, {"districts": {district.pk}}):
        assert [t.title for t in queries.dated_things(*window(), **scope)] == [call.title]
    assert list(queries.dated_things(*window(), units=set())) == []


def test_the_start_page_gets_open_calls_and_their_sum(frozen):
    late = make.open_call(offers_due_at=now() + timedelta(days=50), budget_total=Decimal(50000))
    soon = make.open_call(budget_total=Decimal(100000))
    make.closed_call()
    make.draft()

    assert list(queries.open_calls(5)) == [soon, late]
    assert list(queries.open_calls(1)) == [soon]
    assert queries.figures() == {"open_count": 2, "open_pool": Decimal(150000)}


def test_figures_of_an_empty_portal_are_zero():
    assert queries.figures() == {"open_count": 0, "open_pool": 0}


def test_search_sitemap_and_catalogue_know_public_calls_only(frozen):
    call = make.open_call()
    make.draft()

    assert [entry["obj"] for entry in queries.search_entries()] == [call]
    assert [entry.url for entry in queries.sitemap_entries()] == [call.get_absolute_url()]
    assert SearchEntry.objects.count() == 1
    for part in queries.export_catalogue():
        assert all(column.name and str(column.label) for column in part["dictionary"])


def test_every_call_is_in_exactly_one_phase(frozen):
    for factory in (make.open_call, make.closed_call, make.settled_call, make.cancelled_call):
        factory()
    archived = make.settled_call()
    actions.archive(archived, by=None, at=now())
    frozen.shift(timedelta(days=40))  # one intake is over by the clock and nobody has closed it

    for call in Call.objects.published():
        phases = [
            phase for phase in Phase if Call.objects.filter(in_phase(phase, now()), pk=call.pk).exists()
        ]
        assert phases == [call.phase(now())]


def test_the_list_begins_with_the_nearest_end_of_intake(frozen):
    closed = make.closed_call()
    late = make.open_call(offers_due_at=now() + timedelta(days=50))
    soon = make.open_call()

    ordered = queries.public_list(now()).order_by(*NEAREST_FIRST)

    assert list(ordered) == [soon, late, closed]


def test_a_page_is_one_query_with_all_rows(frozen, django_assert_num_queries):
    call = make.settled_call()
    call.budget_years.create(year=2026, amount=Decimal("58486.69"))
    call.parts.create(name="Część", budget=None, places=35)

    with django_assert_num_queries(1):
        shown = queries.for_page().get(pk=call.pk)
        years, parts, awards = shown.shown_years, shown.shown_parts, shown.shown_awards

    assert [(y["year"], Decimal(y["amount"])) for y in years] == [(2026, Decimal("58486.69"))]
    assert [(p["name"], p["budget"], p["places"]) for p in parts] == [("Część", None, 35)]
    assert [a["name"] for a in awards] == ["Fundacja Próbna", "Stowarzyszenie Próbne"]


def test_what_waits_is_of_the_own_unit(frozen, manager, stranger, follower, unit):
    draft = make.draft(unit=unit, title="Szkic")
    closed = make.closed_call(unit=unit, title="Zamknięty")
    asked = make.open_call(unit=unit, title="Otwarty")
    actions.ask_question(asked, text="Czy?", by=follower, at=now())

    titles = {waiting.title for waiting in queries.waiting_for(manager)}

    assert titles == {draft.title, closed.title, "Pytanie do konkursu: Otwarty"}
    assert queries.waiting_for(stranger) == []
    assert queries.waiting_for(follower) == []


@pytest.mark.rule("R-CALL-07")
def test_the_coordinator_is_told_to_publish_next_years_schedule(frozen, manager):
    coordinator = official(Role.COORDINATOR)
    assert queries.waiting_for(coordinator) == []
    frozen.move_to(at_local(date(2026, 10, 15)))

    [waiting] = queries.waiting_for(coordinator)
    assert "2027" in waiting.title
    assert queries.waiting_for(manager) == []
    make.entry(month="2027-02")

    assert queries.waiting_for(coordinator) == []


def organization(name: str, slug: str, state: str = "verified") -> Organization:
    return Organization.objects.create(name=name, slug=slug, state=state, legal_form="foundation")


def test_organisations_are_found_only_when_the_name_is_clear(frozen):
    one = organization("Fundacja Jedna", "jedna")
    organization("Fundacja Dwie", "dwie-1")
    organization("Fundacja Dwie", "dwie-2")
    organization("Fundacja Ukryta", "ukryta", state="draft")

    assert queries.find_organization("fundacja jedna") == one
    assert queries.find_organization("Fundacja Dwie") is None
    assert queries.find_organization("Fundacja Ukryta") is None
