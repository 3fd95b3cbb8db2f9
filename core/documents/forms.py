"""Forms for files and proofs of publication."""

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.common.form_fields import DayField, DayInput, WebAddressField
from core.common.formats import file_size

from .checks import ACCEPT, Examined, examine
from .enums import Audience
from .models import Attachment, PublicationProof

_HINT = format_lazy(
    _("PDF, DOCX, ODT, XLSX, ODS, CSV, TXT, RTF, JPG, PNG lub WEBP, najwyżej {limit}."),
    limit=file_size(settings.UPLOAD_MAX_BYTES),
)


class DocumentField(forms.FileField):
    """A file that is examined when the form is; the cleaned value goes to the actions as it is."""

    widget = forms.FileInput
    default_error_messages = {
        "required": _("Plik: wybierz plik ze swojego komputera."),
        "invalid": _("Plik: nie dotarł. Wybierz go i wyślij jeszcze raz."),
        "missing": _("Plik: nie dotarł. Wybierz go i wyślij jeszcze raz."),
        "empty": _("Plik: jest pusty. Sprawdź, czy otwiera się na Twoim komputerze, i dodaj go jeszcze raz."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Plik"))
        kwargs.setdefault("help_text", _HINT)
        super().__init__(**kwargs)

    def clean(self, data, initial=None) -> Examined | None:
        upload = super().clean(data, initial)
        return examine(upload) if upload else None

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "accept": ACCEPT}


class AttachmentForm(forms.ModelForm):
    """A new file of a record."""

    upload = DocumentField()
    field_order = ["title", "upload", "audience"]

    class Meta:
        model = Attachment
        fields = ["title", "audience"]
        widgets = {"audience": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = Audience.choices
        self.fields["title"].help_text = _("Tak plik będzie się nazywał na stronie, np. Regulamin konkursu.")


class ReplacementForm(forms.Form):
    """A new version of a file."""

    upload = DocumentField(label=_("Nowa wersja pliku"))
    reason = forms.CharField(
        label=_("Powód"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Zobaczą go czytelnicy historii zmian."),
    )


class RemovalForm(forms.Form):
    """Why a file goes."""

    reason = forms.CharField(
        label=_("Powód"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Zobaczą go czytelnicy historii zmian."),
    )


class PublicationForm(forms.ModelForm):
    """Where something was published."""

    url = WebAddressField(
        label=_("Adres strony"),
        max_length=500,
        required=False,
        help_text=_("Dla BIP i strony urzędu, np. https://www.bip.krakow.pl/ogloszenie."),
    )

    class Meta:
        model = PublicationProof
        fields = ["purpose", "place", "published_on", "url", "location"]
        field_classes = {"published_on": DayField}
        widgets = {"published_on": DayInput}


class TakedownForm(forms.Form):
    """When a notice was taken down."""

    removed_on = DayField(label=_("Zdjęto dnia"))
