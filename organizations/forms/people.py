"""Who may act for an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import MandateRole


class MandateRequestForm(forms.Form):
    """Asking for the right to act for an organisation (R-ORG-19)."""

    role = forms.ChoiceField(
        label=_("Rola, o którą prosisz"), choices=MandateRole.choices, widget=forms.RadioSelect
    )
    evidence = forms.CharField(
        label=_("Z czego wynika Twoje uprawnienie"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("na przykład wpis w KRS, uchwała zarządu, pełnomocnictwo z dnia 3 maja 2026"),
    )
