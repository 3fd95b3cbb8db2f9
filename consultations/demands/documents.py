"""The table of demands as files."""

import io

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from core.common.exports import csv_response, json_response, xlsx_response
from core.common.sanitize import strip_controls
from core.common.sites import absolute
from core.documents.pdf import render_pdf

from ..models import DemandMeeting
from .table import DemandTable, table_of

FORMATS = [("pdf", "PDF"), ("docx", "DOCX"), ("xlsx", "XLSX"), ("csv", "CSV"), ("json", "JSON")]
WIDTHS = (1.3, 4.2, 7, 5.6, 7.9)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_file(meeting: DemandMeeting, wanted: str) -> HttpResponse:
    """The table in the form asked for. Raises Http404 for a form there is none of, PdfFailed."""
    with override("pl"):
        table, name = table_of(meeting), f"postulaty-{meeting.slug}"[:80]
        if wanted == "csv":
            return csv_response(table.rows, table.columns, name)
        if wanted == "xlsx":
            return xlsx_response(table.rows, table.columns, name)
        if wanted == "json":
            source = absolute(meeting.get_absolute_url())
            return json_response(table.rows, table.columns, name, licence="CC BY 4.0", source=source)
        if wanted == "pdf":
            return _download(pdf_of(meeting, table), "application/pdf", f"{name}.pdf")
        if wanted == "docx":
            return _download(docx_of(table), WORD, f"{name}.docx")
    raise Http404(_("Tej tabeli nie ma w tym formacie."))


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def pdf_of(meeting: DemandMeeting, table: DemandTable) -> bytes:
    data = {"facts": table.heading, "head": table.head, "rows": table.cells}
    return render_pdf(
        "consultations/demands.typ", data, title=table.title, author=meeting.unit_name, on=meeting.held_on
    )


def docx_of(table: DemandTable) -> bytes:
    """A landscape page with the heading and the table; the header row is repeated on each page."""
    document = Document()
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(1.8)
    document.core_properties.title, document.core_properties.language = table.title[:255], "pl-PL"
    document.core_properties.author = ""
    document.add_heading(strip_controls(table.title), level=1)
    for label, value in table.heading:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(strip_controls(value))
    grid = document.add_table(rows=1, cols=len(table.head))
    grid.style = "Table Grid"
    grid.autofit = False
    _fill(grid.rows[0], table.head, is_bold=True)
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cells in table.cells:
        _fill(grid.add_row(), cells)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), table.title[:255])
    grid._tbl.tblPr.append(caption)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fill(row, texts: list[str], *, is_bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, WIDTHS, strict=True):
        cell.width = Cm(width)
        run = cell.paragraphs[0].add_run(strip_controls(text))
        run.bold = is_bold
