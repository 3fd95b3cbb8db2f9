"""The register of demands: rows, what followed, merging."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialAdmin
from core.common.clock import now
from core.legal.rules import LawBreached

from .. import actions
from ..forms.demands import FollowUpForm, MergeForm
from ..models import Consultation, DemandMeeting, Postulate
from ..permissions import EDITORS


class PostulateForm(forms.ModelForm):
    """A demand; its fields are those that the admin names."""

    def clean_meeting(self) -> DemandMeeting | None:
        meeting = self.cleaned_data["meeting"]
        if self.instance.pk and self.instance.is_public and meeting and not meeting.is_public:
            text = _("jego tabela nie jest jeszcze publiczna, a postulat już jest; najpierw ją opublikuj")
            raise forms.ValidationError(text)
        return meeting


@admin.register(Postulate)
class PostulateAdmin(OfficialAdmin):
    """Demands of meetings; any consultation manager may write them down."""

    form = PostulateForm
    editors = EDITORS
    change_form_template = "consultations/admin/postulate_form.html"
    list_display = [
        "lp",
        "organisation_name",
        "postulate",
        "position_code",
        "status",
        "position_unit",
        "meeting_on",
    ]
    list_display_links = ["postulate"]
    list_filter = [
        "position_code",
        "status",
        ("position_unit", admin.RelatedOnlyFieldListFilter),
        "meeting_on",
    ]
    list_select_related = ["position_unit"]
    search_fields = ["postulate", "justification", "position", "organisation_name"]
    autocomplete_fields = ["consultation", "meeting"]
    fieldsets = [
        (
            _("Spotkanie"),
            {
                "fields": ["meeting", "consultation", "programme_title", "meeting_on", "meeting_about"],
                "description": _(
                    "Gdy wybierzesz spotkanie, dzień, program i konsultacje przepiszemy z niego."
                ),
            },
        ),
        (_("Postulat"), {"fields": ["lp", "organisation_name", "postulate", "justification"]}),
        (_("Stanowisko"), {"fields": ["position_code", "status_note", "position", "position_unit"]}),
    ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Drafts of other units are not named, whatever number is sent."""
        if db_field.name == "consultation":
            own = self.admin_site._registry[Consultation].get_queryset(request).order_by()
            public = Consultation.objects.published().order_by()
            kwargs["queryset"] = Consultation.objects.filter(
                Q(pk__in=own.values("pk")) | Q(pk__in=public.values("pk"))
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        actions.save_postulate(obj, by=request.user, at=now())

    # --- what followed, merging ---------------------------------------------------------------------
    def get_urls(self):
        views = [
            ("dalej/", self.follow_up_view, "follow_up"),
            ("polacz/", self.merge_view, "merge"),
        ]
        own = [
            path(
                f"<int:pk>/{route}", self.admin_site.admin_view(view), name=f"consultations_postulate_{name}"
            )
            for route, view, name in views
        ]
        return [*own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if obj is not None and self.has_change_permission(request, obj):
            extra["follow_up_url"] = self.url("follow_up", obj)
            extra["merge_url"] = self.url("merge", obj)
            extra["follow_ups"] = obj.follow_ups.select_related("unit")
        return super().change_view(request, object_id, form_url, extra)

    def url(self, verb: str, obj: Postulate) -> str:
        return reverse(f"admin:consultations_postulate_{verb}", args=[obj.pk])

    def one(self, request: HttpRequest, pk: int) -> Postulate:
        obj = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        return obj

    @csrf_protect_m
    def follow_up_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        obj = self.one(request, pk)
        form = FollowUpForm(
            request.POST if request.method == "POST" else None, initial={"unit": obj.position_unit_id}
        )
        if request.method == "POST" and form.is_valid():
            try:
                actions.follow_up(obj, **form.cleaned_data, by=request.user, at=now())
            except LawBreached as refused:
                add_breaches(form, refused)
            else:
                self.message_user(request, _("Dopisano dalszy ciąg postulatu."), messages.SUCCESS)
                return redirect(self.url("change", obj))
        return self.page(request, obj, form, _("Dopisz, co stało się później"), _("Dopisz"))

    @csrf_protect_m
    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Merges into another demand, or takes a merged one out again."""
        obj = self.one(request, pk)
        if obj.merged_into_id:
            return self.part_view(request, obj)
        form = MergeForm(request.POST if request.method == "POST" else None, demand=obj)
        if request.method == "POST" and form.is_valid():
            try:
                actions.merge_demands(obj, form.cleaned_data["main_demand"], by=request.user, at=now())
            except LawBreached as refused:
                add_breaches(form, refused)
            else:
                self.message_user(request, _("Połączono postulaty."), messages.SUCCESS)
                return redirect(self.url("change", obj))
        return self.page(request, obj, form, _("Połącz z postulatem, który mówi to samo"), _("Połącz"))

    def part_view(self, request: HttpRequest, obj: Postulate) -> HttpResponse:
        if request.method == "POST":
            actions.part_demands(obj, by=request.user, at=now())
            self.message_user(request, _("Rozłączono postulaty."), messages.SUCCESS)
            return redirect(self.url("change", obj))
        lead = _("Połączony z: %(main)s") % {"main": obj.merged_into}
        return self.page(request, obj, None, _("Rozłącz postulaty"), _("Rozłącz"), lead=lead)

    def page(self, request, obj: Postulate, form, title, submit_label, lead="") -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": obj,
            "form": form,
            "title": title,
            "submit_label": submit_label,
            "lead": lead,
        }
        return render(request, "consultations/admin/form.html", context)


def add_breaches(form, refused: LawBreached) -> None:
    """The reasons of a refusal, at the fields they belong to."""
    for breach in refused.breaches:
        form.add_error(breach.field if breach.field in form.fields else None, str(breach.message))
