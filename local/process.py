"""One process of the portal: started, watched, started again when it dies, ended as a whole group."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from local.commands import ROOT
from local.keeper import Keeper

# A process that dies at once is started again after 1, 2, 4 … seconds, at most this many.
LONGEST_PAUSE_S = 30
# After this long without a fault the pauses begin anew.
QUIET_S = 60


class Process:
    """A command with its own log file and its own process group; the keeper learns of every start."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        log: Path,
        keeper: Keeper,
    ) -> None:
        self.name = name
        self.command = list(command)
        self.environment = dict(environment)
        self.log = log
        self._keeper = keeper
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_again_at: float | None = None
        self._pause_s = 1

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        self._start_again_at = None
        self._started_at = time.monotonic()
        with self.log.open("ab") as log:
            # A group of its own: Ctrl-C in the terminal reaches only the runner, which ends all in order.
            self._process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._keeper.end(self._process.pid)

    def watch(self) -> str:
        """What has happened since the last look, as a line for the terminal; mostly nothing."""
        if self._start_again_at is not None:
            if time.monotonic() >= self._start_again_at:
                self.start()
            return ""
        status = self._process.poll() if self._process else None
        if status is None:
            return ""
        self._end_group()
        if time.monotonic() - self._started_at > QUIET_S:
            self._pause_s = 1
        pause_s, self._pause_s = self._pause_s, min(2 * self._pause_s, LONGEST_PAUSE_S)
        self._start_again_at = time.monotonic() + pause_s
        return f"{self.name} ended ({status}); starting again in {pause_s} s. Log: {self.log}"

    def ask_to_end(self) -> None:
        """Let the process finish its work."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def end(self, limit_s: float) -> None:
        """Wait for the end at most `limit_s` seconds, then end the process and its children."""
        if self._process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(limit_s)
        self._end_group()
        self._process.wait()
        self._process = None

    def _end_group(self) -> None:
        """Children that a dead process left behind must not go on without it."""
        assert self._process is not None
        self._keeper.forget(self._process.pid)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
