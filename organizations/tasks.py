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
def close_unanswered() -> int:
    """Closes invitations and acts that nobody answered in time; gives how many (R-WEB-14)."""
    at = now()
    return actions.expire_invitations(at=at) + actions.expire_acts(at=at)


@shared_task
def forget_openings() -> int:
    """Deletes entries of organisations' own logs that are older than they are kept; gives how many."""
    return actions.forget_openings(at=now())
