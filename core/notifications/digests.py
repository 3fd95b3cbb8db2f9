"""One letter with what was gathered for a person: each morning, or each Monday.

A slot is a moment (7:00). Whatever was gathered before it and is not told yet goes into one letter; so two
runs tell nothing twice, and a missed slot is made up for once.
"""

import logging
from datetime import datetime, time, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from core.common.clock import at_local, local, now

from . import outbox
from .enums import Channel
from .models import Notice
from .preferences import KINDS, settings_url, unsubscribe_url

logger = logging.getLogger(__name__)

HOUR = time(7, 0)
MOST_LINES = 40
# Gathered things older than this say nothing any more.
STALE_AFTER = timedelta(days=21)
KIND = "digest"


def slot_of(rhythm: str, at: datetime) -> datetime:
    """The last slot that has begun: this morning or yesterday's, this Monday's or the last one's."""
    day = local(at).date()
    if rhythm == Channel.WEEKLY:
        day -= timedelta(days=day.weekday())
    begun = at_local(day, HOUR)
    step = timedelta(days=7 if rhythm == Channel.WEEKLY else 1)
    return begun if begun <= at else at_local(day - step, HOUR)


def send_due(at: datetime | None = None) -> int:
    """One letter for each person who has something gathered before the last slot; gives how many letters."""
    at = at or now()
    sent = 0
    for rhythm in (Channel.DAILY, Channel.WEEKLY):
        slot = slot_of(rhythm, at)
        waiting = (
            Notice.objects.for_digest(rhythm, slot).order_by().values_list("user_id", flat=True).distinct()
        )
        for user_id in list(waiting):
            try:
                sent += _send_one(user_id, rhythm, slot, at)
            except Exception:
                logger.exception("digest of person %s failed", user_id)
    return sent


@transaction.atomic
def _send_one(user_id: int, rhythm: str, slot: datetime, at: datetime) -> int:
    """The letter and the mark »told« are one transaction; a second worker waits and then finds nothing."""
    user = get_user_model().objects.select_for_update().get(pk=user_id)
    rows = Notice.objects.for_digest(rhythm, slot).filter(user=user)
    gathered = list(rows.order_by("-created_at", "-pk"))
    Notice.objects.filter(pk__in=[notice.pk for notice in gathered]).update(digested_at=at)
    told = _worth_telling(gathered, at) if user.is_active else []
    if not told:
        return 0
    mail = outbox.enqueue(
        key=f"digest:{rhythm}:{user.pk}:{slot:%Y%m%d}:{gathered[0].pk}",
        to=user.email,
        template=f"notifications/emails/{KIND}",
        context={
            "groups": _by_kind(told[:MOST_LINES], user),
            "count": len(told),
            "is_cut": len(told) > MOST_LINES,
            "is_weekly": rhythm == Channel.WEEKLY,
            "user": user,
            "why": _("masz włączone zbiorcze powiadomienia"),
            "settings_url": settings_url(),
        },
        kind=KIND,
    )
    return 1 if mail else 0


def _worth_telling(gathered: list[Notice], at: datetime) -> list[Notice]:
    """Without what was read on the portal, is long over, or is said twice; the newest of two like ones stays."""
    seen: set[tuple[str, str]] = set()
    found = []
    for notice in gathered:
        same = (notice.title, notice.url)
        if notice.read_at is None and notice.created_at > at - STALE_AFTER and same not in seen:
            seen.add(same)
            found.append(notice)
    return found


def _by_kind(told: list[Notice], user) -> list[dict]:
    """Groups in the order of their newest line, each with why it comes and the way out of its kind."""
    groups: dict[str, list[Notice]] = {}
    for notice in told:
        groups.setdefault(notice.kind, []).append(notice)
    return [
        {
            "label": KINDS[kind].label if kind in KINDS else kind,
            "why": KINDS[kind].why if kind in KINDS else "",
            "notices": notices,
            "stop_url": unsubscribe_url(user, kind),
        }
        for kind, notices in groups.items()
    ]
