"""Form fields the way people here write: »1 200,50 zł«, 24.11.2026, native date inputs."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?")
SPACES_AND_UNIT = re.compile(r"[\s\u00a0\u202f]|zł|PLN", re.IGNORECASE)


class DayInput(forms.DateInput):
    """The browser's own date picker; it speaks ISO whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__({"class": "w-m", **(attrs or {})}, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__({"class": "w-m", **(attrs or {})}, format="%Y-%m-%dT%H:%M")


class DayField(forms.DateField):
    widget = DayInput
    input_formats = ["%Y-%m-%d", "%d.%m.%Y"]
    default_error_messages = {"invalid": _("wpisz dzień, miesiąc i rok, na przykład 24.11.2026")}


class MomentField(forms.DateTimeField):
    widget = MomentInput
    input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"]
    default_error_messages = {"invalid": _("wpisz dzień i godzinę, na przykład 24.11.2026 15:30")}


class HourField(forms.TimeField):
    input_formats = ["%H:%M", "%H:%M:%S", "%H.%M"]
    default_error_messages = {"invalid": _("wpisz godzinę i minuty, na przykład 17:30")}


class WebAddressField(forms.URLField):
    """The address of a page; without »https://« before it that is what is meant."""

    default_error_messages = {"invalid": _("wklej cały adres, na przykład https://www.krakow.pl")}

    def __init__(self, *, assume_scheme="https", **kwargs):
        super().__init__(assume_scheme=assume_scheme, **kwargs)


class WholeNumberField(forms.IntegerField):
    default_error_messages = {
        "invalid": _("wpisz liczbę bez przecinka, na przykład 12"),
        "min_value": _("wpisz liczbę nie mniejszą niż %(limit_value)s"),
        "max_value": _("wpisz liczbę nie większą niż %(limit_value)s"),
    }


class MoneyField(forms.DecimalField):
    """An amount in złote with at most two decimals; spaces, »zł« and a decimal comma are understood."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("wpisz kwotę w złotych, na przykład 1200,50"),
        "min_value": _("wpisz kwotę nie mniejszą niż %(limit_value)s zł"),
        "max_value": _("wpisz kwotę nie większą niż %(limit_value)s zł"),
    }

    def __init__(self, *, min_value=Decimal(0), **kwargs):
        super().__init__(min_value=min_value, max_digits=14, decimal_places=2, **kwargs)

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, Decimal):
            return super().to_python(value)
        written = SPACES_AND_UNIT.sub("", str(value)).replace(",", ".")
        if not AMOUNT.fullmatch(written):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(written)

    def prepare_value(self, value):
        return f"{value:.2f}".replace(".", ",") if isinstance(value, Decimal) else value

    def widget_attrs(self, widget):
        return {"inputmode": "decimal", "data-unit": "zł", "class": "w-m r"}
