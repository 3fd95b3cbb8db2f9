"""Reading LibreOffice: paragraphs, headings, lists with the numbers that a reader sees, tables."""

from collections.abc import Iterator
from typing import Any

from . import lists
from .blocks import HEADING, ITEM, PARAGRAPH, TABLE, Block
from .xml_parts import part_of

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TBL = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
SHAPES = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "": "none",
}
# struck out, notes, comments, contents tables, fields that stand only for the program
LEFT_OUT = {
    f"{TEXT}tracked-changes", f"{TEXT}note", f"{OFFICE}annotation", f"{TEXT}table-of-content", f"{TEXT}index-title",
    f"{TEXT}sequence-decls", f"{OFFICE}forms",
}  # fmt: skip
DEEPEST = 40
MOST_SPACES = 100
MOST_COPIES = 50


def read_odt(content: bytes) -> list[Block]:
    """The blocks of a document. Raises Refused."""
    root = part_of(content, "content.xml")
    styles = part_of(content, "styles.xml", is_needed=False)
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    reader = _Reader({**_list_styles(styles), **_list_styles(root)})
    return list(reader.blocks(body if body is not None else []))


class _Reader:
    def __init__(self, styles: dict[str, list[lists.Level]]):
        self.styles = styles
        self.running: dict[str, lists.Counter] = {}

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[Block]:
        for child in parent if depth < DEEPEST else ():
            if child.tag == f"{TEXT}h":
                level = child.get(f"{TEXT}outline-level") or "1"
                yield Block(
                    HEADING, text_of(child), min(int(level), 6) if level.isdigit() and level.isascii() else 1
                )
            elif child.tag == f"{TEXT}p":
                yield Block(PARAGRAPH, text_of(child))
            elif child.tag == f"{TEXT}list":
                yield from self._list(child)
            elif child.tag == f"{TBL}table":
                yield Block(TABLE, rows=_rows(child))
            elif child.tag not in LEFT_OUT:
                yield from self.blocks(child, depth + 1)

    def _list(self, element: Any, depth: int = 0, counter: lists.Counter | None = None) -> Iterator[Block]:
        if counter is None:
            counter = self._counter(element)
        for item in element if depth < 9 else ():
            yield from self._item(item, depth, counter)

    def _counter(self, element: Any) -> lists.Counter:
        """A list goes on with the numbers of the one before only when it says so."""
        name = element.get(f"{TEXT}style-name") or ""
        goes_on = element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list")
        if not goes_on or name not in self.running:
            self.running[name] = lists.Counter(self.styles.get(name, [lists.Level("bullet")]))
        return self.running[name]

    def _item(self, item: Any, depth: int, counter: lists.Counter) -> Iterator[Block]:
        is_labelled = item.tag == f"{TEXT}list-item"
        for child in item:
            if child.tag == f"{TEXT}list":
                yield from self._list(child, depth + 1, counter)
            elif child.tag in (f"{TEXT}p", f"{TEXT}h"):
                label, is_labelled = counter.next_label(depth) if is_labelled else "", False
                yield _labelled(child, label, depth)


def _labelled(element: Any, label: str, depth: int) -> Block:
    text = text_of(element)
    if element.tag == f"{TEXT}h":
        return Block(HEADING, f"{label} {text}".strip(), min(depth + 1, 6))
    return (
        Block(ITEM, text, depth + 1) if label == lists.BULLET else Block(PARAGRAPH, f"{label} {text}".strip())
    )


def text_of(element: Any) -> str:
    found: list[str] = []
    _gather(element, found, 0)
    return "".join(found)


def _gather(element: Any, found: list[str], depth: int) -> None:
    found.append(element.text or "")
    for child in element if depth < DEEPEST else ():
        if child.tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c") or "1"
            found.append(
                " "
                * (
                    min(int(count), MOST_SPACES)
                    if count.isascii() and count.isdigit() and len(count) < 6
                    else 1
                )
            )
        elif child.tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            found.append(" ")
        elif child.tag not in LEFT_OUT:
            _gather(child, found, depth + 1)
        found.append(child.tail or "")


def _rows(table: Any) -> tuple[tuple[str, ...], ...]:
    rows = []
    for row in table.iter(f"{TBL}table-row"):
        cells: list[str] = []
        for cell in row:
            if cell.tag == f"{TBL}table-cell":
                repeated = cell.get(f"{TBL}number-columns-repeated") or "1"
                copies = (
                    int(repeated) if repeated.isascii() and repeated.isdigit() and len(repeated) < 5 else 1
                )
                text = " ".join(text_of(part) for part in cell.iter() if part.tag in (f"{TEXT}p", f"{TEXT}h"))
                cells += [text] * min(copies, MOST_COPIES)
        while cells and not cells[-1].strip():
            cells.pop()
        rows.append(tuple(cells))
    return tuple(rows)


def _list_styles(root: Any) -> dict[str, list[lists.Level]]:
    found = {}
    for style in root.iter(f"{TEXT}list-style") if root is not None else ():
        found[style.get(f"{STYLE}name") or ""] = [_level(level, place) for place, level in enumerate(style)]
    return found


def _level(level: Any, place: int) -> lists.Level:
    if level.tag != f"{TEXT}list-level-style-number":
        return lists.Level("bullet")
    shown = level.get(f"{TEXT}display-levels") or "1"
    count = int(shown) if shown in "123456789" else 1
    numbers = ".".join(f"%{one + 1}" for one in range(max(place + 1 - count, 0), place + 1))
    start = level.get(f"{TEXT}start-value") or "1"
    return lists.Level(
        SHAPES.get(level.get(f"{STYLE}num-format") or "", "decimal"),
        f"{level.get(f'{STYLE}num-prefix') or ''}{numbers}{level.get(f'{STYLE}num-suffix') or ''}",
        int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 1,
    )
