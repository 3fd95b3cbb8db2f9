"""`make run` as a person meets it: starts, heals, refuses a second start, ends and keeps the data."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
START_LIMIT_S = 180


class Running:
    """`python -m local` in a folder of its own, with an empty portal and without collected static files."""

    def __init__(self, var: Path, port: int, **extra: str) -> None:
        self.port = port
        self.printed: list[str] = []
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        ours = {
            "PORTAL_VAR": str(var),
            "MEDIA_ROOT": str(var / "media"),
            "PORT": str(port),
            "DEMO": "0",
            "DEBUG": "1",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "local"],
            cwd=ROOT,
            env={**kept, **ours, **extra},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.printed.append(line.rstrip())

    @property
    def output(self) -> str:
        return "\n".join(self.printed)

    def wait_for(self, text: str) -> None:
        wait_until(lambda: text in self.output or self.process.poll() is not None, START_LIMIT_S)
        assert text in self.output, self.output

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        status = self.process.wait(60)
        self._reader.join(10)
        self.process.stdout.close()
        return status


def wait_until(condition: Callable[[], object], limit_s: float) -> None:
    give_up_at = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < give_up_at, "it did not happen in time"
        time.sleep(0.1)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def processes_of(var: Path) -> dict[int, str]:
    """Living processes that were started for this folder."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if f"PORTAL_VAR={var}".encode() in environment and command:
            found[int(folder.name)] = command
    return found


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def start(var: Path) -> Iterator[Callable[..., Running]]:
    started: list[Running] = []

    def begin(**extra: str) -> Running:
        started.append(Running(var, free_port(), **extra))
        return started[-1]

    yield begin
    for running in started:
        running.stop()


def test_the_portal_starts_heals_ends_and_ends_when_its_database_does(start, var):
    portal = start()
    portal.wait_for("Ctrl-C ends everything.")
    with urllib.request.urlopen(f"http://127.0.0.1:{portal.port}/zdrowie/zyje/", timeout=10) as answer:
        assert answer.status == 200
    assert "every mail the portal sends is caught here" in portal.output
    assert json.loads((var / "environment.json").read_text())["DATABASE_URL"].startswith(
        "postgresql://portal@/"
    )

    second = start()
    assert second.process.wait(30) == 1
    wait_until(lambda: "already running from this folder" in second.output, 10)

    worker = min(pid for pid, command in processes_of(var).items() if " worker " in command)
    os.kill(worker, signal.SIGKILL)
    portal.wait_for("worker ended (-9); starting again in 1 s.")
    wait_until(lambda: any(" worker " in c for pid, c in processes_of(var).items() if pid != worker), 30)

    assert portal.stop(signal.SIGINT) == 0
    assert "Stopped. The data stay in" in portal.output
    assert processes_of(var) == {}
    assert not (var / "environment.json").exists()

    again = start()
    again.wait_for("Ctrl-C ends everything.")
    assert "Tables (migrate)" not in again.output
    assert again.stop() == 0
    assert processes_of(var) == {}

    # on the same data, for making the tables is most of the time of this file
    bereft = start()
    bereft.wait_for("Ctrl-C ends everything.")
    postgres = int((var / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(postgres, signal.SIGINT)
    assert bereft.process.wait(60) == 1
    wait_until(lambda: "PostgreSQL ended; the portal cannot go on." in bereft.output, 10)
    assert processes_of(var) == {}


def test_a_taken_port_is_named_before_anything_starts(start, var):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        portal = start(PORT=str(port))
        assert portal.process.wait(30) == 1
    wait_until(lambda: f"Port {port} cannot be used" in portal.output, 10)
    assert "make run PORT=" in portal.output
    assert not (var / "postgres").exists()


@pytest.mark.parametrize("port", ["0", "osiem", "65536", "-1"])
def test_a_port_that_is_none_is_refused(start, port):
    portal = start(PORT=port)
    assert portal.process.wait(30) == 2
    wait_until(lambda: "PORT must be a number" in portal.output, 10)
