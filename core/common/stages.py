"""A stage of a procedure, as the arcade on a page shows it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Stage:
    """One gate: its name, when it is (text), and whether it is over, going on, ahead, or needs attention."""

    name: str
    when: str = ""
    status: Literal["done", "now", "next", "warn"] = "next"
    url: str = ""
    note: str = ""
