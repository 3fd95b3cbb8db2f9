"""States that move along a table which a clerk can read."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from core.common.subjects import subject_of

from . import audit
from .models import Case, Transition
from .rules import Breach, LawBreached

Row = TypeVar("Row", bound=Case)
_REASON_WANTED = _("Powód: napisz, dlaczego zmieniasz stan sprawy.")


class MoveRefused(Exception):
    """The move is not in the table, not this person's to make, or lacks its reason."""


@dataclass(frozen=True)
class Move:
    """One row of a state table.

    ``may`` names a predicate ``(user, case) -> bool`` in the app's ``permissions``; an empty name
    means that only the portal itself makes the move. ``rules`` are functions of law from facts to
    breaches. ``message`` names the function of the app's ``emails`` that tells people. ``done`` says
    in a sentence what has happened, for those who made the move on the desk.
    """

    source: str
    target: str
    verb: Any
    may: str = ""
    rules: tuple[Callable[[Any], list[Breach]], ...] = ()
    requires_reason: bool = False
    message: str = ""
    confirm: Any = ""
    done: Any = ""

    @property
    def is_a_step_back(self) -> bool:
        """What has to be justified takes something away; the desk never puts it forward as the thing to do."""
        return self.requires_reason


@dataclass(frozen=True)
class StateTable:
    """All moves of one kind of case, who has the turn in each state, and where it ends."""

    kind: str
    states: type[models.TextChoices]
    initial: str
    moves: tuple[Move, ...]
    turns: Mapping[str, Any] = field(default_factory=dict)
    finals: frozenset[str] = frozenset()

    @property
    def app(self) -> str:
        return self.kind.split(".")[0]

    def move(self, source: str, target: str) -> Move | None:
        return next((m for m in self.moves if m.source == source and m.target == target), None)

    def moves_from(self, source: str) -> list[Move]:
        return [m for m in self.moves if m.source == source]

    def allows(self, move: Move, user: Any, case: Case) -> bool:
        """Whether the person may make the move; the portal itself (None) may make any."""
        if user is None:
            return True
        if not move.may:
            return False
        return getattr(importlib.import_module(f"{self.app}.permissions"), move.may)(user, case)


TABLES: dict[str, StateTable] = {}


def register(table: StateTable) -> StateTable:
    TABLES[table.kind] = table
    return table


def breaches_of(case: Case, move: Move, at: datetime) -> list[Breach]:
    """Every breach, warnings included, that stands against a move at a moment."""
    facts = case.facts(at) if move.rules else None
    return [breach for law in move.rules for breach in law(facts)]


@transaction.atomic
def advance(
    case: Row, to: str, *, by: Any, at: datetime, reason: str = "", note: dict[str, Any] | None = None
) -> Row:
    """Moves a case to a state and proves it.

    Locks the row, checks table, person and law, saves the state, writes the transition and the
    audit entry. Raises MoveRefused or LawBreached; then nothing is changed. ``by`` is None when
    the portal acts itself.
    """
    locked = type(case)._base_manager.select_for_update().get(pk=case.pk)
    move = case.state_table.move(locked.state, to)
    check_move(locked, move, to, by, at, reason)
    source = locked.state
    locked.state, locked.state_since = to, at
    locked.save(update_fields=["state", "state_since"])
    case.state, case.state_since = to, at
    kind, pk = subject_of(locked)
    Transition.objects.create(
        subject_kind=kind, subject_id=pk, source=source, target=to, at=at, by=by, reason=reason
    )
    audit.record(
        locked,
        str(move.verb),
        by=by,
        at=at,
        before={"state": source},
        after={"state": to, **(note or {})},
        reason=reason,
    )
    return locked


def check_move(case: Case, move: Move | None, to: str, by: Any, at: datetime, reason: str) -> None:
    """Raises MoveRefused or LawBreached when the move must not be made."""
    if move is None:
        raise MoveRefused(f"{case.state_table.kind}: {case.state} → {to}")
    if not case.state_table.allows(move, by, case):
        raise MoveRefused(f"{case.state_table.kind}: {move.may}")
    if move.requires_reason and not reason.strip():
        raise LawBreached([Breach("", _REASON_WANTED, field="reason")])
    if stopping := [b for b in breaches_of(case, move, at) if not b.is_warning]:
        raise LawBreached(stopping)


def start(case: Case, *, by: Any, at: datetime) -> None:
    """Writes the first transition of a case that has just been created in its initial state."""
    kind, pk = subject_of(case)
    Transition.objects.create(subject_kind=kind, subject_id=pk, source="", target=case.state, at=at, by=by)
