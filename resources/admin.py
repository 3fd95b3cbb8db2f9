"""Resources on the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import Role
from core.city.desk import OfficialAdmin

from . import law
from .actions import publish_in_search
from .models import Resource


@admin.register(Resource)
class ResourceAdmin(OfficialAdmin):
    editors = (Role.UNIT_EDITOR,)
    unit_lookup = "owner_unit"
    list_display = ["name", "kind", "owner_unit", "district", "missing_fields"]
    list_filter = ["kind", "district"]
    search_fields = ["name", "address"]
    list_select_related = ["owner_unit", "district"]
    prepopulated_fields = {"slug": ["name"]}
    exclude = ["fact_id", "kind_label"]

    @admin.display(description=_("czego brakuje"))
    def missing_fields(self, obj) -> str:
        empty = law.missing({name: getattr(obj, name) for name in law.WANTED})
        return ", ".join(str(obj._meta.get_field(name.removesuffix("_id")).verbose_name) for name in empty)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        publish_in_search(obj)
