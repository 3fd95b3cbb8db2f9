"""What a file would change in an offer: shown to people first, saved only when they say so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..law.offers import template
from ..law.offers.values import mapping, rows, text
from .compare import Difference, section_differences


@dataclass
class Reading:
    """What was found in a file, by section; what was not understood, in words."""

    sections: dict[str, dict[str, Any]] = field(default_factory=dict)
    edits: dict[str, int] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def answer(self, key: str, name: str, value: Any) -> None:
        self.sections.setdefault(key, {})[name] = value


@dataclass(frozen=True)
class Proposed:
    """One section as it would be after the import."""

    key: str
    part: str
    title: str
    content: dict[str, Any]
    edit_number: int
    differences: tuple[Difference, ...]
    is_stale: bool = False


def proposals(offer: Any, reading: Reading) -> list[Proposed]:
    """Sections that the file would change. ``is_stale``: somebody has written in the portal since the file was made."""
    stored = {row.key: row for row in offer.sections.all()}
    names = _action_names(stored, reading)
    found = []
    for section in template.SECTIONS:
        given = reading.sections.get(section.key)
        if not given:
            continue
        row = stored.get(section.key)
        current = row.content if row else {}
        content = {**current, **_with_ids(section, current, given)}
        differences = tuple(section_differences(section, current, content, names))
        if differences:
            number = row.edit_number if row else 0
            made_from = reading.edits.get(section.key, number)
            found.append(
                Proposed(
                    section.key,
                    section.part,
                    str(section.title),
                    content,
                    made_from,
                    differences,
                    made_from != number,
                )
            )
    return found


def _action_names(stored: Mapping[str, Any], reading: Reading) -> dict[str, str]:
    plans = [stored["plan"].content if "plan" in stored else {}, reading.sections.get("plan", {})]
    return {
        str(a.get("id")): text(a.get("name", ""))
        for plan in plans
        for a in rows(mapping(plan).get("actions"))
    }


def _with_ids(section: template.Section, current: Mapping[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Rows of the file keep the identity of the rows they come from: by name, else by their place."""
    table = section.table
    if table is None or table.is_fixed or table.name not in given:
        return given
    known = rows(current.get(table.name))
    by_name = {text(row.get("name", "")).strip().casefold(): row for row in reversed(known)}
    taken: set[str] = set()
    kept = []
    for place, row in enumerate(given[table.name]):
        old = by_name.get(text(row.get("name", "")).strip().casefold())
        if old is None and len(known) == len(given[table.name]) and place < len(known):
            old = known[place]
        identity = str(row.get("id") or (old or {}).get("id") or f"n{place + 1}")
        identity = identity if identity not in taken else f"n{place + 1}-{len(taken)}"
        taken.add(identity)
        # a cell that the file does not have keeps what is stored
        kept.append({**(old if old and str(old.get("id")) == identity else {}), **row, "id": identity})
    return {**given, table.name: kept}
