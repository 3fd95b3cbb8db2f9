"""The content of an offer (REG-2057, annex 1; domain §3.11) as values that can be summed and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, Self

from .values import ZERO, day, flag, mapping, money, product, quantity, rows, share, shares, text, total

# The printed form has three columns of years and may be extended; the longest task of a contract has five.
LONGEST = 5
ACTION_COSTS, ADMIN_COSTS = "action", "admin"
FREE, PAID, BOTH = "free", "paid", "both"
STATEMENTS = ("statutory", "fees", "tax", "social", "register", "truth", "data")


@dataclass(frozen=True)
class Applicant:
    """II.2: who gives explanations."""

    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""


@dataclass(frozen=True)
class Task:
    """III.1–3."""

    title: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    place: str = ""
    target_group: str = ""
    needs: str = ""
    complementarity: str = ""

    @property
    def year_count(self) -> int:
        """How many budget years the task touches, at least one."""
        if not self.starts_on or not self.ends_on or self.ends_on < self.starts_on:
            return 1
        return min(self.ends_on.year - self.starts_on.year + 1, LONGEST)

    def calendar_years(self) -> list[int]:
        """The years behind »Rok 1«, »Rok 2«…; empty while the beginning is unknown."""
        return [self.starts_on.year + n for n in range(self.year_count)] if self.starts_on else []


@dataclass(frozen=True)
class Action:
    """A row of the timetable, III.4."""

    id: str
    name: str = ""
    description: str = ""
    target_group: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    outside_party: str = ""


@dataclass(frozen=True)
class Indicator:
    """A row of III.6."""

    id: str
    name: str = ""
    target: str = ""
    monitoring: str = ""


@dataclass(frozen=True)
class Results:
    """III.5–6."""

    effects: str = ""
    change: str = ""
    durability: str = ""
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True)
class Capacity:
    """IV."""

    earlier_activity: str = ""
    human: str = ""
    material: str = ""
    financial: str = ""


@dataclass(frozen=True)
class CostRow:
    """A row of V.A. ``years`` has only the amounts that were given."""

    id: str
    group: str = ACTION_COSTS
    action_id: str = ""
    name: str = ""
    unit: str = ""
    unit_cost: Decimal | None = None
    quantity: Decimal | None = None
    years: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def value(self) -> Decimal:
        """»Razem«: unit cost × units (R-OFF-01)."""
        return product(self.unit_cost, self.quantity)

    def in_year(self, year: int, *, of: int) -> Decimal:
        """The amount of »Rok n«. A task of one year need not repeat the value in its only column."""
        if of == 1 and not self.years:
            return self.value if year == 1 else ZERO
        return self.years.get(str(year), ZERO)


@dataclass(frozen=True)
class Costs:
    """V.A."""

    rows: tuple[CostRow, ...] = ()

    @property
    def total(self) -> Decimal:
        return total(row.value for row in self.rows)

    @property
    def action_rows(self) -> tuple[CostRow, ...]:
        """Group I, costs of the actions."""
        return tuple(row for row in self.rows if row.group == ACTION_COSTS)

    @property
    def admin_rows(self) -> tuple[CostRow, ...]:
        """Group II, administrative costs."""
        return tuple(row for row in self.rows if row.group == ADMIN_COSTS)

    @property
    def action_total(self) -> Decimal:
        return total(row.value for row in self.action_rows)

    @property
    def admin_total(self) -> Decimal:
        return total(row.value for row in self.admin_rows)

    def rows_of(self, action_id: str) -> tuple[CostRow, ...]:
        return tuple(row for row in self.action_rows if row.action_id == action_id)

    def total_of(self, action_id: str) -> Decimal:
        return total(row.value for row in self.rows_of(action_id))

    def in_year(self, year: int, *, of: int) -> Decimal:
        return total(row.in_year(year, of=of) for row in self.rows)


@dataclass(frozen=True)
class Sources:
    """V.B; None is »not written yet«."""

    grant: Decimal | None = None
    own_financial: Decimal | None = None
    own_in_kind: Decimal | None = None
    fees: Decimal | None = None

    @property
    def own(self) -> Decimal:
        """Row 3: own contribution, in money and in kind."""
        return total([self.own_financial, self.own_in_kind])

    @property
    def total(self) -> Decimal:
        """Rows 2 + 3 + 4."""
        return total([self.grant, self.own, self.fees])


@dataclass(frozen=True)
class SplitRow:
    """A row of V.C: what one of the offerors spends, by year."""

    organization_id: int | None = None
    years: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        return total(self.years.values())


@dataclass(frozen=True)
class Declarations:
    """VI and VII. ``payment`` is free, paid or both; ``statements`` are the ones made."""

    payment: str = ""
    joint_roles: str = ""
    other: str = ""
    statements: frozenset[str] = frozenset()
    has_tax_arrears: bool = False
    has_social_arrears: bool = False

    @property
    def is_paid(self) -> bool:
        return self.payment in (PAID, BOTH)


@dataclass(frozen=True)
class OfferContent:
    """The whole offer. Missing parts read as empty ones."""

    applicant: Applicant = Applicant()
    task: Task = Task()
    plan: tuple[Action, ...] = ()
    results: Results = Results()
    capacity: Capacity = Capacity()
    costs: Costs = Costs()
    sources: Sources = Sources()
    split: tuple[SplitRow, ...] = ()
    declarations: Declarations = Declarations()

    @classmethod
    def from_sections(cls, sections: Mapping[str, Any]) -> Self:
        """Reads ``{section key: content}``, whatever is in it."""
        found = {key: mapping(content) for key, content in mapping(sections).items()}
        wanted = {key: found.get(key, {}) for key in ("applicant", "task", "results", "capacity", "sources")}
        return cls(
            applicant=Applicant(**_texts(wanted["applicant"], Applicant)),
            task=_task(wanted["task"]),
            plan=tuple(_action(row) for row in rows(found.get("plan", {}).get("actions"))),
            results=_results(wanted["results"]),
            capacity=Capacity(**_texts(wanted["capacity"], Capacity)),
            costs=Costs(tuple(_cost_row(row) for row in rows(found.get("costs", {}).get("rows")))),
            sources=Sources(**{name: money(wanted["sources"].get(name)) for name in _names(Sources)}),
            split=tuple(_split_row(row) for row in rows(found.get("split", {}).get("rows"))),
            declarations=_declarations(found.get("declarations", {})),
        )

    @classmethod
    def from_version(cls, content: Mapping[str, Any]) -> Self:
        """Reads ``OfferVersion.content``."""
        return cls.from_sections(mapping(content).get("sections", {}))

    @property
    def years(self) -> range:
        """1, 2… : the columns »Rok n« that this offer has."""
        return range(1, self.task.year_count + 1)

    def action_names(self) -> dict[str, str]:
        return {action.id: action.name for action in self.plan}

    def cost_in_year(self, year: int) -> Decimal:
        return self.costs.in_year(year, of=self.task.year_count)

    def split_of(self, organization_id: int) -> SplitRow:
        return next(
            (row for row in self.split if row.organization_id == organization_id), SplitRow(organization_id)
        )

    def source_shares(self) -> dict[str, Decimal]:
        """Per cents of V.B: grant, own (with its two parts) and fees; they make 100.00 when the sums agree."""
        of, sources = self.costs.total, self.sources
        parts = [sources.grant or ZERO, sources.own_financial or ZERO, sources.own_in_kind or ZERO]
        names = ("grant", "own_financial", "own_in_kind", "fees")
        found = dict(zip(names, shares([*parts, sources.fees or ZERO], of), strict=True))
        return {**found, "own": found["own_financial"] + found["own_in_kind"]}

    @property
    def admin_share(self) -> Decimal:
        """Administrative costs in per cent of the value of the offer."""
        return share(self.costs.admin_total, self.costs.total)


def _names(of: type) -> tuple[str, ...]:
    return tuple(column.name for column in fields(of))


def _texts(found: Mapping[str, Any], of: type) -> dict[str, Any]:
    return {name: text(found.get(name, "")) for name in _names(of)}


def _task(found: Mapping[str, Any]) -> Task:
    texts = _texts(found, Task)
    return Task(**{**texts, "starts_on": day(texts["starts_on"]), "ends_on": day(texts["ends_on"])})


def _action(row: Mapping[str, Any]) -> Action:
    texts = _texts(row, Action)
    return Action(**{**texts, "starts_on": day(texts["starts_on"]), "ends_on": day(texts["ends_on"])})


def _results(found: Mapping[str, Any]) -> Results:
    indicators = tuple(Indicator(**_texts(row, Indicator)) for row in rows(found.get("indicators")))
    return Results(**{**_texts(found, Results), "indicators": indicators})


def _cost_row(row: Mapping[str, Any]) -> CostRow:
    return CostRow(
        id=text(row.get("id", "")),
        group=ADMIN_COSTS if row.get("group") == ADMIN_COSTS else ACTION_COSTS,
        action_id=text(row.get("action_id", "")),
        name=text(row.get("name", "")),
        unit=text(row.get("unit", "")),
        unit_cost=money(row.get("unit_cost")),
        quantity=quantity(row.get("quantity")),
        years=_years(row.get("years")),
    )


def _years(value: Any) -> dict[str, Decimal]:
    known = {str(n): money(mapping(value).get(str(n))) for n in range(1, LONGEST + 1)}
    return {year: amount for year, amount in known.items() if amount is not None}


def _split_row(row: Mapping[str, Any]) -> SplitRow:
    written = text(row.get("organization_id", ""))
    return SplitRow(
        int(written) if written.isascii() and written.isdigit() else None, _years(row.get("years"))
    )


def _declarations(found: Mapping[str, Any]) -> Declarations:
    made = mapping(found.get("statements"))
    payment = text(found.get("payment", ""))
    return Declarations(
        payment=payment if payment in (FREE, PAID, BOTH) else "",
        joint_roles=text(found.get("joint_roles", "")),
        other=text(found.get("other", "")),
        statements=frozenset(name for name in STATEMENTS if flag(made.get(name))),
        has_tax_arrears=flag(found.get("has_tax_arrears")),
        has_social_arrears=flag(found.get("has_social_arrears")),
    )
