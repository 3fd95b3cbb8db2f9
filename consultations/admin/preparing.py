"""Starting a draft from a template or a copy, hints while the notice is written, the templates themselves."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialAdmin
from core.common.clock import now

from .. import actions, law
from ..enums import BEFORE_NOTICE
from ..forms.preparing import FromTemplateForm, StartForm, TemplateForm, explain_dates
from ..models import Consultation, ConsultationTemplate


class PreparingMixin:
    """For the desk of consultations: two ways to begin, and what the standard says while one writes."""

    change_list_template = "consultations/admin/change_list.html"

    def get_urls(self):
        own = [
            path(
                "z-szablonu/",
                self.admin_site.admin_view(self.from_template_view),
                name="consultations_consultation_from_template",
            ),
            path(
                "<int:pk>/kopiuj/",
                self.admin_site.admin_view(self.copy_view),
                name="consultations_consultation_copy",
            ),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        extra = {**(extra_context or {}), "may_start": self.has_add_permission(request)}
        return super().changelist_view(request, extra)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if obj is not None:
            extra["copy_url"] = self.url("copy", obj) if self.has_add_permission(request) else ""
            extra["plain_hints"] = law.plain_hints(obj.plain_summary) if obj.state in BEFORE_NOTICE else []
        return super().change_view(request, object_id, form_url, extra)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        explain_dates(context["adminform"].form.fields, obj or Consultation())
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request, obj, post_url_continue=None):
        self.warn_early(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        self.warn_early(request, obj)
        return super().response_change(request, obj)

    def warn_early(self, request: HttpRequest, obj: Consultation) -> None:
        """Meetings in office hours and missing access are told as soon as they are typed (R-CNS-06)."""
        if obj.state not in BEFORE_NOTICE or not obj.forms.exists():
            return
        for breach in law.meeting_breaches(obj.facts(now())):
            self.message_user(request, breach.message, messages.WARNING)

    @csrf_protect_m
    def from_template_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = FromTemplateForm(request.POST if request.method == "POST" else None, user=request.user)
        if request.method == "POST" and form.is_valid():
            made = actions.draft_from_template(**form.cleaned_data, by=request.user, at=now())
            self.message_user(request, _("Utworzono szkic z szablonu. Uzupełnij go."), messages.SUCCESS)
            return redirect(self.url("change", made))
        return self.start_page(request, form, _("Nowe konsultacje z szablonu"), _("Utwórz szkic"))

    @csrf_protect_m
    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        source = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        initial = {"title": source.title, "unit": source.unit_id}
        form = StartForm(
            request.POST if request.method == "POST" else None, user=request.user, initial=initial
        )
        if request.method == "POST" and form.is_valid():
            made = actions.copy_consultation(source, **form.cleaned_data, by=request.user, at=now())
            self.message_user(request, _("Utworzono kopię. Wpisz terminy i popraw treść."), messages.SUCCESS)
            return redirect(self.url("change", made))
        lead = _(
            "Skopiujemy ogłoszenie, etapy, formy i miejsca. Treść dokumentu, terminy, uwagi i raport zostaną w starych "
            "konsultacjach."
        )
        return self.start_page(request, form, _("Kopia konsultacji"), _("Utwórz kopię"), lead=lead)

    def start_page(
        self, request: HttpRequest, form: Any, title: Any, submit_label: Any, lead: Any = ""
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "title": title,
            "submit_label": submit_label,
            "lead": lead,
            "back_url": reverse("admin:consultations_consultation_changelist"),
        }
        return render(request, "consultations/admin/start.html", context)


@admin.register(ConsultationTemplate)
class ConsultationTemplateAdmin(OfficialAdmin):
    """One standard for all units; the coordinator keeps it."""

    form = TemplateForm
    list_display = ["name", "hint", "kind", "is_active"]
    list_filter = ["is_active", "kind"]
    search_fields = ["name"]
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 3})}}
    fieldsets = [
        (_("Szablon"), {"fields": ["name", "hint", "is_active"]}),
        (_("Jak"), {"fields": ["kind", "regimes", "stages", "form_kinds", "days"]}),
        (_("Teksty"), {"fields": ["subject", "plain_summary", "addressees", "legal_bases", "what_next"]}),
    ]
