"""Answering questions for the reasons of a choice (R-CALL-39)."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialAdmin
from core.common.clock import now

from ..actions import committee as actions
from ..models import ReasonRequest
from ..permissions import EDITORS, may_run


@admin.register(ReasonRequest)
class ReasonRequestAdmin(OfficialAdmin):
    editors = EDITORS
    unit_lookup = "call__unit"
    list_display = ["text", "call", "asked_at", "due_on", "answered_at", "is_public"]
    list_filter = [("answered_at", admin.EmptyFieldListFilter), "is_public"]
    list_select_related = ["call"]
    search_fields = ["text", "call__title"]
    readonly_fields = ["call", "about", "text", "asked_at", "due_on", "answered_at"]
    fields = ["call", "about", "text", "asked_at", "due_on", "answer", "is_public", "answered_at"]

    @admin.display(description=_("oferta"))
    def about(self, obj: ReasonRequest) -> str:
        return obj.about or str(_("cały wynik konkursu"))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        """Who runs the call answers; other editors of the unit only read."""
        return super().has_change_permission(request, obj) and (
            obj is None or may_run(request.user, obj.call)
        )

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if "answer" in form.base_fields:
            form.base_fields["answer"].required = True
        return form

    def save_model(self, request, obj, form, change):
        data = form.cleaned_data
        actions.answer_reasons(
            obj, answer=data["answer"], is_public=data["is_public"], by=request.user, at=now()
        )
