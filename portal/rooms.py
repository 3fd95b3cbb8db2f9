"""The rooms under the roof, in the order in which people meet them. The roof pulls; nobody pushes."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain
from types import ModuleType

import communication.queries
import competitions.committee_matters
import competitions.queries
import consultations.queries
import dialogue_bodies.queries
import grants.queries
import organizations.queries
import programmes.queries
import resources.queries
from core.common.clock import now
from core.common.dates import DatedThing, Waiting

ROOMS: list[ModuleType] = [
    competitions.queries,
    competitions.committee_matters,
    consultations.queries,
    dialogue_bodies.queries,
    organizations.queries,
    communication.queries,
    programmes.queries,
    resources.queries,
    grants.queries,
]


def from_rooms(name: str, *args, **kwargs) -> Iterator:
    """The results of a function of the same name in every room that has it, one after the other."""
    return chain.from_iterable(getattr(room, name)(*args, **kwargs) for room in ROOMS if hasattr(room, name))


def dated_things(start: datetime, end: datetime, **scope) -> list[DatedThing]:
    """Every published thing with a date in the window, in order of time."""
    return sorted(from_rooms("dated_things", start, end, **scope))


def coming(days: int) -> list[DatedThing]:
    """What is still ahead within so many days."""
    moment = now()
    return [
        t
        for t in dated_things(moment, moment + timedelta(days=days))
        if t.sort_key >= moment or not t.has_hour
    ]


def waiting_for(user) -> list[Waiting]:
    """What waits for this official, most urgent first."""
    return in_order(from_rooms("waiting_for", user))


def matters_for(user, organization) -> list[Waiting]:
    """What waits for this NGO person, most urgent first."""
    return in_order(from_rooms("matters_for", user, organization))


def in_order(items: Iterable[Waiting]) -> list[Waiting]:
    far = now() + timedelta(days=36500)
    return sorted(items, key=lambda w: w.due_at or far)
