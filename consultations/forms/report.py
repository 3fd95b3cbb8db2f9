"""The step that ends a consultation: what was decided."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Consultation


class OutcomeForm(forms.Form):
    """The outcome as it goes out, to be written here or read once more."""

    outcome = forms.CharField(
        label=_("Wynik"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Napisz, co zdecydowano i które uwagi wykorzystano. Ten tekst będzie publiczny i pójdzie w wiadomościach."
        ),
        error_messages={"required": _("Napisz, co zdecydowano i które uwagi wykorzystano.")},
    )
    outcome_url = forms.URLField(
        label=_("Adres przyjętego aktu"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Na przykład uchwała albo zarządzenie w Biuletynie Informacji Publicznej."),
    )

    def __init__(self, data: Any, *, consultation: Consultation):
        initial = {"outcome": consultation.outcome, "outcome_url": consultation.outcome_url}
        super().__init__(data, initial=initial)
