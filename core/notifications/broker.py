"""Telling the worker that mail waits, in a way that a broken broker can neither slow nor break."""

import logging
import time

from celery import signature
from django.db import transaction
from kombu.exceptions import KombuError, OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

DELIVER = "core.notifications.tasks.deliver_outbox"
# After a failure the process does not try again for so long: the scheduler sweeps every minute anyway.
PAUSE_S = 30


class _Pause:
    until = 0.0


def kick() -> None:
    """Wakes the delivery after this transaction commits; called often, it publishes once.

    Outside a transaction it publishes at once. Nothing is raised when the broker is away: what lies in
    the outbox is sent by the next sweep of the scheduler.
    """
    waiting = transaction.get_connection().run_on_commit
    if not any(function is publish for _sids, function, _robust in waiting):
        transaction.on_commit(publish, robust=True)


def publish() -> bool:
    """Puts the task into the broker's queue; says whether that worked. Takes a second at most."""
    if time.monotonic() < _Pause.until:
        return False
    try:
        signature(DELIVER).apply_async(retry=False, ignore_result=True)
    except (OperationalError, KombuError, RedisError, OSError):
        _Pause.until = time.monotonic() + PAUSE_S
        logger.warning("broker unavailable, mail waits for the next sweep")
        return False
    return True


def forget_failure() -> None:
    """Lets the next kick try the broker again at once."""
    _Pause.until = 0.0
