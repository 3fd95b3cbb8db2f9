"""The public addresses of this room."""

from collections.abc import Iterator

from core.common.dates import SitemapEntry

from ..models import NewsItem
from .newsletter import archive


def sitemap_entries() -> Iterator[SitemapEntry]:
    """Published news and the issues of the web archive."""
    for item in NewsItem.objects.published().only("slug", "updated_at", "published_at"):
        yield SitemapEntry(item.get_absolute_url(), item.updated_at or item.published_at)
    for issue in archive().only("slug", "started_at"):
        yield SitemapEntry(issue.get_absolute_url(), issue.started_at)
