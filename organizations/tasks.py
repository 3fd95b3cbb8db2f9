"""Celery leaves of the registry."""

from celery import shared_task

from core.accounts.models import User
from core.common.clock import now

from . import actions
from .enums import BulkState
from .models import BulkUpdate, Organization


@shared_task
def mark_stale_profiles() -> int:
    """Marks profiles that nobody has confirmed for a year; gives how many (R-ORG-18)."""
    return actions.mark_stale(at=now())


@shared_task
def forget_reporters() -> int:
    """Deletes reports that were settled long ago, with the addresses in them; gives how many."""
    return actions.forget_reporters(at=now())


@shared_task
def compare_with_registers(pk: int, asked_by: int | None = None) -> int:
    """Asks the public registers about a profile; gives how many answered (R-ORG-13)."""
    organization = Organization.objects.filter(pk=pk).first()
    if organization is None:
        return 0
    by = User.objects.filter(pk=asked_by).first()
    return len(actions.compare_with_registers(organization, by=by, at=now()))


@shared_task
def compare_unanswered() -> int:
    """Asks again where a register has not answered yet; gives how many profiles."""
    return actions.compare_unanswered(at=now())


@shared_task
def forget_drafts() -> int:
    """Deletes registrations that were begun and never sent; gives how many."""
    return actions.forget_drafts(at=now())


@shared_task
def close_unanswered() -> int:
    """Closes invitations and acts that nobody answered in time; gives how many (R-WEB-14)."""
    at = now()
    return actions.expire_invitations(at=at) + actions.expire_acts(at=at)


@shared_task
def forget_openings() -> int:
    """Deletes entries of organisations' own logs that are older than they are kept; gives how many."""
    return actions.forget_openings(at=now())


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


@shared_task
def refresh_booklet() -> bool:
    """Makes the Informator for print anew when it is older than a day; says whether it did."""
    return actions.refresh_booklet(at=now()) is not None
