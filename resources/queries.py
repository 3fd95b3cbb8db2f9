"""Reads of resources that have two or more callers."""

from collections.abc import Iterator

from django.db.models import QuerySet

from core.common.dates import SitemapEntry

from .actions import search_arguments
from .exports import COLUMNS
from .models import Resource


def for_list() -> QuerySet[Resource]:
    return Resource.objects.select_related("owner_unit", "district")


def search_entries() -> Iterator[dict]:
    for resource in for_list():
        yield {"obj": resource, **search_arguments(resource)}


def sitemap_entries() -> Iterator[SitemapEntry]:
    for resource in Resource.objects.only("slug", "updated_at", "published_at"):
        yield SitemapEntry(resource.get_absolute_url(), resource.updated_at or resource.published_at)


def export_catalogue() -> list[dict]:
    return [
        {
            "title": "Zasoby miejskie",
            "url": "/zasoby/",
            "formats": ["csv", "json", "xlsx"],
            "dictionary": COLUMNS,
        }
    ]
