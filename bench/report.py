"""One line per budget, and whether it is kept."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A measured figure beside its budget. ``at_least`` tells in which direction the budget points."""

    what: str
    measured: float
    budget: float
    unit: str
    at_least: bool = True
    note: str = ""

    @property
    def is_kept(self) -> bool:
        return self.measured >= self.budget if self.at_least else self.measured <= self.budget

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        kept = "kept" if self.is_kept else "MISSED"
        return f"{self.what:<52} {self.measured:>9.2f} {self.unit:<10} {sign} {self.budget:<8g} {kept:<7} {self.note}"


def show(title: str, lines: list[Line]) -> int:
    """Prints a section; the number of missed budgets."""
    print(f"\n{title}\n{'-' * len(title)}")
    for line in lines:
        print(line, flush=True)
    return sum(not line.is_kept for line in lines)
