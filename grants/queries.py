"""Reads of small grants that have two or more callers."""

from collections.abc import Iterator

from django.db.models import QuerySet

from core.common.dates import SitemapEntry

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
