"""Templates of notices: kept by the coordinator, used by every clerk."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import Role
from core.city.desk import OfficialAdmin, OfficialInline
from core.city.models import OrganizationalUnit
from core.city.scope import has_role, own_units
from core.common.clock import now

from .. import actions
from ..models import TEMPLATE_TEXTS, CallTemplate, TemplateCriterion
from ..permissions import EDITORS
from .acts import Act, ActsMixin
from .forms import TemplateModelForm


class StartForm(forms.Form):
    """The unit and the title of a new draft; the action refuses a foreign unit."""

    unit = forms.ModelChoiceField(OrganizationalUnit.objects.all(), label=_("Komórka realizująca"))
    title = forms.CharField(label=_("Tytuł zadania publicznego"), max_length=1000)


def start(request, template: CallTemplate, form: StartForm):
    return actions.start_from_template(template, **form.cleaned_data, by=request.user, at=now())


def may_use(user, template: CallTemplate) -> bool:
    return template.is_active and has_role(user, *EDITORS)


class TemplateCriterionInline(OfficialInline):
    model = TemplateCriterion


@admin.register(CallTemplate)
class CallTemplateAdmin(ActsMixin, OfficialAdmin):
    form = TemplateModelForm
    editors = (Role.COORDINATOR,)
    change_form_template = "competitions/admin/acts_form.html"
    list_display = ["name", "is_active", "updated_at"]
    search_fields = ["name"]
    inlines = [TemplateCriterionInline]
    fieldsets = [
        (_("Szablon"), {"fields": ["name", "is_active", "checklist"]}),
        (_("Treść ogłoszenia"), {"fields": [*TEMPLATE_TEXTS, "minimum_score"]}),
    ]
    acts = {
        "konkurs": Act(
            _("Utwórz konkurs z szablonu"), start, _("Utworzono szkic konkursu."), may_use, form=StartForm
        )
    }

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) or has_role(request.user, *EDITORS)

    def act_form(self, act, request, obj):
        """Only the units of this person are offered."""
        form = super().act_form(act, request, obj)
        if "unit" in form.fields:
            form.fields["unit"].queryset = own_units(request.user, *EDITORS)
        return form

    def save_model(self, request, obj, form, change):
        actions.save_template(obj, by=request.user, at=now())
