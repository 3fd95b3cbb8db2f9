"""The notice of a draft as it will look, page and PDF, for the office only."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from core.documents.pdf import PdfFailed

from ..actions import notice_of
from ..notice import heading_of, sections_of
from ..views.notice import pdf_of


class PreviewMixin:
    """Put before the ModelAdmin of calls."""

    def get_urls(self):
        page = path(
            "<int:pk>/ogloszenie/",
            self.admin_site.admin_view(self.preview_view),
            name="competitions_call_preview",
        )
        return [page, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        pk = unquote(object_id)
        known = {"preview_url": reverse("admin:competitions_call_preview", args=[pk])} if pk.isdigit() else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **known})

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        call = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, call):
            raise PermissionDenied
        values = notice_of(call)
        if request.GET.get("format") == "pdf":
            return self._pdf(request, call, values)
        context = {
            **self.admin_site.each_context(request),
            "title": call.title,
            "opts": self.opts,
            "original": call,
            "heading": heading_of(values),
            "sections": sections_of(values),
        }
        return render(request, "competitions/admin/preview.html", context)

    def _pdf(self, request: HttpRequest, call, values) -> HttpResponse:
        try:
            return HttpResponse(pdf_of(call, values), content_type="application/pdf")
        except PdfFailed:
            return render(request, "competitions/pdf_failed.html", {"call": call}, status=503)
