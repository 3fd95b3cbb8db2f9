"""Reading Markdown and plain text: headings, paragraphs, lists, tables; what it does not know stays text."""

import re
from collections.abc import Iterator

from core.common.sanitize import strip_controls

from .blocks import HEADING, ITEM, PARAGRAPH, TABLE, Block
from .labels import BULLET, NONE, label_of

TITLE = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
UNDERLINED = re.compile(r"^(=+|-{3,})\s*$")
ITEM_LINE = re.compile(r"^(\s*)[-*+–•]\s+(.+)$")
RULE = re.compile(r"^\s{0,3}([-*_])(\s*\1){2,}\s*$")
LONGEST_RULE = 1000
TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
MARKS = (
    (re.compile(r"!\[([^\]]{0,300})\]\([^)]{0,500}\)"), r"\1"),
    (re.compile(r"\[([^\]]{1,300})\]\([^)\s]{1,500}\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*]{1,500}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"`([^`]{1,300})`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>])"), r"\1"),
)  # fmt: skip


def read_markdown(text: str) -> list[Block]:
    return list(_blocks(strip_controls(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")))


def _blocks(lines: list[str]) -> Iterator[Block]:
    waiting: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        rows, used = _table(lines, place)
        if rows:
            yield from _paragraph(waiting)
            yield Block(TABLE, rows=rows)
            waiting, place = [], place + used
            continue
        place += 1
        if UNDERLINED.match(line) and len(waiting) == 1:
            yield Block(HEADING, _bare(waiting.pop()), 1 if line.startswith("=") else 2)
        elif title := TITLE.match(line):
            yield from _paragraph(waiting)
            yield Block(HEADING, _bare(title[2]), len(title[1]))
            waiting = []
        elif not line.strip() or RULE.match(line):
            yield from _paragraph(waiting)
            waiting = []
        elif ITEM_LINE.match(line) or _begins_anew(line) or (waiting and is_bare_label(waiting[0])):
            yield from _paragraph(waiting)
            waiting = [line]
        else:
            waiting.append(line)
    yield from _paragraph(waiting)


def _begins_anew(line: str) -> bool:
    """A line with a label of its own (»2. …«, »§ 3«) begins a paragraph, also without an empty line before it."""
    return label_of(line.strip()).kind not in (NONE, BULLET)


def is_bare_label(line: str) -> bool:
    """»§ 3« alone: its title stands in the next line."""
    label = label_of(line.strip())
    return label.kind != NONE and not label.rest


def _paragraph(lines: list[str]) -> Iterator[Block]:
    if not lines:
        return
    item = ITEM_LINE.match(lines[0])
    text = _bare(" ".join([item[2] if item else lines[0], *lines[1:]]).lstrip("> "))
    if item:
        yield Block(ITEM, text, min(len(item[1].expandtabs(4)) // 2 + 1, 4))
    else:
        yield Block(PARAGRAPH, text)


def _table(lines: list[str], place: int) -> tuple[tuple[tuple[str, ...], ...], int]:
    """(rows, lines used) of a table that begins here; nothing when none does."""
    below = lines[place + 1] if place + 1 < len(lines) else ""
    if "|" not in lines[place] or len(below) > LONGEST_RULE or not TABLE_RULE.match(below):
        return (), 0
    end = place + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    rows = [lines[place], *lines[place + 2 : end]]
    return tuple(
        tuple(_bare(cell) for cell in row.strip().strip("|").split("|")) for row in rows
    ), end - place


def _bare(text: str) -> str:
    """Without the marks of emphasis, links and code."""
    for form, kept in MARKS:
        text = form.sub(kept, text)
    return text.strip()
