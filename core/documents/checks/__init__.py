"""What comes in as a file: looked at before it is kept.

``examine`` says no in Polish, with a reason and a way out, or gives the file ready for keeping:
cleanly named, of a kind that its content bears out, pictures drawn anew without hidden data.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core.common.formats import file_size

from .names import clean_name, extension_of, refuse_extension
from .office import check_odf, check_ooxml
from .pdf import check_pdf
from .pictures import check_picture
from .refusal import Finding, Refused
from .texts import check_csv, check_rtf, check_txt

__all__ = ["ACCEPT", "Examined", "Refused", "examine"]


@dataclass(frozen=True)
class FileKind:
    """One kind of file that is accepted, and who looks into it."""

    content_type: str
    check: Callable[[bytes, str], Finding]


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
KINDS = {
    "pdf": FileKind("application/pdf", check_pdf),
    "docx": FileKind(f"{_OOXML}.wordprocessingml.document", check_ooxml),
    "xlsx": FileKind(f"{_OOXML}.spreadsheetml.sheet", check_ooxml),
    "odt": FileKind(f"{_ODF}.text", check_odf),
    "ods": FileKind(f"{_ODF}.spreadsheet", check_odf),
    "csv": FileKind("text/csv", check_csv),
    "txt": FileKind("text/plain", check_txt),
    "rtf": FileKind("application/rtf", check_rtf),
    "jpg": FileKind("image/jpeg", check_picture),
    "png": FileKind("image/png", check_picture),
    "webp": FileKind("image/webp", check_picture),
}
# for the attribute of the same name of <input type="file">
ACCEPT = ",".join(f".{extension}" for extension in [*KINDS, "jpeg"])


@dataclass(frozen=True)
class Examined:
    """A file that may be kept. ``has_text_layer`` and ``is_tagged`` are told of PDF only."""

    name: str
    content_type: str
    content: ContentFile
    size: int
    sha256: str
    has_text_layer: bool | None = None
    is_tagged: bool | None = None


def examine(upload: UploadedFile) -> Examined:
    """The file, ready for keeping. Raises ``Refused`` (a ValidationError) with a message for people."""
    name = clean_name(upload.name or "")
    extension = extension_of(name)
    if extension not in KINDS:
        refuse_extension(name, extension, list(KINDS))
    _check_size(upload.size or 0)
    content = upload.read(settings.UPLOAD_MAX_BYTES + 1)
    _check_size(len(content))
    kind = KINDS[extension]
    finding = kind.check(content, extension)
    kept = content if finding.content is None else finding.content
    return Examined(
        name=name,
        content_type=kind.content_type,
        content=ContentFile(kept, name=name),
        size=len(kept),
        sha256=hashlib.sha256(kept).hexdigest(),
        has_text_layer=finding.has_text_layer,
        is_tagged=finding.is_tagged,
    )


def _check_size(size: int) -> None:
    if size == 0:
        raise Refused(
            _("Plik: jest pusty. Sprawdź, czy otwiera się na Twoim komputerze, i dodaj go jeszcze raz.")
        )
    if size > settings.UPLOAD_MAX_BYTES:
        limit = file_size(settings.UPLOAD_MAX_BYTES)
        raise Refused(
            _("Plik: jest za duży. Zmniejsz go do %(limit)s albo podziel na części.") % {"limit": limit}
        )
