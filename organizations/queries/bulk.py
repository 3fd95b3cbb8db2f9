"""Reads of bulk updates for the desk."""

from itertools import islice
from typing import Any

from core.city.models import District
from core.documents.checks.refusal import Refused

from ..actions.bulk_files import lines_of
from ..actions.bulk_values import FIELDS
from ..enums import LegalForm
from ..models import BulkRow, BulkUpdate
from .registry import districts

SAMPLES = 3
Change = tuple[str, str, str]


def in_words(row: BulkRow) -> list[Change]:
    """Label, what is there, what would be there; without queries once the districts are known."""
    return [
        (str(FIELDS[name].label), _said(name, row.before.get(name)), _said(name, value))
        for name, value in row.after.items()
    ]


def _said(name: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if name == "legal_form" and value in LegalForm.values:
        return str(LegalForm(value).label)
    if name == "district":
        return next((_district(d) for d in districts() if d.pk == value), str(value))
    return str(value)


def _district(district: District) -> str:
    return district.full_name


def samples_of(update: BulkUpdate) -> dict[int, list[str]]:
    """The first values of each column, as they stand in the file."""
    found: dict[int, list[str]] = {}
    try:
        with update.file.open("rb") as file:
            for _number, cells in islice(
                lines_of(update.original_name, file), update.header_row, update.header_row + SAMPLES
            ):
                for column, cell in enumerate(cells):
                    if cell.value not in (None, ""):
                        found.setdefault(column, []).append(str(cell.value)[:40])
    except (Refused, OSError):
        return {}
    return found
