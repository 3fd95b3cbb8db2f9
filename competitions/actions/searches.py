"""Saved searches: kept, shared, stopped, and run when they are due."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.common.clock import at_local, local_day
from core.legal.rules import Breach, LawBreached

from .. import emails
from ..enums import Alert
from ..models import Call, SavedSearch

MOST_SEARCHES = 20
MORNING = time(8, 0)
OFTEN = timedelta(minutes=5)
CHUNK = 100


@transaction.atomic
def save_search(
    *, user: Any, name: str, query: str, alert: str, organization: Any = None, at: datetime
) -> SavedSearch:
    """Keeps the filters of a list; only calls announced from now on are told. Raises LawBreached when there are many."""
    if SavedSearch.objects.filter(user=user).count() >= MOST_SEARCHES:
        message = _("Masz już %(n)d zapisanych wyszukiwań. Usuń jedno z nich.") % {"n": MOST_SEARCHES}
        raise LawBreached([Breach("", message)])
    return SavedSearch.objects.create(
        user=user,
        organization=organization,
        name=name,
        query=query,
        alert=alert,
        created_at=at,
        told_until=at,
        next_run_at=next_run(alert, at),
    )


def change_search(
    search: SavedSearch, *, name: str, alert: str, organization: Any, is_active: bool, at: datetime
) -> None:
    """Renames, shares or stops; what came while it was stopped is not told afterwards."""
    if is_active and not search.is_active:
        search.told_until = at
    search.name, search.alert, search.organization, search.is_active = name, alert, organization, is_active
    search.next_run_at = next_run(alert, at)
    search.save()


def stop_search(search: SavedSearch) -> None:
    search.is_active = False
    search.save(update_fields=["is_active"])


def delete_search(search: SavedSearch) -> None:
    search.delete()


def next_run(alert: str, at: datetime) -> datetime:
    """A few minutes from now, or the next Monday at eight."""
    if alert == Alert.NOW:
        return at + OFTEN
    day = local_day(at)
    monday = at_local(day + timedelta(days=(7 - day.weekday()) % 7), MORNING)
    return monday if monday > at else at_local(local_day(monday) + timedelta(days=7), MORNING)


def run_due_searches(at: datetime, find: Callable[[str], QuerySet[Call]]) -> int:
    """Tells every due search what was announced since it last ran; gives how many letters it put in the outbox.

    ``find(query)`` gives the public calls of the filters of an address. Safe to run twice at once, and again after
    a fall: a row is locked, and the letter and the mark »told« are one transaction.
    """
    told, done = 0, 0
    while ids := list(
        SavedSearch.objects.due(at).filter(pk__gt=done).order_by("pk").values_list("pk", flat=True)[:CHUNK]
    ):
        told += sum(_run_one(pk, at, find) for pk in ids)
        done = ids[-1]
    return told


@transaction.atomic
def _run_one(pk: int, at: datetime, find: Callable[[str], QuerySet[Call]]) -> bool:
    rows = SavedSearch.objects.due(at).select_for_update(skip_locked=True, of=("self",)).filter(pk=pk)
    search = rows.select_related("user", "organization").first()
    if search is None:
        return False
    found = find(search.query).filter(published_at__gt=search.told_until, published_at__lte=at)
    calls = list(found.order_by("published_at")[:50])
    search.told_until, search.next_run_at = at, next_run(search.alert, at)
    search.save(update_fields=["told_until", "next_run_at"])
    return bool(calls) and emails.tell_search(search, calls, at)
