"""How the desk asks for days, hours and several choices: with the browser's own controls."""

from django import forms
from django.db import models

from core.common.form_fields import DayField, DayInput, MomentField, MomentInput


class HourInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


FIELDS = {
    models.DateField: {"form_class": DayField, "widget": DayInput},
    models.DateTimeField: {"form_class": MomentField, "widget": MomentInput},
    models.TimeField: {"widget": HourInput},
}


class NativeFields:
    """For admin classes and their inlines; works without JavaScript and needs no help from it."""

    formfield_overrides = FIELDS

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Boxes to tick in the place of a list that wants the Ctrl key, or of two lists with arrows."""
        if db_field.name not in (*self.get_autocomplete_fields(request), *self.raw_id_fields):
            kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        return super().formfield_for_manytomany(db_field, request, **kwargs)
