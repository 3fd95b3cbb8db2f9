"""Reads of programmes that have two or more callers."""

from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet

from core.common.dates import SitemapEntry

from .actions import search_arguments
from .exports import COLUMNS
from .models import Plane, Programme


def with_table() -> QuerySet[Programme]:
    """Programmes with their whole table, in a fixed number of queries."""
    planes = Plane.objects.prefetch_related("goals", "actions__tasks")
    return Programme.objects.prefetch_related("budget_figures", "indicators", Prefetch("planes", planes))


def search_entries() -> Iterator[dict]:
    for programme in Programme.objects.all():
        yield {"obj": programme, **search_arguments(programme)}


def sitemap_entries() -> Iterator[SitemapEntry]:
    for programme in Programme.objects.only("slug", "updated_at", "published_at"):
        yield SitemapEntry(programme.get_absolute_url(), programme.updated_at or programme.published_at)


def export_catalogue() -> list[dict]:
    return [
        {
            "title": "Programy współpracy",
            "url": "/program/",
            "formats": ["csv", "json", "xlsx"],
            "dictionary": COLUMNS,
        }
    ]
