"""Reading the filled form back: tolerant of what Word and LibreOffice do to a document."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from core.common.sanitize import strip_controls

from ..law.offers import template
from ..law.offers.values import text
from ..models import Offer
from .docx_form import AFTER, GUIDE, HINT, HINTS, NO, YES, columns_of, offerors, section_heading
from .docx_parts import PLACEHOLDER
from .marks import read_mark, require_same_call
from .proposal import Reading

MOST_BLOCKS = 20_000
SPACES = re.compile(r"[\s\u00a0]+")
YEAR = re.compile(r"rok (\d)")
SHOWN = 60


def read_docx(content: bytes, offer: Offer) -> Reading:
    """What the document answers, and what could not be read. Raises ValidationError for a foreign or broken file."""
    try:
        document = Document(io.BytesIO(content))
        mark = require_same_call(read_mark(document.core_properties.keywords), offer)
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        LxmlError,
        zipfile.BadZipFile,
        AttributeError,
    ) as error:
        raise ValidationError(
            _("Plik: nie udało się go odczytać. Otwórz go u siebie, zapisz jako .docx i dodaj jeszcze raz.")
        ) from error
    with override("pl"):
        return _Reader(offer, mark.edits if mark.offer == offer.pk else {}).read(document.element.body)


def plain(words: Any) -> str:
    """A label as it is compared: one space, lower case, no full stop at the end."""
    return SPACES.sub(" ", str(words)).strip().rstrip(".:").casefold()


class _Reader:
    """Goes through the blocks of a document and remembers under which question it stands."""

    def __init__(self, offer: Offer, edits: dict[str, int]):
        self.offer = offer
        self.reading = Reading(edits=edits)
        self.section: template.Section | None = None
        self.question: template.Question | None = None
        self.lines: dict[str, list[str]] = {}
        self.known = {
            plain(words)
            for words in (*HINTS.values(), AFTER, GUIDE, PLACEHOLDER, "Nie dotyczy: oferta nie jest wspólna.")
        }
        self.headings = {plain(section_heading(section)): section for section in template.SECTIONS}

    def read(self, body: Any) -> Reading:
        for number, (block, tag) in enumerate(_blocks(body)):
            if number > MOST_BLOCKS:
                raise ValidationError(
                    _("Plik: jest za długi. Zostaw w nim tylko odpowiedzi na pytania formularza.")
                )
            if block.tag == qn("w:tbl"):
                self._table(block)
            else:
                self._paragraph(block, tag)
        self._keep_answers()
        return self.reading

    # --- answers ------------------------------------------------------------------------------

    def _paragraph(self, block: Any, tag: str) -> None:
        words = text_of(block)
        if tag and not tag.startswith("label."):
            if self._go_to(tag):
                self._take(words)
                return
        elif self._is_heading(words) or _style(block).startswith(HINT[:5]):
            return
        if self.question is not None:
            self._take(words)
        elif words.strip() and self.section is not None and not self._is_known(words):
            self.reading.unread.append(_("Tekst poza pytaniami: „%(words)s”") % {"words": _short(words)})

    def _is_heading(self, words: str) -> bool:
        found = plain(words)
        if section := self.headings.get(found):
            self.section, self.question = section, None
            return True
        questions = self.section.questions if self.section else ()
        question = next((q for q in questions if plain(q.label) == found), None)
        if question is not None:
            self.question = question
            self.lines.setdefault(f"{self.section.key}.{question.name}", [])  # type: ignore[union-attr]
        return question is not None

    def _go_to(self, tag: str) -> bool:
        key, _dot, name = tag.partition(".")
        section = template.BY_KEY.get(key)
        question = section.question(name) if section else None
        if section is None or question is None:
            return False
        self.section, self.question = section, question
        self.lines.setdefault(tag, [])
        return True

    def _is_known(self, words: str) -> bool:
        hints = (question.hint for section in template.SECTIONS for question in section.questions)
        leads = (section.lead for section in template.SECTIONS)
        return plain(words) in self.known or any(
            plain(words) == plain(known) for known in (*hints, *leads) if known
        )

    def _take(self, words: str) -> None:
        if not self._is_known(words) or not words.strip():
            self.lines[f"{self.section.key}.{self.question.name}"].append(words)  # type: ignore[union-attr]

    def _keep_answers(self) -> None:
        for section in template.SECTIONS:
            for question in section.questions:
                lines = self.lines.get(f"{section.key}.{question.name}")
                if lines is None:
                    label = f"{section.part}, {question.label}"
                    self.reading.unread.append(_("Nie ma w pliku pytania: %(label)s") % {"label": label})
                    continue
                self._keep(section, question, "\n".join(lines).strip())

    def _keep(self, section: template.Section, question: template.Question, words: str) -> None:
        value = self._value(question, words, str(question.label))
        if value is not None:
            self.reading.answer(section.key, question.name, value)

    def _value(self, question: template.Question, words: str, where: str) -> Any:
        """An answer as the portal keeps it; None for a choice that there is not."""
        if question.kind == template.FLAG:
            options: dict[str, Any] = {YES: True, NO: False}
        elif question.choices:
            options = {plain(label): key for key, label in question.choices} | {"": ""}
        else:
            return words
        found = options.get(plain(words))
        if found is None:
            values = {"where": where, "words": _short(words), "options": ", ".join(filter(None, options))}
            self.reading.unread.append(
                _("%(where)s: „%(words)s” to nie jest jedna z odpowiedzi (%(options)s)") % values
            )
        return found

    # --- tables -------------------------------------------------------------------------------

    def _table(self, block: Any) -> None:
        lines = [[text_of(cell) for cell in row.iter(qn("w:tc"))] for row in block.iter(qn("w:tr"))]
        head = [plain(words) for words in lines[0]] if lines else []
        section = self._section_of(block, head)
        self.question = None
        if section is None or section.table is None:
            first = _short(" | ".join(lines[0] if lines else []))
            self.reading.unread.append(_("Nieznana tabela: „%(words)s”") % {"words": first})
            return
        missing = [
            label for label in columns_of(section.table, 1) if plain(label) not in head and label != "Lp."
        ]
        for label in missing:
            values = {"table": section.title, "label": label}
            self.reading.unread.append(_("Tabela „%(table)s”: nie ma kolumny „%(label)s”") % values)
        filled = [line for line in lines[1:] if any(words.strip() for words in line[1:])]
        read = self._fixed_row if section.table.is_fixed else self._row
        found = [
            row for n, line in enumerate(filled, start=1) if (row := read(section, head, line, n)) is not None
        ]
        self.reading.answer(section.key, section.table.name, found)

    def _section_of(self, block: Any, head: list[str]) -> template.Section | None:
        """By the name that the portal gave the table, else by the words of its first row."""
        caption = block.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}")
        name = caption.get(qn("w:val"), "") if caption is not None else ""
        with_tables = [section for section in template.SECTIONS if section.table]
        for section in with_tables:
            if name == f"{section.key}.{section.table.name}":  # type: ignore[union-attr]
                return section

        def alike(section: template.Section) -> int:
            return sum(plain(label) in head for label in columns_of(section.table, 1)[1:])  # type: ignore[arg-type]

        best = max(with_tables, key=alike)
        wanted = len(columns_of(best.table, 1)) - 1  # type: ignore[arg-type]
        return best if alike(best) * 2 > wanted else None

    def _cells(self, head: list[str], line: list[str]) -> dict[str, str]:
        return {label: words.strip() for label, words in zip(head, line, strict=False)}

    def _row(
        self, section: template.Section, head: list[str], line: list[str], number: int
    ) -> dict[str, Any]:
        cells, row = self._cells(head, line), {}
        for column in section.table.columns:  # type: ignore[union-attr]
            words = cells.get(plain(column.label))
            if words is None:
                continue
            where = _("%(table)s, wiersz %(number)s, %(label)s") % {
                "table": section.title,
                "number": number,
                "label": column.label,
            }
            value = (
                self._action(words, where)
                if column.name == "action_id"
                else self._value(column, words, where)
            )
            if value is not None:
                row[column.name] = value
        if section.table.by_year:  # type: ignore[union-attr]
            row["years"] = _years(cells)
        return row

    def _action(self, words: str, where: str) -> str | None:
        """The action of the timetable with this name: of the file, else of the offer."""
        stored = self.offer.sections.filter(key="plan").values_list("content", flat=True).first() or {}
        plan = [*self.reading.sections.get("plan", {}).get("actions", []), *stored.get("actions", [])]
        by_name = {plain(row.get("name", "")): row for row in reversed(plan)}
        if not words:
            return ""
        row = by_name.get(plain(words))
        if row is None:
            self.reading.unread.append(
                _("%(where)s: w harmonogramie nie ma działania „%(words)s”")
                % {"where": where, "words": _short(words)}
            )
            return None
        old = {plain(kept.get("name", "")): str(kept.get("id", "")) for kept in stored.get("actions", [])}
        if "id" not in row:
            row["id"] = old.get(plain(words)) or f"n{plan.index(row) + 1}"
        return text(row["id"])

    def _fixed_row(
        self, section: template.Section, head: list[str], line: list[str], number: int
    ) -> dict[str, Any] | None:
        cells = self._cells(head, line)
        name = cells.get(plain(section.table.row_label), "")  # type: ignore[union-attr]
        found = next((pk for pk, known in offerors(self.offer) if plain(known) == plain(name)), None)
        if found is None:
            self.reading.unread.append(
                _("Podział kosztów: nie ma oferenta „%(name)s”") % {"name": _short(name)}
            )
            return None
        return {"organization_id": found, "years": _years(cells)}


def _years(cells: dict[str, str]) -> dict[str, str]:
    found = ((YEAR.fullmatch(label), words) for label, words in cells.items())
    return {match[1]: words for match, words in found if match and words}


def _short(words: str) -> str:
    shown = SPACES.sub(" ", words).strip()
    return shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"


# --- blocks of the document -------------------------------------------------------------------------


def _blocks(parent: Any, tag: str = "") -> Iterator[tuple[Any, str]]:
    """Paragraphs and tables in their order, with the tag of the content control around them."""
    for child in parent:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child, tag
        elif child.tag == qn("w:sdt"):
            own = child.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
            content = child.find(qn("w:sdtContent"))
            if content is not None:
                yield from _blocks(content, own.get(qn("w:val"), "") if own is not None else tag)
        elif child.tag in (qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
            yield from _blocks(child, tag)


def text_of(block: Any) -> str:
    """The words of a paragraph or a cell, what was inserted under review included, what was deleted not."""
    parts: list[str] = []
    for node in block.iter():
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
        elif node.tag == qn("w:tab"):
            parts.append(" ")
        elif node.tag == qn("w:p") and node is not block:
            parts.append("\n")
        elif node.tag == qn("w:numPr"):
            parts.append("– ")
    return strip_controls("".join(parts)).strip("\n")


def _style(block: Any) -> str:
    found = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return found.get(qn("w:val"), "") if found is not None else ""
