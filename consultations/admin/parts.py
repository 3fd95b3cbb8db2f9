"""Stages and forms of a consultation as rows of its notice."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialInline
from core.common.clock import now
from core.common.keys import key_of

from .. import actions
from ..forms.notice import FormOfConsultationForm
from ..models import ConsultationForm, ConsultationStage


class StageInline(OfficialInline):
    model = ConsultationStage
    readonly_fields = ("report_published_on",)
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 2})}}
    fields = (
        "position",
        "kind",
        "label",
        "starts_on",
        "ends_on",
        "term_about",
        "result",
        "report_published_on",
    )


class FormInline(OfficialInline):
    model = ConsultationForm
    form = FormOfConsultationForm
    template = "admin/edit_inline/stacked.html"
    instead_of_deleting = _("Odwołaj termin na stronie „Spotkania i zapisy”.")
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 2})}}
    fields = (
        ("kind", "label"),
        ("position", "stage"),
        "dates_text",
        ("place", "online_url"),
        ("phone", "email"),
        ("channels", "note"),
        ("is_step_free", "has_induction_loop"),
        ("has_sign_language", "participants_count"),
        ("takes_sign_ups", "seat_limit", "slot_minutes"),
    )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "stage":
            own = key_of(request.resolver_match.kwargs.get("object_id", ""))
            kwargs["queryset"] = ConsultationStage.objects.filter(consultation=own)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def save_dates(formset, *, reason: str) -> None:
    """The dates typed as lines, for every form of consultation that is kept; people who signed up are told."""
    gone, at = set(formset.deleted_forms) if formset.can_delete else set(), now()
    for form in formset.forms:
        if form.instance.pk and form not in gone and "dates_text" in form.cleaned_data:
            actions.set_dates(form.instance, form.cleaned_data["dates_text"], at=at, reason=reason)
            if {"place", "online_url"} & set(form.changed_data):
                actions.tell_new_place(form.instance, at=at)
            if "seat_limit" in form.changed_data:
                for date in form.instance.dates.all():
                    actions.promote_waiting(date, at=at)
