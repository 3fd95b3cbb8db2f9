"""The state tables of profiles and of what people ask for are whole."""

import pytest

from organizations import emails, permissions
from organizations.enums import PUBLIC_STATES, State
from organizations.workflow import ACT, INVITATION, MANDATE, PROFILE, REVISION

PEOPLE = (MANDATE, REVISION, ACT, INVITATION)


def test_every_state_is_reached_from_the_first():
    reached, waiting = {PROFILE.initial}, [PROFILE.initial]
    while waiting:
        for move in PROFILE.moves_from(waiting.pop()):
            if move.target not in reached:
                reached.add(move.target)
                waiting.append(move.target)

    assert reached == set(State)


def test_only_the_last_state_has_no_move_and_no_turn():
    ends = {state for state in State if not PROFILE.moves_from(state)}

    assert ends == PROFILE.finals == {State.DISSOLVED, State.MERGED}
    assert set(PROFILE.turns) == set(State) - ends


@pytest.mark.parametrize("move", PROFILE.moves, ids=lambda m: f"{m.source}-{m.target}")
def test_every_permission_and_message_of_a_move_exists(move):
    assert not move.may or callable(getattr(permissions, move.may))
    assert not move.message or callable(getattr(emails, f"tell_{move.message}"))


def test_hiding_and_returning_want_a_reason():
    hiding = [m for m in PROFILE.moves if m.target in (State.SUSPENDED, State.DISSOLVED, State.RETURNED)]

    assert all(move.requires_reason for move in hiding)


@pytest.mark.rule("R-ORG-17")
def test_nothing_becomes_public_without_the_office_or_the_organisation():
    into_public = [m for m in PROFILE.moves if m.target in PUBLIC_STATES and m.source not in PUBLIC_STATES]

    assert {move.may for move in into_public} == {"is_registrar"}


@pytest.mark.parametrize("table", PEOPLE, ids=lambda table: table.kind)
def test_tables_of_people_are_whole(table):
    reached, waiting = {table.initial}, [table.initial]
    while waiting:
        for move in table.moves_from(waiting.pop()):
            assert not move.may or callable(getattr(permissions, move.may))
            assert not move.message or callable(getattr(emails, f"tell_{move.message}"))
            if move.target not in reached:
                reached.add(move.target)
                waiting.append(move.target)

    assert reached == set(table.states)
    assert {state for state in table.states if not table.moves_from(state)} == table.finals
    assert set(table.turns) == set(table.states) - table.finals


@pytest.mark.rule("R-WEB-14")
def test_nobody_but_the_office_a_representative_or_the_person_moves_a_mandate():
    assert {move.may for move in MANDATE.moves} == {"may_decide_mandate", "may_end_mandate", "is_asker"}
    refusing = [move for move in MANDATE.moves if move.target in ("refused", "returned", "ended")]
    assert all(move.requires_reason for move in refusing)
