"""The city's own data on the desk: units, districts, spheres, branches, roles."""

from django.contrib import admin
from django.core.cache import cache

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
    list_display = ["user", "role", "unit", "valid_until"]
    list_filter = ["role", ("unit", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["user__full_name", "user__email", "unit__name"]
    autocomplete_fields = ["user", "unit"]
