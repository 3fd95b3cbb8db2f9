"""The notice as a paper: page and PDF of every version, and two versions side by side (R-CALL-13, R-CALL-16)."""

import difflib
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.documents.pdf import PdfFailed, render_pdf
from core.legal import audit

from .. import queries
from ..actions.drafting import NOTICE_FIELDS
from ..models import Call, CallVersion
from ..notice import heading_of, sections_of

KEPT_SECONDS = 24 * 3600
REVISION = 1
# Rows of the page's one query, by the names that a version has.
SHOWN_ROWS = {
    "budget_years": "shown_years",
    "budget_sources": "shown_sources",
    "budget_items": "shown_items",
    "parts": "shown_parts",
    "criteria": "shown_criteria",
    "intake_windows": "shown_windows",
    "phases": "shown_phases",
    "premises": "shown_premises",
    "prior_funding": "shown_prior",
}


@require_safe
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """The paper as a page; ``?wersja=1`` shows an earlier one."""
    call, versions = _call(slug)
    version = chosen(versions, request.GET.get("wersja"))
    values = values_of(call, version)
    context = {
        "call": call,
        "version": version,
        "versions": versions,
        "heading": heading_of(values),
        "sections": sections_of(values),
    }
    return render(request, "competitions/notice.html", context)


@require_safe
def notice_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The same paper as PDF/UA; made once for each version."""
    call, versions = _call(slug)
    version = chosen(versions, request.GET.get("wersja"))
    try:
        pdf = pdf_of(call, values_of(call, version))
    except PdfFailed:
        return render(request, "competitions/pdf_failed.html", {"call": call}, status=503)
    response = HttpResponse(pdf, content_type="application/pdf")
    number = f"-wersja-{version.number}" if version else ""
    response.headers["Content-Disposition"] = f'inline; filename="ogloszenie-{call.slug[:60]}{number}.pdf"'
    return response


def pdf_of(call: Call, values: dict[str, Any]) -> bytes:
    """The PDF of a notice, kept for a day under what it says."""
    data = {
        "heading": heading_of(values),
        "sections": [
            {
                "title": f"{section.number}. {section.title}",
                "blocks": [asdict(block) for block in section.blocks],
            }
            for section in sections_of(values)
        ],
    }
    said = json.dumps([REVISION, data, call.title], sort_keys=True, default=str).encode()
    key = f"notice-pdf:{hashlib.sha256(said).hexdigest()}"
    pdf = cache.get(key)
    if pdf is None:
        pdf = render_pdf(
            "competitions/notice.typ",
            data,
            title=values.get("title") or call.title,
            author=values.get("authority") or "",
        )
        cache.set(key, pdf, KEPT_SECONDS)
    return pdf


def _call(slug: str) -> tuple[Call, list[CallVersion]]:
    call = get_object_or_404(queries.for_page(), slug=slug)
    return call, list(call.versions.order_by("-number"))


def chosen(versions: list[CallVersion], number: str | None) -> CallVersion | None:
    """The version of the address, the newest when none is named; None for a call without versions."""
    if not number:
        return versions[0] if versions else None
    found = next((version for version in versions if str(version.number) == number), None)
    if found is None:
        raise Http404(_("Nie ma takiej wersji ogłoszenia."))
    return found


def values_of(call: Call, version: CallVersion | None) -> dict[str, Any]:
    """What a version keeps; of an imported call without versions, its rows as they are."""
    named = {
        "number": call.number,
        "unit_names": [unit["name"] for unit in call.shown_units],
        "sphere_names": [sphere["label"] for sphere in call.shown_spheres],
        "district_names": [district["name"] for district in call.shown_districts],
    }
    if version is not None:
        return {**named, **version.notice}
    return {
        **audit.snapshot(call, NOTICE_FIELDS),
        **{name: [_present(row) for row in getattr(call, shown)] for name, shown in SHOWN_ROWS.items()},
        **named,
    }


def _present(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, "", False)}


# --- versions side by side ------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A line of one section in both versions; equal ones stand once."""

    before: str
    after: str

    @property
    def is_same(self) -> bool:
        return self.before == self.after


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed between two versions, section by section; by default between the last two."""
    call, known = _call(slug)
    if not known:
        raise Http404(_("To ogłoszenie nie ma wersji."))
    new = chosen(known, request.GET.get("do"))
    before = str(new.number - 1) if new.number > 1 else "1"
    old = chosen(known, request.GET.get("od") or before)
    context = {
        "call": call,
        "versions": known,
        "old": old,
        "new": new,
        "sections": compared(values_of(call, old), values_of(call, new)),
    }
    return render(request, "competitions/versions.html", context)


def compared(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, list[Line]]]:
    """(name of the item, its lines in both) for every item in which something differs."""
    old, new = _lines(before), _lines(after)
    return [
        (title, side_by_side(old.get(title, []), new.get(title, [])))
        for title in dict.fromkeys([*new, *old])
        if old.get(title) != new.get(title)
    ]


def _lines(values: dict[str, Any]) -> dict[str, list[str]]:
    return {
        section.title: [line for block in section.blocks for line in block.lines()]
        for section in sections_of(values)
    }


def side_by_side(old: list[str], new: list[str]) -> list[Line]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    lines = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            lines += [Line(line, line) for line in old[a:b]]
            continue
        pairs = max(b - a, d - c)
        left, right = old[a:b] + [""] * pairs, new[c:d] + [""] * pairs
        lines += [Line(left[n], right[n]) for n in range(pairs)]
    return lines
