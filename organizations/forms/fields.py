"""Fields of the registry's forms: numbers as people copy them, lists typed line by line."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_NUMBER = 40
NO_YES = [("", _("nie wiem")), ("True", _("tak")), ("False", _("nie"))]


class NumberField(forms.CharField):
    """A register number as people copy it; kept as digits only."""

    def __init__(self, *, normal, **kwargs):
        self.normal = normal
        widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "w-m num"})
        super().__init__(max_length=LONGEST_NUMBER, widget=widget, **kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        return self.normal(text) if text else ""


class LinesField(forms.CharField):
    """A list, one entry in each line."""

    widget = forms.Textarea

    def prepare_value(self, value):
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value):
        return [line.strip() for line in super().to_python(value).splitlines() if line.strip()]

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)
