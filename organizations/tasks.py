"""Celery leaves of the registry."""

from celery import shared_task

from core.common.clock import now

from . import actions
from .enums import BulkState
from .models import BulkUpdate


@shared_task
def mark_stale_profiles() -> int:
    """Marks profiles that nobody has confirmed for a year; gives how many (R-ORG-18)."""
    return actions.mark_stale(at=now())


@shared_task
def forget_reporters() -> int:
    """Deletes reports that were settled long ago, with the addresses in them; gives how many."""
    return actions.forget_reporters(at=now())


@shared_task
def read_bulk_update(pk: int) -> int:
    """Makes the preview of a bulk update; gives how many rows were read."""
    return actions.read_rows(pk)


@shared_task
def apply_bulk_update(pk: int) -> int:
    """Writes a bulk update into the base; gives how many rows were written."""
    return actions.apply_rows(pk)


@shared_task
def go_on_with_bulk_updates() -> None:
    """Takes up what a worker that died has left half done."""
    for pk in BulkUpdate.objects.filter(state=BulkState.READING).values_list("pk", flat=True):
        actions.read_rows(pk)
    for pk in BulkUpdate.objects.filter(state=BulkState.APPLYING).values_list("pk", flat=True):
        actions.apply_rows(pk)
