"""Meetings with demands: heading, table, import, publication."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialAdmin, OfficialInline
from core.city.models import OrganizationalUnit
from core.common.clock import now
from core.common.form_fields import DayInput
from core.legal.rules import LawBreached

from .. import actions
from ..forms.demands import TableFileForm, packed, unpacked
from ..forms.notice import LinesField
from ..models import Consultation, DemandMeeting, Postulate
from ..permissions import EDITORS
from .acting import NoPopups, done

PUBLISHING = _(
    "Tabela z nagłówkiem będzie widoczna dla wszystkich i do pobrania. Sprawdź, czy nie ma w niej nazwisk."
)


def uncoded_line(meeting: DemandMeeting) -> str:
    """A warning about answers in words alone: the statistics pass them over."""
    count = meeting.postulates.uncoded().count()
    text = _("Stanowiska bez kodu: %(n)d. Wybierz im kod, bo bez niego nie liczą się w statystyce.")
    return text % {"n": count} if count else ""


class DemandMeetingForm(forms.ModelForm):
    """The heading of a table; organisations one per line. Its fields are those that the admin names."""

    organisation_names = LinesField(
        label=_("Uczestniczące organizacje"),
        required=False,
        help_text=_("Każda w osobnym wierszu. Bez nazwisk."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "held_on" in self.fields:  # not there for whoever may only look
            self.fields["held_on"].help_text = _("Gdy nie znasz dnia, podaj w polu niżej choćby miesiąc.")

    def clean(self):
        data = super().clean()
        if not (data.get("held_on") or data.get("held_about")):
            self.add_error("held_on", _("podaj dzień albo w polu niżej choćby miesiąc"))
        start, end = data.get("from_hour"), data.get("to_hour")
        if start and end and end <= start:
            self.add_error("to_hour", _("koniec jest przed początkiem, popraw jedną z godzin"))
        return data


class DemandInline(NoPopups, OfficialInline):
    """The rows of the table, in its five columns."""

    model = Postulate
    fk_name = "meeting"
    template = "admin/edit_inline/stacked.html"
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 2})}}
    fields = (
        ("lp", "organisation_name"),
        "postulate",
        "justification",
        ("position_code", "position_unit"),
        "position",
    )
    ordering = ("lp", "pk")
    verbose_name = _("wiersz tabeli")
    verbose_name_plural = _("tabela postulatów")

    def has_delete_permission(self, request, obj=None):
        """Rows of a published table stay."""
        return super().has_delete_permission(request, obj) and not (obj and obj.published_at)


@admin.register(DemandMeeting)
class DemandMeetingAdmin(NoPopups, OfficialAdmin):
    """Tables of demands of one's own unit."""

    form = DemandMeetingForm
    editors = EDITORS
    unit_lookup = "unit"
    change_form_template = "consultations/admin/demand_meeting_form.html"
    list_display = ["subject", "held_on", "unit", "is_public"]
    list_filter = [("unit", admin.RelatedOnlyFieldListFilter), "held_on"]
    list_select_related = ["unit"]
    search_fields = ["subject", "place"]
    filter_horizontal = ["units"]
    autocomplete_fields = ["consultation"]
    inlines = [DemandInline]
    fieldsets = [
        (
            _("Spotkanie"),
            {
                "fields": [
                    "subject", "unit", ("held_on", "held_about"), ("from_hour", "to_hour"), "place", "course", "consultation",
                ]
            },
        ),
        (_("Kto był"), {"fields": ["organisation_names", "units"]}),
    ]  # fmt: skip

    def view_on_site(self, obj: DemandMeeting) -> str | None:
        return obj.get_absolute_url() if obj.is_public else None

    @admin.display(description=_("opublikowane"), boolean=True)
    def is_public(self, obj: DemandMeeting) -> bool:
        return obj.is_public

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "held_on":
            kwargs["widget"] = DayInput
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "consultation":
            own = self.admin_site._registry[Consultation].get_queryset(request).order_by()
            public = Consultation.objects.published().order_by()
            kwargs["queryset"] = Consultation.objects.filter(
                Q(pk__in=own.values("pk")) | Q(pk__in=public.values("pk"))
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "units":
            kwargs["queryset"] = OrganizationalUnit.objects.filter(
                Q(active_to="", successor=None) | Q(attended_demand_meetings__isnull=False)
            ).distinct()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    # --- writing ------------------------------------------------------------------------------------
    def save_model(self, request, obj, form, change):
        units = form.cleaned_data["units"]
        actions.save_demand_meeting(obj, by=request.user, at=now(), units=units)

    def save_formset(self, request, form, formset, change):
        if formset.model is not Postulate:
            super().save_formset(request, form, formset, change)
            return
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            actions.delete_demand(row, by=request.user, at=now())
        for row in rows:
            row.meeting = form.instance
            row.lp = row.lp or actions.next_lp(form.instance)
            actions.save_postulate(row, by=request.user, at=now())

    # --- import and publication -----------------------------------------------------------------------
    def get_urls(self):
        views = [
            ("wczytaj/", self.import_view, "import"),
            ("opublikuj/", self.publish_view, "publish"),
        ]
        own = [
            path(
                f"<int:pk>/{route}",
                self.admin_site.admin_view(view),
                name=f"consultations_demandmeeting_{name}",
            )
            for route, view, name in views
        ]
        return [*own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if obj is not None and self.has_change_permission(request, obj):
            extra["import_url"] = self.url("import", obj)
            extra["publish_url"] = "" if obj.is_public else self.url("publish", obj)
        return super().change_view(request, object_id, form_url, extra)

    def url(self, verb: str, obj: DemandMeeting) -> str:
        return reverse(f"admin:consultations_demandmeeting_{verb}", args=[obj.pk])

    def one(self, request: HttpRequest, pk: int) -> DemandMeeting:
        obj = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        return obj

    @csrf_protect_m
    def import_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """First shows what was read, row by row; only then it is saved."""
        obj = self.one(request, pk)
        if request.method == "POST" and "rows" in request.POST:
            return self.keep(request, obj)
        form = TableFileForm(request.POST or None, request.FILES or None)
        is_read = request.method == "POST" and form.is_valid()
        context = {
            "form": form,
            "title": _("Wczytaj tabelę postulatów"),
            "reading": form.reading if is_read else None,
            "packed": packed(form.reading.rows, obj) if is_read else "",
        }
        return self.page(request, obj, "consultations/admin/demand_import.html", context)

    def keep(self, request: HttpRequest, obj: DemandMeeting) -> HttpResponse:
        try:
            rows, count = unpacked(request.POST["rows"], obj)
            made = actions.add_demands(obj, rows, below=count, by=request.user, at=now())
        except signing.BadSignature:
            self.message_user(request, _("Podgląd wygasł. Wybierz plik jeszcze raz."), messages.ERROR)
            return redirect(self.url("import", obj))
        except LawBreached as refused:
            for breach in refused.breaches:
                self.message_user(request, breach.message, messages.ERROR)
            return redirect(self.url("change", obj))
        self.message_user(request, _("Zapisano wiersze: %(n)d.") % {"n": len(made)}, messages.SUCCESS)
        if uncoded := uncoded_line(obj):
            self.message_user(request, uncoded, messages.WARNING)
        return redirect(self.url("change", obj))

    @csrf_protect_m
    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        obj = self.one(request, pk)
        form = forms.Form(request.POST if request.method == "POST" else None)
        is_sent = request.method == "POST" and form.is_valid()
        if is_sent and done(form, actions.publish_demand_meeting, obj, by=request.user):
            self.message_user(request, _("Tabela jest publiczna."), messages.SUCCESS)
            return redirect(self.url("change", obj))
        context = {
            "form": form,
            "title": _("Opublikuj tabelę postulatów"),
            "submit_label": _("Opublikuj"),
            "lead": " ".join(filter(None, [str(PUBLISHING), uncoded_line(obj)])),
        }
        return self.page(request, obj, "consultations/admin/form.html", context)

    def page(self, request: HttpRequest, obj: DemandMeeting, template: str, context: dict) -> HttpResponse:
        base = {**self.admin_site.each_context(request), "opts": self.opts, "original": obj}
        return render(request, template, {**base, **context})
