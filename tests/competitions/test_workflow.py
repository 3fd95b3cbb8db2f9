"""The state table can be walked from end to end, and nobody moves what is not theirs."""

import pytest

from competitions import actions, emails, permissions
from competitions.enums import BEFORE_RESULTS, State
from competitions.workflow import CALL
from core.common.clock import now
from core.legal.models import Transition
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from tests.factories import competitions as make

pytestmark = pytest.mark.django_db


def reachable() -> set[str]:
    found, waiting = set(), [CALL.initial]
    while waiting:
        state = waiting.pop()
        if state not in found:
            found.add(state)
            waiting += [move.target for move in CALL.moves_from(state)]
    return found


def test_every_state_is_reached_from_the_first():
    assert reachable() == set(State)


def test_every_state_but_the_last_has_a_turn_and_a_way_on():
    for state in State:
        assert (state in CALL.turns) is (state not in CALL.finals)
        assert bool(CALL.moves_from(state)) is (state not in CALL.finals)


def test_every_permission_and_message_exists():
    for move in CALL.moves:
        assert not move.may or callable(getattr(permissions, move.may))
        assert not move.message or callable(getattr(emails, move.message))


def test_every_state_before_the_results_may_be_cancelled_with_a_reason():
    sources = {move.source for move in CALL.moves if move.target == State.CANCELLED}

    assert sources == set(BEFORE_RESULTS)
    assert all(move.requires_reason for move in CALL.moves if move.target == State.CANCELLED)


def test_a_call_walks_from_draft_to_the_archive(frozen, manager, unit):
    call = make.settled_call(unit=unit)
    for step in (
        actions.begin_contracting,
        actions.begin_tasks,
        actions.begin_reporting,
        actions.settle,
        actions.archive,
    ):
        step(call, by=manager, at=now())

    assert call.state == State.ARCHIVED
    targets = list(Transition.objects.of(call).values_list("target", flat=True))
    assert targets == [
        "draft", "published", "closed", "formal_evaluation", "merit_evaluation", "committee_opinion", "decided",
        "results_published", "contracting", "in_progress", "reporting", "settled", "archived",
    ]  # fmt: skip


def test_a_call_with_corrections_and_one_that_skips_contracts(frozen, manager, unit):
    corrected = make.call_in(State.FORMAL_EVALUATION, unit=unit)
    actions.request_corrections(corrected, by=manager, at=now())
    actions.begin_merit_evaluation(corrected, by=manager, at=now())
    short = make.settled_call(unit=unit)
    actions.archive(short, by=manager, at=now())

    assert (corrected.state, short.state) == (State.MERIT_EVALUATION, State.ARCHIVED)


def test_a_planned_call_is_prepared_reviewed_and_sent_back(frozen, editor, manager, unit):
    call = actions.plan_call(make.entry(unit=unit), by=editor, at=now())
    actions.start_draft(call, by=editor, at=now())
    actions.submit_for_review(call, by=editor, at=now())
    with pytest.raises(LawBreached):
        actions.send_back(call, by=manager, at=now(), reason=" ")
    actions.send_back(call, by=manager, at=now(), reason="brakuje kryteriów")

    assert call.state == State.DRAFT


@pytest.mark.parametrize("who", ["editor", "stranger", "follower"])
def test_only_the_call_manager_of_the_unit_runs_a_call(who, request, frozen, unit):
    person = request.getfixturevalue(who)
    call = make.publish(make.draft(unit=unit))

    with pytest.raises(MoveRefused):
        actions.announce(call, by=person, at=now())
    call.refresh_from_db()
    assert call.state == State.DRAFT


@pytest.mark.parametrize("person", ["stranger", "follower"])
def test_strangers_make_no_drafts_of_a_unit(person, request, frozen, unit):
    with pytest.raises(MoveRefused):
        actions.draft_call(unit=unit, title="Obcy", by=request.getfixturevalue(person), at=now())


def test_a_step_that_is_not_in_the_table_is_refused(frozen, manager, unit):
    call = make.open_call(unit=unit)

    with pytest.raises(MoveRefused):
        actions.publish_results(call, by=manager, at=now())
