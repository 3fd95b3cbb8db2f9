"""Rows below a record of the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .desk_fields import NativeFields


class OfficialInline(NativeFields, admin.TabularInline):
    """Rows below a case: whoever may change the case may change them."""

    extra = 0
    # Without JavaScript nobody can add rows to the page: this parameter of the address asks for empty ones.
    rows_parameter = "wiersze"
    rows_offered = 3
    # What to do with a row that others stand on, in the place of deleting it.
    instead_of_deleting: Any = _("Odwołaj ten wiersz albo go popraw.")

    def get_extra(self, request, obj=None, **kwargs):
        return self.rows_offered if self.rows_parameter in request.GET else self.extra

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = _told_plainly(formset.form, self)
        return formset

    def _may(self, request, obj) -> bool:
        owner = self.admin_site._registry[self.parent_model]
        return owner.has_change_permission(request, obj) if obj else owner.has_add_permission(request)

    def has_view_permission(self, request, obj=None):
        return self.admin_site._registry[self.parent_model].has_view_permission(request, obj)

    def has_add_permission(self, request, obj):
        return self._may(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._may(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._may(request, obj)


def _told_plainly(form: type[forms.ModelForm], inline: OfficialInline) -> type[forms.ModelForm]:
    """The form of a row, which says in our own words why the row cannot go."""

    class Row(form):
        def hand_clean_DELETE(self):  # noqa: N802 - the name is Django's
            try:
                super().hand_clean_DELETE()
            except ValidationError as refused:
                if refused.code != "deleting_protected":
                    raise
                text = _("Nie można usunąć: %(row)s. Są z tym związane inne zapisy.") % {"row": self.instance}
                advice = [str(text), str(inline.instead_of_deleting)]
                raise ValidationError(" ".join(filter(None, advice)), code=refused.code) from refused

    return Row
