"""The register of demands."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialAdmin
from core.common.clock import now

from .. import actions
from ..models import Consultation, Postulate
from ..permissions import EDITORS


@admin.register(Postulate)
class PostulateAdmin(OfficialAdmin):
    """Demands of meetings; any consultation manager may write them down."""

    editors = EDITORS
    list_display = ["lp", "organisation_name", "postulate", "position_code", "position_unit", "meeting_on"]
    list_display_links = ["postulate"]
    list_filter = ["position_code", ("position_unit", admin.RelatedOnlyFieldListFilter), "meeting_on"]
    search_fields = ["postulate", "justification", "position", "organisation_name"]
    autocomplete_fields = ["consultation"]
    fieldsets = [
        (_("Spotkanie"), {"fields": ["consultation", "programme_title", "meeting_on", "meeting_about"]}),
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
