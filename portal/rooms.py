"""The rooms under the roof, in the order in which people meet them. The roof pulls; nobody pushes."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain
from types import ModuleType

import communication.queries
import competitions.queries
import competitions.queries.committee_matters
import consultations.demand_matters
import consultations.queries
import dialogue_bodies.queries
import grants.queries
import organizations.actions
import organizations.queries
import programmes.queries
import resources.queries
from core.common.clock import now
from core.common.cooperation import RoomLink, read
from core.common.dates import DatedThing, Waiting
from core.common.ties import PersonalData, Tie, modules_of

ROOMS: list[ModuleType] = [
    competitions.queries,
    competitions.queries.committee_matters,
    consultations.queries,
    consultations.demand_matters,
    dialogue_bodies.queries,
    organizations.queries,
    communication.queries,
    programmes.queries,
    resources.queries,
    grants.queries,
]


# Rooms and floors that declare in ``ties.py`` what ties their rows to organisations and to people.
TIED = (
    "core.legal", "core.accounts", "core.city", "core.documents", "core.notifications", "organizations", "programmes",
    "resources", "consultations", "competitions", "dialogue_bodies", "grants", "communication",
)  # fmt: skip


def organization_ties() -> list[Tie]:
    """Every column of the portal that points to an organisation."""
    return [tie for room in modules_of("ties", TIED) for tie in getattr(room, "ORGANIZATION_TIES", ())]


def personal_data() -> list[PersonalData]:
    """Every column of the portal that holds data of people, as the rooms declare them."""
    return [data for room in modules_of("ties", TIED) for data in getattr(room, "PEOPLE", ())]


def person_leaves(user, at: datetime) -> None:
    """What a person who goes leaves in order: nobody acts for an organisation who is not there."""
    organizations.actions.leave_organizations(user, at=at)


def leaving_notes(user) -> list[str]:
    """What a person should know before going."""
    return list(from_rooms("leaving_notes", user))


def open_matters_of(organization) -> list[Waiting]:
    """What is still open with an organisation that ends, for those who have to close it."""
    return list(from_rooms("open_matters_of", organization))


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


def matters_of(user, organizations: list) -> list[Waiting]:
    """What waits for this NGO person in all their organisations, most urgent first.

    A room without a word for all of them is asked for each.
    """
    found: list[Waiting] = []
    for room in ROOMS:
        if hasattr(room, "matters_of_all"):
            found += room.matters_of_all(user, organizations)
        elif hasattr(room, "matters_for"):
            found += chain.from_iterable(room.matters_for(user, one) for one in organizations or [None])
    return in_order(dict.fromkeys(found))


def in_order(items: Iterable[Waiting]) -> list[Waiting]:
    far = now() + timedelta(days=36500)
    return sorted(items, key=lambda w: w.due_at or far)


def cooperation_with(organization) -> dict[str, list[RoomLink]]:
    """The public history of an organisation with the city, by section; a room that has some tells it."""
    return read(from_rooms("cooperation_with", organization))


def funded_in(district) -> dict[str, list[RoomLink]]:
    """Tasks that the city funds in a district, by section."""
    return read(from_rooms("funded_in", district))


def open_in(district) -> dict[str, list[RoomLink]]:
    """What is under way in a district, by section."""
    return read(from_rooms("open_in", district))


def in_branch(branch) -> dict[str, list[RoomLink]]:
    """Open calls, consultations and news of a branch, by section."""
    return read(from_rooms("in_branch", branch))
