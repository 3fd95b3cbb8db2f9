"""Writing, sending in, deciding on and publishing news (R-COM-01)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.common.clock import local_day
from core.common.slugs import slug_for
from core.documents import search
from core.documents.actions import attach, remove_attachment
from core.legal import audit
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused, advance, start
from organizations.matters import register_matter

from .. import emails, law
from ..enums import NewsState
from ..models import NewsItem
from ..models.news import first_day, whole_day
from ..permissions import may_correct
from ..queries.news import picture_of, search_arguments

# Paths under /aktualnosci/ that are no news.
RESERVED = {"zglos", "rss"}
AUDITED = [
    "title", "category", "lead", "body", "link", "picture_alt", "event_from", "event_from_hour", "event_to",
    "event_to_hour", "place", "branch_id", "district_id", "unit_id", "organization_id", "is_cofinanced",
    "contract_number",
]  # fmt: skip


@transaction.atomic
def write_news(*, by: Any, at: datetime, **fields: Any) -> NewsItem:
    """A draft; ``by`` is its author. Raises nothing: the law is asked when it is published or sent in."""
    item = NewsItem(**fields)
    return keep_news(item, by=by, at=at)


@transaction.atomic
def keep_news(item: NewsItem, *, by: Any, at: datetime) -> NewsItem:
    """Saves what has been typed. A change of published news goes into its public history."""
    is_new = item.pk is None
    before = {} if is_new else audit.snapshot(NewsItem.objects.get(pk=item.pk), AUDITED)
    _place_in_time(item, at)
    if is_new:
        item.slug, item.state, item.state_since = _slug(item), NewsState.DRAFT, at
        item.submitted_by = item.submitted_by or by
    item.updated_at = at
    item.save()
    if is_new:
        start(item, by=by, at=at)
    old, new = audit.changes(before, audit.snapshot(item, AUDITED))
    if new:
        verb = _("Utworzenie") if is_new else _("Zmiana danych")
        audit.record(item, verb, by=by, at=at, before=old, after=new, is_public=item.is_public)
    publish_in_search(item)
    return item


def _slug(item: NewsItem) -> str:
    slug = slug_for(NewsItem, item.title)
    return slug_for(NewsItem, f"{item.title} aktualnosc") if slug in RESERVED else slug


def _place_in_time(item: NewsItem, at: datetime) -> None:
    """The day in the calendar and the day by which lists are ordered."""
    item.event_on = whole_day(item.event_from) or (None if item.event_from else whole_day(item.event_to))
    if item.published_at:
        item.dated_on = local_day(item.published_at)
    else:
        known = [item.published_on, item.event_from, item.event_to]
        item.dated_on = next((day for day in map(first_day, known) if day), None)


@transaction.atomic
def add_picture(item: NewsItem, upload: Any, *, by: Any, at: datetime) -> None:
    """The one picture of an item; an earlier one goes."""
    old = picture_of(item)
    if old is not None:
        remove_attachment(old, by=by, at=at, reason=_("Nowy obraz"))
    attach(item, upload, title=item.picture_alt or item.title, by=by, at=at)


@transaction.atomic
def send_in(
    item: NewsItem | None, *, values: dict[str, Any], picture: Any = None, by: Any, at: datetime
) -> NewsItem:
    """What a person outside the office has written, kept and submitted in one step.

    ``item`` is the one that came back for correction, None for a new one. Raises LawBreached, MoveRefused.
    """
    item = item or NewsItem(submitted_by=by)
    for name, value in values.items():
        setattr(item, name, value)
    keep_news(item, by=by, at=at)
    if picture is not None:
        add_picture(item, picture, by=by, at=at)
    return submit_news(item, by=by, at=at)


@transaction.atomic
def save_correction(
    item: NewsItem, *, values: dict[str, Any], picture: Any = None, by: Any, at: datetime
) -> NewsItem:
    """What a helper who may edit but not file has corrected; it waits for who sends it. Raises MoveRefused."""
    locked = NewsItem.objects.select_for_update().get(pk=item.pk)
    if locked.state != NewsState.RETURNED or not may_correct(by, locked):
        raise MoveRefused("may_correct")
    for name, value in values.items():
        if name != "organization":
            setattr(locked, name, value)
    keep_news(locked, by=by, at=at)
    if picture is not None:
        add_picture(locked, picture, by=by, at=at)
    return locked


register_matter(
    NewsItem,
    label=gettext_lazy("Aktualność do poprawy"),
    of_organization=NewsItem.objects.open_of,
    author="submitted_by",
    address=lambda item: reverse("communication:correct_news", args=[item.pk]),
)


# --- the way to the page ----------------------------------------------------------------------------


@transaction.atomic
def submit_news(item: NewsItem, *, by: Any, at: datetime, reason: str = "") -> NewsItem:
    """Sends a draft or a corrected item to the office; the clock begins anew. Raises LawBreached, MoveRefused."""
    stopping = [b for b in law.news_breaches(item.facts(at)) if not b.is_warning]
    if stopping:
        raise LawBreached(stopping)
    advance(item, NewsState.SUBMITTED, by=by, at=at, reason=reason)
    item.submitted_at, item.decision_reason = at, ""
    item.save(update_fields=["submitted_at", "decision_reason"])
    return item


@transaction.atomic
def publish_news(item: NewsItem, *, by: Any, at: datetime, reason: str = "") -> NewsItem:
    """Makes an item public; who sent it in is told. Raises LawBreached, MoveRefused."""
    was_sent_in = item.state == NewsState.SUBMITTED
    advance(item, NewsState.PUBLISHED, by=by, at=at, reason=reason)
    item.published_at = item.updated_at = at
    item.published_by = by
    item.author_name = item.author_name or str(item.organization or item.unit or "")
    _place_in_time(item, at)
    item.save(
        update_fields=["published_at", "updated_at", "published_by", "author_name", "event_on", "dated_on"]
    )
    publish_in_search(item)
    if was_sent_in:
        emails.tell_published(item)
    return item


def return_news(item: NewsItem, *, by: Any, at: datetime, reason: str) -> NewsItem:
    """Gives an item back with what to correct. Needs a reason."""
    return _decide(item, NewsState.RETURNED, emails.tell_returned, by=by, at=at, reason=reason)


def reject_news(item: NewsItem, *, by: Any, at: datetime, reason: str) -> NewsItem:
    """Refuses an item for good. Needs a reason."""
    return _decide(item, NewsState.REJECTED, emails.tell_rejected, by=by, at=at, reason=reason)


@transaction.atomic
def _decide(item: NewsItem, to: NewsState, tell: Any, *, by: Any, at: datetime, reason: str) -> NewsItem:
    advance(item, to, by=by, at=at, reason=reason)
    item.decision_reason = reason
    item.save(update_fields=["decision_reason"])
    tell(item)
    return item


@transaction.atomic
def archive_news(item: NewsItem, *, by: Any, at: datetime, reason: str = "") -> NewsItem:
    """Marks an item as archival; it stays on its address."""
    advance(item, NewsState.ARCHIVED, by=by, at=at, reason=reason)
    item.updated_at = at
    item.save(update_fields=["updated_at"])
    return item


def publish_in_search(item: NewsItem) -> None:
    """Puts public news into the search index, takes other news out of it."""
    if item.is_public:
        search.put(item, **search_arguments(item))
    else:
        search.remove(item)
