"""Fields that take what people paste and pick: plain text of any origin, several files at once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.common.formats import number
from core.documents.checks import Examined
from core.documents.forms import DocumentField

from ..law.texts import LONGEST_TEXT, clean_text

MOST_FILES = 5


class FoldedBoxes(forms.CheckboxSelectMultiple):
    """A long list of boxes that is folded while nothing in it is ticked; so a wrong choice is never hidden."""

    template_name = "consultations/admin/folded_boxes.html"

    def get_context(self, name, value, attrs) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["ticked"] = len(value or [])
        return context


class PlainTextField(forms.CharField):
    """Text without invisible characters. Its length is judged by us: a browser would cut off a paste in silence."""

    def __init__(self, *, rows: int, longest: int = LONGEST_TEXT, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.longest = longest

    def to_python(self, value: Any) -> str:
        text = clean_text(str(value)) if value not in self.empty_values else ""
        if len(text) > self.longest:
            raise ValidationError(
                _(
                    "ma %(length)s znaków, a może mieć %(limit)s. Skróć tekst, podziel go na kilka uwag albo "
                    "dołącz jako plik."
                ),
                code="max_length",
                params={"length": number(len(text)), "limit": number(self.longest)},
            )
        return text


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(DocumentField):
    """Several files, each examined; a mistake names its file. What a browser forgets is said by the page."""

    widget = ManyFilesInput
    default_error_messages = {"required": _("wybierz plik ze swojego komputera")}

    def __init__(self, *, most: int = MOST_FILES, **kwargs):
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> list[Examined]:
        uploads = [upload for upload in (data if isinstance(data, (list, tuple)) else [data]) if upload]
        if self.required and not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > self.most:
            raise ValidationError(
                _("wybierz najwyżej %(most)d plików albo połącz kilka w jeden."), params={"most": self.most}
            )
        found, wrong = [], []
        own = f"{_('Plik')}: "  # the file's own name says more
        for upload in uploads:
            try:
                found.append(super().clean(upload, initial))
            except ValidationError as refused:
                wrong += [f"{upload.name}: {text.removeprefix(own)}" for text in refused.messages]
        if wrong:
            raise ValidationError(wrong)
        return found

    def accepted(self, uploads: Sequence[UploadedFile]) -> list[str]:
        """The names of the files that may be chosen again as they are; too many are to be chosen anew."""
        return (
            [upload.name for upload in uploads if self._is_right(upload)] if len(uploads) <= self.most else []
        )

    def _is_right(self, upload: UploadedFile) -> bool:
        upload.seek(0)  # it may have been examined already
        try:
            return bool(super().clean(upload))
        except ValidationError:
            return False
