"""Forms of the document: a file to read, and what was read, before it is kept."""

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.common.formats import file_size

from ..document.files import ACCEPT, ReadDocument, read_document
from ..document.typed import write_points
from ..enums import VersionPurpose
from ..models import Consultation, DocumentVersion
from .notice import PointsField

# A longer text is corrected in its file: a box of that length helps nobody.
MOST_TYPED = 200_000


class ReadingField(forms.FileField):
    """A file that is read when the form is; the cleaned value are its points."""

    widget = forms.FileInput
    default_error_messages = {
        "required": _("Plik: wybierz plik ze swojego komputera."),
        "invalid": _("Plik: nie dotarł. Wybierz go i wyślij jeszcze raz."),
        "missing": _("Plik: nie dotarł. Wybierz go i wyślij jeszcze raz."),
        "empty": _("Plik: jest pusty. Sprawdź, czy otwiera się na Twoim komputerze, i dodaj go jeszcze raz."),
    }

    def clean(self, data, initial=None) -> ReadDocument | None:
        upload = super().clean(data, initial)
        return read_document(upload) if upload else None

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "accept": ACCEPT}


class VersionFields(forms.Form):
    """What a version of the document is."""

    purpose = forms.ChoiceField(label=_("Co to jest"), choices=VersionPurpose.choices)
    stage = forms.ModelChoiceField(
        queryset=None, label=_("Etap"), required=False, empty_label=_("cała konsultacja")
    )

    def __init__(self, *args, consultation: Consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stage"].queryset = consultation.stages.all()
        likely = VersionPurpose.AFTER if consultation.is_ended else VersionPurpose.CONSULTED
        self.fields["purpose"].initial = likely


class ImportForm(VersionFields):
    upload = ReadingField(
        label=_("Plik z dokumentem"),
        help_text=format_lazy(
            _(
                "DOCX, ODT, HTML, Markdown (.md) albo TXT, najwyżej {limit}. Rozdziały poznajemy po stylach "
                "nagłówków i po słowach „§”, „Rozdział”, „Załącznik”. Obrazów nie przenosimy."
            ),
            limit=file_size(settings.UPLOAD_MAX_BYTES),
        ),
    )
    field_order = ["upload", "purpose", "stage"]


class PreviewForm(VersionFields):
    """What was read, with a box to correct it."""

    title = forms.CharField(
        label=_("Tytuł dokumentu"),
        required=False,
        max_length=300,
        help_text=_("Puste: tytuł konsultacji."),
    )
    text = PointsField(
        label=_("Treść punkt po punkcie"),
        max_length=MOST_TYPED,
        help_text=_(
            "Każdy rozdział i punkt w osobnym wierszu, z numerem na początku. Wiersz bez numeru należy do punktu "
            "wyżej. „#” przed numerem robi z wiersza nagłówek, dwukropek za numerem zwykły punkt. Listy i tabele zachowują układ, dopóki nie zmienisz ich słów."
        ),
    )
    reason = forms.CharField(
        label=_("Skąd ta wersja"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Po ogłoszeniu zobaczą to wszyscy przy nowej wersji."),
    )
    field_order = ["title", "purpose", "stage", "text", "reason"]

    def __init__(self, *args, version: DocumentVersion, points: list, is_only_saved: bool = False, **kwargs):
        text = write_points(points)
        initial = {
            "title": version.title,
            "purpose": version.purpose,
            "stage": version.stage_id,
            "text": text,
        }
        super().__init__(*args, initial=initial, consultation=version.consultation, **kwargs)
        self.fields["reason"].required = version.consultation.has_notice and not is_only_saved
        self.fields["reason"].error_messages["required"] = _("napisz, skąd nowa wersja")
        self.fields["text"].widget.attrs["rows"] = 24
        if len(text) > MOST_TYPED:
            del self.fields["text"]
