"""From the posted form to a section's content, and from the content to what the form shows."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.legal.rules import Breach

from ...law import offers as law
from ...law.offers import template as form
from ...law.offers.limits import length_limit
from ...law.offers.values import mapping, money, quantity, rows

ROW = "row"
# Group and action of a cost are asked together, in one choice of this name.
PLACE = "place"
MOVES = ("up", "down")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass
class Field:
    """One input: ``address`` in breaches and conflicts, ``name`` in the form."""

    question: form.Question
    name: str
    address: str
    value: Any
    limit: int = 0
    choices: list[tuple[str, Any]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    is_required: bool = True

    @property
    def id(self) -> str:
        return "id_" + self.name.replace(".", "-")

    @property
    def length(self) -> int:
        return len(str(self.value or ""))

    @property
    def is_over(self) -> bool:
        return self.length > self.limit

    @property
    def is_day(self) -> bool:
        """Whether a date input can show it; a day that cannot be understood stays readable as text."""
        return not self.value or bool(ISO_DAY.fullmatch(str(self.value)))

    @property
    def shown(self) -> str:
        """Amounts and quantities with a decimal comma; what is no number as it was typed."""
        written = str(self.value if self.value is not None else "")
        readers = {form.MONEY: money, form.QUANTITY: quantity}
        reader = readers.get(self.question.kind)
        return written.replace(".", ",") if reader and reader(written) is not None else written


@dataclass
class Row:
    """One row of a table as the form shows it."""

    id: str
    title: str
    fields: list[Field]
    years: list[Field] = field(default_factory=list)
    value: Any = None
    errors: list[str] = field(default_factory=list)
    is_fixed: bool = False


# --- from the form --------------------------------------------------------------------------------


def read_section(key: str, post: QueryDict, known: Mapping[str, Any]) -> dict[str, Any]:
    """The content that was sent, rows in the order in which they stood on the page.

    Questions the page did not ask keep their ``known`` answer; only a box that is not ticked sends nothing.
    """
    section = form.BY_KEY[key]
    found: dict[str, Any] = {
        question.name: post.get(
            question.name, "" if question.kind == form.FLAG else known.get(question.name, "")
        )
        for question in section.questions
    }
    if section.table:
        found[section.table.name] = [_read_row(section.table, row, post) for row in post.getlist(ROW)]
    return found


def _read_row(table: form.Table, row: str, post: QueryDict) -> dict[str, Any]:
    found: dict[str, Any] = {column.name: post.get(f"{row}.{column.name}", "") for column in table.columns}
    found["organization_id" if table.is_fixed else "id"] = row
    if f"{row}.{PLACE}" in post:
        found |= _read_place(post[f"{row}.{PLACE}"])
    if table.by_year:
        start = f"{row}.years."
        found["years"] = {name.removeprefix(start): post[name] for name in post if name.startswith(start)}
    return found


def _read_place(written: str) -> dict[str, str]:
    """One choice of the page is two of the form: the group of a cost, and its action."""
    group, __, action = written.partition(":")
    return {"group": group or law.content.ACTION_COSTS, "action_id": action}


def with_row_act(
    key: str, content: dict[str, Any], act: str, group: str = "", action: str = ""
) -> dict[str, Any]:
    """The content after »dodaj«, »usuń«, »wyżej«, »niżej«: ``add``, ``remove:<id>``, ``up:<id>``, ``down:<id>``."""
    table = form.BY_KEY[key].table
    if table is None or table.is_fixed:
        return content
    verb, __, target = act.partition(":")
    table_rows = list(content[table.name])
    if verb == "add":
        table_rows.append(
            {"id": law.new_row_id(), "group": group or law.content.ACTION_COSTS, "action_id": action}
        )
    place = next((n for n, row in enumerate(table_rows) if row["id"] == target), None)
    if place is not None and verb == "remove":
        del table_rows[place]
    elif place is not None and verb in MOVES:
        other = place + (1 if verb == "down" else -1)
        if 0 <= other < len(table_rows):
            table_rows[place], table_rows[other] = table_rows[other], table_rows[place]
    return {**content, table.name: table_rows}


# --- to the form ----------------------------------------------------------------------------------


class Shown:
    """A section as its page shows it, with what is wrong beside each input."""

    def __init__(
        self, key: str, content: Mapping[str, Any], facts: law.OfferFacts, breaches: Iterable[Breach]
    ):
        self.section, self.content, self.facts = form.BY_KEY[key], content, facts
        self.table = self.section.table or form.Table("", "", ())
        self.errors: dict[str, list[str]] = {}
        for breach in breaches:
            self.errors.setdefault(breach.field, []).append(str(breach.message))

    def fields(self) -> list[Field]:
        found = []
        for question in self.section.questions:
            if question.name == "joint_roles" and not self.facts.is_joint:
                continue
            address = f"{self.section.key}.{question.name}"
            found.append(self._field(question, question.name, address, self.content.get(question.name)))
        return found

    def rows(self) -> list[Row]:
        table = self.section.table
        if table is None:
            return []
        if table.is_fixed:
            return [self._party_row(party) for party in self.facts.offerors]
        return [self.row(row, n) for n, row in enumerate(rows(self.content.get(table.name)), start=1)]

    def row(self, row: Mapping[str, Any], n: int) -> Row:
        table, row_id = self.table, str(row.get("id", ""))
        asked = [column for column in table.columns if column.name not in ("group", "action_id")]
        fields = [self._of_row(column, column.name, row_id, row.get(column.name)) for column in asked]
        if self.section.key == "costs":
            fields.insert(0, self._place(row_id, row))
        return Row(
            id=row_id,
            title=f"{table.row_label} {n}",
            fields=fields,
            years=self._years(row_id, row) if table.by_year else [],
            value=self._value(row_id),
            errors=self.errors.get(f"{self.section.key}.{row_id}.years", []),
        )

    def _of_row(self, question: form.Question, column: str, row_id: str, value: Any) -> Field:
        return self._field(question, f"{row_id}.{column}", f"{self.section.key}.{row_id}.{column}", value)

    def _place(self, row_id: str, row: Mapping[str, Any]) -> Field:
        """Where a cost belongs: to an action of the timetable, or to the administrative costs."""
        group, action = row.get("group") or law.content.ACTION_COSTS, row.get("action_id") or ""
        is_admin = group == law.content.ADMIN_COSTS
        value = group if is_admin else f"{group}:{action}"
        question = form.Question(PLACE, _("Czego dotyczy koszt"), form.CHOICE)
        shown = self._of_row(question, PLACE, row_id, value)
        shown.errors = self.errors.get(f"{self.section.key}.{row_id}.action_id", [])
        shown.address = f"{self.section.key}.{row_id}.action_id"
        actions = [(f"{law.content.ACTION_COSTS}:{a.id}", a.name or "…") for a in self.facts.content.plan]
        known = [*actions, (law.content.ADMIN_COSTS, dict(form.COST_GROUPS)["admin"])]
        is_known = value in dict(known)
        shown.choices = known if is_known else [(value, _("wybierz działanie")), *known]
        return shown

    def blank_row(self) -> Row:
        """The row that the script copies; its id is replaced."""
        return self.row({"id": "__ID__", "group": law.content.ACTION_COSTS}, 0)

    def _party_row(self, party: law.Party) -> Row:
        key = str(party.organization_id)
        given = {str(row.get("organization_id")): row for row in rows(self.content.get("rows"))}.get(key, {})
        total = self.facts.content.split_of(party.organization_id).total
        errors = self.errors.get(f"split.{key}", [])
        return Row(key, party.name, [], self._years(key, given), total, errors, is_fixed=True)

    def _years(self, row_id: str, row: Mapping[str, Any]) -> list[Field]:
        """»Rok 1«, »Rok 2«…; a cost of a one-year task needs none, its value is the year's."""
        count, known = self.facts.content.task.year_count, mapping(row.get("years"))
        written = [
            int(year) for year, amount in known.items() if year.isdigit() and str(amount or "").strip()
        ]
        last = max([count, *written])
        if last == 1 and self.section.key == "costs" and not written:
            return []
        calendar = self.facts.content.task.calendar_years()
        return [
            self._field(
                form.Question(str(n), _year_label(n, calendar), form.MONEY, is_required=False),
                f"{row_id}.years.{n}",
                f"{self.section.key}.{row_id}.years.{n}",
                known.get(str(n), ""),
            )
            for n in range(1, last + 1)
        ]

    def _value(self, row_id: str) -> Any:
        if self.section.key != "costs":
            return None
        return next((row.value for row in self.facts.content.costs.rows if row.id == row_id), law.values.ZERO)

    def _field(self, question: form.Question, name: str, address: str, value: Any) -> Field:
        key = f"{self.section.key}.{question.name}"
        is_counted = question.kind in form.COUNTED
        return Field(
            question=question,
            name=name,
            address=address,
            value=value,
            limit=length_limit(self.facts.limits, key, question.kind) if is_counted else 0,
            choices=list(question.choices),
            errors=self.errors.get(address, []),
            is_required=question.is_required or question.name == "joint_roles",
        )


