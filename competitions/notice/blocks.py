"""What a paper is made of: paragraphs, lists, facts, tables; rich text taken apart for the PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Literal

Kind = Literal["text", "heading", "list", "numbers", "facts", "table"]
LISTS: dict[str, Kind] = {"ul": "list", "ol": "numbers"}


@dataclass(frozen=True)
class Block:
    """One piece: ``text`` of a paragraph or heading, ``items`` of a list or facts (pairs), rows of a table."""

    kind: Kind
    text: str = ""
    items: Sequence[Any] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    right: Sequence[int] = ()

    def lines(self) -> Iterator[str]:
        """The piece as lines of plain text, for remarks and for comparing versions."""
        if self.text:
            yield self.text
        for item in self.items:
            yield f"{item[0]}: {item[1]}" if self.kind == "facts" else f"– {item}"
        for row in self.rows:
            yield "; ".join(f"{name}: {value}" for name, value in zip(self.head, row, strict=True) if value)


@dataclass
class Section:
    """An item of the layout: its number, name and pieces; ``anchor`` is its stable address."""

    number: int
    title: str
    blocks: list[Block] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"punkt-{self.number}"


class _Reader(HTMLParser):
    """Rich text of the portal (p, h3, h4, lists, tables as rows of text) as blocks; links keep their address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.items: list[str] = []
        self.lists: list[Kind] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.words.append("\n")
        elif tag in LISTS:
            self._end("text")
            self.lists.append(LISTS[tag])
        elif tag == "a":
            self.links.append(dict(attrs).get("href") or "")
        elif tag in ("p", "h3", "h4", "blockquote", "tr") and not self.lists:
            self._end("text")
        elif tag in ("td", "th") and self.words:
            self.words.append(" | ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.links:
            self._close_link(self.links.pop())
        elif tag == "li":
            self._take_item()
        elif tag in LISTS and self.lists:
            self._close_list(self.lists.pop())
        elif tag in ("h3", "h4"):
            self._end("heading")
        elif tag in ("p", "blockquote", "tr") and not self.lists:
            self._end("text")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def _close_link(self, url: str) -> None:
        if url.startswith(("http://", "https://")) and url not in "".join(self.words):
            self.words.append(f" ({url})")

    def _take_item(self) -> None:
        if text := self._text():
            self.items.append(text)

    def _close_list(self, kind: Kind) -> None:
        self._take_item()
        if self.items and not self.lists:
            self.blocks.append(Block(kind, items=tuple(self.items)))
            self.items = []

    def _end(self, kind: Kind) -> None:
        if text := self._text():
            self.blocks.append(Block(kind, text))

    def _text(self) -> str:
        lines = "".join(self.words).split("\n")
        self.words = []
        return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def rich(html: str) -> list[Block]:
    """The blocks of rich text."""
    reader = _Reader()
    reader.feed(html or "")
    reader.close()
    reader._end("text")
    return reader.blocks


def plain(text: str) -> list[Block]:
    """Paragraphs of plain text, parted by empty lines."""
    parts = (part.strip() for part in (text or "").replace("\r\n", "\n").split("\n\n"))
    return [Block("text", part) for part in parts if part]


def facts(*pairs: tuple[str, str]) -> list[Block]:
    """Label and value; what has no value is left out."""
    known = tuple((label, value) for label, value in pairs if value)
    return [Block("facts", items=known)] if known else []


def table(
    title: str, columns: Sequence[tuple[str, Any]], rows: Sequence[dict], right: Sequence[str] = ()
) -> list[Block]:
    """A table of rows; a column that no row fills is left out. ``columns`` are (name, function of a row)."""
    filled = [(name, show) for name, show in columns if any(show(row) for row in rows)]
    if not rows or not filled:
        return []
    cells = [[show(row) or "–" for _name, show in filled] for row in rows]
    names = [name for name, _show in filled]
    at_right = [place for place, name in enumerate(names) if name in right]
    return [Block("table", title, head=names, rows=cells, right=at_right)]
