"""What every reader may send in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.common.antispam import AntiSpamMixin


class ErrorReportForm(AntiSpamMixin, forms.Form):
    """Pointing out a mistake in a profile, without an account (R-ORG-20)."""

    text = forms.CharField(
        label=_("Co jest nie tak"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Napisz, które dane są nieaktualne i jakie powinny być."),
    )
    email = forms.EmailField(
        label=_("Twój adres e-mail"), required=False, help_text=_("Podaj go, jeśli mamy odpisać.")
    )
