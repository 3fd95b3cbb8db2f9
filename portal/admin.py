"""Desk pages of what belongs to no single room: legal parameters and the audit log."""

from django.contrib import admin

from core.accounts.roles import Role
from core.city.desk import OfficialAdmin
from core.city.scope import has_role
from core.legal.models import AuditEntry, LegalParameter


@admin.register(LegalParameter)
class LegalParameterAdmin(OfficialAdmin):
    editors = (Role.ADMIN,)
    list_display = ["label", "value", "unit", "valid_from", "valid_to", "source"]
    list_filter = ["code"]
    search_fields = ["code", "label"]


@admin.register(AuditEntry)
class AuditEntryAdmin(OfficialAdmin):
    """The log is read here and changed nowhere."""

    list_display = ["at", "verb", "label", "by", "reason"]
    list_filter = ["verb", "subject_kind"]
    search_fields = ["label", "reason"]
    date_hierarchy = "at"
    list_select_related = ["by"]

    def has_view_permission(self, request, obj=None):
        return has_role(request.user, Role.ADMIN, Role.AUDITOR) or has_role(request.user, Role.COORDINATOR)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
