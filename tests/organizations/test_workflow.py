"""The state table of profiles is whole."""

import pytest

from organizations import emails, permissions
from organizations.enums import PUBLIC_STATES, State
from organizations.workflow import PROFILE


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
