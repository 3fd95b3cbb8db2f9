"""Locks that belong to no row: for the next number of a year, or for what one organisation does."""

from django.db import connection


def hold(purpose: int, about: int | None = None) -> None:
    """Waits for a lock of the database and holds it to the end of the transaction.

    ``purpose`` is a number of the caller's own, ``about`` the key of what it concerns when it is not everything.
    """
    key = [purpose] if about is None else [purpose, about]
    marks = ", ".join(["%s"] * len(key))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({marks})", key)
