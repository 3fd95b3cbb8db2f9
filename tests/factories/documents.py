"""Files as people send them, good and nasty, and rows of documents made by the real actions."""

import io
import struct
import zipfile
import zlib

import factory
import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.common.clock import now
from core.documents import actions
from core.documents.enums import Audience, Place, Purpose
from core.documents.models import Attachment, PublicationProof

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
)
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
# The harmless text that every virus scanner calls a virus, in two halves so that none finds it here.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def upload(name: str, content: bytes | None = None) -> SimpleUploadedFile:
    """A file on its way in; without content one that is right for its extension."""
    return SimpleUploadedFile(
        name, good_content(name.rpartition(".")[2].lower()) if content is None else content
    )


def good_content(extension: str) -> bytes:
    makers = {
        "pdf": pdf,
        "docx": docx,
        "xlsx": xlsx,
        "odt": lambda: odf(ODT),
        "ods": lambda: odf(ODS),
        "csv": lambda: "Nazwa;Kwota\nŁączka;100\n".encode(),
        "txt": lambda: "Zażółć gęślą jaźń\n".encode(),
        "rtf": lambda: rb"{\rtf1\ansi Statut}",
        "jpg": lambda: picture("JPEG"),
        "jpeg": lambda: picture("JPEG"),
        "png": lambda: picture("PNG"),
        "webp": lambda: picture("WEBP"),
    }
    return makers[extension]()


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP of these parts, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def docx(extra: dict[str, str | bytes] | None = None) -> bytes:
    return packed(
        {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<w:document/>", **(extra or {})}
    )


def xlsx() -> bytes:
    return packed({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": "<workbook/>"})


def odf(mimetype: str, extra: dict[str, str | bytes] | None = None) -> bytes:
    return packed(
        {"mimetype": mimetype, "content.xml": "<office/>", "META-INF/manifest.xml": "<m/>", **(extra or {})}
    )


def pdf(*, text: str = "Regulamin", is_tagged: bool = False, password: str = "", pages: int = 1) -> bytes:
    """A small PDF: with text or only with a drawing, with or without tags and a password."""
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page(page_size=(200, 200))
        drawn = f"BT /F1 12 Tf 10 100 Td ({text}) Tj ET" if text else "0 0 100 100 re f"
        document.pages[-1].Contents = document.make_stream(drawn.encode())
    if is_tagged:
        document.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        document.Root.StructTreeRoot = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot)
    out = io.BytesIO()
    document.save(out, encryption=pikepdf.Encryption(owner=password, user=password) if password else False)
    return out.getvalue()


def picture(kind: str, *, size: tuple[int, int] = (12, 8), exif: Image.Exif | None = None) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind, **({"exif": exif} if exif else {}))
    return out.getvalue()


def png_of_size(width: int, height: int) -> bytes:
    """A PNG whose header promises so many pixels, in less than a hundred bytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 64)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


class AttachmentFactory(factory.Factory):
    """``AttachmentFactory(record=…)``: a file of a record, added as an official would."""

    class Meta:
        model = Attachment

    record = None
    upload = factory.LazyFunction(lambda: upload("regulamin.pdf"))
    title = "Regulamin"
    audience = Audience.PUBLIC
    by = None
    at = factory.LazyFunction(now)

    @classmethod
    def _create(cls, model_class, *args, record, upload, **fields):
        return actions.attach(record, upload, **fields)


class PublicationProofFactory(factory.Factory):
    """``PublicationProofFactory(record=…)``: a notice published in BIP today."""

    class Meta:
        model = PublicationProof

    record = None
    place = Place.BIP
    purpose = Purpose.NOTICE
    published_on = factory.LazyAttribute(lambda made: made.at.date())
    url = "https://bip.example/ogloszenie"
    location = ""
    by = None
    at = factory.LazyFunction(now)

    @classmethod
    def _create(cls, model_class, *args, record, **fields):
        return actions.record_publication(record, **fields)
