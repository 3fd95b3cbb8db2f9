"""The desk of the document: reading a file, looking it through, keeping it as a version."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from core.common.clock import now
from core.legal.rules import LawBreached

from .. import actions
from ..document.comparison import ADDED, CHANGED, REMOVED, compared
from ..forms.document import ImportForm, PreviewForm
from ..models import Consultation, DocumentVersion
from ..permissions import may_prepare
from .acting import add_breaches


class DocumentDesk:
    """Put before the ModelAdmin of consultations: its pages of the document, and a button to them."""

    def get_urls(self):
        views = [
            ("dokument/", self.document_view, "document"),
            ("dokument/popraw/", self.document_edit_view, "document_edit"),
            ("dokument/<int:item>/", self.document_preview_view, "document_preview"),
        ]
        own = [
            path(
                f"<int:pk>/{route}",
                self.admin_site.admin_view(view),
                name=f"consultations_consultation_{name}",
            )
            for route, view, name in views
        ]
        return [*own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if obj is not None and may_prepare(request.user, obj):
            extra["document_url"] = self.url("document", obj)
        return super().change_view(request, object_id, form_url, extra)

    def prepared(self, request: HttpRequest, pk: int) -> Consultation:
        obj = self.one(request, pk)
        if not may_prepare(request.user, obj):
            raise PermissionDenied
        return obj

    # --- the pages --------------------------------------------------------------------------------
    @csrf_protect_m
    def document_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The versions there are, and a file for the next one."""
        obj = self.prepared(request, pk)
        is_sent = request.method == "POST"
        form = ImportForm(
            request.POST if is_sent else None, request.FILES if is_sent else None, consultation=obj
        )
        if is_sent and form.is_valid():
            read = form.cleaned_data["upload"]
            version = actions.preview_version(
                obj,
                points=read.points,
                title=read.title,
                imported_from=read.name,
                purpose=form.cleaned_data["purpose"],
                stage=form.cleaned_data["stage"],
                by=request.user,
                at=now(),
            )
            return redirect(self.preview_url(version))
        kept = [version.number for version in DocumentVersion.objects.of(obj).order_by("number")]
        context = {
            "form": form,
            "versions": obj.versions.select_related("stage", "by").order_by("-number"),
            "compared": kept[1:],
            "has_text": obj.points.exists(),
            "edit_url": self.url("document_edit", obj),
            "title": _("Dokument"),
        }
        return self.page(request, obj, "consultations/admin/document.html", context)

    @csrf_protect_m
    def document_edit_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A copy of the document as it reads now, to be corrected by hand."""
        obj = self.prepared(request, pk)
        last = DocumentVersion.objects.of(obj).order_by("-number").first()
        if request.method != "POST" or last is None:
            return redirect(self.url("document", obj))
        copy = actions.preview_version(
            obj,
            points=last.points.all(),
            title=last.title,
            purpose=last.purpose,
            stage=last.stage,
            by=request.user,
            at=now(),
        )
        return redirect(self.preview_url(copy))

    @csrf_protect_m
    def document_preview_view(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:
        """What was read, point by point, beside what stands there now; kept, corrected or thrown away."""
        obj = self.prepared(request, pk)
        found = get_object_or_404(
            obj.versions.select_related("consultation__unit").filter(is_preview=True), pk=item
        )
        points = list(found.points.all())
        form = PreviewForm(
            request.POST if request.method == "POST" else None,
            version=found,
            points=points,
            is_only_saved="save" in request.POST,
        )
        if request.method == "POST" and (answer := self.kept_or_dropped(request, found, points, form)):
            return answer
        pairs = compared(list(obj.points.all()), points)
        context = {
            "form": form,
            "version": found,
            "points": points,
            "chapter_count": sum(point.is_heading for point in points),
            "point_count": sum(not point.is_heading for point in points),
            "pairs": pairs,
            "counts": [
                (label, sum(pair.state == state and not pair.point.is_heading for pair in pairs))
                for state, label in STATES
            ],
            "title": _("Podgląd dokumentu"),
        }
        return self.page(request, obj, "consultations/admin/document_preview.html", context)

    def kept_or_dropped(
        self, request: HttpRequest, version: DocumentVersion, points: list, form: PreviewForm
    ) -> HttpResponse | None:
        """Does what the pressed button says; None when the form has to be shown again."""
        obj = version.consultation
        if "drop" in request.POST:
            return self.act(
                request,
                form,
                actions.drop_preview,
                version,
                _("Odrzucono podgląd. Treść dokumentu się nie zmieniła."),
                obj,
            )
        if not form.is_valid():
            return None
        data = form.cleaned_data
        fields = {name: data[name] for name in ("title", "purpose", "stage")}
        texts = data.get("text", points)
        said = "" if "keep" in request.POST else _("Zapisano poprawki.")
        saved = self.act(request, form, actions.edit_preview, version, said, obj, points=texts, **fields)
        if saved is None or "keep" not in request.POST:
            return saved and redirect(self.preview_url(version))
        version.refresh_from_db()
        said = _("To jest teraz treść dokumentu.")
        return self.act(
            request, form, actions.keep_version, version, said, obj, at=now(), reason=data["reason"]
        )

    def act(
        self, request, form, action, version, said: Any, obj: Consultation, **fields
    ) -> HttpResponse | None:
        try:
            action(version, by=request.user, **fields)
        except LawBreached as refused:
            form.is_valid()
            add_breaches(form, refused)
            return None
        if said:
            self.message_user(request, said, messages.SUCCESS)
        return redirect(self.url("document", obj))

    def preview_url(self, version: DocumentVersion) -> str:
        return reverse(
            "admin:consultations_consultation_document_preview", args=[version.consultation_id, version.pk]
        )


STATES = ((ADDED, _("nowe punkty")), (CHANGED, _("zmienione punkty")), (REMOVED, _("usunięte punkty")))
