"""Reminders: rows with a moment, turned into exactly one letter each.

A room registers a kind in its own ``reminders.py`` (imported at start-up) and its actions call
``set_reminders`` or ``set_countdown`` whenever they set or move a date.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.common.clock import at_local, local_day, now
from core.common.subjects import resolve, subject_of

from . import outbox
from .letters import DEFAULT_LANGUAGE, Letter
from .models import Reminder
from .preferences import kind_of, muted_among, register_kind, settings_url, unsubscribe_url

logger = logging.getLogger(__name__)

Build = Callable[[Reminder], Letter | None]
BUILDERS: dict[str, Build] = {}
CHUNK = 100
MORNING = time(8, 0)

LATE = gettext_noop("termin minął")
MUTED = gettext_noop("wyłączone przez tę osobę")
GONE = gettext_noop("nie ma już sprawy")
CLOSED = gettext_noop("konto nieczynne")
POINTLESS = gettext_noop("nieaktualne")


def register(kind: str, build: Build, *, label: Any, why: Any, hint: Any = "") -> None:
    """Makes a kind of reminder known.

    ``build(reminder)`` gives the Letter, or None when it makes no sense any more; ``reminder.about`` is
    the row it is about, ``reminder.step`` the days of a countdown. ``label`` names the kind in a person's
    settings, ``why`` completes »Dostajesz ten list, bo …«.
    """
    register_kind(kind, label, why, hint)
    BUILDERS[kind] = build


# --- setting --------------------------------------------------------------------------------------


def set_reminders(obj: models.Model, *, kind: str, user, due_at: datetime, expires_at: datetime) -> None:
    """Reminds ``user`` (one person or many) of ``obj`` at ``due_at``, if that is still before ``expires_at``.

    Call it again when the date moves: what has not been sent moves along. What has been sent or skipped
    stays so, unless the new moment lies after the old one *and* after the sending or skipping; then the
    person is reminded once more, of the new date.
    """
    users = _people(user)
    kind_of(kind)
    subject = subject_of(obj)
    rows = [
        Reminder(
            kind=kind,
            user=person,
            subject_kind=subject.kind,
            subject_id=subject.id,
            due_at=due_at,
            expires_at=expires_at,
        )
        for person in users
    ]
    with transaction.atomic():
        Reminder.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
        _move(_of_people(obj, kind, users), due_at, expires_at)


def _people(user) -> list:
    return [user] if isinstance(user, models.Model) else list(user)


def _of_people(obj: models.Model, kind: str, users: list):
    return Reminder.objects.of(obj).filter(kind=kind, user__in=users)


def _move(rows, due_at: datetime, expires_at: datetime) -> None:
    """Moves waiting rows to the new moment, and revives those that are due once more."""
    moment = {"due_at": due_at, "expires_at": expires_at}
    rows.waiting().exclude(**moment).update(**moment)
    is_due_again = Q(due_at__lt=due_at) & (Q(sent_at__lt=due_at) | Q(skipped_at__lt=due_at))
    rows.filter(is_due_again).update(**moment, sent_at=None, skipped_at=None, skipped_because="")


def set_countdown(
    obj: models.Model,
    *,
    kind: str,
    user,
    deadline: datetime,
    days: Sequence[int] = (14, 7, 3, 1),
    at: time = MORNING,
) -> None:
    """Reminders so many days before a deadline, in the morning, each with the sense to last until the next.

    A step whose moment has passed already is not set, so who follows late gets no letter of the past.
    """
    users = _people(user)
    last_day = local_day(deadline - timedelta(microseconds=1))
    steps = sorted(set(days), reverse=True)
    moments = [at_local(last_day - timedelta(days=step), at) for step in steps]
    present = now()
    for step, due_at, expires_at in zip(steps, moments, [*moments[1:], deadline], strict=True):
        name = f"{kind}:{step}"
        if present < due_at < deadline:
            set_reminders(obj, kind=name, user=users, due_at=due_at, expires_at=expires_at)
        else:
            # one that is due this very moment, and not moved, is still sent by the next run
            _of_people(obj, name, users).waiting().exclude(due_at=due_at).delete()


def drop_reminders(obj: models.Model, *, kind: str | None = None, user=None) -> int:
    """Takes back what has not been sent (of a kind with all its steps, of a person or of many)."""
    rows = Reminder.objects.of(obj).waiting()
    if kind is not None:
        rows = (
            rows.filter(kind=kind)
            if ":" in kind
            else rows.filter(Q(kind=kind) | Q(kind__startswith=f"{kind}:"))
        )
    if user is not None:
        rows = rows.filter(user__in=_people(user))
    return rows.delete()[0]


# --- sending --------------------------------------------------------------------------------------


def run_due(at: datetime | None = None) -> int:
    """Turns every due reminder into one letter in the outbox, or marks why not; gives how many it dealt with.

    Safe to run twice at once: a row is locked while it is decided, and the letter and the mark
    »wysłano« are one transaction.
    """
    at = at or now()
    done, last = 0, 0
    while chunk := _run_chunk(at, last):
        done, last = done + len(chunk), chunk[-1]
    return done


def _run_chunk(at: datetime, after: int) -> list[int]:
    with transaction.atomic():
        rows = Reminder.objects.due(at).filter(pk__gt=after).select_related("user").order_by("pk")
        chunk = list(rows.select_for_update(of=("self",), skip_locked=True)[:CHUNK])
        muted = muted_among(reminder.user_id for reminder in chunk)
        for reminder in chunk:
            _run_one(reminder, at, muted)
    return [reminder.pk for reminder in chunk]


def _run_one(reminder: Reminder, at: datetime, muted: Iterable[tuple[int, str]]) -> None:
    """Sends or skips one reminder; a fault of its room leaves it for the next run and stops nobody else's."""
    try:
        with transaction.atomic(), translation.override(DEFAULT_LANGUAGE):
            reason = _reason_to_skip(reminder, at) or _send(reminder) or _muted(reminder, muted)
            if reason:
                reminder.skipped_at, reminder.skipped_because = at, _(reason)
            else:
                reminder.sent_at = at
            reminder.save(update_fields=["sent_at", "skipped_at", "skipped_because"])
    except Exception:
        logger.exception("reminder %s of kind %s failed", reminder.pk, reminder.kind)


def _reason_to_skip(reminder: Reminder, at: datetime) -> str:
    if reminder.expires_at <= at:
        return LATE
    return "" if reminder.user.is_active else CLOSED


def _muted(reminder: Reminder, muted: Iterable[tuple[int, str]]) -> str:
    """The reason when the person wants no letters of the kind: then it stands on the portal only."""
    return MUTED if (reminder.user_id, reminder.topic) in muted else ""


def _send(reminder: Reminder) -> str:
    """Puts the letter into the outbox; gives the reason when there is nothing to say."""
    reminder.about = resolve(reminder.subject)
    if reminder.about is None:
        return GONE
    letter = BUILDERS[reminder.topic](reminder)
    if letter is None:
        return POINTLESS
    outbox.enqueue(
        key=f"reminder:{reminder.pk}:{reminder.due_at:%Y%m%dT%H%M%SZ}",
        to=reminder.user.email,
        template=letter.template,
        subject=letter.subject,
        context={
            "why": kind_of(reminder.kind).why,
            "settings_url": settings_url(),
            "user": reminder.user,
            **letter.context,
        },
        kind=reminder.topic,
        unsubscribe_url=unsubscribe_url(reminder.user, reminder.kind),
    )
    return ""
