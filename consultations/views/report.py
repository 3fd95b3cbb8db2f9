"""The published report (R-CNS-19): a page, and the same as files."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.documents.pdf import PdfFailed

from .. import papers, queries
from ..models import Consultation
from ..queries.report import for_report, reported_remarks

PER_PAGE = 100
RETRY_S = 20


@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Sections and the table of remarks, a hundred on a page."""
    c = get_object_or_404(for_report(), slug=slug)
    stages = list(c.stages.all())
    c.stage_total = len(stages)
    page = Paginator(Counted(c), PER_PAGE).get_page(request.GET.get("strona"))
    head, rows = papers.table_of(c, page.object_list)
    context = {
        "consultation": c,
        "sections": papers.paper_of(c, c.forms.prefetch_related("dates"), stages),
        "head": head,
        "rows": rows,
        "page_obj": page,
        "files": [file for file in queries.public_files(c) if file.subject_id == c.report.pk],
        "kinds": list(papers.FILE_KINDS),
    }
    return render(request, "consultations/report.html", context)


class Counted:
    """The remarks of a report as a list whose length the consultation knows already."""

    def __init__(self, consultation: Consultation):
        self.rows, self.count_known = reported_remarks(consultation), consultation.to_answer_count

    def __len__(self) -> int:
        return self.count_known

    def __getitem__(self, part: slice) -> Any:
        return self.rows[part]


@require_safe
def report_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """PDF, DOCX, XLSX or CSV; a long PDF or DOCX is made by the worker, and the page says when to come back."""
    if kind not in papers.FILE_KINDS:
        raise Http404
    c = get_object_or_404(for_report(), slug=slug)
    try:
        content = papers.file_of(c, kind)
    except papers.ReportWaits:
        return _later(request, c, kind, is_waiting=True)
    except PdfFailed:
        return _later(request, c, kind, is_waiting=False)
    response = HttpResponse(content, content_type=papers.FILE_KINDS[kind])
    shown = "inline" if kind == "pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="raport-{c.slug[:80]}.{kind}"'
    return response


def _later(request: HttpRequest, c: Consultation, kind: str, *, is_waiting: bool) -> HttpResponse:
    context = {"consultation": c, "kind": kind.upper(), "is_waiting": is_waiting, "seconds": RETRY_S}
    status = 202 if is_waiting else 503
    response = render(request, "consultations/report_later.html", context, status=status)
    response.headers["Retry-After"] = str(RETRY_S)
    response.headers["Cache-Control"] = "no-store"
    return response
