"""Servers of the tests, started before Django reads its settings (hence a plugin, not a conftest).

`DATABASE_URL` and `REDIS_URL` are respected when set. Otherwise one PostgreSQL serves the whole run and
every process has a Redis of its own, so that queues and caches of parallel tests never meet. Files go to one
folder of the run: the demo is filled by one process and read by all.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from local.keeper import Keeper
from local.postgres import Postgres
from local.redis import Redis

# Set by the process that started the servers, for the workers of pytest-xdist, which inherit it.
IS_OWN_REDIS = "PORTAL_TEST_OWN_REDIS"
# The folder for uploads, read by `tests.support.storage` and inherited by the workers.
MEDIA = "PORTAL_TEST_MEDIA"
# Files in memory, used when a whole run (at most about 3 GB) leaves at least as much free: copying a database takes
# a twentieth of the time there.
MEMORY = Path("/dev/shm")
ROOM = 6 * 2**30

_started: list[Postgres | Redis] = []
_keeper: Keeper | None = None
_directory: Path | None = None


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    needs_postgres = not os.environ.get("DATABASE_URL")
    needs_redis = not os.environ.get("REDIS_URL") or IS_OWN_REDIS in os.environ
    needs_media = MEDIA not in os.environ
    if not (needs_postgres or needs_redis or needs_media):
        return
    directory = _open_directory()
    if needs_media:
        os.environ[MEDIA] = str(directory / "media")
    if needs_postgres:
        postgres = Postgres(directory / "postgres", socket_directory=directory, fast=True)
        _start(postgres)
        os.environ["DATABASE_URL"] = postgres.url()
    if needs_redis:
        redis = Redis(directory / "redis")
        _start(redis)
        os.environ.update({"REDIS_URL": redis.url, IS_OWN_REDIS: "1"})


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    while _started:
        _started.pop().stop()
    if _keeper is not None:
        _keeper.dismiss()
    if _directory is not None:
        shutil.rmtree(_directory, ignore_errors=True)


def _open_directory() -> Path:
    global _directory, _keeper
    _directory = Path(tempfile.mkdtemp(prefix="portal-test-", dir=roomy(MEMORY)))
    _keeper = Keeper()
    _keeper.remove(_directory)
    return _directory


def roomy(folder: Path) -> Path | None:
    """The folder if it may be written and has room for a run; None means the usual place for temporary files."""
    try:
        has_room = shutil.disk_usage(folder).free >= ROOM
    except OSError:
        return None
    return folder if has_room and os.access(folder, os.W_OK | os.X_OK) else None


def _start(server: Postgres | Redis) -> None:
    server.start()
    _started.append(server)
    if _keeper is not None and server.process is not None:
        _keeper.end(server.process.pid)