def _year_label(n: int, calendar: list[int]) -> str:
    plain = _("Rok %(n)s") % {"n": n}
    return f"{plain} ({calendar[n - 1]})" if n <= len(calendar) else plain


def label_of(key: str, address: str, content: Mapping[str, Any]) -> str:
    """»Koszt 2, rodzaj miary« for the address of a conflict within a section."""
    section, parts = form.BY_KEY[key], address.split(".")
    question = section.question(parts[0])
    if question is not None:
        return str(question.label)
    table = section.table
    if table is None or len(parts) < 3:
        return str(section.title)
    ids = [str(row.get("id") or row.get("organization_id")) for row in rows(content.get(table.name))]
    n = ids.index(parts[1]) + 1 if parts[1] in ids else 0
    year = _year_label(int(parts[-1]), []) if parts[-1].isdigit() else ""
    column = next((str(c.label) for c in table.columns if c.name == parts[2]), year)
    return f"{table.row_label} {n or '–'}: {column}"


def sums(facts: law.OfferFacts) -> dict[str, Any]:
    """The band of sums below the costs: total, grant, own contribution, administrative costs, each with its limit."""
    content, limits = facts.content, facts.limits
    return {
        "total": content.costs.total,
        "grant": content.sources.grant or law.values.ZERO,
        "sources": content.sources.total,
        "agrees": content.costs.total == content.sources.total,
        "difference": abs(content.costs.total - content.sources.total),
        "shares": content.source_shares(),
        "admin": content.costs.admin_total,
        "action_total": content.costs.action_total,
        "admin_share": content.admin_share,
        "max_grant": limits.max_grant,
        "min_own": limits.min_own_percent,
        "max_admin": limits.admin_cost_percent,
        "own_share": content.source_shares()["own"],
        "years": [(n, content.cost_in_year(n)) for n in content.years],
    }
