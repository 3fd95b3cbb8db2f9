"""A real worker on the real queue, for the few tests that need one."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from local.commands import command
from local.keeper import Keeper
from local.process import Process
from portal.celery import app
from tests.support import database

START_LIMIT_S = 30


def environment(folder: Path, email_url: str, secret_key: str) -> dict[str, str]:
    """That of the demo, with the database of this test process and its mail host."""
    address = urlsplit(os.environ["DATABASE_URL"])
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "DATABASE_URL": urlunsplit(address._replace(path=f"/{database.worker_name()}")),
        "EMAIL_URL": email_url,
        "SECRET_KEY": secret_key,
        "MEDIA_ROOT": str(folder / "media"),
    }


@contextlib.contextmanager
def running(folder: Path, *, email_url: str, secret_key: str) -> Iterator[Process]:
    """Tasks go through the queue meanwhile instead of running at once."""
    keeper = Keeper()
    process = Process(
        "worker",
        command("worker"),
        environment=environment(folder, email_url, secret_key),
        log=folder / "worker.log",
        keeper=keeper,
    )
    app.conf.task_always_eager = False
    process.start()
    try:
        _wait_until_it_answers(process)
        yield process
    finally:
        app.conf.task_always_eager = True
        process.ask_to_end()
        process.end(limit_s=10)
        keeper.dismiss()


def _wait_until_it_answers(process: Process) -> None:
    give_up_at = time.monotonic() + START_LIMIT_S
    while not app.control.ping(timeout=0.3):
        assert time.monotonic() < give_up_at, process.log.read_text()
