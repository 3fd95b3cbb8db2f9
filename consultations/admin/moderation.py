"""Covering words of a remark and hiding it, with a reason (R-CNS-14)."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from core.common.clock import now

from .. import actions
from ..forms.answers import TEXTS, CoverForm
from ..forms.notice import HidingForm
from ..models import Remark
from ..permissions import may_answer
from .acting import done


class ModerationMixin:
    """Put before the ModelAdmin of remarks."""

    def get_urls(self):
        views = [("ukryj", self.hide_view, "hide"), ("zakryj", self.cover_view, "cover")]
        own = [
            path(
                f"<int:pk>/{word}/",
                self.admin_site.admin_view(view),
                name=f"consultations_remark_{name}",
            )
            for word, view, name in views
        ]
        return [*own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if obj is not None and may_answer(request.user, obj.consultation):
            extra |= {
                "hide_url": reverse("admin:consultations_remark_hide", args=[obj.pk]),
                "cover_url": reverse("admin:consultations_remark_cover", args=[obj.pk]),
                "sender_url": reverse("admin:consultations_submission_change", args=[obj.submission_id]),
                "desk_url": reverse("admin:consultations_consultation_answers", args=[obj.consultation_id]),
            }
        return super().change_view(request, object_id, form_url, extra)

    def moderated(self, request: HttpRequest, pk: int) -> Remark:
        rows = self.get_queryset(request).select_related("consultation__unit", "submission")
        obj = get_object_or_404(rows, pk=pk)
        if not may_answer(request.user, obj.consultation):
            raise PermissionDenied
        return obj

    @csrf_protect_m
    def cover_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Covers words; the page shows the remark as everybody sees it, and as it came."""
        obj = self.moderated(request, pk)
        form = CoverForm(request.POST or None, remark=obj)
        if request.method == "POST" and form.is_valid() and self.cover(request, obj, form):
            said = f"{_('Zakryto słowa.')} {self.notice_of(obj)}"
            self.message_user(request, said, messages.SUCCESS)
            return redirect("admin:consultations_remark_cover", obj.pk)
        original = getattr(obj, "original", None)
        context = {
            "form": form,
            "title": _("Zakryj słowa w uwadze"),
            "has_address": bool(obj.submission.email),
            "texts": self.texts_of(obj),
            "originals": self.texts_of(original) if original else [],
            "redactions": obj.redactions.select_related("by"),
        }
        return self.moderation_page(request, obj, "consultations/admin/cover.html", context)

    @staticmethod
    def notice_of(obj: Remark) -> Any:
        if obj.submission.email:
            return _("Nadawca dostanie wiadomość.")
        return _("Nadawca nie podał adresu e-mail, zawiadom go inaczej.")

    @staticmethod
    def texts_of(row: Any) -> list[tuple[str, str]]:
        return [
            (str(row._meta.get_field(name).verbose_name), getattr(row, name))
            for name in TEXTS
            if getattr(row, name)
        ]

    @staticmethod
    def cover(request: HttpRequest, obj: Remark, form: CoverForm) -> bool:
        reason = form.cleaned_data["reason"]
        return done(form, actions.cover_words, obj, fragments=form.chosen, reason=reason, by=request.user)

    @csrf_protect_m
    def hide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Takes a remark off the public list with a reason, or puts it back, as the pressed button says."""
        obj = self.moderated(request, pk)
        is_hidden = obj.hidden_at is not None
        form = HidingForm(request.POST if "hide" in request.POST and not is_hidden else None)
        if is_hidden and "show" in request.POST:
            actions.show_remark(obj, by=request.user, at=now())
            return self.moderated_now(request, obj, _("Uwaga jest znowu na stronie."))
        if form.is_bound and form.is_valid():
            actions.hide_remark(obj, reason=form.cleaned_data["reason"], by=request.user, at=now())
            return self.moderated_now(request, obj, f"{_('Ukryto uwagę.')} {self.notice_of(obj)}")
        if request.method == "POST" and not form.is_bound:  # a second click, or somebody was faster
            return self.moderated_now(
                request, obj, _("Uwaga jest ukryta.") if is_hidden else _("Uwaga jest na stronie.")
            )
        context: dict[str, Any] = {
            "form": None if is_hidden else form,
            "title": _("Przywróć uwagę na stronę") if is_hidden else _("Ukryj uwagę"),
            "submit_label": _("Przywróć") if is_hidden else _("Ukryj"),
            "submit_name": "show" if is_hidden else "hide",
        }
        return self.moderation_page(request, obj, "consultations/admin/form.html", context)

    def moderated_now(self, request: HttpRequest, obj: Remark, said: Any) -> HttpResponse:
        self.message_user(request, said, messages.SUCCESS)
        return redirect("admin:consultations_remark_change", obj.pk)

    def moderation_page(
        self, request: HttpRequest, obj: Remark, template: str, context: dict[str, Any]
    ) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "opts": self.opts, "original": obj}
        return render(request, template, {**common, **context})
