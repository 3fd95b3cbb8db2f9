"""Tasks of the timetable. Each may run many times and on many workers at once."""

from celery import shared_task

from . import retention


@shared_task
def forget_ended() -> None:
    """Accounts that nobody confirmed, and sessions that are over."""
    retention.forget_unconfirmed()
    retention.forget_sessions()
