"""Preparing, announcing and running a consultation."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from core.city.desk import CaseAdmin
from core.city.models import OrganizationalUnit
from core.city.scope import own_units
from core.common import formats
from core.common.clock import now
from core.common.exports import csv_response, xlsx_response
from core.common.form_fields import DayInput
from core.documents.admin import DocumentsAdminMixin

from .. import actions
from ..enums import State
from ..exports import answer_table
from ..forms.fields import FoldedBoxes
from ..forms.notice import ExtensionForm, NoticeForm
from ..models import Consultation, ConsultationForm
from ..permissions import EDITORS, city_units, may_run
from .acting import done
from .answer_desk import AnswerDeskMixin
from .document import DocumentDesk
from .entries import EntryDesk
from .panel import after_extension, checklist_of, computed_dates, report_clock
from .parts import FormInline, StageInline, save_dates
from .preparing import PreparingMixin
from .reach import ReachDesk
from .report_desk import ReportSteps
from .tools import ToolsDesk

# Once the notice is out these are shown, not typed.
FIXED = {
    "regimes": "regime_names",
    "starts_on": "starts_on",
    "ends_on": "ends_on",
    "ends_hour": "ends_hour",
    "campaign_from": "campaign_from",
}
# Long lists of boxes, most of them for few consultations.
FOLDED = {"co_units", "districts", "branches"}


@admin.register(Consultation)
class ConsultationAdmin(
    PreparingMixin,
    ReportSteps,
    DocumentDesk,
    EntryDesk,
    ReachDesk,
    ToolsDesk,
    AnswerDeskMixin,
    DocumentsAdminMixin,
    CaseAdmin,
):
    """Drafts are written here; every step is a button."""

    form = NoticeForm
    editors = EDITORS
    unit_lookup = "unit"
    change_form_template = "consultations/admin/change_form.html"
    list_display = ["number_label", "title", "state_label", "unit", "starts_on", "ends_on", "report_clock"]
    list_display_links = ["title"]
    list_filter = ["state", "kind", ("unit", admin.RelatedOnlyFieldListFilter), "origin"]
    list_select_related = ["unit"]
    search_fields = ["title", "subject", "fact_id"]
    date_hierarchy = "starts_on"
    filter_horizontal = ["co_units", "districts", "branches"]
    inlines = [StageInline, FormInline]
    moves = {
        State.PLANNED: actions.plan,
        State.ANNOUNCED: actions.announce,
        State.ANALYSIS: actions.start_analysis,
        State.REPORT_PUBLISHED: actions.publish_report,
        State.OUTCOME_PUBLISHED: actions.publish_outcome,
        State.ARCHIVED: actions.archive,
        State.CANCELLED: actions.cancel,
    }
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 4})}}
    fieldsets = [
        (
            _("O czym"),
            {
                "fields": [
                    "state_label", "title", "regimes", ("kind", "kind_label"), "subject", "plain_summary", "description",
                ]
            },
        ),
        (
            _("Kto, dla kogo i gdzie"),
            {
                "fields": [
                    "unit", "co_units", ("contact_email", "contact_phone"), "addressees", "is_citywide", "districts", "branches",
                    "territory_label", "languages",
                ]
            },
        ),
        (
            _("Kiedy"),
            {"fields": ["campaign_from", ("starts_on", "ends_on"), "ends_hour", ("starts_about", "ends_about")]},
        ),
        (_("Podstawy i dokumenty"), {"fields": ["legal_bases", "document_text", "document_titles"]}),
        (_("Udział i co dalej"), {"fields": ["accepts_remarks", "what_next", "needs_second_person"]}),
        (_("Wynik"), {"fields": ["outcome", "outcome_url", "is_result_binding"]}),
        (
            _("Liczby, których portal nie policzył sam"),
            {
                "fields": [
                    ("participants_count", "participants_label"), "is_participants_count_approximate",
                    ("comments_count", "comments_label"),
                ],
                "classes": ["collapse"],
            },
        ),
        (_("Metka i zmiana ogłoszenia"), {"fields": ["author_name", "change_reason"]}),
    ]  # fmt: skip

    # --- lists and fields -------------------------------------------------------------------------
    @admin.display(description=_("numer"), ordering="number")
    def number_label(self, obj: Consultation) -> str:
        return obj.number_label or "–"

    @admin.display(description=_("raport"))
    def report_clock(self, obj: Consultation) -> str:
        return report_clock(obj)

    @admin.display(description=_("z kim"))
    def regime_names(self, obj: Consultation) -> str:
        return ", ".join(obj.regime_labels) or "–"

    def view_on_site(self, obj: Consultation) -> str | None:
        return obj.get_absolute_url() if obj.is_scheduled else None

    def get_changeform_initial_data(self, request):
        """Whoever prepares for one unit only need not choose it."""
        units = own_units(request.user, *EDITORS).filter(active_to="", successor=None)[:2]
        return ({"unit": units[0].pk} if len(units) == 1 else {}) | super().get_changeform_initial_data(
            request
        )

    def get_readonly_fields(self, request, obj=None):
        fixed = list(FIXED.values()) if obj and obj.has_notice else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not (obj and obj.has_notice):
            return fieldsets
        return [
            (name, {**options, "fields": [FIXED.get(f, f) for f in options["fields"]]})
            for name, options in fieldsets
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("campaign_from", "starts_on", "ends_on"):
            kwargs["widget"] = DayInput
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in FOLDED:
            kwargs["widget"] = FoldedBoxes
        if db_field.name == "co_units":
            kwargs["queryset"] = OrganizationalUnit.objects.filter(
                Q(pk__in=city_units().values("pk")) | Q(co_consultations__isnull=False)
            ).distinct()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_delete_permission(self, request, obj=None):
        """Only drafts, which nobody has seen yet."""
        return obj is not None and obj.state == State.DRAFT and self.has_change_permission(request, obj)

    # --- writing ----------------------------------------------------------------------------------
    def save_model(self, request, obj, form, change):
        actions.save_consultation(
            obj, by=request.user, at=now(), reason=form.cleaned_data.get("change_reason", "")
        )

    def save_related(self, request, form, formsets, change):
        obj = form.instance
        before = actions.parts_of(obj) if change else None
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            if formset.model is ConsultationForm:
                save_dates(formset, reason=form.cleaned_data.get("change_reason", ""))
        if form.is_document_typed:
            actions.set_points(obj, form.cleaned_data["document_text"], by=request.user, at=now())
        if before is not None:
            reason = form.cleaned_data.get("change_reason", "")
            actions.note_parts_change(obj, before, by=request.user, at=now(), reason=reason)

    def delete_model(self, request, obj):
        actions.delete_draft(obj, by=request.user, at=now())

    def get_actions(self, request):
        """No bulk deleting."""
        return {
            name: action for name, action in super().get_actions(request).items() if name != "delete_selected"
        }

    # --- the page of one consultation -------------------------------------------------------------
    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if obj is not None:
            extra |= self.panel(request, obj)
        return super().change_view(request, object_id, form_url, extra)

    def panel(self, request: HttpRequest, obj: Consultation) -> dict[str, Any]:
        """Checklist before the notice, and the days of the law."""
        return {**checklist_of(obj), "computed_dates": computed_dates(obj)}

    def url(self, verb: str, obj: Consultation) -> str:
        return reverse(f"admin:consultations_consultation_{verb}", args=[obj.pk])

    def get_urls(self):
        views = [
            ("przedluz/", self.extend_view, "extend"),
            ("ciala/", self.bodies_view, "bodies"),
            ("tabela.csv", self.table_csv, "table_csv"),
            ("tabela.xlsx", self.table_xlsx, "table_xlsx"),
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

    def one(self, request: HttpRequest, pk: int) -> Consultation:
        return get_object_or_404(self.get_queryset(request).select_related("unit"), pk=pk)

    @csrf_protect_m
    def extend_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        obj = self.one(request, pk)
        if not may_run(request.user, obj):
            raise PermissionDenied
        form = ExtensionForm(request.POST if request.method == "POST" else None, consultation=obj)
        lead = formats.deadline(obj.ends_at)
        if form.is_valid() and not form.is_seen:
            form.show()
            lead = after_extension(obj, form.cleaned_data["new_end"])
        elif form.is_valid() and done(form, actions.extend, obj, by=request.user, **form.fields_of_action):
            self.message_user(request, _("Przedłużono konsultacje."), messages.SUCCESS)
            return redirect(self.url("change", obj))
        context = {
            "form": form,
            "title": _("Przedłuż konsultacje"),
            "submit_label": _("Przedłuż"),
            "lead": lead,
        }
        return self.page(request, obj, "consultations/admin/form.html", context)

    def table_csv(self, request: HttpRequest, pk: int) -> HttpResponse:
        return csv_response(*self.table(request, pk))

    def table_xlsx(self, request: HttpRequest, pk: int) -> HttpResponse:
        return xlsx_response(*self.table(request, pk))

    def table(self, request: HttpRequest, pk: int):
        """The five-column table of remarks and positions (R-CNS-16), drafts of positions included."""
        obj = self.one(request, pk)
        if not self.has_view_permission(request, obj):
            raise Http404
        rows = obj.remarks.valid().with_author().order_by("number")
        return rows, answer_table(obj), f"tabela-uwag-{obj.number or obj.pk}"

    def page(
        self, request: HttpRequest, obj: Consultation, template: str, context: dict[str, Any]
    ) -> HttpResponse:
        return render(
            request,
            template,
            {**self.admin_site.each_context(request), "opts": self.opts, "original": obj, **context},
        )
