"""Celery leaves of consultations."""

from celery import shared_task

from core.common.clock import now

from . import actions


@shared_task
def follow_the_clock() -> int:
    """Writes down what the clock has opened and closed; gives how many."""
    at = now()
    return actions.open_due(at) + actions.close_due(at)
