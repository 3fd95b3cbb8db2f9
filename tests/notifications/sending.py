"""Sending by a process of its own, which can be killed."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests.support import worker
from tests.support.mail import Mailbox


def sending_process(folder: Path, host: Mailbox) -> subprocess.Popen:
    """Delivers what is in the outbox of this test to `host` and ends."""
    environment = {
        **worker.environment(folder, host.url, settings.SECRET_KEY),
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "OUTBOX_DELIVERY_BACKEND": settings.OUTBOX_DELIVERY_BACKEND,
    }
    command = [sys.executable, "-W", "ignore", "manage.py", "deliver_outbox"]
    return subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)
