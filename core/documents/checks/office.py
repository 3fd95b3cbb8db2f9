"""Documents that are ZIP archives inside: judged by their directory, before anything is unpacked."""

import io
import struct
import zipfile

from django.utils.translation import gettext as _

from .refusal import Finding, Refused, broken, has_macros, locked, not_what_it_says
from .signatures import require_signature

MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
LARGEST_DIRECTORY = 1024 * 1024
LARGEST_PART_READ = 1024 * 1024

OLE_START = b"\xd0\xcf\x11\xe0"  # what Office writes around a document with a password, and its old formats
DIRECTORY_END = b"PK\x05\x06"
DIRECTORY_END_SIZE = 22
IS_ENCRYPTED = 0x1

MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
ODF_TYPES = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
ACTIVE_FILES = ("vbaproject.bin", "vbadata.xml")
ACTIVE_FOLDERS = ("basic/", "scripts/", "macros/")


def check_ooxml(content: bytes, extension: str) -> Finding:
    """A document or a spreadsheet of Office, without macros."""
    with _opened(content, extension) as package:
        names = _checked_names(package)
        if MAIN_PARTS[extension] not in names or "[Content_Types].xml" not in names:
            raise not_what_it_says(extension)
        if b"macroenabled" in _part(package, "[Content_Types].xml").lower():
            raise has_macros()
    return Finding()


def check_odf(content: bytes, extension: str) -> Finding:
    """A document or a spreadsheet of LibreOffice, without macros."""
    with _opened(content, extension) as package:
        names = _checked_names(package)
        if "mimetype" not in names or _part(package, "mimetype").strip() != ODF_TYPES[extension]:
            raise not_what_it_says(extension)
        if "META-INF/manifest.xml" in names and b"encryption-data" in _part(package, "META-INF/manifest.xml"):
            raise locked()
    return Finding()


def _opened(content: bytes, extension: str) -> zipfile.ZipFile:
    if content.startswith(OLE_START):
        raise locked()
    require_signature(content, extension, also="zip")
    _refuse_large_directory(content)
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, OverflowError) as error:
        raise broken() from error


def _refuse_large_directory(content: bytes) -> None:
    """Reads the end record by itself: listing a directory of millions would already cost too much."""
    at = content.rfind(DIRECTORY_END)
    if at < 0 or len(content) < at + DIRECTORY_END_SIZE:
        raise broken()
    entries, size = struct.unpack_from("<HI", content, at + 10)
    if entries > MOST_ENTRIES or size > LARGEST_DIRECTORY:
        raise too_much_inside()


def _checked_names(package: zipfile.ZipFile) -> set[str]:
    entries = package.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise too_much_inside()
    if any(entry.flag_bits & IS_ENCRYPTED for entry in entries):
        raise locked()
    names = {entry.filename for entry in entries}
    if any(_leaves_the_package(name) for name in names):
        raise broken()
    if any(_is_active(name.lower()) for name in names):
        raise has_macros()
    return names


def _leaves_the_package(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _is_active(name: str) -> bool:
    return name.endswith(ACTIVE_FILES) or name.startswith(ACTIVE_FOLDERS) or "/activex/" in name


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    """A small part; one that unpacks to more than it may is cut."""
    try:
        with package.open(name) as part:
            return part.read(LARGEST_PART_READ)
    except Exception as error:  # the packers of foreign bytes raise whatever comes
        raise broken() from error


def too_much_inside() -> Refused:
    return Refused(
        _("Plik: po rozpakowaniu jest za duży. Zmniejsz obrazy w dokumencie albo zapisz go jako PDF.")
    )
