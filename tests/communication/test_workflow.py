"""The tables can be walked: every state is reached, whoever may move exists, so does every letter."""

import pytest

from communication import emails, permissions
from communication.workflow import ISSUE, MESSAGE, NEWS


@pytest.mark.parametrize("table", [NEWS, ISSUE, MESSAGE], ids=lambda t: t.kind)
def test_every_state_is_reached_and_leads_on_or_ends(table):
    reached, queue = {table.initial}, [table.initial]
    while queue:
        for move in table.moves_from(queue.pop()):
            if move.target not in reached:
                reached.add(move.target)
                queue.append(move.target)

    assert reached == set(table.states)
    for state in table.states:
        assert bool(table.moves_from(state)) is (state not in table.finals)
        assert bool(table.turns.get(state)) is (state not in table.finals)


@pytest.mark.parametrize("table", [NEWS, ISSUE, MESSAGE], ids=lambda t: t.kind)
def test_permissions_and_letters_exist(table):
    for move in table.moves:
        assert not move.may or callable(getattr(permissions, move.may))
        assert not move.message or callable(getattr(emails, move.message))
        assert str(move.verb)
