"""Reading the JSON form of news."""

import re
from datetime import datetime, time
from typing import Any

from core.city.facts import write
from core.common.facts import FactReader, ImportReport, import_records
from core.common.fields import PARTIAL_DATE
from core.common.slugs import slug_for
from core.legal.workflow import start

from .actions.news import RESERVED, publish_in_search
from .enums import Category, NewsState, Origin
from .models import NewsItem
from .models.news import first_day, whole_day

MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2}:\d{2})(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?")


def import_news(records: list[dict], *, by: Any, at: datetime) -> ImportReport:
    """Past news and events; they are public with an archive badge."""
    return import_records(records, lambda reader: _read(reader, at))


def _read(reader: FactReader, at: datetime) -> str:
    fact_id, title = reader.text("id")[:80], " ".join(reader.text("title").split())
    if not title:
        reader.cannot("title", "aktualność bez tytułu")
        return "skipped"
    if len(title) > 300:
        reader.cannot("title", "skrócono do 300 znaków")
        title = title[:300]
    values = {"title": title, **_values(reader)}
    known = (
        {"fact_id": fact_id}
        if fact_id
        else {"title": title, "source": values["source"], "origin": Origin.IMPORTED}
    )
    found = NewsItem.objects.filter(**known).first()
    if found is None:
        item, outcome = _create(fact_id, values, at), "created"
    else:
        item, outcome = write(NewsItem, {"pk": found.pk}, values)
    if outcome != "unchanged":
        publish_in_search(item)
    return outcome


def _create(fact_id: str, values: dict[str, Any], at: datetime) -> NewsItem:
    slug = slug_for(NewsItem, values["title"])
    item = NewsItem.objects.create(
        fact_id=fact_id,
        slug=slug_for(NewsItem, f"{values['title']} aktualnosc") if slug in RESERVED else slug,
        state=NewsState.ARCHIVED,
        state_since=at,
        origin=Origin.IMPORTED,
        **values,
    )
    start(item, by=None, at=at)
    return item


def _values(reader: FactReader) -> dict[str, Any]:
    category = reader.text("category")
    starts, starts_at = _when(reader, "event_from")
    ends, ends_at = _when(reader, "event_to")
    published_on, _hour = _when(reader, "published_on")
    known = [published_on, starts, ends]
    return {
        "category": category if category in Category.values else Category.OTHER,
        "category_label": "" if category in Category.values else category[:120],
        "lead": reader.text("summary"),
        "event_from": starts,
        "event_from_hour": starts_at,
        "event_to": ends,
        "event_to_hour": ends_at,
        "event_on": whole_day(starts) or (None if starts else whole_day(ends)),
        "published_on": published_on,
        "dated_on": next((day for day in map(first_day, known) if day), None),
        "place": _short(reader, "place", 300),
        "figures": _figures(reader),
        "source": _short(reader, "source", 1000),
        "sources_extra": reader.texts("sources_extra"),
        "oddities": reader.texts("oddities"),
    }


def _when(reader: FactReader, key: str) -> tuple[str, time | None]:
    """A year, month or day, and the hour when there is one."""
    text = reader.text(key).strip()
    moment = MOMENT.fullmatch(text)
    day = moment[1] if moment else text
    if not text:
        return "", None
    if not PARTIAL_DATE.fullmatch(day) or first_day(day) is None:
        reader.cannot(key, "nie jest datą")
        return "", None
    return day, _hour(reader, key, moment[2]) if moment else None


def _hour(reader: FactReader, key: str, text: str) -> time | None:
    try:
        return time.fromisoformat(text.zfill(5))
    except ValueError:
        reader.cannot(key, "nie ma takiej godziny")
        return None


def _short(reader: FactReader, key: str, length: int) -> str:
    text = reader.text(key)
    if len(text) > length:
        reader.cannot(key, f"skrócono do {length} znaków")
    return text[:length]


def _figures(reader: FactReader) -> dict[str, Any]:
    """Named figures as they stand; anything else is named as a loss."""
    figures = reader.take("figures", {})
    if isinstance(figures, dict):
        return {str(key): value for key, value in figures.items() if value is not None}
    reader.cannot("figures", "nie jest zbiorem nazwanych liczb")
    return {}
