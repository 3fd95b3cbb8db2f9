"""Lists that the office keeps for every formal check: the default card, and the reasons of rejection."""

from django.contrib import admin

from core.accounts.roles import Role
from core.city.desk import OfficialAdmin

from ..models import FormalItemTemplate, RejectionReason


@admin.register(FormalItemTemplate)
class FormalItemTemplateAdmin(OfficialAdmin):
    """Each new card begins with a copy of the active items."""

    editors = (Role.COORDINATOR,)
    list_display = ["text", "code", "is_correctable", "hint", "position", "is_active"]
    list_filter = ["is_active", "is_correctable"]
    search_fields = ["text"]


@admin.register(RejectionReason)
class RejectionReasonAdmin(OfficialAdmin):
    """A reason that is not used any more is made inactive; cases of the past keep it."""

    editors = (Role.COORDINATOR,)
    list_display = ["label", "code", "position", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["code", "label"]
