"""Waiting for a database that restarts, so that what people send in that moment is not turned away."""

import time

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

PAUSE_S = 0.25


def wait_for_database() -> bool:
    """Gives True once the database answers, False when it stayed away for ``DATABASE_PATIENCE_S`` seconds.

    Costs nothing while the connection stands: it is looked at only when it was found broken or is opened anew.
    """
    if connection.in_atomic_block:
        return True
    last = time.monotonic() + settings.DATABASE_PATIENCE_S
    while True:
        try:
            if connection.errors_occurred:
                connection.close_if_unusable_or_obsolete()
            connection.close_if_health_check_failed()
            connection.ensure_connection()
        except (DatabaseError, InterfaceError):
            if time.monotonic() >= last:
                return False
            connection.close()
            time.sleep(PAUSE_S)
        else:
            return True
