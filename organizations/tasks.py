"""Celery leaves of the registry."""

from celery import shared_task

from core.common.clock import now

from . import actions


@shared_task
def mark_stale_profiles() -> int:
    """Marks profiles that nobody has confirmed for a year; gives how many (R-ORG-18)."""
    return actions.mark_stale(at=now())


@shared_task
def forget_reporters() -> int:
    """Deletes reports that were settled long ago, with the addresses in them; gives how many."""
    return actions.forget_reporters(at=now())


@shared_task
def refresh_booklet() -> bool:
    """Makes the Informator for print anew when it is older than a day; says whether it did."""
    return actions.refresh_booklet(at=now()) is not None
