"""Small grants on the desk."""

from django.contrib import admin

from core.accounts.roles import Role
from core.city.desk import OfficialAdmin

from .actions import publish_in_search
from .models import SmallGrant


@admin.register(SmallGrant)
class SmallGrantAdmin(OfficialAdmin):
    editors = (Role.CALL_MANAGER,)
    unit_lookup = "unit"
    list_display = ["title", "kind", "organization_name", "unit", "granted_amount", "status_label"]
    list_filter = ["kind"]
    search_fields = ["title", "organization_name"]
    list_select_related = ["unit"]
    raw_id_fields = ["organization"]
    exclude = ["fact_id", "kind_label"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        publish_in_search(obj)
