"""How far a long work has come, in one line that is written over."""

import time
from typing import TextIO

from .formats import number

WIDTH = 30
STEP_S = 0.5


class Progress:
    """``Progress(out, total).show(done)``: share, count, speed, time left. Lines without a terminal, every tenth."""

    def __init__(self, out: TextIO, total: int):
        self.out, self.total = out, max(total, 1)
        self.began = time.monotonic()
        self.is_terminal = bool(getattr(out, "isatty", lambda: False)())
        self.shown_at = 0.0
        self.tenth = -1

    def show(self, done: int, *, work: int | None = None) -> None:
        """``done`` of the total (bytes or rows); ``work`` counts rows when the total does not."""
        share = min(done / self.total, 1)
        now = time.monotonic()
        if self.is_terminal and (now - self.shown_at > STEP_S or share == 1):
            self.shown_at = now
            self.out.write(f"\r{self.line(share, done if work is None else work)}\x1b[K")
            self.out.flush()
        elif not self.is_terminal and int(share * 10) > self.tenth:
            self.tenth = int(share * 10)
            self.out.write(self.line(share, done if work is None else work) + "\n")

    def line(self, share: float, rows: int) -> str:
        spent = max(time.monotonic() - self.began, 0.001)
        left = spent / share - spent if share else 0
        bar = "█" * round(share * WIDTH) + "░" * (WIDTH - round(share * WIDTH))
        return f"{bar} {share:4.0%}  {number(rows)} wierszy, {rows / spent:.0f}/s, zostało {left // 60:.0f}:{left % 60:02.0f}"

    def end(self) -> None:
        if self.is_terminal:
            self.out.write("\n")
