"""Tasks of the timetable. Each may run many times and on many workers at once."""

from celery import shared_task

from core.common.clock import now

from . import actions, retention
from .models import DataExport


@shared_task
def forget_ended() -> None:
    """Accounts that nobody confirmed, and sessions that are over."""
    retention.forget_unconfirmed()
    retention.forget_sessions()


@shared_task
def gather_data(pk: int) -> None:
    """Makes the copy of a person's data."""
    actions.gather_data(pk, at=now())


@shared_task
def go_on_with_own_data() -> None:
    """Copies that a worker left undone, copies whose time is over, accounts whose day has come."""
    for pk in DataExport.objects.filter(ready_at=None).values_list("pk", flat=True):
        actions.gather_data(pk, at=now())
    actions.forget_exports(at=now())
    actions.run_erasures(at=now())
