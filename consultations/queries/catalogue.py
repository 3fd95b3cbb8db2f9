"""What search, the map of the site and the catalogue of exports take from consultations."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.common.dates import SitemapEntry
from core.common.sanitize import text_of

from ..exports import CONSULTATION_COLUMNS, PARTICIPATION_COLUMNS, POSTULATE_COLUMNS, REMARK_COLUMNS
from ..models import (
    Consultation,
    Postulate,
)
from .public import postulates


def search_arguments(consultation: Consultation) -> dict[str, Any]:
    """The entry of a consultation in the search index; of a mere plan only the title can be found."""
    c = consultation
    return {
        "kind": "consultation",
        "title": c.title,
        "lead": c.summary_line,
        "text": "\n".join(filter(None, searched_texts(c))) if c.is_public else "",
        "url": c.get_absolute_url(),
        "dated_on": c.starts_on,
        "unit": c.unit,
    }


def searched_texts(c: Consultation) -> list[str]:
    """Everything a published notice says, and its report once that is out."""
    texts = [c.subject, c.plain_summary, c.description, c.addressees, c.what_next, c.territory_label]
    texts += [*c.legal_bases, *(point.text for point in c.points.all())]
    texts += [c.outcome] if c.is_outcome_public else []
    report = getattr(c, "report", None)
    if report is not None and c.is_report_public:
        texts += [text_of(report.conclusions), text_of(report.changes)]
    return texts


def postulate_search_arguments(postulate: Postulate) -> dict[str, Any]:
    """The entry of a demand: found by what was asked and by what the city said (R-CNS-17)."""
    p = postulate
    return {
        "kind": "consultation",
        "title": p.postulate[:500],
        "lead": Truncator(p.position or p.justification).chars(300),
        "text": "\n".join(
            filter(None, [p.justification, p.position, p.organisation_name, p.programme_title])
        ),
        "url": p.get_absolute_url(),
        "dated_on": p.meeting_on,
        "unit": p.position_unit,
    }


def search_entries() -> Iterator[dict[str, Any]]:
    rows = Consultation.objects.published().select_related("unit", "report")
    for consultation in rows.iterator(chunk_size=200):
        yield {"obj": consultation, **search_arguments(consultation)}
    for postulate in postulates().iterator(chunk_size=200):
        yield {"obj": postulate, **postulate_search_arguments(postulate)}


def sitemap_entries() -> Iterator[SitemapEntry]:
    fields = ("slug", "updated_at", "published_at", "state", "origin")
    for consultation in Consultation.objects.published().only(*fields):
        changed_at = consultation.updated_at or consultation.published_at
        yield SitemapEntry(consultation.get_absolute_url(), changed_at)
        if consultation.is_report_public and not consultation.is_imported:
            yield SitemapEntry(reverse("consultations:report", args=[consultation.slug]), changed_at)


def export_catalogue() -> list[dict[str, Any]]:
    formats = ["csv", "json", "xlsx"]
    return [
        {
            "title": _("Konsultacje"),
            "url": "/konsultacje/",
            "formats": [*formats, "ics", "rss"],
            "dictionary": CONSULTATION_COLUMNS,
        },
        {
            "title": _("Uwagi w konsultacjach (osobno dla każdej)"),
            "url": "/konsultacje/",
            "formats": formats,
            "dictionary": REMARK_COLUMNS,
        },
        {
            "title": _("Postulaty organizacji"),
            "url": "/konsultacje/postulaty/",
            "formats": formats,
            "dictionary": POSTULATE_COLUMNS,
        },
        {
            "title": _("Udział w konsultacjach w podziale na jednostki"),
            "url": "/konsultacje/udzial/",
            "formats": ["csv", "json"],
            "dictionary": PARTICIPATION_COLUMNS,
        },
    ]
