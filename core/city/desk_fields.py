"""How the desk asks for days, hours and several choices: with the browser's own controls."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models

from core.common.admin_lists import is_key_of
from core.common.form_fields import (
    DayField,
    DayInput,
    HourField,
    MomentField,
    MomentInput,
    WebAddressField,
    WholeNumberField,
)


class HourInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class SearchedSelect(AutocompleteSelect):
    """The list one searches by typing; of a value that is no key, nothing is shown as chosen."""

    def optgroups(self, name, value, attr=None):
        model = self.field.remote_field.model
        return super().optgroups(name, [key for key in value if is_key_of(model, str(key))], attr)


FIELDS = {
    models.DateField: {"form_class": DayField, "widget": DayInput},
    models.DateTimeField: {"form_class": MomentField, "widget": MomentInput},
    models.TimeField: {"form_class": HourField, "widget": HourInput},
    models.URLField: {"form_class": WebAddressField},
    models.IntegerField: {"form_class": WholeNumberField},
}


class NativeFields:
    """For admin classes and their inlines; works without JavaScript and needs no help from it."""

    formfield_overrides = FIELDS

    def __init_subclass__(cls, **kwargs):
        """A class that adds overrides of its own keeps these."""
        super().__init_subclass__(**kwargs)
        if "formfield_overrides" in cls.__dict__:
            cls.formfield_overrides = {**FIELDS, **cls.formfield_overrides}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchedSelect(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Boxes to tick in the place of a list that wants the Ctrl key, or of two lists with arrows."""
        if db_field.name not in (*self.get_autocomplete_fields(request), *self.raw_id_fields):
            kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        return super().formfield_for_manytomany(db_field, request, **kwargs)
