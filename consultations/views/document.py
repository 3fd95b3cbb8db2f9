"""The consulted document for everybody: every version, two side by side, what became of the remarks."""

from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.documents.pdf import PdfFailed

from .. import queries
from ..document.comparison import MOVED, SAME, compared
from ..document.paper import pdf_of
from ..enums import RESULTS
from ..models import Consultation, DocumentVersion
from .detail import remark_row

# How many remarks stand below a point; the others are one link away.
REMARKS_SHOWN = 3


@require_safe
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """The document with the remarks to each point; ``?wersja=1`` shows an earlier wording."""
    consultation, versions = document_of(slug)
    version = chosen(versions, request.GET.get("wersja"))
    points = queries.points_with_counts(consultation, version)
    remarks = remarks_by_point(consultation, REMARKS_SHOWN)
    for point in points:
        point.shown_remarks = remarks.get(point.key, [])
    context = {
        "c": consultation,
        "version": version,
        "versions": versions,
        "is_latest": version.pk == versions[0].pk,
        "points": points,
        "chapters": [point for point in points if point.is_heading],
        "remark_count": sum(point.remark_count for point in points),
        "has_result": any(v.purpose in RESULTS for v in versions),
    }
    return render(request, "consultations/document/document.html", context)


@require_safe
def document_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The same wording as PDF/UA; made once for each version."""
    _consultation, versions = document_of(slug)
    version = chosen(versions, request.GET.get("wersja"))
    try:
        pdf = pdf_of(version, version.points.all())
    except PdfFailed:
        return render(request, "consultations/document/pdf_failed.html", {"version": version}, status=503)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"projekt-{slug[:60]}-wersja-{version.number}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_safe
def comparison(request: HttpRequest, slug: str) -> HttpResponse:
    """Two versions paragraph by paragraph; by default the last two."""
    consultation, versions = document_of(slug)
    new = chosen(versions, request.GET.get("do"))
    before = next((v for v in versions if v.number < new.number), new)
    old = chosen(versions, request.GET.get("od")) if request.GET.get("od") else before
    pairs = compared(list(old.points.all()), list(new.points.all()))
    changed = [pair for pair in pairs if pair.state not in (SAME, MOVED)]
    context = {
        "c": consultation,
        "versions": versions,
        "old": old,
        "new": new,
        "pairs": pairs if request.GET.get("cale") else changed,
        "is_whole": bool(request.GET.get("cale")),
        "changed_count": len(changed),
    }
    return render(request, "consultations/document/comparison.html", context)


def document_of(slug: str) -> tuple[Consultation, list[DocumentVersion]]:
    """A public consultation and the versions of its document, newest first; two queries."""
    rows = Consultation.objects.published().select_related("unit", "report")
    consultation = get_object_or_404(rows, slug=slug)
    versions = list(DocumentVersion.objects.of(consultation).select_related("stage").order_by("-number"))
    if not consultation.is_public or not versions:
        raise Http404(_("Te konsultacje nie mają dokumentu w portalu."))
    for version in versions:
        version.consultation = consultation
    return consultation, versions


def chosen(versions: list[DocumentVersion], number: str | None) -> DocumentVersion:
    """The version of the address, the newest when none is named."""
    if not number:
        return versions[0]
    found = next((version for version in versions if str(version.number) == number), None)
    if found is None:
        raise Http404(_("Nie ma takiej wersji dokumentu."))
    return found


def remarks_by_point(consultation: Consultation, limit: int) -> dict[str, list[dict[str, Any]]]:
    """The first public remarks to every point, ready to show, by the key of the point (empty: to the whole); one query."""
    place = Window(RowNumber(), partition_by=F("point__key"), order_by="number")
    rows = queries.public_remarks().filter(consultation=consultation)
    found: dict[str, list[dict[str, Any]]] = {}
    for remark in rows.annotate(place=place).filter(place__lte=limit):
        row = {
            **remark_row(remark, consultation),
            "point": remark.point,
            "url": remark.get_absolute_url(),
        }
        found.setdefault(remark.point.key if remark.point else "", []).append(row)
    return found
