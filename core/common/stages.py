"""A stage of a procedure, as the arcade on a page shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Stage:
    """One gate: its name, when it is (text), and whether it is over, going on, ahead, or needs attention."""

    name: str
    when: str = ""
    status: Literal["done", "now", "next", "warn"] = "next"
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class YearRow:
    """One matter on the schedule of a year: from when to when, and when its report is due or came out."""

    title: str
    url: str
    starts_on: date
    ends_on: date
    status: Literal["done", "now", "next"]
    note: str = ""
    report_on: date | None = None
    when: str = ""  # words in the place of the days, when only the month is known
