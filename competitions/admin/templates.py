"""Templates of notices, kept by the coordinator."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import Role
from core.city.desk import OfficialAdmin, OfficialInline
from core.common.clock import now

from .. import actions
from ..models import TEMPLATE_TEXTS, CallTemplate, TemplateCriterion
from .forms import TemplateModelForm


class TemplateCriterionInline(OfficialInline):
    model = TemplateCriterion


@admin.register(CallTemplate)
class CallTemplateAdmin(OfficialAdmin):
    form = TemplateModelForm
    editors = (Role.COORDINATOR,)
    list_display = ["name", "is_active", "updated_at"]
    search_fields = ["name"]
    inlines = [TemplateCriterionInline]
    fieldsets = [
        (_("Szablon"), {"fields": ["name", "is_active", "checklist"]}),
        (_("Treść ogłoszenia"), {"fields": [*TEMPLATE_TEXTS, "minimum_score"]}),
    ]

    def save_model(self, request, obj, form, change):
        actions.save_template(obj, by=request.user, at=now())
