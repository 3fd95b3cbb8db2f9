"""Tasks of the timetable. Each may run many times and on many workers at once."""

from celery import shared_task

from core.common.clock import now

from . import broker, delivery, digests, reminders, retention
from .models import Heartbeat

BEAT = "beat"


@shared_task
def deliver_outbox() -> None:
    if delivery.deliver(limit_s=delivery.RUN_S).has_more:
        broker.publish()


@shared_task
def recover_outbox() -> None:
    delivery.recover()


@shared_task
def run_due_reminders() -> None:
    reminders.run_due()


@shared_task
def beat_tick() -> None:
    """Writes that the scheduler and a worker were alive at this moment."""
    Heartbeat.objects.update_or_create(name=BEAT, defaults={"at": now()})


@shared_task
def forget_old_mail() -> None:
    retention.forget_texts()
    retention.forget_notices()


@shared_task
def send_digests() -> None:
    """Gathered notifications, once for every person and slot, however often this runs."""
    digests.send_due()
