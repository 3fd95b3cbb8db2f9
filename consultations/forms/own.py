"""Forms of people who have sent remarks: files, wishes, a lost link."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.common.antispam import AntiSpamMixin

from .. import law
from ..actions.participation import WISHES
from ..models import Submission
from .fields import FilesField


class MoreFilesForm(forms.Form):
    """Files added to what has been sent already."""

    files = FilesField(
        label=_("Pliki"),
        help_text=_(
            "Zgłoszenie może mieć 5 plików: PDF, DOCX, ODT, XLSX, ODS, CSV, TXT, RTF, JPG, PNG lub WEBP. "
            "Czyta je tylko urząd."
        ),
    )


class WishesForm(forms.Form):
    """What one wants to hear of, and the consent to one's name: changed whenever one likes."""

    wants_report = forms.BooleanField(
        label=_(
            "Wyślij mi też wiadomość, gdy zapadnie decyzja. Raport z odpowiedziami wyślemy w każdym razie."
        ),
        required=False,
    )
    wants_survey = forms.BooleanField(
        label=_("Po raporcie wyślij mi krótką ankietę: jak oceniam te konsultacje."), required=False
    )
    may_publish_name = forms.BooleanField(
        label=_("Zgadzam się na publikację mojego imienia i nazwiska przy uwadze."), required=False
    )

    def __init__(self, *args, submission: Submission, **kwargs):
        super().__init__(*args, **kwargs)
        if not submission.email:
            del self.fields["wants_report"], self.fields["wants_survey"]
        if submission.respondent_type in law.NAMED_BODIES or not submission.name:
            del self.fields["may_publish_name"]

    @classmethod
    def of(cls, submission: Submission, data: Any = None) -> "WishesForm":
        present = {name: getattr(submission, name) for name in WISHES}
        return cls(data, initial=present, submission=submission)


class LostLinkForm(AntiSpamMixin, forms.Form):
    """Number and address; the answer is the same whether there is such a submission or not."""

    number = forms.CharField(
        label=_("Numer zgłoszenia"),
        max_length=30,
        help_text=_("Jest w potwierdzeniu, np. K/12/2026/0007."),
    )
    email = forms.EmailField(
        label=_("Adres e-mail"), max_length=254, help_text=_("Ten, który podano w formularzu.")
    )

    def clean_number(self) -> str:
        """Judged by its shape only: whether there is such a submission is told to nobody."""
        number = self.cleaned_data["number"].strip().upper()
        if not law.is_receipt_number(number):
            raise forms.ValidationError(_("wpisz numer w postaci K/12/2026/0007"))
        return number
