"""Processes are started again when they die, end as a group, and end even when the runner is killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from local.keeper import Keeper
from local.process import Process

FOREVER = "import time; time.sleep(600)"
CHILD = (
    f"import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', '{FOREVER}']).pid, flush=True); "
)


@pytest.fixture
def keeper() -> Iterator[Keeper]:
    started = Keeper()
    yield started
    started.dismiss()


@pytest.fixture
def process(tmp_path: Path, keeper: Keeper) -> Iterator[Callable[[str], Process]]:
    started: list[Process] = []

    def start(code: str) -> Process:
        command = [sys.executable, "-c", code]
        made = Process("worker", command, environment=os.environ, log=tmp_path / "log", keeper=keeper)
        made.start()
        started.append(made)
        return made

    yield start
    for made in started:
        made.ask_to_end()
        made.end(limit_s=1)


def wait_until(condition: Callable[[], object], limit_s: float = 10) -> None:
    give_up_at = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < give_up_at, "it did not happen in time"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"


def child_in(log: Path) -> int:
    wait_until(lambda: log.exists() and log.read_text().strip())
    return int(log.read_text().split()[0])


def test_a_living_process_is_left_alone(process):
    assert process(FOREVER).watch() == ""


def test_a_dead_process_is_named_and_started_again(process):
    worker = process("import sys; sys.exit(3)")
    first = worker.pid
    lines: list[str] = []
    wait_until(lambda: lines.append(worker.watch()) or any(lines))
    assert "worker ended (3); starting again in 1 s" in "".join(lines)
    wait_until(lambda: worker.watch() == "" and worker.pid != first)


def test_pauses_grow_for_a_process_that_keeps_dying(process):
    worker = process("import sys; sys.exit(3)")
    lines: list[str] = []

    def two_deaths() -> bool:
        lines.extend(filter(None, [worker.watch()]))
        return len(lines) == 2

    wait_until(two_deaths)
    assert "starting again in 2 s" in lines[1]


def test_children_end_with_the_process(process, tmp_path):
    worker = process(CHILD + FOREVER)
    child = child_in(tmp_path / "log")
    worker.ask_to_end()
    worker.end(limit_s=5)
    wait_until(lambda: not is_alive(child))


def test_a_process_that_does_not_listen_is_ended_all_the_same(process, tmp_path):
    worker = process(f"import signal; signal.signal(15, signal.SIG_IGN); print(0, flush=True); {FOREVER}")
    child_in(tmp_path / "log")
    worker.ask_to_end()
    worker.end(limit_s=0.2)
    assert worker.pid is None


RUNNER = """
import os, subprocess, sys
from pathlib import Path
from local.keeper import Keeper
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
keeper = Keeper()
keeper.end(child.pid)
keeper.remove(Path(sys.argv[1]))
print(child.pid, flush=True)
sys.stdin.read()
"""


def test_keeper_cleans_up_after_a_killed_runner(tmp_path):
    folder = tmp_path / "sockets"
    folder.mkdir()
    command = [sys.executable, "-c", RUNNER, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as runner:
        child = int(runner.stdout.readline())
        runner.send_signal(signal.SIGKILL)
    wait_until(lambda: not is_alive(child))
    wait_until(lambda: not folder.exists())


def test_keeper_leaves_alone_what_ended_by_itself(keeper):
    bystander = subprocess.Popen([sys.executable, "-c", FOREVER], start_new_session=True)
    keeper.end(bystander.pid)
    keeper.forget(bystander.pid)
    keeper._process.stdin.close()
    keeper._process.wait()
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()
    keeper._process.stdin = None
