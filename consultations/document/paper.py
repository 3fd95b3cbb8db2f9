"""A version of the document as an accessible PDF."""

import hashlib
import json
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.common import formats
from core.documents.pdf import render_pdf

from ..enums import PointKind, VersionPurpose
from ..models import DocumentPoint, DocumentVersion

KEPT_SECONDS = 24 * 3600
REVISION = 1
SECONDS = 60


def pdf_of(version: DocumentVersion, points: Iterable[DocumentPoint]) -> bytes:
    """The PDF of a version, kept for a day under what it says. Raises PdfFailed."""
    with override("pl"):  # the document is in Polish, whatever language its page has
        data = paper_of(version, points)
    said = json.dumps([REVISION, data, version.name], sort_keys=True, default=str).encode()
    key = f"document-pdf:{hashlib.sha256(said).hexdigest()}"
    pdf = cache.get(key)
    if pdf is None:
        pdf = render_pdf(
            "consultations/document.typ",
            data,
            title=version.name,
            author=version.consultation.unit_name,
            seconds=SECONDS,
        )
        cache.set(key, pdf, KEPT_SECONDS)
    return pdf


def paper_of(version: DocumentVersion, points: Iterable[DocumentPoint]) -> dict[str, Any]:
    c = version.consultation
    said = [
        _("Konsultacje nr %(number)s") % {"number": c.number_label} if c.number_label else "",
        c.unit_name,
        str(VersionPurpose(version.purpose).label),
        _("wersja %(n)d") % {"n": version.number},
        formats.day(version.published_at) if version.published_at else "",
    ]
    return {"under": ", ".join(filter(None, said)), "points": [printed(point) for point in points]}


def printed(point: DocumentPoint) -> dict[str, Any]:
    """A point for the template: lists as (depth, text), tables as rows."""
    intro, items = items_of(point.text) if point.kind == PointKind.LIST else (point.text, [])
    return {
        "number": point.number,
        "kind": point.kind,
        "level": min(point.level, 4),
        "text": point.title if point.is_heading else intro,
        "items": items,
        "rows": rows_of(point.html) if point.kind == PointKind.TABLE else [],
    }


def items_of(text: str) -> tuple[str, list[tuple[int, str]]]:
    """(what stands before the list, its items with their depth)."""
    intro, items = [], []
    for line in text.split("\n"):
        bare = line.lstrip("–")
        depth = len(line) - len(bare)
        if depth:
            items.append((depth, bare.strip()))
        else:
            intro.append(line)
    return "\n".join(intro), items


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.is_in_cell = False

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
            self.is_in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.is_in_cell = False

    def handle_data(self, data: str) -> None:
        if self.is_in_cell:
            self.rows[-1][-1] += data


def rows_of(html: str) -> list[list[str]]:
    """The cells of a table, every row equally long."""
    reader = _Cells()
    reader.feed(html)
    reader.close()
    rows = [row for row in reader.rows if row]
    width = max((len(row) for row in rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]
