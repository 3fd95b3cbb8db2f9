"""Groups of people that one room keeps and another may write to, though the rooms do not know each other.

The room that keeps them registers a name in its ``reminders.py``; a form asks ``options``, an action ``recipients``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Recipients:
    """Who is reached: names of the groups, and people as e-mail → why they get the letter."""

    names: list[str] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Audience:
    """``options()`` gives (key, name) of every group; ``find(keys)`` the people of some of them.

    ``competent(units)`` gives the keys of those who are to be told by themselves when these units ask (ids of units).
    """

    options: Callable[[], list[tuple[str, str]]]
    find: Callable[[Iterable[str]], Recipients]
    competent: Callable[[Iterable[int]], list[str]] = lambda _units: []


AUDIENCES: dict[str, Audience] = {}


def register_audience(
    name: str, *, options: Callable, find: Callable, competent: Callable = lambda _units: []
) -> None:
    AUDIENCES[name] = Audience(options, find, competent)


def options(name: str) -> list[tuple[str, str]]:
    """The groups of an audience; none when no room has registered it."""
    return AUDIENCES[name].options() if name in AUDIENCES else []


def recipients(name: str, keys: Iterable[str]) -> Recipients:
    return AUDIENCES[name].find(list(keys)) if name in AUDIENCES else Recipients()


def competent(name: str, units: Iterable[int]) -> list[str]:
    """The keys of the groups that are to be told when these units ask; none when no room has registered the name."""
    return AUDIENCES[name].competent(list(units)) if name in AUDIENCES else []
