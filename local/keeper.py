"""Clean-up that works even when the process that started the servers is killed outright.

A tiny second process waits for the end of its input, which the operating system closes whatever happens
to the parent; then it ends the processes it was told of and removes the folders.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

GRACE_S = 5


class Keeper:
    """The parent's end of the pipe."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-S", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def end(self, pid: int) -> None:
        """End this process and its group (SIGINT, then SIGKILL) when the parent is gone."""
        self._tell(f"end {pid}")

    def forget(self, pid: int) -> None:
        """The process has ended by itself; its number may soon belong to another."""
        self._tell(f"forget {pid}")

    def remove(self, folder: Path) -> None:
        """Remove this folder when the parent is gone."""
        self._tell(f"remove {folder}")

    def dismiss(self) -> None:
        """Everything was cleaned up in the ordinary way."""
        self._tell("dismiss")
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()

    def _tell(self, line: str) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(f"{line}\n".encode())
            self._process.stdin.flush()


def keep(lines) -> None:
    """Read orders until the parent is gone, then carry them out."""
    pids: list[int] = []
    folders: list[str] = []
    for line in lines:
        order, _, value = line.strip().partition(" ")
        if order == "end":
            pids.append(int(value))
        elif order == "forget" and int(value) in pids:
            pids.remove(int(value))
        elif order == "remove":
            folders.append(value)
        elif order == "dismiss":
            return
    _end(pids)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _end(pids: list[int]) -> None:
    """Ask all groups at once, wait for them together, then insist."""
    for number in (signal.SIGINT, signal.SIGKILL):
        for pid in pids:
            _signal(pid, number)
        give_up_at = time.monotonic() + GRACE_S
        while any(_signal(pid, 0) for pid in pids) and time.monotonic() < give_up_at:
            time.sleep(0.05)


def _signal(pid: int, number: int) -> bool:
    """Whether the group was still there to be signalled."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, number)
        return True
    return False


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    keep(sys.stdin)
