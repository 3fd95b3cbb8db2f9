from datetime import date, timedelta

import pytest

from core.accounts.roles import Role
from core.common.clock import now
from core.legal.models import Transition
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.follows import follow
from core.notifications.models import OutboxMail
from dialogue_bodies import actions
from dialogue_bodies.enums import BodyKind, BodyRole, BodyState, DocumentKind, MeetingState, Outcome, Side
from dialogue_bodies.models import BodyDocument, DialogueBody, Meeting, OpinionRequest
from dialogue_bodies.permissions import may_run
from tests.factories import dialogue_bodies as make
from tests.factories.accounts import UserFactory, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def department():
    return unit()


@pytest.fixture
def secretary(department):
    return official(Role.DIALOGUE_SECRETARY, department)


@pytest.fixture
def body(department, secretary):
    return make.body(department, secretary)


def test_a_body_is_public_only_after_its_appointment(department, secretary):
    made = make.body(department, secretary, is_appointed=False)

    assert not made.is_public
    actions.appoint_body(made, by=secretary, at=now())
    assert made.is_public
    assert [t.target for t in Transition.objects.of(made)] == [BodyState.FORMING, BodyState.ACTIVE]


@pytest.mark.rule("R-KDO-04")
def test_a_commission_without_enough_founders_is_not_appointed(department, secretary):
    made = make.body(department, secretary, kind=BodyKind.KDO, is_appointed=False)

    with pytest.raises(LawBreached, match="R-KDO-04"):
        actions.appoint_body(made, by=secretary, at=now())


def test_an_official_of_another_unit_may_not_act(body):
    stranger = official(Role.DIALOGUE_SECRETARY)

    with pytest.raises(MoveRefused):
        actions.dissolve_body(body, by=stranger, at=now(), reason="bo tak")


def test_dissolving_needs_a_reason(body, secretary):
    with pytest.raises(LawBreached, match="Powód"):
        actions.dissolve_body(body, by=secretary, at=now(), reason=" ")


@pytest.mark.rule("R-KRDPP-19")
def test_followers_learn_of_a_meeting_and_of_its_cancelling(body, secretary):
    person = UserFactory()
    follow(person, body)
    meeting = make.meeting(body)

    actions.announce_meeting(meeting, by=secretary, at=now())
    actions.cancel_meeting(meeting, by=secretary, at=now(), reason="remont sali")

    subjects = list(
        OutboxMail.objects.filter(to=person.email).order_by("pk").values_list("subject", flat=True)
    )
    assert len(subjects) == 2
    assert "remont sali" in OutboxMail.objects.filter(to=person.email).latest("pk").text
    assert meeting.state == MeetingState.CANCELLED


@pytest.mark.rule("R-KRDPP-19")
def test_a_meeting_without_agenda_is_not_announced(body, secretary):
    with pytest.raises(LawBreached, match="Porządek obrad"):
        actions.announce_meeting(make.meeting(body, agenda=" "), by=secretary, at=now())


def test_a_past_meeting_is_not_announced_and_a_coming_one_not_held(body, secretary):
    past, coming = make.meeting(body, now() - timedelta(hours=1)), make.meeting(body)

    with pytest.raises(LawBreached):
        actions.announce_meeting(past, by=secretary, at=now())
    actions.announce_meeting(coming, by=secretary, at=now())
    with pytest.raises(LawBreached):
        actions.hold_meeting(coming, by=secretary, at=now())


@pytest.mark.rule("R-KDO-07")
def test_minutes_belong_to_a_meeting_that_was_held(body, secretary):
    meeting = make.meeting(body)
    actions.announce_meeting(meeting, by=secretary, at=now())

    with pytest.raises(LawBreached):
        actions.publish_minutes(meeting, by=secretary, at=now(), minutes="Protokół")
    actions.hold_meeting(meeting, by=secretary, at=meeting.starts_at)
    actions.publish_minutes(meeting, by=secretary, at=now(), minutes="Protokół", attendance_count=7)

    assert (meeting.attendance_count, meeting.minutes_published_at) == (7, now())


def test_documents_are_numbered_within_their_year(body, secretary):
    numbers = [
        actions.publish_document(
            BodyDocument(body=body, kind=DocumentKind.OPINION, title="Opinia", adopted_on=day),
            by=secretary,
            at=now(),
        ).number
        for day in (date(2026, 1, 5), date(2026, 3, 5), date(2027, 1, 5))
    ]

    assert numbers == ["1/2026", "2/2026", "1/2027"]


@pytest.mark.rule("R-KRDPP-10")
def test_a_request_left_unanswered_is_closed_by_the_portal(body, secretary, frozen):
    request = actions.request_opinion(
        body, by=secretary, at=now(), subject="Projekt", delivered_on=date(2026, 6, 10)
    )

    assert actions.close_silent_requests(at=now()) == 0
    frozen.shift(timedelta(days=15))
    assert actions.close_silent_requests(at=now()) == 1
    request.refresh_from_db()
    assert request.outcome == Outcome.NO_OPINION_IN_TIME


@pytest.mark.rule("R-KRDPP-06")
def test_a_second_chair_is_refused_and_nothing_is_stored(body, secretary):
    actions.add_member(body, by=secretary, at=now(), side=Side.NGO, role=BodyRole.CHAIR, person_name="Ewa")

    with pytest.raises(LawBreached, match="R-KRDPP-06"):
        actions.add_member(
            body, by=secretary, at=now(), side=Side.MAYOR, role=BodyRole.CHAIR, person_name="Jan"
        )

    assert body.memberships.count() == 1


@pytest.mark.rule("R-KDO-08")
def test_a_silent_commission_is_marked_by_the_portal(department, secretary, frozen):
    commission = make.body(department, secretary, kind=BodyKind.KDO, is_appointed=False)
    type(commission).objects.filter(pk=commission.pk).update(state=BodyState.ACTIVE)
    commission.refresh_from_db()
    meeting = make.meeting(commission, now() + timedelta(hours=1))
    actions.announce_meeting(meeting, by=secretary, at=now())
    actions.hold_meeting(meeting, by=secretary, at=now() + timedelta(hours=2))

    assert actions.mark_silent_bodies(at=now() + timedelta(days=300)) == 0
    assert actions.mark_silent_bodies(at=now() + timedelta(days=370)) == 1
    commission.refresh_from_db()
    assert commission.state == BodyState.INACTIVE


@pytest.mark.rule("R-KDO-06")
def test_a_presidium_past_its_term_is_pointed_out(department, secretary):
    commission = make.body(department, secretary, kind=BodyKind.KDO, is_appointed=False)
    actions.add_member(
        commission,
        by=secretary,
        at=now(),
        side=Side.NGO,
        role=BodyRole.CHAIR,
        person_name="Ewa",
        starts_on=date(2020, 1, 1),
    )

    warnings = actions.composition_breaches(commission, on=date(2026, 6, 10))

    assert [(b.rule, b.is_warning) for b in warnings] == [("R-KDO-06", True)]


@pytest.mark.rule("R-KDO-11")
def test_councils_commissions_and_teams_are_one_model():
    for part in (Meeting, BodyDocument, OpinionRequest):
        assert part._meta.get_field("body").related_model is DialogueBody
    assert {BodyKind.COUNCIL, BodyKind.KDO, BodyKind.FORUM, BodyKind.TEAM} <= set(BodyKind)


def test_a_body_without_a_unit_belongs_to_the_coordinator(secretary):
    orphan = make.body(None, official(Role.COORDINATOR))

    assert not may_run(secretary, orphan)
    assert may_run(official(Role.COORDINATOR), orphan)
