"""A report, or the table of a meeting, as DOCX: headings, named tables with repeated heads, Polish as the language."""

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Cm, Pt

from core.common.sanitize import strip_controls
from core.documents.docx import name_table, repeat_header, set_language

from .report import FACTS, LIST, TABLE, Block, Section

MARGIN = Cm(1.8)
# Shares of the width of a landscape page: number, who, remark, reason, position.
TABLE_WIDTHS = (Cm(1.2), Cm(4.2), Cm(7.6), Cm(6), Cm(7))


def report_docx(
    title: str, heading: str, sections: list[Section], caption: str, head: list[str], rows: list[list[str]]
) -> bytes:
    document = Document()
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Calibri", Pt(11)
    set_language(document, "pl-PL")
    document.core_properties.title, document.core_properties.author = title[:255], ""
    document.core_properties.language, document.core_properties.comments = "pl-PL", ""
    document.add_heading(clean(title), level=1)
    if heading:
        document.add_paragraph(clean(heading))
    for section in sections:
        document.add_heading(clean(section.title), level=2)
        for block in section.blocks:
            _block(document, block)
    page = document.add_section(WD_SECTION.NEW_PAGE)
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    document.add_heading(clean(caption), level=2)
    _table(document, caption, head, rows, TABLE_WIDTHS)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def clean(text: str) -> str:
    """Text that XML can carry."""
    return strip_controls(text).translate({0xFFFE: None, 0xFFFF: None})


def _block(document: Any, block: Block) -> None:
    if block.kind == TABLE:
        document.add_paragraph(clean(block.text)).runs[0].bold = True
        _table(document, block.text, block.head, block.rows)
    elif block.kind == LIST:
        for item in block.items:
            document.add_paragraph(clean(item), style="List Bullet")
    elif block.kind == FACTS:
        for label, value in block.items:
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{clean(label)}: ").bold = True
            paragraph.add_run(clean(value))
    else:
        for part in filter(None, map(str.strip, block.text.split("\n"))):
            document.add_paragraph(clean(part))


def _table(document: Any, caption: str, head: list[str], rows: list[list[str]], widths: tuple = ()) -> None:
    """A table whose first row is its head on every page; rows are written in one pass, however many."""
    made = document.add_table(rows=1 + len(rows), cols=len(head), style="Table Grid")
    made.autofit = not widths
    name_table(made, clean(caption)[:250])
    cells = made._cells
    for place, words in enumerate([*head, *(word for row in rows for word in row)]):
        cell = cells[place]
        cell.paragraphs[0].text = clean(words)
        if widths:
            cell.width = widths[place % len(head)]
    for cell in cells[: len(head)]:
        cell.paragraphs[0].runs[0].bold = True
    repeat_header(made.rows[0])
    document.add_paragraph()
