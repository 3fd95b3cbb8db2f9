"""A lock that belongs to no row."""

import threading

import pytest
from django.db import connection, connections, transaction

from core.common.locks import hold

pytestmark = pytest.mark.django_db(transaction=True)


def free_elsewhere(*key: int) -> bool:
    """Whether another connection could have the lock now."""
    found = []

    def ask() -> None:
        marks = ", ".join(["%s"] * len(key))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_try_advisory_xact_lock({marks})", key)
            found.append(cursor.fetchone()[0])
        connections.close_all()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    return found[0]


def test_a_lock_is_held_to_the_end_of_the_transaction():
    with transaction.atomic():
        hold(77)
        assert not free_elsewhere(77)
        assert free_elsewhere(78)
    assert free_elsewhere(77)


def test_a_lock_about_one_thing_leaves_the_others_free():
    with transaction.atomic():
        hold(77, 1)
        assert not free_elsewhere(77, 1)
        assert free_elsewhere(77, 2)
