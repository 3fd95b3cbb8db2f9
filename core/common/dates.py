"""Things with a date, as every room tells them to the calendar, the start page and the .ics feeds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import icalendar
from django.http import HttpResponse

from . import formats
from .clock import WARSAW, local_day, now
from .sites import absolute

# What ends rather than happens: these dates are deadlines.
DEADLINE_KINDS = frozenset({"call", "consultation", "grant", "election", "organization"})


@dataclass(frozen=True, order=True)
class DatedThing:
    """Something that happens or ends. ``starts`` is a moment, or a day when the hour is unknown.

    ``kind`` is one of call, consultation, meeting, event, news; ``label`` says in words what the
    date means (»Koniec naboru«).
    """

    sort_key: datetime = field(init=False, repr=False)
    starts: datetime | date = field(compare=False)
    kind: str = field(compare=False)
    label: str = field(compare=False)
    title: str = field(compare=False)
    url: str = field(compare=False)
    uid: str = field(compare=False)
    ends: datetime | date | None = field(default=None, compare=False)
    place: str = field(default="", compare=False)
    unit: str = field(default="", compare=False)
    note: str = field(default="", compare=False)
    is_cancelled: bool = field(default=False, compare=False)
    # The address of the record that people follow, when the thing has a page of its own.
    followed_url: str = field(default="", compare=False)

    def __post_init__(self):
        moment = (
            self.starts
            if isinstance(self.starts, datetime)
            else datetime.combine(self.starts, datetime.min.time(), WARSAW)
        )
        object.__setattr__(self, "sort_key", moment)

    @property
    def has_hour(self) -> bool:
        return isinstance(self.starts, datetime)

    @property
    def day(self) -> date:
        """The day in words, the same as on the leaf: what ends at midnight ends the day before."""
        if not isinstance(self.starts, datetime):
            return self.starts
        return local_day(formats.closing(self.starts) if self.is_deadline else self.starts)

    @property
    def is_deadline(self) -> bool:
        return self.kind in DEADLINE_KINDS


def as_event(thing: DatedThing) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", thing.uid)
    event.add("dtstamp", now())
    event.add("summary", f"{thing.label}: {thing.title}")
    event.add("dtstart", _in_zone(thing.starts))
    event.add("dtend", _in_zone(_end(thing)))
    event.add("url", absolute(thing.url))
    if thing.place:
        event.add("location", thing.place)
    if thing.note or thing.unit:
        event.add("description", "\n".join(filter(None, [thing.note, thing.unit])))
    if thing.is_cancelled:
        event.add("status", "CANCELLED")
    return event


def _end(thing: DatedThing) -> datetime | date:
    """The given end; else a meeting lasts an hour, a deadline no time, a day the whole day."""
    if thing.ends is not None and type(thing.ends) is type(thing.starts):
        return thing.ends if thing.has_hour else thing.ends + timedelta(days=1)
    if not thing.has_hour:
        return thing.starts + timedelta(days=1)
    return thing.starts + timedelta(hours=1 if thing.kind == "meeting" else 0)


def _in_zone(value: datetime | date) -> datetime | date:
    return value.astimezone(WARSAW) if isinstance(value, datetime) else value


def ical_response(things: Iterable[DatedThing], name: str, title: str) -> HttpResponse:
    """The things as an iCalendar that calendars can subscribe to."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Portal NGO//PL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", "Europe/Warsaw")
    for thing in things:
        calendar.add_component(as_event(thing))
    calendar.add_missing_timezones()
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


@dataclass(frozen=True)
class Waiting:
    """Something that waits for an official or for an NGO person: what, where, until when, why."""

    title: str
    url: str
    reason: str
    due_at: datetime | None = None
    kind: str = ""
    action: str = ""
    # For people of organisations: whose matter it is, whether the office has the turn, whether it is late,
    # and the address to which the one button posts when a click settles it.
    organization: str = ""
    organization_id: int | None = None
    is_with_office: bool = False
    is_urgent: bool = False
    posts_to: str = ""


@dataclass(frozen=True)
class SitemapEntry:
    url: str
    changed_at: datetime | None = None
