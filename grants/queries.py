"""Reads of small grants that have two or more callers."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.common.dates import RecordEntry, SitemapEntry
from core.common.formats import partial_date, zloty

from .actions import search_arguments
from .exports import COLUMNS
from .models import SmallGrant


def for_list() -> QuerySet[SmallGrant]:
    return SmallGrant.objects.select_related("organization", "unit", "district", "sphere")


def search_entries() -> Iterator[dict]:
    for grant in for_list():
        yield {"obj": grant, **search_arguments(grant)}


def sitemap_entries() -> Iterator[SitemapEntry]:
    for grant in SmallGrant.objects.only("pk", "updated_at", "published_at"):
        yield SitemapEntry(grant.get_absolute_url(), grant.updated_at or grant.published_at)


def export_catalogue() -> list[dict]:
    return [
        {
            "title": "Małe granty",
            "url": "/male-granty/",
            "formats": ["csv", "json", "xlsx"],
            "dictionary": COLUMNS,
        }
    ]


def public_record_of(organization) -> Iterator[RecordEntry]:
    """Small grants of an organisation, newest first; one query."""
    for grant in SmallGrant.objects.filter(organization=organization):
        note = zloty(grant.granted_amount) if grant.granted_amount else grant.status_label
        when = partial_date(grant.task_from) if grant.task_from else ""
        yield RecordEntry(grant.title, grant.get_absolute_url(), str(_("mały grant")), when, note)
