"""Sending what lies in the outbox: no letter lost, none sent twice, also when the worker is killed.

A letter goes QUEUED → CLAIMED → ATTEMPTING → SENT, each step committed. A worker that dies leaves claims,
which were certainly not sent and go back to the queue (``recover``), and at most one ATTEMPTING letter,
which may or may not have left: it becomes UNCERTAIN and waits for a person, because SMTP cannot be asked.
"""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from core.common.clock import now

from .enums import ACCOUNT_KIND, MailState
from .models import OutboxMail
from .postman import HOST_AWAY, Outcome, Postman

CLAIM = 50
# A task ends after so long and asks for another, so that a deployment never waits for a whole newsletter.
RUN_S = 25
# An untouched claim is given back after so long; well above 50 letters to a slow host.
HELD = timedelta(minutes=10)
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60))
# 1 + 5 + 15 + 23 × 60 minutes: the last attempt is made 23 hours and 21 minutes after the first.
ATTEMPTS = 27

BROKEN_OFF = gettext_noop("przerwano w trakcie wysyłania")


@dataclass
class Tally:
    """What a run did; ``has_more`` when it stopped before the outbox was empty."""

    sent: int = 0
    failed: int = 0
    put_off: int = 0
    uncertain: int = 0
    has_more: bool = False

    def count(self, state: str) -> None:
        name = {MailState.SENT: "sent", MailState.FAILED: "failed", MailState.UNCERTAIN: "uncertain"}.get(
            state, "put_off"
        )
        setattr(self, name, getattr(self, name) + 1)


# --- the run --------------------------------------------------------------------------------------


def deliver(*, limit_s: float | None = None) -> Tally:
    """Sends what is due, single letters before mass mail, until nothing waits or the time is up.

    A SIGTERM ends the run after the present letter and gives the other claims back.
    """
    tally, ends_at = Tally(), time.monotonic() + limit_s if limit_s is not None else None
    with told_to_stop() as stop, Postman() as postman:
        while mails := claim():
            left = _deliver_claimed(mails, postman, tally, stop)
            if left:
                give_back(left)
            is_time_up = ends_at is not None and time.monotonic() >= ends_at
            if left or stop.is_set() or is_time_up or not postman.is_host_up:
                tally.has_more = is_time_up and postman.is_host_up
                break
    return tally


def _deliver_claimed(
    mails: list[OutboxMail], postman: Postman, tally: Tally, stop: threading.Event
) -> list[OutboxMail]:
    """Sends the claimed letters one by one; gives those that were not touched."""
    arrived: OutboxMail | None = None  # sent, and written down together with the start of the next
    try:
        for i, mail in enumerate(mails):
            if stop.is_set():
                return mails[i:]
            if not postman.open():
                tally.put_off += put_off(mails[i:], HOST_AWAY)
                return []
            before, arrived = arrived, None
            arrived = _send_one(mail, before, postman, tally)
    finally:
        if arrived is not None:
            settle(arrived, Outcome(MailState.SENT))
    return []


def _send_one(
    mail: OutboxMail, before: OutboxMail | None, postman: Postman, tally: Tally
) -> OutboxMail | None:
    """Sends a letter and settles it, unless it arrived: then it is given back to be settled with the next."""
    start = Start(mail, before)
    outcome = postman.send(mail, start)
    # when the line broke at once the letter has not been marked yet
    if outcome is None or not start():
        return None
    tally.count(outcome.state)
    if outcome.state == MailState.SENT and mail.kind != ACCOUNT_KIND:
        return mail
    settle(mail, outcome)
    return None


