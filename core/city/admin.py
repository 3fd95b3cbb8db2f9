"""The city's own data on the desk: units, districts, spheres, branches, roles."""

from django.contrib import admin
from django.core.cache import cache

from core.accounts.actions import end_all_sessions
from core.accounts.models import User
from core.accounts.permissions import may_manage_accounts
from core.accounts.roles import Role

from .desk import OfficialAdmin, OfficialInline
from .models import Branch, City, District, OrganizationalUnit, RoleGrant, TaskSphere, UnitName


class ConfigurationAdmin(OfficialAdmin):
    """Rows of the whole city: coordinator and administrator edit."""

    editors = (Role.ADMIN,)


@admin.register(City)
class CityAdmin(ConfigurationAdmin):
    def has_add_permission(self, request):
        return super().has_add_permission(request) and not City.objects.exists()

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        cache.delete("city")


class UnitNameInline(OfficialInline):
    model = UnitName


@admin.register(OrganizationalUnit)
class UnitAdmin(ConfigurationAdmin):
    list_display = ["name", "abbreviation", "kind", "active_from", "active_to", "successor"]
    list_filter = ["kind"]
    search_fields = ["name", "abbreviation", "names__name"]
    autocomplete_fields = ["parent", "successor"]
    inlines = [UnitNameInline]


@admin.register(District)
class DistrictAdmin(ConfigurationAdmin):
    list_display = ["number", "name", "residents"]
    search_fields = ["name"]


@admin.register(TaskSphere)
class TaskSphereAdmin(ConfigurationAdmin):
    list_display = ["statutory_no", "label", "valid_from", "valid_to"]
    search_fields = ["statutory_no", "label"]


@admin.register(Branch)
class BranchAdmin(ConfigurationAdmin):
    list_display = ["label", "position"]
    filter_horizontal = ["spheres"]


@admin.register(RoleGrant)
class RoleGrantAdmin(ConfigurationAdmin):
    """Roles are given by administrators, and not to themselves; a changed role begins with a new log-in."""

    list_display = ["user", "role", "unit", "valid_until"]
    list_filter = ["role", ("unit", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["user__full_name", "user__email", "unit__name"]
    autocomplete_fields = ["user", "unit"]

    def _is_editor(self, request, obj):
        is_own = obj is not None and obj.user_id == request.user.pk and not request.user.is_superuser
        return may_manage_accounts(request.user) and not is_own

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user" and not request.user.is_superuser:
            kwargs["queryset"] = User.objects.exclude(pk=request.user.pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        end_all_sessions(obj.user)
