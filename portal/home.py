"""The start page: what is urgent, open calls, consultations, news, three entrances."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache
from django.shortcuts import render
from django.utils import translation

import communication.queries
import competitions.queries
import consultations.queries
import organizations.queries
from core.common.clock import now, today
from core.common.dates import DatedThing

from .calendar import KINDS, kinds_of
from .rooms import coming

CACHE_SECONDS = 60
AGENDA_LENGTH = 6
STRIP_DAYS = 14
EVENT_KINDS = kinds_of("spotkania")


@dataclass(frozen=True)
class StripDay:
    """One day of the strip, with the kinds of what happens on it."""

    day: date
    kinds: list[str]
    is_today: bool
    is_weekend: bool


def home(request):
    """``?rodzaj=`` narrows the agenda to one kind, as the filter pills do."""
    chosen = request.GET.get("rodzaj", "")
    chosen = chosen if chosen in KINDS else ""
    data = public_data()
    ahead = [t for t in data["ahead"] if not chosen or t.kind in kinds_of(chosen)]
    context = {
        **data,
        "today": today(),
        "today_things": [t for t in data["ahead"] if t.day == today()][:4],
        "agenda": [t for t in ahead if t.sort_key >= now() or not t.has_hour][:AGENDA_LENGTH],
        "strip": strip(data["ahead"]),
        "events": [t for t in data["ahead"] if t.kind in EVENT_KINDS][:4],
        "kinds": [(key, label) for key, (label, _dot, _kinds) in KINDS.items()],
        "chosen": chosen,
    }
    return render(request, "portal/home.html", context)


def public_data() -> dict:
    """What everybody sees, read at most once a minute."""
    key = f"home:{translation.get_language()}"
    data = cache.get(key)
    if data is None:
        data = {
            "ahead": coming(45),
            "calls": list(competitions.queries.open_calls(4)),
            "consultations": list(consultations.queries.open_consultations(3)),
            "news": list(communication.queries.latest_news(4)),
            "call_figures": competitions.queries.figures(),
            "organization_figures": organizations.queries.figures(),
        }
        cache.set(key, data, CACHE_SECONDS)
    return data


def strip(things: list[DatedThing]) -> list[StripDay]:
    """Two weeks from today, with the things of each day."""
    days = [today() + timedelta(days=n) for n in range(STRIP_DAYS)]
    return [
        StripDay(day, [t.kind for t in things if t.day == day][:4], day == today(), day.weekday() >= 5)
        for day in days
    ]