@contextmanager
def told_to_stop() -> Iterator[threading.Event]:
    """An event that a SIGTERM sets; the signal takes its usual effect when the block has ended."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    previous = signal.signal(signal.SIGTERM, lambda *_: stop.set())
    try:
        yield stop
    finally:
        signal.signal(signal.SIGTERM, previous)
        if stop.is_set():
            signal.raise_signal(signal.SIGTERM)


# --- states, each change committed ----------------------------------------------------------------


def claim(size: int = CLAIM) -> list[OutboxMail]:
    """Takes due letters that no other worker holds, the oldest first; commits."""
    waiting = OutboxMail.objects.waiting(now()).select_for_update(skip_locked=True)
    with transaction.atomic():
        mails = list(waiting.single()[:size]) or list(waiting.mass()[:size])
        _of(mails).update(state=MailState.CLAIMED, claimed_at=now())
    return mails


def _of(mails: list[OutboxMail]):
    return OutboxMail.objects.filter(pk__in=[mail.pk for mail in mails])


# One statement and one commit for »that one arrived« and »now this one«; the middle of a mailing is made of it.
BEGIN = """
WITH arrived AS (
    UPDATE notifications_outboxmail SET state = 'sent', sent_at = %(now)s, error = ''
    WHERE id = %(before)s AND state IN ('attempting', 'uncertain')
)
UPDATE notifications_outboxmail SET state = 'attempting', claimed_at = %(now)s, attempts = attempts + 1
WHERE id = %(mail)s AND state = 'claimed'
"""


def begin(mail: OutboxMail, *, after: OutboxMail | None = None) -> bool:
    """Marks a letter as being sent, and the one before as sent; commits.

    False when the claim was lost meanwhile: then it must not be sent here.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, {"now": now(), "before": after and after.pk, "mail": mail.pk})
        return cursor.rowcount == 1


class Start:
    """``begin`` for one letter, done at most once however often it is called."""

    def __init__(self, mail: OutboxMail, before: OutboxMail | None) -> None:
        self._mail, self._before = mail, before
        self._answer: bool | None = None

    def __call__(self) -> bool:
        if self._answer is None:
            self._answer = begin(self._mail, after=self._before)
        return self._answer


def settle(mail: OutboxMail, outcome: Outcome) -> None:
    """Writes down how the attempt ended."""
    rows = OutboxMail.objects.filter(pk=mail.pk, state__in=(MailState.ATTEMPTING, MailState.UNCERTAIN))
    if outcome.state == MailState.SENT:
        # codes and links to set a password are not kept a moment longer than needed
        secrets = {"text": "", "html": ""} if mail.kind == ACCOUNT_KIND else {}
        rows.update(state=MailState.SENT, sent_at=now(), error="", **secrets)
    elif outcome.state == MailState.QUEUED:
        rows.update(**_later(mail.attempts + 1, outcome.error))
    else:
        rows.update(state=outcome.state, error=outcome.error)


def put_off(mails: list[OutboxMail], error: str) -> int:
    """Gives claims back for a later attempt, because the host cannot be reached."""
    for mail in mails:
        rows = OutboxMail.objects.filter(pk=mail.pk, state=MailState.CLAIMED)
        rows.update(attempts=F("attempts") + 1, **_later(mail.attempts + 1, error))
    return len(mails)


def _later(attempts: int, error: str) -> dict:
    """The columns of a letter after its nth attempt failed for a while: a later moment, or the end."""
    if attempts >= ATTEMPTS:
        return {"state": MailState.FAILED, "error": error}
    wait = WAITS[min(attempts, len(WAITS)) - 1]
    return {"state": MailState.QUEUED, "error": error, "claimed_at": None, "due_at": now() + wait}


def give_back(mails: list[OutboxMail]) -> None:
    """Returns claims that were not touched; they do not count as attempts."""
    _of(mails).filter(state=MailState.CLAIMED).update(state=MailState.QUEUED, claimed_at=None)


def recover(at: datetime | None = None) -> tuple[int, int]:
    """Cleans up after workers that died: how many claims went back, how many letters became uncertain."""
    held = OutboxMail.objects.filter(claimed_at__lte=(at or now()) - HELD)
    returned = held.filter(state=MailState.CLAIMED).update(state=MailState.QUEUED, claimed_at=None)
    uncertain = held.filter(state=MailState.ATTEMPTING).update(state=MailState.UNCERTAIN, error=BROKEN_OFF)
    return returned, uncertain
