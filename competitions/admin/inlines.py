"""Rows of a notice on the desk."""

from django import forms
from django.db import models

from core.city.desk import OfficialInline
from core.city.desk_fields import FIELDS

from ..models import Call


class NoticeInline(OfficialInline):
    """Rows of the notice: edited as long as the notice is a draft, not shown later."""

    formfield_overrides = {
        **FIELDS,
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 2})},
        models.DecimalField: {"localize": True},
    }

    def _may(self, request, obj) -> bool:
        return super()._may(request, obj) and (obj is None or obj.is_notice_editable)


def _inline(name: str) -> type[NoticeInline]:
    model = Call._meta.get_field(name).related_model
    return type(f"{model.__name__}Inline", (NoticeInline,), {"model": model, "__module__": __name__})


# By the name of the rows; the steps of the form take them from here.
INLINES = {
    name: _inline(name)
    for name in (
        "budget_years",
        "budget_sources",
        "parts",
        "budget_items",
        "prior_funding",
        "phases",
        "premises",
        "intake_windows",
        "criteria",
        "checks",
    )
}
