"""The declaration of accessibility on the desk: one row, judged before it is saved."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialAdmin
from core.common.clock import now

from .. import actions, law
from ..models import AccessibilityDeclaration


class DeclarationForm(forms.ModelForm):
    def _post_clean(self):
        """After the row has its new values, every missing part is named beside its field."""
        super()._post_clean()
        for breach in law.declaration_breaches(self.instance.facts()):
            if breach.field not in self.errors:
                self.add_error(breach.field if breach.field in self.fields else None, str(breach.message))


@admin.register(AccessibilityDeclaration)
class AccessibilityDeclarationAdmin(OfficialAdmin):
    form = DeclarationForm
    list_display = ["__str__", "status", "prepared_on", "reviewed_on"]
    fieldsets = [
        (None, {"fields": ["status", "non_compliances"]}),
        (
            _("Daty i metoda"),
            {"fields": ["published_on", "updated_on", "prepared_on", "reviewed_on", "method", "method_note"]},
        ),
        (
            _("Kontakt i skargi"),
            {"fields": ["contact_person", "contact_email", "contact_phone", "procedure"]},
        ),
        (
            _("Pozostałe części"),
            {"fields": ["shortcuts", "architecture", "sign_language", "mobile_apps", "extra"]},
        ),
    ]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not AccessibilityDeclaration.objects.exists()

    def save_model(self, request, obj, form, change):
        actions.keep_declaration(obj, by=request.user, at=now())
