"""The report on the desk: a look at it before everybody sees it, and the steps that publish it and the outcome."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from ..enums import State
from ..forms.report import OutcomeForm
from ..models import Consultation, Report
from ..queries.report import for_report_draft
from ..views import report as pages


class ReportPreview:
    """Put before the ModelAdmin of reports: the draft as a page and as a PDF, for whoever may write it."""

    change_form_template = "consultations/admin/report_form.html"

    def get_urls(self):
        own = [
            path(
                f"<int:pk>/{route}/",
                self.admin_site.admin_view(view),
                name=f"consultations_report_{name}",
            )
            for route, view, name in (
                ("podglad", self.preview_view, "preview"),
                ("podglad/pdf", self.preview_pdf_view, "preview_pdf"),
            )
        ]
        return [*own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if obj is not None and self.has_change_permission(request, obj):
            extra["preview_url"] = preview_url(obj)
        return super().change_view(request, object_id, form_url, extra)

    def view_on_site(self, obj: Report) -> str | None:
        return obj.get_absolute_url() if obj.is_public else None

    def drafted(self, request: HttpRequest, pk: int) -> Consultation:
        """The consultation of a report that is being written; 404 for others and for those of other units."""
        own = [
            one.pk
            for one in self.get_queryset(request).filter(pk=pk)
            if self.has_change_permission(request, one)
        ]
        return get_object_or_404(for_report_draft(), report__in=own)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        urls = {"pdf_url": _url("preview_pdf", pk), "desk_url": _url("change", pk)}
        return pages.draft(request, self.drafted(request, pk), **urls)

    def preview_pdf_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return pages.draft_file(request, self.drafted(request, pk), page_url=_url("preview", pk))


class ReportSteps:
    """Put before the ModelAdmin of consultations: what the last steps show and ask."""

    def move_form(self, obj, to, data):
        if to == State.OUTCOME_PUBLISHED:
            return OutcomeForm(data, consultation=obj)
        return super().move_form(obj, to, data)

    def move_links(self, obj: Consultation, to: str) -> list[tuple[Any, str]]:
        report = getattr(obj, "report", None)
        if to != State.REPORT_PUBLISHED or report is None:
            return super().move_links(obj, to)
        return [(_("Podgląd raportu"), preview_url(report)), (_("Napisz raport"), _url("change", report.pk))]


def preview_url(report: Report) -> str:
    """Empty when there is nothing to look at before it is public."""
    return _url("preview", report.pk) if report.consultation.state == State.ANALYSIS else ""


def _url(verb: str, pk: int) -> str:
    return reverse(f"admin:consultations_report_{verb}", args=[pk])
