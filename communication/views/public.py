"""News for everybody: the list, the feed, one item."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.common.dates import ical_response
from core.common.listing import FeedItem, RecordList, Sort, rss_response
from core.common.sites import absolute

from ..exports import NEWS_COLUMNS
from ..filters import NewsFilter
from ..models import NewsItem
from ..models.news import LATEST_FIRST
from ..queries import news as queries

FEED_LENGTH = 50


class NewsList(RecordList):
    template_name = "communication/news_list.html"
    is_for_everybody = True
    filterset_class = NewsFilter
    columns = NEWS_COLUMNS
    export_name = "aktualnosci"
    title = gettext_lazy("Aktualności")
    sorts = (
        Sort("najnowsze", gettext_lazy("od najnowszych"), LATEST_FIRST),
        Sort(
            "wydarzenia",
            gettext_lazy("według dnia wydarzenia"),
            (F("event_on").desc(nulls_last=True), "-pk"),
        ),
        Sort("tytul", gettext_lazy("według tytułu"), ("title", "pk")),
    )

    def get_queryset(self):
        return queries.for_list()

    def things(self, rows):
        return (queries.as_dated_thing(item) for item in rows if item.event_on)

    def feed_items(self, rows):
        return feed_items(rows[:FEED_LENGTH])

    def extra_context(self, filterset, rows):
        filterset.show_counts()
        return {}


def feed_items(rows) -> list[FeedItem]:
    return [FeedItem(n.title, n.get_absolute_url(), n.lead, n.published_at) for n in rows]


def news_feed(request: HttpRequest) -> HttpResponse:
    """The stable address of the feed of all news."""
    rows = queries.for_list().exclude(published_at=None)[:FEED_LENGTH]
    return rss_response(feed_items(rows), _("Aktualności"), absolute("/aktualnosci/"))


def news(request: HttpRequest, slug: str) -> HttpResponse:
    rows = NewsItem.objects.published().for_list().select_related("published_by")
    item = get_object_or_404(rows, slug=slug)
    picture, files = queries.public_files(item)
    context = {
        "item": item,
        "picture": picture,
        "files": files,
        "history": queries.public_history(item),
        "og_title": item.title,
        "og_description": item.lead,
    }
    return render(request, "communication/news.html", context)


def news_ical(request: HttpRequest, slug: str) -> HttpResponse:
    """The event of one item for a calendar."""
    item = get_object_or_404(NewsItem.objects.events().for_list(), slug=slug)
    return ical_response([queries.as_dated_thing(item)], slug, item.title)
