"""The published report (R-CNS-19): a page, and the same as files."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.documents.models import Attachment
from core.documents.pdf import PdfFailed

from .. import papers, queries
from ..models import Consultation, ConsultationStage
from ..queries.report import for_report, reported_remarks, reported_stages, stage_remarks

PER_PAGE = 100
RETRY_S = 20


@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Sections and the table of remarks, a hundred on a page."""
    c = get_object_or_404(for_report(), slug=slug)
    context = {
        "title": _("Raport z konsultacji"),
        "published_on": c.report_published_on,
        "files": [file for file in queries.public_files(c) if file.subject_id == c.report.pk],
        "kinds": [
            (kind, reverse("consultations:report_file", args=[slug, kind])) for kind in papers.FILE_KINDS
        ],
    }
    return _whole(request, c, context)


def draft(request: HttpRequest, c: Consultation, *, pdf_url: str, desk_url: str) -> HttpResponse:
    """The report as it would be published now, for the desk; needs ``queries.report.for_report_draft``."""
    context = {
        "title": _("Szkic raportu z konsultacji"),
        "files": Attachment.objects.of(c.report).current(),
        "kinds": [("pdf", pdf_url)],
        "desk_url": desk_url,
    }
    return _whole(request, c, context, is_draft=True)


def draft_file(request: HttpRequest, c: Consultation, *, page_url: str) -> HttpResponse:
    """The draft on paper."""
    return _file(request, c, "pdf", page_url=page_url)


def _whole(
    request: HttpRequest, c: Consultation, context: dict[str, Any], *, is_draft: bool = False
) -> HttpResponse:
    stages = list(c.stages.all())
    c.stage_total = len(stages)
    sections = papers.paper_of(c, c.forms.prefetch_related("dates"), stages)
    shown = {**context, "is_draft": is_draft}
    return _page(request, c, sections, reported_remarks(c), c.to_answer_count, shown)


@require_safe
def stage_report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The same for one stage (R-CNS-07)."""
    stage = get_object_or_404(reported_stages(), pk=pk, consultation__slug=slug)
    remarks = stage_remarks(stage)
    count = remarks.count()
    sections = papers.stage_paper_of(stage, stage.forms.prefetch_related("dates"), count)
    context = {
        "title": _("Raport z etapu: %(stage)s") % {"stage": stage.name},
        "published_on": stage.report_published_on,
        "kinds": [
            (kind, reverse("consultations:stage_report_file", args=[slug, pk, kind]))
            for kind in papers.FILE_KINDS
        ],
    }
    return _page(request, stage.consultation, sections, remarks, count, context)


def _page(
    request: HttpRequest, c: Consultation, sections: list, remarks: Any, count: int, context: dict[str, Any]
) -> HttpResponse:
    page = Paginator(Counted(remarks, count), PER_PAGE).get_page(request.GET.get("page"))
    head, rows = papers.table_of(c, page.object_list, is_draft=context.get("is_draft", False))
    shown = {"consultation": c, "sections": sections, "head": head, "rows": rows, "page_obj": page}
    return render(request, "consultations/report.html", {**shown, **context})


class Counted:
    """Remarks as a list whose length is known already."""

    def __init__(self, rows: Any, count: int):
        self.rows, self.known = rows, count

    def __len__(self) -> int:
        return self.known

    def __getitem__(self, part: slice) -> Any:
        return self.rows[part]


@require_safe
def report_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """PDF, DOCX, XLSX or CSV; a long PDF or DOCX is made by the worker, and the page says when to come back."""
    c = get_object_or_404(for_report(), slug=slug)
    return _file(request, c, kind, page_url=reverse("consultations:report", args=[slug]))


@require_safe
def stage_report_file(request: HttpRequest, slug: str, pk: int, kind: str) -> HttpResponse:
    stage = get_object_or_404(reported_stages(), pk=pk, consultation__slug=slug)
    return _file(request, stage.consultation, kind, stage=stage, page_url=stage.get_report_url())


def _file(
    request: HttpRequest,
    c: Consultation,
    kind: str,
    *,
    page_url: str,
    stage: ConsultationStage | None = None,
) -> HttpResponse:
    if kind not in papers.FILE_KINDS:
        raise Http404
    try:
        content = papers.file_of(c, kind, stage=stage)
    except papers.ReportWaits:
        return _later(request, c, kind, page_url, is_waiting=True)
    except PdfFailed:
        return _later(request, c, kind, page_url, is_waiting=False)
    response = HttpResponse(content, content_type=papers.FILE_KINDS[kind])
    shown = "inline" if kind == "pdf" else "attachment"
    name = f"{'raport' if stage or c.is_report_public else 'szkic-raportu'}-{f'etap-{stage.position}-' if stage else ''}{c.slug[:80]}.{kind}"
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    return response


def _later(
    request: HttpRequest, c: Consultation, kind: str, page_url: str, *, is_waiting: bool
) -> HttpResponse:
    context = {
        "consultation": c,
        "kind": kind.upper(),
        "page_url": page_url,
        "is_waiting": is_waiting,
        "seconds": RETRY_S,
    }
    status = 202 if is_waiting else 503
    response = render(request, "consultations/report_later.html", context, status=status)
    response.headers["Retry-After"] = str(RETRY_S)
    response.headers["Cache-Control"] = "no-store"
    return response
