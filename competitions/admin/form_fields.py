"""Fields of the desk forms of calls."""

from django import forms


class LinesField(forms.CharField):
    """A list of texts, one in each line."""

    widget = forms.Textarea

    def __init__(self, **kwargs):
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        super().__init__(**{**kwargs, "required": False, "widget": forms.Textarea(attrs={"rows": 3})})

    def prepare_value(self, value):
        return "\n".join(str(part) for part in value) if isinstance(value, list) else value

    def to_python(self, value):
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def has_changed(self, initial, data):
        return self.to_python(data) != (initial or [])
