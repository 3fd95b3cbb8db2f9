"""Celery leaves of consultations."""

from celery import shared_task

from core.common.clock import now

from . import actions


@shared_task
def follow_the_clock() -> int:
    """Writes down what the clock has opened and closed; gives how many."""
    at = now()
    return actions.open_due(at) + actions.close_due(at) + actions.close_unsupported(at)


@shared_task
def forget_senders() -> int:
    """Deletes names and addresses of senders two years after the report; gives how many."""
    return actions.forget_senders(at=now())


@shared_task
def forget_supporters() -> int:
    """Deletes names and addresses of those who supported requests, a year after the matter; gives how many."""
    return actions.forget_supporters(now())
