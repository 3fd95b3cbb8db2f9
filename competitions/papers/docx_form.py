"""The form of an offer as DOCX, to be filled off line and read in again (capability 40).

An answer is found again by its content control, or, when an editor has dropped it, by the heading above it.
"""

import io
from typing import Any

from django.utils.translation import override
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt, RGBColor

from core.common import formats
from core.documents.docx import name_table, repeat_header, set_language

from ..law.offers import OfferContent, template
from ..law.offers.values import day, flag, mapping, money, rows, text
from ..models import Offer
from .docx_parts import EMPTY_ROWS, PLACEHOLDER, control
from .marks import mark_of

HINT = "Wskazówka"
YES, NO = "tak", "nie"
GUIDE = (
    "Wpisz odpowiedzi w polach pod pytaniami i w wierszach tabel. Puste wiersze tabel możesz dodawać i usuwać. "
    "Nie zmieniaj nagłówków ani pierwszych wierszy tabel: po nich portal rozpoznaje odpowiedzi. "
    "Gotowy plik wczytaj na stronie oferty. Zanim portal cokolwiek zapisze, pokaże, co się zmieni."
)
AFTER = (
    "Sumy i udziały policzy portal. Oświadczenia z części VII złożysz w portalu, gdy będziesz składać ofertę."
)


def offer_docx(offer: Offer) -> bytes:
    """The whole form with what is written so far."""
    with override("pl"):
        document = _blank_document(offer)
        sections = {row.key: row.content for row in offer.sections.all()}
        document.add_paragraph(GUIDE)
        document.add_paragraph(f"Konkurs: {offer.call.number} {offer.call.title}".strip())
        for section in template.SECTIONS:
            _section(document, section, sections, offer)
        document.add_paragraph(AFTER, style=HINT)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def _blank_document(offer: Offer) -> Any:
    document = Document()
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(1.8)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    hint = document.styles.add_style(HINT, WD_STYLE_TYPE.PARAGRAPH)
    hint.base_style, hint.font.italic, hint.font.color.rgb = normal, True, RGBColor(0x47, 0x58, 0x6F)
    set_language(document, "pl-PL")
    properties = document.core_properties
    properties.title = "Oferta realizacji zadania publicznego"
    properties.subject = f"Konkurs {offer.call.number}"[:255]
    properties.keywords, properties.language, properties.author = mark_of(offer), "pl-PL", ""
    document.add_heading("Oferta realizacji zadania publicznego", level=1)
    return document


def _heading(document: Any, words: str, level: int, tag: str) -> None:
    """A heading that Word does not let change."""
    paragraph = document.add_heading(words, level=level)
    control([paragraph._p], tag=f"label.{tag}", label=words, lock="sdtContentLocked")


def section_heading(section: template.Section) -> str:
    return f"{section.part}. {section.title}"


def _section(document: Any, section: template.Section, sections: dict[str, Any], offer: Offer) -> None:
    content = mapping(sections.get(section.key))
    _heading(document, section_heading(section), 2, section.key)
    if section.lead:
        document.add_paragraph(str(section.lead), style=HINT)
    for question in section.questions:
        _question(document, section, question, content)
    _table(document, section, sections, offer)


def _question(document: Any, section: template.Section, question: template.Question, content: Any) -> None:
    tag = f"{section.key}.{question.name}"
    _heading(document, str(question.label), 3, tag)
    hint = HINTS.get(question.kind, "") or str(question.hint)
    if hint:
        document.add_paragraph(hint, style=HINT)
    written = written_of(question, content.get(question.name), {})
    lines = written.split("\n") if written else [PLACEHOLDER]
    paragraphs = [document.add_paragraph(line)._p for line in lines]
    control(
        paragraphs, tag=tag, label=str(question.label), lock="sdtLocked", choices=choices_of(question) or None
    )


HINTS = {
    template.DAY: "Dzień, miesiąc i rok, np. 24.11.2026.",
    template.MONEY: "Złote i grosze, np. 1250,50.",
    template.FLAG: "Wybierz: tak albo nie.",
}


def choices_of(question: template.Question) -> list[str]:
    return [YES, NO] if question.kind == template.FLAG else [str(label) for _key, label in question.choices]


def written_of(question: template.Question, value: Any, names: dict[str, str]) -> str:
    """An answer as people write it."""
    if question.kind == template.FLAG:
        return YES if flag(value) else NO
    written = text(value if value is not None else "")
    if question.kind == template.DAY and (on := day(written)) is not None:
        return f"{on.day}.{on.month:02}.{on.year}"
    if question.kind == template.MONEY and (amount := money(written)) is not None:
        return f"{amount:.2f}".replace(".", ",")
    if question.kind == template.QUANTITY:
        return written.replace(".", ",")
    if question.name == "action_id":
        return names.get(written, "")
    return str(dict(question.choices).get(written, written)) if question.choices else written


# --- tables -----------------------------------------------------------------------------------------


def year_count(sections: Any) -> int:
    """At least the three columns of the printed form."""
    return max(3, OfferContent.from_sections(sections).task.year_count)


def columns_of(table: template.Table, years: int) -> list[str]:
    first = [str(table.row_label)] if table.is_fixed else [str(column.label) for column in table.columns]
    return ["Lp.", *first, *([f"Rok {n}" for n in range(1, years + 1)] if table.by_year else [])]


def _table(document: Any, section: template.Section, sections: dict[str, Any], offer: Offer) -> None:
    table = section.table
    if table is None:
        return
    years = year_count(sections)
    lines = _lines(section, table, sections, years, offer)
    if table.is_fixed and len(lines) < 2:
        document.add_paragraph("Nie dotyczy: oferta nie jest wspólna.", style=HINT)
        return
    head = columns_of(table, years)
    blank = [] if table.is_fixed else [["", *[""] * (len(head) - 1)]] * EMPTY_ROWS
    made = document.add_table(rows=1, cols=len(head), style="Table Grid")
    name_table(made, f"{section.key}.{table.name}", str(section.title))
    repeat_header(made.rows[0])
    for cell, words in zip(made.rows[0].cells, head, strict=True):
        cell.text = words
        cell.paragraphs[0].runs[0].bold = True
    for line in [*lines, *blank]:
        for cell, words in zip(made.add_row().cells, line, strict=True):
            cell.text = words
    document.add_paragraph()


def _lines(
    section: template.Section, table: template.Table, sections: Any, years: int, offer: Offer
) -> list[list[str]]:
    content = OfferContent.from_sections(sections)
    if table.is_fixed:
        return [
            [
                str(n),
                name,
                *(_amount(content.split_of(pk).years.get(str(year))) for year in range(1, years + 1)),
            ]
            for n, (pk, name) in enumerate(offerors(offer), start=1)
        ]
    names = content.action_names()
    stored = rows(mapping(sections.get(section.key)).get(table.name))
    return [
        [
            str(n),
            *(written_of(column, row.get(column.name), names) for column in table.columns),
            *((_amount(money(mapping(row.get("years")).get(str(year)))) for year in range(1, years + 1)) if table.by_year else ()),
        ]
        for n, row in enumerate(stored, start=1)
    ]  # fmt: skip


def _amount(value: Any) -> str:
    return "" if value is None else formats.number(value, 2).replace(formats.NBSP, "")


def offerors(offer: Offer) -> list[tuple[int, str]]:
    """The leader and the partners that have accepted."""
    partners = offer.partners.filter(accepted_at__isnull=False, left_at=None).select_related("organization")
    return [
        (offer.organization_id, offer.organization.name),
        *((partner.organization_id, partner.organization.name) for partner in partners),
    ]
