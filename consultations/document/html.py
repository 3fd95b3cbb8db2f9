"""Reading HTML: what the sanitiser lets through, as blocks."""

from html.parser import HTMLParser

import nh3

from core.common.sanitize import strip_controls

from . import lists
from .blocks import HEADING, ITEM, PARAGRAPH, TABLE, Block

TAGS = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "br", "ul", "ol", "li", "blockquote", "table", "thead", "tbody",
    "tfoot", "tr", "th", "td", "dl", "dt", "dd", "pre", "hr", "section", "article", "caption",
}  # fmt: skip
NUMBERED = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
PATTERNS = ("%1.", "%2)", "%3)")
SHAPES = ("decimal", "decimal", "lowerLetter")
DEEPEST = 9


def read_html(text: str) -> list[Block]:
    """The blocks of a page; scripts, styles and hidden machinery are gone before it is read."""
    clean = nh3.clean(
        strip_controls(text),
        tags=TAGS,
        attributes={"ol": {"start", "type"}},
        clean_content_tags={
            "script",
            "style",
            "head",
            "nav",
            "noscript",
            "template",
            "svg",
            "select",
            "textarea",
        },
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(clean)
    reader.close()
    reader.flush()
    return reader.blocks


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.kind, self.level = PARAGRAPH, 1
        self.label = ""
        self.lists: list[lists.Counter | None] = []  # open lists, None for one with bullets
        self.rows: list[tuple[str, ...]] | None = None
        self.cells: list[str] = []

    # --- tags -----------------------------------------------------------------------------------
    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "br":
            self.words.append(" ")
        elif tag in ("td", "th", "caption"):
            self.words = []
        elif tag == "tr":
            self.cells = []
        elif self.rows is not None:
            self.words.append(" ")
        elif tag == "table":
            self.flush()
            self.rows = []
        else:
            self._begin(tag, dict(attrs))

    def _begin(self, tag: str, attrs: dict[str, str | None]) -> None:
        self.flush()
        if tag in ("ul", "ol"):
            self.lists.append(_counter(attrs, len(self.lists)) if tag == "ol" else None)
        elif tag == "li":
            self._begin_item()
        elif tag[0] == "h" and tag[1:].isdigit():
            self.kind, self.level = HEADING, int(tag[1:])

    def _begin_item(self) -> None:
        depth = min(len(self.lists), DEEPEST)
        counter = self.lists[-1] if self.lists else None
        if counter is None:
            self.kind, self.level = ITEM, max(depth, 1)
        else:
            self.label = counter.next_label(0)

    def handle_endtag(self, tag: str) -> None:
        if self.rows is not None:
            self._end_in_table(tag)
            return
        self.flush()
        if tag == "li":  # an empty one leaves nothing to what follows
            self.kind, self.label = PARAGRAPH, ""
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()

    def _end_in_table(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.cells.append("".join(self.words))
            self.words = []
        elif tag == "tr" and self.rows is not None:
            self.rows.append(tuple(self.cells))
            self.cells = []
        elif tag == "table" and self.rows is not None:
            self.blocks.append(Block(TABLE, rows=tuple(self.rows)))
            self.rows, self.words = None, []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def flush(self) -> None:
        """Ends the block that was being read."""
        text = "".join(self.words).strip()
        if text:
            self.blocks.append(Block(self.kind, f"{self.label} {text}".strip(), self.level))
            self.label = ""
        elif self.kind == ITEM:
            return  # »<li><p>…«: the text of the item is still to come
        self.words, self.kind, self.level = [], PARAGRAPH, 1


def _counter(attrs: dict[str, str | None], depth: int) -> lists.Counter:
    """»1.« outside, »1)« inside, »a)« deeper, as resolutions count, unless the list says how."""
    start, place = attrs.get("start") or "1", min(depth, 2)
    shape = NUMBERED.get(attrs.get("type") or "", SHAPES[place])
    pattern = PATTERNS[place].replace(f"%{place + 1}", "%1")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 1
    return lists.Counter([lists.Level(shape, pattern, first)])
