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
from core.city.scope import sees_all_units, unit_ids_of
from core.common.clock import now

from .. import actions
from ..forms.demands import FollowUpForm, MergeForm
from ..models import Consultation, DemandMeeting, Postulate
from ..permissions import EDITORS, may_write_demand
from .acting import NoPopups, done


class PostulateForm(forms.ModelForm):
    """A demand; its fields are those that the admin names."""

    def clean_meeting(self) -> DemandMeeting | None:
        meeting = self.cleaned_data["meeting"]
        if self.instance.pk and self.instance.is_public and meeting and not meeting.is_public:
            text = _("jego tabela nie jest jeszcze publiczna, a postulat już jest; najpierw ją opublikuj")
            raise forms.ValidationError(text)
        return meeting


@admin.register(Postulate)
class PostulateAdmin(NoPopups, OfficialAdmin):
    """Demands of meetings. All see the public ones; those of a table are of its unit and of the unit that answers."""

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

    def view_on_site(self, obj: Postulate) -> str | None:
        return obj.get_absolute_url() if obj.is_public else None

    # --- whose --------------------------------------------------------------------------------------
    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if sees_all_units(request.user):
            return rows
        own = unit_ids_of(request.user, *EDITORS)
        return rows.published() | rows.filter(Q(meeting__unit__in=own) | Q(position_unit__in=own))

    def has_view_permission(self, request, obj=None):
        """Every row of the queryset may be read."""
        return super().has_view_permission(request)

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return super().has_change_permission(request)
        return may_write_demand(request.user, obj)

    def get_readonly_fields(self, request, obj=None):
        """Who only answers a row leaves it in the table where it stands."""
        fixed = super().get_readonly_fields(request, obj)
        if obj is None or obj.meeting is None or self.meetings(request).filter(pk=obj.meeting_id).exists():
            return fixed
        return [*fixed, "meeting"]

    def meetings(self, request):
        return self.admin_site._registry[DemandMeeting].get_queryset(request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Tables and drafts of other units are not named, whatever number is sent."""
        if db_field.name == "meeting":
            kwargs["queryset"] = self.meetings(request)
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
        is_sent = request.method == "POST" and form.is_valid()
        if is_sent and done(form, actions.follow_up, obj, by=request.user, **form.cleaned_data):
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
            main = form.cleaned_data["main_demand"]
            if done(form, actions.merge_demands, obj, main=main, by=request.user):
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
