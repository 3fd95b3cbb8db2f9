"""A notice as plain values: what a version keeps, and what a change of its rows does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from core.legal import audit
from core.legal.rules import Breach, LawBreached

from ..models import Call
from .drafting import NOTICE_FIELDS

# The rows of a notice and what a version keeps of each.
NOTICE_ROWS: dict[str, tuple[str, ...]] = {
    "budget_years": ("year", "amount", "is_approximate", "note"),
    "budget_sources": ("source", "amount", "is_approximate", "note"),
    "budget_items": ("year", "part", "place", "source", "amount", "is_approximate", "is_contingent", "note"),
    "parts": (
        "no", "name", "budget", "is_approximate", "unit_rate", "unit_rate_per", "places", "year", "min_grant",
        "max_grant", "max_grant_per_year", "equipment_limit", "min_own_contribution_percent", "planned_awards",
        "place", "task_from", "task_to", "note",
    ),
    "criteria": ("name", "description", "max_points", "weight", "position"),
    "intake_windows": ("opens", "closes", "note"),
    "phases": ("name", "task_from", "task_to", "note"),
    "premises": (
        "address", "area", "cellar_area", "common_share_percent", "rent", "rent_per", "utilities", "note",
    ),
    "prior_funding": ("year_from", "year_to", "task", "amount", "grants_to_ngos", "note"),
}  # fmt: skip


@dataclass(frozen=True)
class RowChange:
    """One row of a changed notice: its key (None for a new one), its values, or that it goes."""

    pk: int | None
    values: Mapping[str, Any] = field(default_factory=dict)
    is_removed: bool = False


def notice_of(call: Call) -> dict[str, Any]:
    """The whole notice as plain values, for a version and for printing it."""
    named = {
        "number": call.number,
        "unit_names": [unit.name for unit in call.units.all()] or [str(call.unit)] * bool(call.unit),
        "sphere_names": [str(sphere) for sphere in call.spheres.all()],
        "district_names": [district.full_name for district in call.districts.all()],
    }
    return {
        **audit.snapshot(call, NOTICE_FIELDS),
        **{name: rows_of(call, name) for name in NOTICE_ROWS},
        **named,
    }


def rows_of(call: Call, name: str) -> list[dict[str, str]]:
    """The rows of one kind, as text; what a row leaves open is left out."""
    return [_plain(row) for row in getattr(call, name).values(*NOTICE_ROWS[name])]


def _plain(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in row.items() if value not in (None, "", False)}


def apply_rows(call: Call, name: str, wanted: Sequence[RowChange]) -> None:
    """Writes the rows of one kind; those not named stay. Raises LawBreached for a row that offers hang on."""
    manager = getattr(call, name)
    for row in wanted:
        if row.is_removed:
            _remove(manager, row)
        elif row.pk is None:
            manager.create(**row.values)
        else:
            _update(manager.get(pk=row.pk), row.values)


def _update(row: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def _remove(manager: Any, row: RowChange) -> None:
    found = manager.filter(pk=row.pk).first()
    if found is None:
        return
    try:
        found.delete()
    except ProtectedError as refused:
        message = _("%(row)s: są już oferty, dlatego nie można tego usunąć.") % {"row": found}
        raise LawBreached([Breach("R-CALL-16", message)]) from refused
