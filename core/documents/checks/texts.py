"""Plain text, tables as text, RTF: nothing but text inside."""

import csv
import io
import re

from django.utils.translation import gettext as _

from .refusal import Finding, Refused, broken, has_macros, not_what_it_says
from .signatures import require_signature

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# What browsers and viewers would take for something else than text.
OTHER_STARTS = re.compile(
    r"\s*(<(!doctype|html|head|body|script|svg|\?xml)|%pdf-|gif8|\{\\rtf|#!)", re.IGNORECASE
)
SEPARATORS = ";,\t|"


def check_txt(content: bytes, extension: str) -> Finding:
    _text(content, extension)
    return Finding()


def check_csv(content: bytes, extension: str) -> Finding:
    """No signature tells a CSV, so it is read to the end."""
    text = _text(content, extension)
    first = text.lstrip().split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        for _row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            pass
    except csv.Error as error:
        raise broken() from error
    return Finding()


def check_rtf(content: bytes, extension: str) -> Finding:
    require_signature(content, extension)
    if b"\\objdata" in content.lower():
        raise has_macros()
    return Finding()


def _text(content: bytes, extension: str) -> str:
    text = _decoded(content)
    if OTHER_STARTS.match(text):
        raise not_what_it_says(extension)
    return text


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not CONTROLS.search(text):
            return text
    raise Refused(_("Plik: to nie jest zwykły tekst. Zapisz go w kodowaniu UTF-8 i dodaj jeszcze raz."))
