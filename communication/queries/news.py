"""Reads of news and events."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.common.clock import local_day
from core.common.cooperation import Source, lines
from core.common.dates import DatedThing
from core.common.sanitize import text_of
from core.documents.models import Attachment
from core.legal.models import AuditEntry

from ..exports import NEWS_COLUMNS
from ..models import NewsItem
from ..models.news import PICTURES

HISTORY_LENGTH = 20


def latest_news(limit: int) -> QuerySet[NewsItem]:
    """The newest published news; those without any date come last."""
    return for_list()[:limit]


def for_list() -> QuerySet[NewsItem]:
    """Published news with what a row shows, the newest first; one query."""
    return NewsItem.objects.published().for_list().latest_first()


def public_files(item: NewsItem) -> tuple[Attachment | None, list[Attachment]]:
    """The picture and the other files of an item; one query."""
    files = list(Attachment.objects.for_everybody().of(item))
    picture = next((f for f in files if f.content_type.startswith("image/")), None)
    return picture, [f for f in files if f is not picture]


def picture_of(item: NewsItem) -> Attachment | None:
    """The picture of an item whoever may see the item."""
    return Attachment.objects.current().of(item).filter(PICTURES).first()


def public_history(item: NewsItem) -> list[AuditEntry]:
    return list(AuditEntry.objects.of(item).filter(is_public=True)[:HISTORY_LENGTH])


# --- what the roof pulls ----------------------------------------------------------------------------


def dated_things(start: datetime, end: datetime, *, units=None, districts=None, **_scope) -> list[DatedThing]:
    """Events of published news that begin in the window; one query."""
    rows = NewsItem.objects.events().filter(event_on__gte=local_day(start), event_on__lte=local_day(end))
    if units is not None:
        rows = rows.filter(unit__in=units)
    if districts is not None:
        rows = rows.filter(district__in=districts)
    rows = rows.select_related("unit", "organization").order_by("event_on", "pk")
    things = [as_dated_thing(item) for item in rows]
    return [t for t in things if start <= t.sort_key < end or (not t.has_hour and t.day < local_day(end))]


def as_dated_thing(item: NewsItem) -> DatedThing:
    """An event; or the last day of something that has only an end."""
    is_event = bool(item.event_from)
    starts = item.event_starts
    assert starts is not None  # noqa: S101 - the callers read events()
    return DatedThing(
        starts=starts,
        ends=item.event_ends,
        kind="event",
        label=_("Wydarzenie") if is_event else _("Ostatni dzień"),
        title=item.title,
        url=item.get_absolute_url(),
        uid=f"news-{item.pk}@portal",
        place=item.place,
        unit=str(item.organization or item.unit or ""),
        note=item.lead,
    )


def search_arguments(item: NewsItem) -> dict:
    """The entry of an item in the search index."""
    text = [item.get_category_display(), text_of(item.body or ""), item.place, str(item.organization or "")]
    return {
        "kind": "news",
        "title": item.title,
        "lead": item.lead,
        "text": "\n".join(filter(None, text)),
        "url": item.get_absolute_url(),
        "dated_on": item.dated_on,
        "unit": item.unit,
    }


def search_entries() -> Iterator[dict]:
    rows = NewsItem.objects.published().select_related("unit", "organization")
    for item in rows.iterator(chunk_size=200):
        yield {"obj": item, **search_arguments(item)}


def export_catalogue() -> list[dict]:
    return [
        {
            "title": _("Aktualności i wydarzenia"),
            "url": "/aktualnosci/",
            "formats": ["csv", "json", "xlsx", "ics", "rss"],
            "dictionary": NEWS_COLUMNS,
        }
    ]


def years() -> list[int]:
    """The years of published news, the latest first."""
    rows = NewsItem.objects.published().exclude(dated_on=None).order_by("-dated_on__year")
    return list(rows.values_list("dated_on__year", flat=True).distinct())


def in_branch(branch) -> Iterator[Source]:
    """The newest news of a branch."""
    yield _source(NewsItem.objects.published().filter(branch=branch))


def open_in(district) -> Iterator[Source]:
    """The newest news of a district."""
    yield _source(NewsItem.objects.published().filter(district=district))


def _source(rows: QuerySet[NewsItem]) -> Source:
    shown = lines(rows.latest_first(), title="title", key="slug", on="published_at")
    return Source(_("Aktualności"), shown, lambda slug: reverse("communication:news", args=[slug]))
