"""Two people in one section: what each changed is kept, field by field and row by row (three-way merge)."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .values import mapping, rows

Content = Mapping[str, Any]
_GONE: Any = object()


@dataclass(frozen=True)
class Conflict:
    """One answer that two people changed differently: the one that is stored and the one just written."""

    address: str
    stored: str
    mine: str


@dataclass
class Merged:
    """The content to store; conflicts keep what is stored, with the other text beside it."""

    content: dict[str, Any]
    conflicts: list[Conflict] = field(default_factory=list)


def merge(base: Content, stored: Content, mine: Content) -> Merged:
    """What comes out when ``mine`` was written on ``base`` while somebody else had stored ``stored``."""
    merged = Merged({})
    merged.content = _mapping(base, stored, mine, "", merged)
    return merged


def _mapping(base: Content, stored: Content, mine: Content, at: str, merged: Merged) -> dict[str, Any]:
    found = {}
    for name in dict.fromkeys([*stored, *mine]):
        value = _value(base.get(name), stored.get(name), mine.get(name), _under(at, name), merged)
        if value is not None:
            found[name] = value
    return found


def _under(at: str, name: Any) -> str:
    return f"{at}.{name}" if at else str(name)


def _value(base: Any, stored: Any, mine: Any, at: str, merged: Merged) -> Any:
    if _is_table(base) or _is_table(stored) or _is_table(mine):
        return _table(rows(base), rows(stored), rows(mine), at, merged)
    if isinstance(stored, Mapping) or isinstance(mine, Mapping):
        return _mapping(mapping(base), mapping(stored), mapping(mine), at, merged)
    if mine == stored or _same(mine, base):
        return stored
    if _same(stored, base):
        return mine
    merged.conflicts.append(Conflict(at, _shown(stored), _shown(mine)))
    return stored


def _is_table(value: Any) -> bool:
    return isinstance(value, list)


def _same(one: Any, other: Any) -> bool:
    """An answer not given yet and an empty one are the same."""
    return one == other or (one in (None, "") and other in (None, ""))


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def row_id(row: Content) -> str:
    """Rows of tables have an »id«; rows of the split are known by their organisation."""
    return str(row.get("id") or row.get("organization_id") or "")


def _table(base: list[Content], stored: list[Content], mine: list[Content], at: str, merged: Merged) -> list:
    was, theirs, own = _by_id(base), _by_id(stored), _by_id(mine)
    found = []
    for key in _order(list(was), list(theirs), list(own)):
        row = _row(was.get(key, _GONE), theirs.get(key, _GONE), own.get(key, _GONE), _under(at, key), merged)
        if row is not _GONE:
            found.append(row)
    return found


def _by_id(table: list[Content]) -> dict[str, Content]:
    return {row_id(row): row for row in table if row_id(row)}


def _row(base: Any, stored: Any, mine: Any, at: str, merged: Merged) -> Any:
    """A row removed by one person stays away, unless the other has changed it meanwhile."""
    if stored is _GONE or mine is _GONE:
        left = mine if stored is _GONE else stored
        is_untouched = base is not _GONE and (left is _GONE or left == base)
        return _GONE if left is _GONE or is_untouched else copy.deepcopy(dict(left))
    return _mapping({} if base is _GONE else base, stored, mine, at, merged)


def _order(base: list[str], stored: list[str], mine: list[str]) -> list[str]:
    """The order of who moved rows (mine when both did); rows only the other has come after their neighbour."""
    has_moved = [key for key in mine if key in base] != [key for key in base if key in mine]
    first, second = (mine, stored) if has_moved else (stored, mine)
    found = list(first)
    for place, key in enumerate(second):
        if key in found:
            continue
        before = next((k for k in reversed(second[:place]) if k in found), None)
        found.insert(found.index(before) + 1 if before else 0, key)
    return found


def with_answer(content: Content, address: str, text: str) -> dict[str, Any]:
    """The content with one answer replaced: »needs«, »rows.k1.name«, »rows.k1.years.2«."""
    found = copy.deepcopy(dict(content))
    *path, name = address.split(".")
    place: Any = found
    for step in path:
        if isinstance(place, list):
            place = next((row for row in place if row_id(row) == step), {})
        else:
            place = place.setdefault(step, {})
    if isinstance(place, dict):
        place[name] = text
    return found


def answer_at(content: Content, address: str) -> str:
    """The answer at an address, as text."""
    place: Any = content
    for step in address.split("."):
        if isinstance(place, list):
            place = next((row for row in place if row_id(row) == step), None)
        else:
            place = mapping(place).get(step)
    return _shown(place)
