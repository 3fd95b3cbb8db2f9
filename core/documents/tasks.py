"""Asking the virus scanner, after commit and again when it was away."""

import logging

from celery import shared_task

from core.common.clock import now

from . import clamd
from .actions import record_scan
from .enums import ScanState
from .models import Attachment
from .queries import waiting_for_scan

logger = logging.getLogger(__name__)


@shared_task
def scan_attachment(pk: int) -> None:
    """Scans one file that waits. When the scanner is away it goes on waiting, and nobody can fetch it."""
    attachment = waiting_for_scan().filter(pk=pk).first()
    if attachment is None:
        return
    try:
        _decide(attachment)
    except (clamd.ScannerUnavailable, OSError):
        logger.warning("virus scanner gave no verdict", extra={"attachment": pk}, exc_info=True)


@shared_task
def scan_waiting() -> None:
    """Scans everything that still waits. Without a scanner in the settings nothing has to wait any more."""
    for pk in list(waiting_for_scan().order_by("pk").values_list("pk", flat=True)):
        scan_attachment(pk)


def _decide(attachment: Attachment) -> None:
    record_scan(attachment, state=_verdict(attachment), at=now())


def _verdict(attachment: Attachment) -> ScanState:
    if not clamd.is_configured():
        return ScanState.NOT_CONFIGURED
    with attachment.file.open("rb") as file:
        return ScanState.INFECTED if clamd.is_infected(file.chunks()) else ScanState.CLEAN
