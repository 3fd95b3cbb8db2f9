"""Reading Word: paragraphs, headings by style, lists with the numbers that Word shows, tables."""

import re
from collections.abc import Iterator
from typing import Any

from . import lists
from .blocks import HEADING, ITEM, PARAGRAPH, TABLE, Block
from .xml_parts import part_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
HEADING_STYLE = re.compile(r"^(?:heading|nagłówek)\s*(\d)$", re.IGNORECASE)
# what was struck out, stands twice, or belongs to a contents table
LEFT_OUT = {f"{W}del", f"{W}moveFrom", f"{MC}Fallback", f"{W}pPr", f"{W}footnoteReference", f"{W}instrText"}
DEEPEST = 40


def read_docx(content: bytes) -> list[Block]:
    """The blocks of a document. Raises Refused."""
    document = part_of(content, "word/document.xml")
    styles = part_of(content, "word/styles.xml", is_needed=False)
    numbering = part_of(content, "word/numbering.xml", is_needed=False)
    reader = _Reader(_styles(styles), _lists(numbering))
    body = document.find(f"{W}body")
    return list(reader.blocks(body if body is not None else []))


class _Reader:
    def __init__(self, styles: dict[str, dict[str, Any]], numbered: dict[str, lists.Counter]):
        self.styles, self.lists = styles, numbered

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[Block]:
        for child in parent if depth < DEEPEST else ():
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield Block(TABLE, rows=_rows(child))
            elif child.tag not in LEFT_OUT and not _is_contents(child):
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        properties = element.find(f"{W}pPr")
        style = self.styles.get(_value(properties, "pStyle"), {})
        if style.get("name", "").lower().startswith(("toc", "spis treści")):
            return
        label, depth = self._label(properties, style)
        text = text_of(element)
        level = _heading_level(properties, style)
        if level or style.get("is_title"):
            yield Block(HEADING, f"{label} {text}".strip(), level)
        elif label == lists.BULLET:
            yield Block(ITEM, text, depth + 1)
        elif text.strip():
            yield Block(PARAGRAPH, f"{label} {text}".strip())

    def _label(self, properties: Any, style: dict[str, Any]) -> tuple[str, int]:
        """(what Word shows before the text, depth of the list)."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        number = _value(own, "numId") or style.get("list", "")
        counter = self.lists.get(number)
        if counter is None:
            return "", 0
        depth = int(_value(own, "ilvl") or style.get("depth") or 0)
        return counter.next_label(min(depth, 8)), min(depth, 8)


def text_of(element: Any) -> str:
    """The words of a paragraph: what was inserted counts, what was struck out does not."""
    found: list[str] = []
    _gather(element, found, 0)
    return "".join(found)


def _gather(element: Any, found: list[str], depth: int) -> None:
    for child in element if depth < DEEPEST else ():
        if child.tag == f"{W}t":
            found.append(child.text or "")
        elif child.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
            found.append(" ")
        elif child.tag == f"{W}noBreakHyphen":
            found.append("-")
        elif child.tag not in LEFT_OUT:
            _gather(child, found, depth + 1)


def _rows(table: Any) -> tuple[tuple[str, ...], ...]:
    rows = table.iterfind(f"{W}tr")
    return tuple(tuple(_cell(cell) for cell in row.iter(f"{W}tc")) for row in rows)


def _cell(cell: Any) -> str:
    return " ".join(text_of(paragraph) for paragraph in cell.iter(f"{W}p"))


def _is_contents(element: Any) -> bool:
    """A contents table that Word makes by itself."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and "contents" in (gallery.get(f"{W}val") or "").lower()


def _value(parent: Any, name: str) -> str:
    child = parent.find(f"{W}{name}") if parent is not None else None
    return (child.get(f"{W}val") or "") if child is not None else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def _heading_level(properties: Any, style: dict[str, Any]) -> int:
    """1 to 6 for a heading, 0 for a text."""
    outline = _number(_value(properties, "outlineLvl"))
    if outline is not None and outline < 6:
        return outline + 1
    return int(style.get("level", 0))


def _styles(root: Any) -> dict[str, dict[str, Any]]:
    """Style id → its name, heading level and list, inherited where it says nothing itself."""
    raw: dict[str, dict[str, Any]] = {}
    for style in root.iterfind(f"{W}style") if root is not None else ():
        properties = style.find(f"{W}pPr")
        name = _value(style, "name")
        found = HEADING_STYLE.match(name)
        outline = _number(_value(properties, "outlineLvl"))
        level = int(found[1]) if found else 0
        if not level and outline is not None and outline < 6:
            level = outline + 1
        numbered = properties.find(f"{W}numPr") if properties is not None else None
        raw[style.get(f"{W}styleId") or ""] = {
            "name": name, "level": min(level, 6), "is_title": name.lower() in ("title", "tytuł"), "list": _value(numbered, "numId"), "depth": _value(numbered, "ilvl"),
            "based_on": _value(style, "basedOn"),
        }  # fmt: skip
    return {key: _inherited(key, raw) for key in raw}


def _inherited(key: str, raw: dict[str, dict[str, Any]]) -> dict[str, Any]:
    found, seen = dict(raw[key]), {key}
    above = found["based_on"]
    while above in raw and above not in seen:
        seen.add(above)
        for name in ("level", "list", "depth"):
            found[name] = found[name] or raw[above][name]
        above = raw[above]["based_on"]
    found["depth"] = _number(str(found["depth"] or "")) or 0
    return found


def _lists(root: Any) -> dict[str, lists.Counter]:
    """Id of a list → its counter; lists of the same definition go on counting together unless one starts anew."""
    if root is None:
        return {}
    levels = {e.get(f"{W}abstractNumId"): _levels(e) for e in root.iterfind(f"{W}abstractNum")}
    shared: dict[str, lists.Counter] = {}
    found = {}
    for number in root.iterfind(f"{W}num"):
        definition = _value(number, "abstractNumId")
        counter = shared.setdefault(definition, lists.Counter(levels.get(definition, [])))
        if number.find(f"{W}lvlOverride") is not None:
            counter = lists.Counter(levels.get(definition, []))
        found[number.get(f"{W}numId") or ""] = counter
    return found


def _levels(definition: Any) -> list[lists.Level]:
    return [
        lists.Level(
            _value(level, "numFmt") or "decimal",
            _value(level, "lvlText"),
            1 if (start := _number(_value(level, "start"))) is None else start,
        )
        for level in definition.iterfind(f"{W}lvl")
    ]
