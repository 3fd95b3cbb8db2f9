"""What the scheduler does for dialogue bodies."""

from celery import shared_task

from core.common.clock import now

from . import actions


@shared_task
def watch_bodies() -> None:
    """Silence past its time: requests without an opinion, commissions without a meeting."""
    actions.close_silent_requests(at=now())
    actions.mark_silent_bodies(at=now())
