"""From blocks to numbered points: every chapter and paragraph gets a number that no other one has."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join

from ..enums import PointKind
from . import labels
from .blocks import HEADING, ITEM, TABLE, Block
from .labels import Label, label_of
from .points import LONGEST_NUMBER, PointText

# Longer, or ending like a sentence, a line »§ 3. …« is a rule and no title.
LONGEST_TITLE = 160
DEEPEST = 4
BULLET = "–"


def title_and_points(blocks: Sequence[Block]) -> tuple[str, list[PointText]]:
    """(title of the document, its points). A heading before everything else, alone on its level, is the title."""
    first = blocks[0] if blocks else None
    is_title = (
        first is not None
        and first.kind == HEADING
        and label_of(first.text, is_heading=True).kind == labels.NONE
        and not any(b.kind == HEADING and b.level <= first.level for b in blocks[1:])
        and len(blocks) > 1
    )
    rest = blocks[1:] if is_title else blocks
    return (first.text[:300] if first and is_title else ""), _Numbering().points_of(rest)


class _Numbering:
    """Goes through the blocks and remembers in which annex, chapter, section, paragraph and point it stands."""

    def __init__(self) -> None:
        self.points: list[PointText] = []
        self.used: set[str] = set()
        self.annex = self.chapter = self.section = self.paragraph = self.point = ""
        self.headings: list[int] = []  # running numbers of headings without a label, by level
        self.bare: dict[str, int] = {}  # how many unnumbered points each part has
        self.has_numbers: set[str] = set()
        self.items: list[tuple[int, str]] = []  # of the list that the last point is becoming

    def points_of(self, blocks: Sequence[Block]) -> list[PointText]:
        self.has_numbers = _parts_with_numbers(blocks)
        waiting: Label | None = None  # a chapter or section whose title is the next line
        for block in blocks:
            label = label_of(block.text, is_heading=block.kind == HEADING) if block.kind != TABLE else None
            if waiting is not None:
                if (
                    label is not None
                    and label.kind == labels.NONE
                    and len(block.text) <= LONGEST_TITLE
                    and (block.kind == HEADING or not block.text.endswith((".", ":", ";")))
                ):
                    self._heading(waiting, block.text)
                    waiting = None
                    continue
                self._heading(waiting, waiting.rest)
                waiting = None
            if label is None:
                self._table(block)
            elif label.kind in (labels.CHAPTER, labels.SECTION) and not label.rest:
                waiting = Label(label.kind, label.number, block.text)
            else:
                self._take(block, label)
        if waiting is not None:
            self._heading(waiting, waiting.rest)
        self._close_list()
        return self.points

    # --- one block -----------------------------------------------------------------------------
    def _take(self, block: Block, label: Label) -> None:
        if label.kind == labels.CHAPTER:
            self._heading(label, label.rest)
        elif label.kind == labels.SECTION:
            self._section(block, label)
        elif block.kind == HEADING:
            self._plain_heading(block, label)
        elif label.kind == labels.BULLET or block.kind == ITEM:
            self._item(label.rest if label.kind == labels.BULLET else block.text, block)
        else:
            self._add(self._number(label), PointKind.PARAGRAPH, label.rest)

    def _heading(self, label: Label, text: str) -> None:
        if label.is_annex:
            self.annex, self.chapter, self.section = label.number, "", ""
            number = label.number
        elif label.kind == labels.CHAPTER:
            self.chapter, self.section = label.number, ""
            number = self._in_annex(label.number)
        else:
            self.section = label.number
            number = self._in_annex(label.number)
        self.paragraph = self.point = ""
        self._add(
            number, PointKind.HEADING, text, level=1 if label.kind == labels.CHAPTER else self._section_level
        )

    @property
    def _section_level(self) -> int:
        return 2 if self.chapter or self.annex else 1

    def _section(self, block: Block, label: Label) -> None:
        """»§ 3. Zadania« is a title, »§ 3. Uchwała wchodzi w życie …« a rule, »§ 3. 1. …« both begin."""
        inner = label_of(label.rest)
        if inner.kind in (labels.PARAGRAPH, labels.POINT):
            self._heading(label, f"§ {label.number.removeprefix('§')}")
            self._add(self._number(inner), PointKind.PARAGRAPH, inner.rest)
        elif block.kind == HEADING or (
            len(label.rest) <= LONGEST_TITLE and not label.rest.endswith((".", ":", ";", ","))
        ):
            self._heading(label, label.rest)
        else:
            self.section, self.paragraph, self.point = label.number, "", ""
            self._add(self._in_annex(label.number), PointKind.PARAGRAPH, label.rest)

    def _plain_heading(self, block: Block, label: Label) -> None:
        """A heading of a style: with its own number, or one by its level (»2.1«)."""
        if label.kind in (labels.DECIMAL, labels.PARAGRAPH):
            number, level = label.number, label.number.count(".") + 1
        else:
            level = min(max(block.level, 1), DEEPEST)
            counts = [*self.headings, *[0] * level][:level]
            counts[-1] += 1
            self.headings = counts
            number = ".".join(str(n) for n in counts if n)
        self.chapter, self.section, self.paragraph, self.point = number, "", "", ""
        text = label.rest if label.kind in (labels.DECIMAL, labels.PARAGRAPH) else block.text
        self._add(self._in_annex(number), PointKind.HEADING, text, level=min(level, DEEPEST))

    def _item(self, text: str, block: Block) -> None:
        """An item without a number belongs to the point above it."""
        if not self.items and not (self.points and self.points[-1].kind == PointKind.PARAGRAPH):
            self._add(self._bare_number(), PointKind.LIST, "")
        self.items.append((block.level, text))

    def _close_list(self) -> None:
        if self.items:
            last = self.points[-1]
            self.points[-1] = _list(last.number, last.level, last.text, self.items)
            self.items = []

    def _table(self, block: Block) -> None:
        self._add(self._bare_number(), PointKind.TABLE, block.text, html=table_html(block.rows))

    # --- numbers --------------------------------------------------------------------------------
    def _number(self, label: Label) -> str:
        part = self._part
        if label.kind == labels.DECIMAL:
            self.paragraph, self.point = self._in_annex(label.number), ""
            return self.paragraph
        if label.kind == labels.PARAGRAPH:
            self.paragraph, self.point = _joined(part, label.number), ""
            return self.paragraph
        if label.kind == labels.POINT:
            self.point = _joined(self.paragraph or part, label.number)
            return self.point
        if label.kind == labels.LETTER:
            return _joined(self.point or self.paragraph or part, label.number)
        self.paragraph = self.point = ""
        return self._bare_number()

    def _bare_number(self) -> str:
        """Of what has no number: running, or »0«, »0a« … where numbered paragraphs stand beside it."""
        part = self._part
        count = self.bare[part] = self.bare.get(part, 0) + 1
        if part in self.has_numbers:
            return _joined(part, "0" if count == 1 else f"0{chr(95 + min(count, 27))}")
        return _joined(part, str(count))

    @property
    def _part(self) -> str:
        return self._in_annex(self.section or self.chapter)

    def _in_annex(self, number: str) -> str:
        return _joined(self.annex, number)

    def _add(self, number: str, kind: str, text: str, *, level: int = 1, html: str = "") -> None:
        self._close_list()
        number, serial = number[: LONGEST_NUMBER - 5] or "0", 2
        free = number
        while free in self.used:
            free, serial = f"{number}/{serial}", serial + 1
        self.used.add(free)
        self.points.append(PointText(free, kind, text, level, html))


def _joined(*parts: str) -> str:
    return ".".join(part for part in parts if part)


def _parts_with_numbers(blocks: Sequence[Block]) -> set[str]:
    """Which annexes, chapters and sections have numbered paragraphs of their own."""
    found, walk = set(), _Numbering()
    for block in blocks:
        if block.kind == TABLE:
            continue
        label = label_of(block.text, is_heading=block.kind == HEADING)
        if label.kind in (labels.CHAPTER, labels.SECTION) or block.kind == HEADING:
            walk._take(
                block,
                label if label.rest or label.kind == labels.NONE else Label(label.kind, label.number, "-"),
            )
            inner = label_of(label.rest) if label.kind == labels.SECTION else None
            if inner and inner.kind in (labels.PARAGRAPH, labels.POINT):
                found.add(walk._part)
        elif label.kind in (labels.PARAGRAPH, labels.POINT, labels.LETTER):
            found.add(walk._part)
    return found


# --- lists and tables ---------------------------------------------------------------------------


def _list(number: str, level: int, intro: str, items: list[tuple[int, str]]) -> PointText:
    lines = [f"{BULLET * min(depth, DEEPEST)} {text}" for depth, text in items]
    html = format_html("{}{}", format_html("<p>{}</p>", intro) if intro else "", _nested(items))
    return PointText(
        number, PointKind.LIST, "\n".join([*([intro] if intro else []), *lines]), level, str(html)
    )


def _nested(items: list[tuple[int, str]]) -> str:
    """<ul> in <ul>: what is deeper stands inside the item before it."""
    found: list[tuple[str, list[tuple[int, str]]]] = []
    top = min(depth for depth, _text in items)
    for depth, text in items:
        if depth <= top or not found:
            found.append((text, []))
        else:
            found[-1][1].append((depth, text))
    rows = ((text, _nested(below) if below else "") for text, below in found)
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}{}</li>", rows))


def table_html(rows: Sequence[Sequence[str]]) -> str:
    """The first row are headings."""
    width = max(len(row) for row in rows)
    head, *body = [[*row, *[""] * (width - len(row))] for row in rows]
    cells = format_html_join("", '<th scope="col">{}</th>', ((cell,) for cell in head))
    lines = format_html_join(
        "", "<tr>{}</tr>", ((format_html_join("", "<td>{}</td>", ((c,) for c in row)),) for row in body)
    )
    return str(format_html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", cells, lines))
