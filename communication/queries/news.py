"""Reads of news and events."""

from django.db.models import QuerySet

from ..models import NewsItem


def latest_news(limit: int) -> QuerySet[NewsItem]:
    """The newest published news; those without any date come last."""
    return NewsItem.objects.published().for_list().latest_first()[:limit]
