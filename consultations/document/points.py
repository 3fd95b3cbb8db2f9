"""Points of a document as plain values, before they are rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..enums import PointKind

LONGEST_NUMBER = 40


@dataclass(frozen=True)
class PointText:
    """One numbered part of a document. ``html`` only where the text alone would lose its layout."""

    number: str
    kind: str
    text: str
    level: int = 1
    html: str = ""

    @property
    def is_heading(self) -> bool:
        return self.kind == PointKind.HEADING


def point_of(value: Any) -> PointText:
    """A point from a row, from another point, or from (number, is it a heading, text)."""
    if isinstance(value, PointText):
        return value
    if isinstance(value, tuple):
        number, is_heading, text = value
        return PointText(number, PointKind.HEADING if is_heading else PointKind.PARAGRAPH, text)
    return PointText(value.number, value.kind, value.text, value.level, value.html)


def points_of(values: Iterable[Any]) -> list[PointText]:
    return [point_of(value) for value in values]
