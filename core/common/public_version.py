"""The version of everything public: one word that changes with every act that may change a public page.

Whoever keeps a page for readers keeps the version it was drawn from; a page of another version is drawn anew.
"""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import get_random_string

from .clock import now

KEY = "public:version"
SECONDS = 60


def bump() -> None:
    """Called by the acts themselves: at once, and again when they are committed.

    A page that somebody draws between the two would hold the old data under the new version; the second
    call ends it.
    """
    renew()
    transaction.on_commit(renew)


def renew() -> None:
    cache.set(KEY, get_random_string(12), None)


def this_minute() -> int:
    """Periods end on whole minutes: what is kept to the end of the minute shows nothing as open that is over."""
    return int(now().timestamp()) // 60


@dataclass(frozen=True)
class Kept:
    """Something drawn from public data, with the version and the minute it belongs to."""

    version: str
    minute: int
    value: Any


def look_up(key: str) -> tuple[str | None, Any]:
    """The version of now, and what is kept under a key if it is still of this version and minute.

    Without a version nothing may be kept: the cache has just been emptied, or is away.
    """
    found = cache.get_many([KEY, key])
    version, kept = found.get(KEY), found.get(key)
    if version is None:
        renew()
        return None, None
    is_fresh = isinstance(kept, Kept) and (kept.version, kept.minute) == (version, this_minute())
    return version, kept.value if is_fresh else None


def keep(key: str, value: Any, *, version: str, minute: int) -> None:
    """``version`` and ``minute`` are those from before the drawing began."""
    cache.set(key, Kept(version, minute, value), SECONDS)
