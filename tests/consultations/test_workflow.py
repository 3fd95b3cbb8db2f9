"""The state table of consultations."""

from datetime import timedelta

import pytest

from consultations import actions, emails, permissions
from consultations.enums import State
from consultations.models import Consultation
from consultations.workflow import CONSULTATION
from core.accounts.roles import Role
from core.common.clock import now
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from tests.factories import consultations as make
from tests.factories.accounts import official, unit

pytestmark = pytest.mark.django_db


def test_every_state_is_reached_and_has_a_turn_or_is_the_end():
    reached, ahead = {CONSULTATION.initial}, [CONSULTATION.initial]
    while ahead:
        targets = {move.target for move in CONSULTATION.moves_from(ahead.pop())} - reached
        reached |= targets
        ahead += targets

    assert reached == set(State)
    assert {state for state in State if state not in CONSULTATION.turns} == CONSULTATION.finals


def test_every_permission_and_message_of_the_table_exists():
    named = [move for move in CONSULTATION.moves if move.may or move.message]

    assert all(callable(getattr(permissions, move.may)) for move in named if move.may)
    assert all(callable(getattr(emails, move.message)) for move in named if move.message)
    assert {move.message for move in named} > {
        "tell_announced",
        "tell_report",
        "tell_outcome",
        "tell_cancelled",
    }


@pytest.mark.rule("R-CNS-11")
@pytest.mark.parametrize("state", list(State))
def test_the_real_actions_reach_every_state(frozen, state):
    made = make.consultation(state)

    made.refresh_from_db()
    assert made.state == state
    assert list(made.transitions.values_list("target", flat=True))[-1] == state


@pytest.mark.rule("R-CNS-11")
def test_the_portal_alone_opens_and_closes(frozen):
    by_hand = {(move.source, move.target) for move in CONSULTATION.moves if move.may}

    assert (State.ANNOUNCED, State.OPEN) not in by_hand
    assert (State.OPEN, State.CLOSED) not in by_hand


@pytest.mark.parametrize(
    ("role", "in_own_unit", "may"),
    [
        (Role.CONSULTATION_MANAGER, True, True),
        (Role.CONSULTATION_MANAGER, False, False),
        (Role.UNIT_EDITOR, True, False),
        (Role.COORDINATOR, True, True),
        (Role.AUDITOR, True, False),
        (Role.CALL_MANAGER, True, False),
    ],
)
def test_the_manager_of_the_unit_and_the_coordinator_run_it(frozen, role, in_own_unit, may):
    made = make.draft()
    person = official(role, made.unit if in_own_unit else unit())

    if may:
        actions.plan(made, by=person, at=now())
        assert made.state == State.PLANNED
    else:
        with pytest.raises(MoveRefused):
            actions.plan(made, by=person, at=now())


def test_a_step_cannot_be_left_out(frozen):
    made = make.draft()

    with pytest.raises(MoveRefused):
        actions.announce(made, by=None, at=now())
    with pytest.raises(MoveRefused):
        actions.publish_report(made, by=None, at=now())


@pytest.mark.rule("R-CNS-11")
def test_calling_off_wants_a_reason(frozen):
    made = make.consultation(State.OPEN)

    with pytest.raises(LawBreached):
        actions.cancel(made, by=None, at=now(), reason=" ")

    made.refresh_from_db()
    assert made.state == State.OPEN


def test_two_officials_pressing_the_same_button_make_one_move(frozen):
    made = make.consultation(State.CLOSED)
    same = type(made).objects.get(pk=made.pk)
    actions.start_analysis(made, by=None, at=now())

    with pytest.raises(MoveRefused):
        actions.start_analysis(same, by=None, at=now() + timedelta(seconds=1))

    assert made.transitions.filter(target=State.ANALYSIS).count() == 1


def test_a_record_without_a_unit_belongs_to_the_citywide_roles(frozen):
    made = make.consultation(State.OPEN)
    Consultation.objects.filter(pk=made.pk).update(unit=None)
    made.refresh_from_db()

    for allowed in (permissions.may_run, permissions.may_answer):
        assert not allowed(make.manager(), made)
        assert allowed(official(Role.COORDINATOR), made)
