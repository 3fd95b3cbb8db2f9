"""Programmes on the desk."""

from datetime import date

from django import forms
from django.contrib import admin

from core.accounts.roles import Role
from core.city.desk import OfficialAdmin, OfficialInline

from . import law
from .actions import publish_in_search
from .enums import ProgrammeKind
from .models import BudgetFigure, Indicator, Programme


class ProgrammeForm(forms.ModelForm):
    """Asks the law about the period when it is known to the day."""

    def clean(self):
        data = super().clean()
        start, end = data.get("period_from", ""), data.get("period_to", "")
        if len(start) == len(end) == 10 and not self.errors:
            breaches = law.period_breaches(
                is_annual=data.get("kind") == ProgrammeKind.ANNUAL,
                starts_on=date.fromisoformat(start),
                ends_on=date.fromisoformat(end),
            )
            for breach in breaches:
                self.add_error(breach.field, str(breach.message))
        return data


class BudgetFigureInline(OfficialInline):
    model = BudgetFigure


class IndicatorInline(OfficialInline):
    model = Indicator


@admin.register(Programme)
class ProgrammeAdmin(OfficialAdmin):
    editors = (Role.COORDINATOR,)
    form = ProgrammeForm
    list_display = ["title", "kind", "period_from", "period_to", "resolution"]
    list_filter = ["kind"]
    search_fields = ["title", "resolution"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [BudgetFigureInline, IndicatorInline]
    exclude = ["fact_id", "kind_label"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        publish_in_search(obj)
