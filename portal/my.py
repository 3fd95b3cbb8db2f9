"""»Moje sprawy«, »Moje terminy« and the private calendar."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.accounts.models import User
from core.common.clock import now
from core.common.dates import DatedThing, Waiting, ical_response
from core.common.subjects import resolve_all
from core.documents.models import SearchEntry
from core.notifications.models import Follow, Notice, Reminder
from core.notifications.preferences import KINDS
from organizations.queries import deeds_of_others, organizations_of

from .rooms import dated_things, matters_of

AHEAD_DAYS = 400
DATES_SECONDS = 60
# Nothing of an organisation has a date of its own in the calendar.
DATELESS = "organizations.organization"
URGENT, SOON = timedelta(days=7), timedelta(days=31)


@dataclass(frozen=True)
class Group:
    """Matters that are urgent alike."""

    key: str
    label: Any
    matters: list[Waiting]


@never_cache
@login_required
def my_matters(request):
    """Tasks, matters with the office and what others do, in all organisations of the person or in one of them."""
    mine = organizations_of(request.user)
    acting = next((o for o in mine if o.pk == request.session.get("organization")), mine[0] if mine else None)
    request.organization = acting
    shown = next((o for o in mine if str(o.pk) == request.GET.get("organizacja")), None)
    everything = matters_of(request.user, mine)
    matters = [m for m in everything if shown is None or m.organization_id == shown.pk]
    context = {
        "organization": acting,
        "organizations": mine,
        "shown": shown,
        "groups": grouped([m for m in matters if not m.is_with_office], now()),
        "with_office": [m for m in matters if m.is_with_office],
        "deeds": deeds_of_others(request.user, [shown] if shown else mine),
        "dates": my_dates(request.user, everything)[:6],
        "notices": Notice.objects.filter(user=request.user).unread()[:3],
    }
    return render(request, "portal/my.html", context)


def grouped(matters: Iterable[Waiting], at: datetime) -> list[Group]:
    """By urgency; empty groups are left out."""
    groups = {
        "urgent": Group("urgent", _("Najpilniejsze"), []),
        "soon": Group("soon", _("W ciągu miesiąca"), []),
        "later": Group("later", _("Później"), []),
        "undated": Group("undated", _("Bez terminu"), []),
    }
    for matter in matters:
        groups[_urgency(matter, at)].matters.append(matter)
    return [group for group in groups.values() if group.matters]


def _urgency(matter: Waiting, at: datetime) -> str:
    if matter.is_urgent or (matter.due_at is not None and matter.due_at <= at + URGENT):
        return "urgent"
    if matter.due_at is None:
        return "undated"
    return "soon" if matter.due_at <= at + SOON else "later"


@never_cache
@login_required
def my_deadlines(request):
    """Dates of what the person follows and has to do, and the reminders that will come."""
    waiting = Reminder.objects.filter(user=request.user, sent_at=None, skipped_at=None, due_at__gte=now())
    context = {
        "dates": own_dates(request.user),
        "reminders": reminders_in_words(waiting.order_by("due_at")[:50]),
        "calendar_token": request.user.calendar_token,
    }
    return render(request, "portal/my_deadlines.html", context)


def reminders_in_words(reminders: Iterable[Reminder]) -> list[dict[str, Any]]:
    """When, of what kind, about which record; one query per kind of record."""
    rows = list(reminders)
    records = resolve_all(reminder.subject for reminder in rows)
    return [
        {
            "due_at": reminder.due_at,
            "label": KINDS[reminder.topic].label if reminder.topic in KINDS else "",
            "about": records.get(reminder.subject),
        }
        for reminder in rows
    ]


@login_required
@require_POST
def renew_calendar_key(request):
    """A new secret address of the private calendar; the old one stops working."""
    User.objects.filter(pk=request.user.pk).update(calendar_token=secrets.token_urlsafe(32))
    return redirect("my_deadlines")


def private_calendar(request, token: str):
    """The dates of »Moje terminy« for a calendar program, which cannot log in."""
    user = User.objects.filter(calendar_token=token, is_active=True).first() if token else None
    if user is None:
        raise Http404
    response = ical_response(own_dates(user), "moje-terminy", "Moje terminy")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def own_dates(user) -> list[DatedThing]:
    return my_dates(user, matters_of(user, organizations_of(user)))


def my_dates(user, matters: Iterable[Waiting]) -> list[DatedThing]:
    """Coming dates of the records that the person follows, and of what their organisations have to do."""
    moment = now()
    followed = set(followed_urls(user))
    public = public_dates() if followed else []
    found = [t for t in public if (t.followed_url or t.url) in followed and t.sort_key >= moment]
    own = [_as_thing(m) for m in matters if m.due_at and not m.is_with_office]
    by_url = {thing.url: thing for thing in [*reversed(own), *found] if thing.sort_key >= moment}
    several = [thing for thing in found if by_url.get(thing.url) is not thing]
    return sorted([*by_url.values(), *several])


def public_dates() -> list[DatedThing]:
    """Everything published with a date ahead, the same for everybody; gathered at most once a minute."""
    key = f"my:dates:{get_language()}"
    found = cache.get(key)
    if found is None:
        found = dated_things(now(), now() + timedelta(days=AHEAD_DAYS))
        cache.set(key, found, DATES_SECONDS)
    return found


def _as_thing(matter: Waiting) -> DatedThing:
    uid = f"{matter.kind}-{matter.organization_id or 0}-{matter.url}"
    return DatedThing(
        starts=matter.due_at,
        kind=matter.kind,
        label=str(_("Do zrobienia")),
        title=matter.title,
        url=matter.url,
        uid=uid,
        unit=matter.organization,
    )


def followed_urls(user) -> list[str]:
    """Addresses of the followed records that are public; one query, for what is public stands in the index."""
    same = Follow.objects.filter(
        user=user, subject_kind=OuterRef("subject_kind"), subject_id=OuterRef("subject_id")
    )
    rows = SearchEntry.objects.exclude(subject_kind=DATELESS).filter(Exists(same))
    return list(rows.values_list("url", flat=True))
