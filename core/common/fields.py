"""Model fields that several apps need."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

from .form_fields import MoneyField as AmountField
from .formats import counted
from .sanitize import LONGEST, MOST_TAGS, clean_html

PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def validate_length_of_rich_text(value: str) -> None:
    if len(value) > LONGEST:
        raise ValidationError(
            _(
                "Długość tekstu razem z formatowaniem: %(length)s. Mieści się najwyżej %(most)s. Skróć tekst albo dołącz go"
                " jako plik."
            )
            % {
                "length": counted(len(value), _("znak|znaki|znaków")),
                "most": counted(LONGEST, _("znak|znaki|znaków")),
            }
        )
    if value.count("<") > MOST_TAGS:
        raise ValidationError(
            _("Ten tekst ma za dużo formatowania. Wklej go bez formatowania albo dołącz jako plik.")
        )


class RichTextField(ProseEditorField):
    """Rich text, sanitised when it is written, not only when a form is used."""

    default_validators = [validate_length_of_rich_text]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("blank", True)
        kwargs.setdefault(
            "extensions",
            {
                "Bold": True,
                "Italic": True,
                "BulletList": True,
                "ListItem": True,
                "OrderedList": True,
                "Link": True,
                "Heading": {"levels": [3, 4]},
            },
        )
        kwargs.setdefault("sanitize", clean_html)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance, add):
        value = clean_html(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, value)
        return value


def validate_partial_date(value: str) -> None:
    if not PARTIAL_DATE.fullmatch(value):
        raise ValidationError(_("Wpisz rok, rok i miesiąc albo całą datę, np. 2019, 2019-05 lub 2019-05-03."))


class PartialDateField(models.CharField):
    """A date known to the year, the month or the day: »2019«, »2019-05«, »2019-05-03«."""

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 10
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, validate_partial_date]


class MoneyField(models.DecimalField):
    """Złote with two decimals."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        """Typed as people write amounts: »58 486,69 zł«."""
        return models.Field.formfield(self, **{"form_class": AmountField, **kwargs})
