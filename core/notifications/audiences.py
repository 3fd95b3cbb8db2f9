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
    """``options()`` gives (key, name) of every group; ``find(keys)`` the people of some of them."""

    options: Callable[[], list[tuple[str, str]]]
    find: Callable[[Iterable[str]], Recipients]


AUDIENCES: dict[str, Audience] = {}


def register_audience(name: str, *, options: Callable, find: Callable) -> None:
    AUDIENCES[name] = Audience(options, find)


def options(name: str) -> list[tuple[str, str]]:
    """The groups of an audience; none when no room has registered it."""
    return AUDIENCES[name].options() if name in AUDIENCES else []


def recipients(name: str, keys: Iterable[str]) -> Recipients:
    return AUDIENCES[name].find(list(keys)) if name in AUDIENCES else Recipients()
