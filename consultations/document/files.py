"""A file with a document: checked, read, numbered. Everything that is wrong is said in Polish, with a way out."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core.common.formats import file_size
from core.documents.checks import Refused, examine
from core.documents.checks.names import clean_name, extension_of, refuse_extension
from core.documents.checks.refusal import not_what_it_says

from .blocks import Block, bounded
from .docx import read_docx
from .html import read_html
from .markdown import read_markdown
from .numbering import title_and_points
from .odt import read_odt
from .points import PointText

PACKAGES: dict[str, Callable[[bytes], list[Block]]] = {"docx": read_docx, "odt": read_odt}
TEXTS: dict[str, Callable[[str], list[Block]]] = {
    "html": read_html, "htm": read_html, "md": read_markdown, "markdown": read_markdown, "txt": read_markdown,
}  # fmt: skip
ACCEPTED = ["docx", "odt", "html", "md", "txt"]
ACCEPT = ",".join(f".{extension}" for extension in [*PACKAGES, *TEXTS])
LARGEST_TEXT = 5 * 1024 * 1024
CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{1,40})", re.IGNORECASE)
CHARSETS = {"windows-1250", "iso-8859-2", "windows-1252", "iso-8859-1"}
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True)
class ReadDocument:
    """What a file gave."""

    name: str
    title: str
    points: list[PointText]


def read_document(upload: UploadedFile) -> ReadDocument:
    """The numbered points of a file. Raises ``Refused`` (a ValidationError) with a message for people."""
    name = clean_name(upload.name or "")
    extension = extension_of(name)
    if extension in PACKAGES:
        blocks = PACKAGES[extension](examine(upload).content.read())
    elif extension in TEXTS:
        blocks = TEXTS[extension](_text_of(upload, extension))
    else:
        raise _foreign(name, extension)
    title, points = title_and_points(bounded(blocks))
    return ReadDocument(name, title, points)


def _foreign(name: str, extension: str) -> Refused:
    if extension == "pdf":
        return Refused(
            _("Plik: z PDF nie da się odczytać punktów. Wczytaj plik .docx albo .odt, z którego powstał.")
        )
    try:
        refuse_extension(name, extension, ACCEPTED)
    except Refused as refused:
        return refused


def _text_of(upload: UploadedFile, extension: str) -> str:
    content = upload.read(LARGEST_TEXT + 1)
    if not content.strip():
        raise Refused(
            _("Plik: jest pusty. Sprawdź, czy otwiera się na Twoim komputerze, i dodaj go jeszcze raz.")
        )
    if len(content) > min(LARGEST_TEXT, settings.UPLOAD_MAX_BYTES):
        raise Refused(
            _("Plik: jest za duży. Zmniejsz go do %(limit)s albo podziel na części.")
            % {"limit": file_size(LARGEST_TEXT)}
        )
    for encoding in dict.fromkeys(["utf-8-sig", *_declared(content), "cp1250"]):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not CONTROLS.search(text):
            return text
    raise not_what_it_says(extension)


def _declared(content: bytes) -> list[str]:
    found = CHARSET.search(content[:2000])
    name = found[1].decode("ascii").lower() if found else ""
    return [name] if name in CHARSETS else []
