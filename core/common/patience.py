"""Waiting for a database that restarts, so that what people send in that moment is not turned away."""

import time

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

PAUSE_S = 0.25


class _Outage:
    """Since when this process has not reached the database, and when it last tried; threads share it."""

    since = seen = float("-inf")


def wait_for_database() -> bool:
    """Gives True once the database answers, False when it stayed away for ``DATABASE_PATIENCE_S`` seconds.

    Costs nothing while the connection stands: it is looked at only when it was found broken or is opened anew. The
    seconds count from the first request that missed the database: in a restart everybody waits, in a long outage the
    later ones are told at once, and threads stay free for what needs no database.
    """
    if connection.in_atomic_block or _answers():
        return True
    last = _end_of_patience()
    while time.monotonic() < last:
        time.sleep(PAUSE_S)
        if _answers():
            return True
        _Outage.seen = time.monotonic()
    return False


def _end_of_patience() -> float:
    present = time.monotonic()
    if present - _Outage.seen > settings.DATABASE_PATIENCE_S:
        _Outage.since = present
    _Outage.seen = present
    return _Outage.since + settings.DATABASE_PATIENCE_S


def _answers() -> bool:
    try:
        if connection.errors_occurred:
            connection.close_if_unusable_or_obsolete()
        connection.close_if_health_check_failed()
        connection.ensure_connection()
    except (DatabaseError, InterfaceError):
        connection.close()
        return False
    _Outage.seen = float("-inf")
    return True
