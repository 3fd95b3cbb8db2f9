"""PDF: whole, without a password; whether it can be read aloud is noted."""

import io
import re

import pikepdf

from .refusal import Finding, broken, locked
from .signatures import require_signature

LARGEST_STREAM = 16 * 1024 * 1024
PAGES_LOOKED_AT = 20
SHOWS_TEXT = re.compile(rb"(?<![A-Za-z])T[jJ](?![A-Za-z])")

# A few kilobytes can unpack to gigabytes; the limits hold for the whole process.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=LARGEST_STREAM,
    run_length_max_memory=LARGEST_STREAM,
    png_max_memory=LARGEST_STREAM,
    tiff_max_memory=LARGEST_STREAM,
    dct_max_memory=LARGEST_STREAM,
    max_stream_filters=5,
)


def check_pdf(content: bytes, extension: str) -> Finding:
    require_signature(content, extension)
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            if document.is_encrypted:
                raise locked()
            return _looked_through(document)
    except pikepdf.PasswordError as error:
        raise locked() from error
    except (pikepdf.PdfError, RuntimeError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise broken() from error


def _looked_through(document: pikepdf.Pdf) -> Finding:
    pages = [document.pages[n] for n in range(min(len(document.pages), PAGES_LOOKED_AT))]
    if not pages:
        raise broken()
    with_text = sum(_has_text(page) for page in pages)
    return Finding(has_text_layer=2 * with_text >= len(pages), is_tagged=_is_tagged(document))


def _is_tagged(document: pikepdf.Pdf) -> bool:
    marks = document.Root.get("/MarkInfo")
    return marks is not None and bool(marks.get("/Marked", False)) and "/StructTreeRoot" in document.Root


def _has_text(page: pikepdf.Page) -> bool:
    """Whether the page, or a form drawn on it, shows text; a scan without recognition shows only a picture."""
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    drawn = (page.resources.get("/XObject") or {}).values() if "/Resources" in page.obj else []
    forms = [form for form in drawn if form.get("/Subtype") == "/Form"]
    return any(_shows_text(stream) for stream in [*streams, *forms])


def _shows_text(stream) -> bool:
    if not isinstance(stream, pikepdf.Stream):
        return False
    try:
        return SHOWS_TEXT.search(stream.read_bytes()) is not None
    except pikepdf.PdfError:  # an unreadable stream is judged by readers as an empty one
        return False
