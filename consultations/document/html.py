"""Reading HTML as blocks: only its words and its order are taken, nothing of its machinery."""

from typing import Any

from django.utils.translation import gettext as _
from lxml import etree, html

from core.common.sanitize import strip_controls
from core.documents.checks import Refused

from . import lists
from .blocks import HEADING, ITEM, PARAGRAPH, TABLE, Block

# what ends a paragraph; other elements stand inside one
BLOCKS = {
    "html", "body", "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "ul", "ol", "li", "blockquote", "table", "dl", "dt",
    "dd", "pre", "hr", "section", "article", "main", "header", "footer", "aside", "figure", "figcaption", "address",
    "fieldset", "form", "center", "details", "summary",
}  # fmt: skip
LEFT_OUT = {
    "head", "script", "style", "nav", "noscript", "template", "svg", "math", "select", "textarea", "button", "iframe",
    "object", "audio", "video", "title",
}  # fmt: skip
NUMBERED = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
PATTERNS = ("%1.", "%2)", "%3)")
SHAPES = ("decimal", "decimal", "lowerLetter")
DEEPEST = 9


def read_html(text: str) -> list[Block]:
    """The blocks of a page. Raises Refused for one that is nested without end."""
    reader = _Reader()
    for event, element in etree.iterwalk(_tree(strip_controls(text)), events=("start", "end")):
        if event == "start":
            reader.start(element)
        else:
            reader.end(element)
    reader.flush()
    return reader.blocks


def _tree(text: str) -> Any:
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError):  # nothing but comments
        root = html.Element("html")
    if any("depth" in str(error.message) for error in parser.error_log):
        raise Refused(
            _(
                "Plik: ma zbyt wiele zagnieżdżonych elementów. Zapisz go jako .docx albo .odt i wczytaj jeszcze raz."
            )
        )
    return root


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.kind, self.level = PARAGRAPH, 1
        self.label = ""
        self.lists: list[lists.Counter | None] = []  # open lists, None for one with bullets
        self.rows: list[tuple[str, ...]] | None = None
        self.cells: list[str] = []
        self.left_out = 0  # how deep inside something that is not read

    # --- elements -------------------------------------------------------------------------------
    def start(self, element: Any) -> None:
        tag = element.tag
        if self.left_out or tag in LEFT_OUT:
            self.left_out += 1
            return
        if self.rows is not None:
            self._start_in_table(tag)
        elif tag == "table":
            self.flush()
            self.rows = []
        elif tag in BLOCKS:
            self._begin(tag, element.attrib)
        elif tag == "br":
            self.words.append(" ")
        self.words.append(element.text or "")

    def _start_in_table(self, tag: str) -> None:
        if tag in ("td", "th", "caption"):
            self.words = []
        elif tag == "tr":
            self.cells = []
        elif tag in BLOCKS or tag == "br":
            self.words.append(" ")

    def end(self, element: Any) -> None:
        if self.left_out:
            self.left_out -= 1
            if self.left_out:
                return
        elif self.rows is not None:
            self._end_in_table(element.tag)
        elif element.tag in BLOCKS:
            self._finish(element.tag)
        self.words.append(element.tail or "")

    def _begin(self, tag: str, attributes: Any) -> None:
        self.flush()
        if tag in ("ul", "ol"):
            self.lists.append(_counter(attributes, len(self.lists)) if tag == "ol" else None)
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

    def _finish(self, tag: str) -> None:
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

    def flush(self) -> None:
        """Ends the block that was being read."""
        text = "".join(self.words).strip()
        if text:
            self.blocks.append(Block(self.kind, f"{self.label} {text}".strip(), self.level))
            self.label = ""
        elif self.kind == ITEM:
            return  # »<li><p>…«: the text of the item is still to come
        self.words, self.kind, self.level = [], PARAGRAPH, 1


def _counter(attributes: Any, depth: int) -> lists.Counter:
    """»1.« outside, »1)« inside, »a)« deeper, as resolutions count, unless the list says how."""
    start, place = attributes.get("start") or "1", min(depth, 2)
    shape = NUMBERED.get(attributes.get("type") or "", SHAPES[place])
    pattern = PATTERNS[place].replace(f"%{place + 1}", "%1")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 1
    return lists.Counter([lists.Level(shape, pattern, first)])
