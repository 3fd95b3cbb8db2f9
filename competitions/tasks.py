"""Tasks of the timetable: intakes end by the clock."""

import logging
from datetime import timedelta

from celery import shared_task
from kombu.exceptions import KombuError, OperationalError
from redis.exceptions import RedisError

from core.common.clock import now

from . import actions
from .actions import committee, desk
from .models import Dossier

logger = logging.getLogger(__name__)

# A little more than the minute between two sweeps, so that none falls between them. Longer waits are not left to
# the queue: Redis hands a task that waits for hours to a second worker.
AHEAD = timedelta(seconds=90)


@shared_task
def close_due_calls() -> None:
    """Closes what is over, and orders the closing of what ends before the next sweep, to the second."""
    at = now()
    actions.close_due_calls(at)
    for pk, moment in actions.closing_soon(at, AHEAD):
        _order_closing(pk, moment)


@shared_task
def close_call(pk: int) -> None:
    """Closes one intake; does nothing when it has been moved or closed already."""
    actions.close_call(pk, at=now())


@shared_task
def forget_candidates() -> None:
    """Deletes the data of candidates whose time in the pool is over, and of those who once asked for reasons."""
    committee.erase_old_candidates(now())
    committee.forget_askers(now())


def _order_closing(pk: int, moment) -> None:
    """Without a broker the next sweep closes it, and the page shows it closed by the clock anyway."""
    try:
        close_call.apply_async(args=[pk], eta=moment, retry=False, ignore_result=True)
    except (OperationalError, KombuError, RedisError, OSError):
        logger.warning("broker unavailable, the next sweep closes the intake")


@shared_task
def pack_dossier(pk: int) -> None:
    """Packs one dossier; does nothing when another worker has it already."""
    dossier = Dossier.objects.select_related("call__unit", "offer").filter(pk=pk).first()
    if dossier is not None:
        desk.pack_dossier(dossier, at=now())


@shared_task
def remove_old_dossiers() -> None:
    """Removes the files of dossiers whose days are over."""
    desk.remove_old_dossiers(now())
