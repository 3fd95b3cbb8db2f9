"""Two versions of an offer side by side: field by field, rows added, removed and changed, words marked."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.common import formats

from ..law.offers import template
from ..law.offers.values import day, flag, mapping, money, rows, text

SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"
TOKENS = re.compile(r"\s+|[^\W_]+|[^\w\s]|_")
# Beyond so many words a marked comparison costs more than it tells; the texts then stand side by side.
MOST_TOKENS = 6000


@dataclass(frozen=True)
class Part:
    """A run of words: in both texts, or only in the one it stands in."""

    words: str
    is_marked: bool = False


@dataclass(frozen=True)
class Difference:
    """One answer that differs; ``where`` names the row of a table it stands in."""

    label: str
    kind: str
    before: tuple[Part, ...]
    after: tuple[Part, ...]
    where: str = ""


@dataclass(frozen=True)
class SectionDifference:
    key: str
    part: str
    title: str
    differences: tuple[Difference, ...]


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[SectionDifference]:
    """Sections that differ between two contents of versions, in the order of the form; files last."""
    old, new = mapping(before.get("sections")), mapping(after.get("sections"))
    names = {
        str(row.get("id")): text(row.get("name", ""))
        for sections in (old, new)
        for row in rows(mapping(sections.get("plan")).get("actions"))
    }
    found = [
        SectionDifference(section.key, section.part, str(section.title), tuple(differences))
        for section in template.SECTIONS
        if (
            differences := list(
                section_differences(section, old.get(section.key), new.get(section.key), names)
            )
        )
    ]
    files = tuple(_files(before, after))
    return [*found, SectionDifference("attachments", "", _("Załączniki"), files)] if files else found


def section_differences(
    section: template.Section, before: Any, after: Any, names: Mapping[str, str] | None = None
) -> Iterator[Difference]:
    """Answers of one section that differ, then the rows of its table."""
    old, new = mapping(before), mapping(after)
    for question in section.questions:
        yield from _answers(question, old, new, names or {})
    if section.key == "declarations":
        for question in template.STATEMENTS:
            made = mapping(old.get("statements")), mapping(new.get("statements"))
            yield from _answers(question, *made, {})
    if section.table:
        yield from _tables(section.table, old, new, names or {})


def _answers(
    question: template.Question,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    names: Mapping[str, str],
    where: str = "",
) -> Iterator[Difference]:
    before, after = (shown(question, content.get(question.name), names) for content in (old, new))
    if before != after:
        yield _difference(str(question.label), before, after, where)


def _difference(label: str, before: str, after: str, where: str = "") -> Difference:
    kind = ADDED if not before else REMOVED if not after else CHANGED
    return Difference(label, kind, *marked(before, after), where)


def shown(question: template.Question, value: Any, names: Mapping[str, str]) -> str:
    """An answer as people read it."""
    if question.kind == template.FLAG:
        return _("tak") if flag(value) else _("nie")
    written = text(value if value is not None else "").strip()
    if question.kind == template.MONEY and (amount := money(written)) is not None:
        return formats.zloty(amount, grosze=True)
    if question.kind == template.DAY and (on := day(written)) is not None:
        return formats.day(on)
    if question.name == "action_id":
        return names.get(written, written)
    return str(dict(question.choices).get(written, written)) if question.choices else written


def _tables(
    table: template.Table, old: Mapping[str, Any], new: Mapping[str, Any], names: Mapping[str, str]
) -> Iterator[Difference]:
    before, after = _by_id(old.get(table.name)), _by_id(new.get(table.name))
    for key in [*before, *(key for key in after if key not in before)]:
        was, now = before.get(key, {}), after.get(key, {})
        where = f"{table.row_label}: {text((now or was).get('name', '')) or key}"
        if not was or not now:
            yield _difference(where, _line(table, was, names), _line(table, now, names))
            continue
        for column in table.columns:
            yield from _answers(column, was, now, names, where)
        yield from _years(was, now, where)


def _years(was: Mapping[str, Any], now: Mapping[str, Any], where: str) -> Iterator[Difference]:
    old, new = mapping(was.get("years")), mapping(now.get("years"))
    for year in sorted({*old, *new}):
        question = template.Question(year, _("Rok %(year)s") % {"year": year}, template.MONEY)
        yield from _answers(question, old, new, {}, where)


def _by_id(value: Any) -> dict[str, Mapping[str, Any]]:
    return {str(row.get("id") or row.get("organization_id") or n): row for n, row in enumerate(rows(value))}


def _line(table: template.Table, row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """A whole row in one text: what was added or removed."""
    told = (
        ((column.label, shown(column, row.get(column.name), names)) for column in table.columns)
        if row
        else ()
    )
    return "; ".join(f"{label}: {value}" for label, value in told if value)


def _files(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    old, new = (
        {text(f.get("sha256", "")): text(f.get("name", "")) for f in rows(c.get("attachments"))}
        for c in (before, after)
    )
    for digest, name in old.items():
        if digest not in new:
            yield _difference(_("Plik"), name, "")
    for digest, name in new.items():
        if digest not in old:
            yield _difference(_("Plik"), "", name)


def marked(before: str, after: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """The two texts in runs of words, those marked that the other text does not have."""
    old, new = TOKENS.findall(before), TOKENS.findall(after)
    if len(old) + len(new) > MOST_TOKENS:
        return (Part(before, bool(before)),), (Part(after, bool(after)),)
    left: list[Part] = []
    right: list[Part] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        is_marked = tag != "equal"
        left += [Part("".join(old[a:b]), is_marked)] if b > a else []
        right += [Part("".join(new[c:d]), is_marked)] if d > c else []
    return tuple(left), tuple(right)
