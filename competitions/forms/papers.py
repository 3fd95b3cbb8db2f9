"""Input of the papers' pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    upload = forms.FileField(
        label=_("Wypełniony plik"),
        help_text=_(
            "Formularz .docx albo kosztorys .xlsx pobrany z tej strony. Najpierw pokażemy, co się zmieni."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.xlsx"}),
        error_messages={"required": _("wybierz plik z formularzem"), "empty": _("plik jest pusty")},
    )
