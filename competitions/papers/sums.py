"""Amounts of an offer as its tables show them: values, years, totals, shares (R-OFF-01, 05). Decimal only."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from .form import YEARS, rows_of, sections_of

ZERO = Decimal(0)
GROSZ = Decimal("0.01")


def amount(value: Any) -> Decimal:
    """What a string of the content means; nothing, and what is no number, counts as zero."""
    try:
        found = Decimal(str(value if value not in (None, "") else 0))
    except InvalidOperation:
        return ZERO
    return found if found.is_finite() else ZERO


def value_of(row: dict[str, Any]) -> Decimal:
    """Unit cost × units, to the grosz (R-OFF-01)."""
    product = amount(row.get("unit_cost")) * amount(row.get("quantity"))
    return product.quantize(GROSZ, rounding=ROUND_HALF_UP)


def years_of(row: dict[str, Any]) -> dict[str, Decimal]:
    years = row.get("years") or {}
    return {year: amount(years.get(year)) for year in YEARS}


@dataclass(frozen=True)
class CostLine:
    """One line of the cost table; ``kind``: group, action, cost, sum, total."""

    kind: str
    number: str
    name: str
    unit: str = ""
    unit_cost: Decimal | None = None
    quantity: Decimal | None = None
    value: Decimal | None = None
    years: dict[str, Decimal] = field(default_factory=dict)


def _summed(kind: str, name: str, rows: list[dict[str, Any]]) -> CostLine:
    years = {year: sum((years_of(row)[year] for row in rows), ZERO) for year in YEARS}
    return CostLine(kind, "", name, value=sum((value_of(row) for row in rows), ZERO), years=years)


def _line(number: str, row: dict[str, Any]) -> CostLine:
    return CostLine(
        "cost",
        number,
        str(row.get("name") or ""),
        str(row.get("unit") or ""),
        amount(row.get("unit_cost")),
        amount(row.get("quantity")),
        value_of(row),
        years_of(row),
    )


def cost_lines(content: dict[str, Any], words: dict[str, str]) -> list[CostLine]:
    """Table V.A line by line, numbered I, I.1, I.1.1 … II, II.1. ``words`` names groups and sums."""
    sections = sections_of(content)
    rows = rows_of(sections["costs"], "rows")
    of_actions = [row for row in rows if row.get("group") != "admin"]
    lines = [CostLine("group", "I", words["action"])]
    named = {str(a.get("id")): str(a.get("name") or "") for a in rows_of(sections["plan"], "actions")}
    used = [key for key in named if any(str(r.get("action_id")) == key for r in of_actions)]
    loose = [r for r in of_actions if str(r.get("action_id")) not in named]
    groups = [(named[key], [r for r in of_actions if str(r.get("action_id")) == key]) for key in used]
    for number, (name, costs) in enumerate([*groups, *([(words["other"], loose)] if loose else [])], start=1):
        lines.append(CostLine("action", f"I.{number}", name))
        lines += [_line(f"I.{number}.{place}", row) for place, row in enumerate(costs, start=1)]
    admin = [row for row in rows if row.get("group") == "admin"]
    return [
        *lines,
        _summed("sum", words["action_sum"], of_actions),
        CostLine("group", "II", words["admin"]),
        *(_line(f"II.{place}", row) for place, row in enumerate(admin, start=1)),
        _summed("sum", words["admin_sum"], admin),
        _summed("total", words["total"], rows),
    ]


def total_cost(content: dict[str, Any]) -> Decimal:
    return sum((value_of(row) for row in rows_of(sections_of(content)["costs"], "rows")), ZERO)


@dataclass(frozen=True)
class Sources:
    """Table V.B; shares are percentages with two decimals that sum to 100.00 when the amounts do."""

    total: Decimal
    grant: Decimal
    own_financial: Decimal
    own_in_kind: Decimal
    fees: Decimal

    @property
    def own(self) -> Decimal:
        return self.own_financial + self.own_in_kind

    def share(self, part: Decimal) -> Decimal:
        return (part * 100 / self.total).quantize(GROSZ, rounding=ROUND_HALF_UP) if self.total else ZERO

    @property
    def shares(self) -> dict[str, Decimal]:
        """The last part takes what rounding leaves over, so that the column adds up."""
        parts = {"grant": self.grant, "own": self.own, "fees": self.fees}
        found = {name: self.share(part) for name, part in parts.items()}
        rest = Decimal(100) - sum(found.values(), ZERO) if sum(parts.values(), ZERO) == self.total else ZERO
        largest = max(parts, key=lambda name: parts[name])
        return {**found, largest: found[largest] + rest} if self.total else found


def sources_of(content: dict[str, Any]) -> Sources:
    given = sections_of(content)["sources"]
    names = ("grant", "own_financial", "own_in_kind", "fees")
    return Sources(total_cost(content), *(amount(given.get(name)) for name in names))
