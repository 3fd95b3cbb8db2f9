"""What an issue gathers from the rooms below (R-COM-02)."""

from datetime import time, timedelta

import pytest

from communication import actions
from communication.enums import Category, IssueState, Section, Topic
from communication.models import NewsletterIssue
from communication.queries.sources import candidates
from competitions.models import Call
from consultations.enums import State as ConsultationState
from core.city.models import Branch
from core.common.clock import at_local, local_day, now, today
from tests.factories.accounts import unit
from tests.factories.city import DistrictFactory, SphereFactory
from tests.factories.communication import NewsFactory, SubscriberFactory
from tests.factories.competitions import decided_call, draft, open_call, settled_call
from tests.factories.consultations import consultation
from tests.factories.dialogue_bodies import body, meeting

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def gathered(since=None):
    return candidates(since or now() - WEEK, now())


def by_title() -> dict:
    return {item.title: item for item in gathered()}


@pytest.mark.rule("R-COM-02")
def test_calls_that_end_and_new_calls_stand_in_their_sections(frozen):
    announced = now() - timedelta(days=40)
    closing = open_call(
        at=announced, offers_due_at=at_local(today() + timedelta(days=1), time(12)), title="Kończy się"
    )
    open_call(at=announced, offers_due_at=now() + timedelta(days=20), title="Już opisany")
    new = open_call(title="Nowy", max_grant=30000, budget_total=60000)
    draft(title="Szkic")

    found = by_title()

    assert set(found) == {"Kończy się", "Nowy"}
    assert (found["Kończy się"].section, found["Kończy się"].happens_at) == (
        Section.CLOSING,
        closing.offers_due_at,
    )
    assert (found["Nowy"].section, found["Nowy"].url) == (Section.CALLS, new.get_absolute_url())
    assert found["Kończy się"].when(now()) == "jutro, do godz. 12:00"
    assert "30\u00a0000\u00a0zł" in found["Nowy"].text
    assert {item.topic for item in found.values()} == {Topic.CALLS}


@pytest.mark.rule("R-COM-02")
def test_a_call_belongs_to_the_branches_of_its_spheres_and_to_its_districts():
    sphere = SphereFactory()
    Branch.objects.create(code="proby", label="próby").spheres.add(sphere)
    call = open_call(spheres=[sphere])
    call.districts.add(DistrictFactory(number=5))

    (item,) = gathered()

    assert (item.branches, item.districts) == (["proby"], [5])


def test_results_are_told_once_published():
    decided_call(title="Tajny wynik")
    call = settled_call(title="Wizyty studyjne")

    found = [item for item in gathered() if item.section == Section.NEWS]

    assert Call.objects.get(pk=call.pk).result.published_on
    assert [item.title for item in found] == ["Wyniki konkursu: Wizyty studyjne"]
    assert found[0].happens_at is None


def test_consultations_that_began_or_end_and_their_meetings(frozen):
    case = consultation(ConsultationState.OPEN, title="Zieleń", at=now())
    began_on = local_day(case.starts_at)
    case.ends_on = today() + timedelta(days=3)
    case.save()

    items = [item for item in gathered() if item.topic == Topic.CONSULTATIONS]

    assert began_on < today()
    assert [(item.section, item.title) for item in items if item.section == Section.CONSULTATIONS] == [
        (Section.CONSULTATIONS, "Zieleń")
    ]
    assert items[0].is_deadline


def test_planned_and_long_running_consultations_are_not_repeated_weekly(frozen):
    consultation(ConsultationState.PLANNED)
    running = consultation(ConsultationState.OPEN)
    running.starts_on, running.ends_on = today() - timedelta(days=20), today() + timedelta(days=20)
    running.save()

    assert [item for item in gathered() if item.section == Section.CONSULTATIONS] == []


def test_announced_meetings_of_bodies_are_told_and_called_off_ones_not(frozen):
    from dialogue_bodies import actions as bodies

    of, other = body(unit(), None), body(unit(), None, name="Inny zespół")
    coming, off = meeting(of, now() + timedelta(days=8)), meeting(other, now() + timedelta(days=8))
    for row in (coming, off):
        bodies.announce_meeting(row, by=None, at=now())
    bodies.cancel_meeting(off, by=None, at=now(), reason="Remont")

    items = [item for item in gathered() if item.topic == Topic.DIALOGUE]

    assert [(item.title, item.section) for item in items] == [(of.name, Section.MEETINGS)]


def test_news_since_the_last_issue_and_events_ahead(frozen):
    NewsFactory(state="published", title="Stara", at=now() - timedelta(days=9))
    NewsFactory(state="published", title="Świeża")
    NewsFactory(title="Szkic")
    NewsFactory(
        state="published",
        title="Piknik",
        category=Category.EVENT,
        event_from=(today() + timedelta(days=4)).isoformat(),
        event_from_hour=time(12),
    )

    found = {item.title: (item.section, item.topic) for item in gathered()}

    assert found == {"Świeża": (Section.NEWS, Topic.NEWS), "Piknik": (Section.MEETINGS, Topic.EVENTS)}


@pytest.mark.rule("R-COM-02")
def test_the_next_issue_begins_where_the_last_one_ended(frozen):
    SubscriberFactory()
    NewsFactory(state="published", title="W pierwszym")
    frozen.shift(60)
    first = actions.plan_issue(by=None, at=now())
    actions.assemble_issue(first, by=None, at=now())
    actions.mark_ready(first, by=None, at=now())
    actions.send_issue(first, by=None, at=now())
    frozen.shift(60)
    NewsFactory(state="published", title="W drugim")
    frozen.shift(60)

    second = actions.plan_issue(by=None, at=now())
    actions.assemble_issue(second, by=None, at=now())

    assert [item.title for item in first.items.all()] == ["W pierwszym"]
    assert [item.title for item in second.items.all()] == ["W drugim"]


def test_an_issue_that_was_called_off_leaves_its_news_to_the_next(frozen):
    NewsFactory(state="published", title="Nikt nie czytał")
    first = actions.plan_issue(by=None, at=now())
    actions.assemble_issue(first, by=None, at=now())
    actions.cancel_issue(first, by=None, at=now(), reason="Święto")
    frozen.shift(60)

    second = actions.plan_issue(by=None, at=now())
    actions.assemble_issue(second, by=None, at=now())

    assert NewsletterIssue.objects.get(pk=first.pk).state == IssueState.CANCELLED
    assert second.items.count() == 1
