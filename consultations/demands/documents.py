"""The table of demands as files."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.common.exports import csv_response, json_response, xlsx_response
from core.common.sites import absolute
from core.documents.pdf import render_pdf

from ..models import DemandMeeting
from ..papers.docx import report_docx
from ..papers.files import FILE_KINDS
from ..papers.report import FACTS, Block, Section
from .table import DemandTable, table_of

FORMATS = [("pdf", "PDF"), ("docx", "DOCX"), ("xlsx", "XLSX"), ("csv", "CSV"), ("json", "JSON")]


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
            return _download(pdf_of(meeting, table), FILE_KINDS["pdf"], f"{name}.pdf")
        if wanted == "docx":
            return _download(docx_of(table), FILE_KINDS["docx"], f"{name}.docx")
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
    """The heading, then the table on a landscape page with its head repeated."""
    heading = Section("naglowek", _("Spotkanie"), [Block(FACTS, items=table.heading)])
    caption = _("Postulaty i stanowiska")
    return report_docx(table.title, "", [heading], caption, table.head, table.cells)
