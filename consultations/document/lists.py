"""Numbers that Word and LibreOffice count by themselves: what a reader sees in front of an item."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.common.formats import roman

BULLET = "–"


@dataclass(frozen=True)
class Level:
    """One level of a list: how it counts and what stands around the number (»%1.%2.«, »§ %1.«)."""

    shape: str = "decimal"
    pattern: str = "%1."
    start: int = 1


@dataclass
class Counter:
    """Counts the items of one list; a number starts anew when a higher level moves on."""

    levels: Sequence[Level]
    counts: dict[int, int] = field(default_factory=dict)

    def next_label(self, depth: int) -> str:
        """The label of the next item on a level (0 is the highest); a bullet for what has no number."""
        level = self.level(depth)
        self.counts[depth] = self.counts.get(depth, level.start - 1) + 1
        self.counts = {known: n for known, n in self.counts.items() if known <= depth}
        if level.shape == "bullet":
            return BULLET
        if level.shape == "none" and "%" not in level.pattern:
            return ""
        label = level.pattern
        for other in range(depth + 1):
            number = self.counts.get(other, self.level(other).start)
            label = label.replace(f"%{other + 1}", shown(number, self.level(other).shape))
        return label.strip()

    def level(self, depth: int) -> Level:
        return self.levels[depth] if depth < len(self.levels) else Level(pattern=f"%{depth + 1}.")


def shown(number: int, shape: str) -> str:
    """A number as a list shows it."""
    if shape in ("lowerLetter", "upperLetter"):
        letters = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if shape == "lowerLetter" else letters.upper()
    if shape in ("lowerRoman", "upperRoman"):
        return roman(number).lower() if shape == "lowerRoman" else roman(number)
    return "" if shape == "none" else str(number)
