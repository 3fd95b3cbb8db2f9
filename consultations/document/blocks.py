"""What a reader of files gives: blocks in their order, with the labels that people see in front of the text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.common.sanitize import strip_controls
from core.documents.checks import Refused

HEADING, PARAGRAPH, ITEM, TABLE = "heading", "paragraph", "item", "table"

MOST_BLOCKS = 3_000
LONGEST_BLOCK = 20_000
MOST_LETTERS = 1_500_000
MOST_CELLS = 5_000


@dataclass(frozen=True)
class Block:
    """``level`` of a heading is 1 to 6 (0 for the title of the whole), of an item of a list 1 and more; ``rows`` are the cells of a table."""

    kind: str
    text: str = ""
    level: int = 1
    rows: tuple[tuple[str, ...], ...] = ()


def tidy(text: str) -> str:
    """One line: no control characters, single spaces."""
    return " ".join(strip_controls(text).replace("\u00ad", "").split())


def bounded(blocks: Iterable[Block]) -> list[Block]:
    """The blocks that say something. Raises Refused for more than a person could ever comment on."""
    found, letters = [], 0
    for block in _told(blocks):
        letters += len(block.text)
        if len(found) >= MOST_BLOCKS or letters > MOST_LETTERS:
            raise Refused(
                _("Plik: dokument jest za długi. Podziel go na części i wczytaj tę, o którą pytasz.")
            )
        if len(block.text) > LONGEST_BLOCK:
            raise Refused(
                _("Plik: akapit „%(begins)s…” jest za długi. Podziel go w edytorze na krótsze akapity.")
                % {"begins": block.text[:60]}
            )
        found.append(block)
    if not found:
        raise Refused(_("Plik: nie ma w nim tekstu. Jeśli to skan, wpisz treść ręcznie."))
    return found


def _told(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind == TABLE:
            rows = tuple(tuple(tidy(cell) for cell in row) for row in block.rows)
            if sum(len(row) for row in rows) > MOST_CELLS:
                raise Refused(_("Plik: tabela jest za duża. Dodaj ją jako osobny załącznik."))
            rows = tuple(row for row in rows if any(row))
            if rows:
                yield Block(TABLE, "\n".join(" | ".join(row) for row in rows), rows=rows)
        elif text := tidy(block.text):
            yield Block(block.kind, text, block.level)
