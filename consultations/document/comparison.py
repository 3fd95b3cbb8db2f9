"""Two versions point by point: pairs by the address that lasts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from core.common.differences import marked_by_words

SAME, CHANGED, MOVED, ADDED, REMOVED = "same", "changed", "moved", "added", "removed"


@dataclass(frozen=True)
class Pair:
    """A point in both versions; one of them is missing when it was added or removed."""

    old: Any = None
    new: Any = None

    @property
    def state(self) -> str:
        if self.old is None:
            return ADDED
        if self.new is None:
            return REMOVED
        if self.old.text != self.new.text:
            return CHANGED
        return SAME if self.old.number == self.new.number else MOVED

    @property
    def point(self) -> Any:
        return self.new or self.old

    @cached_property
    def texts(self) -> tuple[SafeString, SafeString]:
        """Both texts with what is gone and what came marked, for eyes and for screen readers."""
        return marked_by_words(self.old.text if self.old else "", self.new.text if self.new else "")


def compared(old: Sequence[Any], new: Sequence[Any]) -> list[Pair]:
    """Every point of both versions once, in the order of the new one; what was removed stands where it stood."""
    old_by_key = {point.key: point for point in old}
    new_keys = {point.key for point in new}
    gone_after: dict[str, list[Any]] = {}
    last_kept = ""
    for point in old:
        if point.key in new_keys:
            last_kept = point.key
        else:
            gone_after.setdefault(last_kept, []).append(point)
    pairs = [Pair(old=point) for point in gone_after.get("", [])]
    for point in new:
        pairs.append(Pair(old_by_key.get(point.key), point))
        pairs += [Pair(old=gone) for gone in gone_after.get(point.key, [])]
    return pairs
