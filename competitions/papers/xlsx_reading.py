"""Reading the cost table back: every cell that is not understood is named, nothing is guessed silently."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import openpyxl
from defusedxml.ElementTree import ParseError, iterparse
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from core.common.sanitize import strip_controls

from ..law.offers.cleaning import MOST_ROWS
from ..law.offers.values import GROSZ, money, quantity
from ..models import Offer
from .docx_reading import plain
from .marks import read_mark, require_same_call
from .proposal import Reading
from .xlsx_costs import FIRST, IDENTITY

MOST_CELLS_ACROSS = 40
ROWS_SEARCHED_FOR_HEAD = 40
MOST_EMPTY = 200
YEAR = re.compile(r"rok (\d)")
NEEDED = ("Grupa", "Rodzaj kosztu", "Rodzaj miary", "Koszt jednostkowy", "Liczba jednostek")
NAMES = {
    "Rodzaj kosztu": "name",
    "Rodzaj miary": "unit",
    "Koszt jednostkowy": "unit_cost",
    "Liczba jednostek": "quantity",
}


@dataclass(frozen=True)
class Cell:
    """A cell with its result: ``formula`` is what stands in it when it is one."""

    at: str
    value: Any = None
    formula: str = ""
    merged: str = ""

    @property
    def is_empty(self) -> bool:
        return self.value in (None, "") and not self.formula


def read_costs(content: bytes, offer: Offer) -> Reading:
    """The rows of the sheet. Raises ValidationError for a foreign or broken file, and for one without the columns."""
    try:
        results = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        formulas = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        mark = require_same_call(read_mark(results.properties.keywords), offer)
        name = _sheet_name(results)
        merged = _merged_cells(content, results, name)
        lines = list(_lines(results[name], formulas[name], merged))
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        TypeError,
        AttributeError,
        ParseError,
        OverflowError,
    ) as error:
        raise ValidationError(_broken()) from error
    except ValueError as error:
        raise ValidationError(_broken()) from error
    reading = Reading(edits=mark.edits if mark.offer == offer.pk else {})
    _Costs(reading, offer).read(lines)
    return reading


def _broken() -> str:
    return _("Plik: nie udało się go odczytać. Otwórz go u siebie, zapisz jako .xlsx i dodaj jeszcze raz.")


def _sheet_name(book: Any) -> str:
    """The sheet with the title of ours, else the first."""
    names = book.sheetnames
    return "Kosztorys" if "Kosztorys" in names else names[0]


def _lines(results: Any, formulas: Any, merged: dict[str, str]) -> Iterator[list[Cell]]:
    """Rows of both readings side by side; a long empty tail ends the reading."""
    empty = 0
    pairs = zip(
        results.iter_rows(max_col=MOST_CELLS_ACROSS, values_only=True),
        formulas.iter_rows(max_col=MOST_CELLS_ACROSS, values_only=True),
        strict=False,
    )
    for number, (values, written) in enumerate(pairs, start=1):
        line = [
            _cell(f"{get_column_letter(column)}{number}", value, formula, merged)
            for column, (value, formula) in enumerate(zip(values, written, strict=False), start=1)
        ]
        empty = empty + 1 if all(cell.is_empty for cell in line) else 0
        if empty > MOST_EMPTY:
            return
        yield line


def _cell(at: str, value: Any, written: Any, merged: dict[str, str]) -> Cell:
    is_formula = isinstance(written, str) and written.startswith("=")
    return Cell(at, value, written if is_formula else "", merged.get(at, ""))


def _merged_cells(content: bytes, book: Any, name: str) -> dict[str, str]:
    """Cell → the merged range it lies in (all but its first cell)."""
    number = book.sheetnames.index(name) + 1
    found: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        path = f"xl/worksheets/sheet{number}.xml"
        if path not in package.namelist():
            return found
        with package.open(path) as part:
            for _event, node in iterparse(part):
                if node.tag.endswith("}mergeCell"):
                    found.update(_covered(node.get("ref", "")))
                elif node.tag.endswith("}row"):
                    node.clear()
    return found


def _covered(reference: str) -> dict[str, str]:
    try:
        left, top, right, bottom = range_boundaries(reference)
    except ValueError:
        return {}
    if (right - left + 1) * (bottom - top + 1) > MOST_ROWS * MOST_CELLS_ACROSS:
        return {}
    cells = [f"{get_column_letter(c)}{r}" for r in range(top, bottom + 1) for c in range(left, right + 1)]
    return dict.fromkeys(cells[1:], reference)


class _Costs:
    """Turns lines into rows of section V.A."""

    def __init__(self, reading: Reading, offer: Offer):
        self.reading = reading
        plan = offer.sections.filter(key="plan").values_list("content", flat=True).first() or {}
        self.actions = {plain(row.get("name", "")): str(row.get("id", "")) for row in plan.get("actions", [])}
        self.places: dict[str, int] = {}
        self.years: dict[str, int] = {}

    def read(self, lines: list[list[Cell]]) -> None:
        start = self._find_head(lines)
        found = [row for line in lines[start + 1 :] if (row := self._row(line)) is not None]
        if len(found) > MOST_ROWS:
            message = _(
                "Kosztorys ma %(count)s wierszy, a może mieć najwyżej %(most)s. Połącz podobne koszty."
            )
            raise ValidationError(message % {"count": len(found), "most": MOST_ROWS})
        self.reading.answer("costs", "rows", found)

    def _find_head(self, lines: list[list[Cell]]) -> int:
        """The row with the names of the columns. Raises ValidationError that names the missing ones."""
        best, best_places = 0, {}
        for number, line in enumerate(lines[:ROWS_SEARCHED_FOR_HEAD]):
            places = {
                plain(cell.value): place for place, cell in enumerate(line) if cell.value not in (None, "")
            }
            if sum(plain(name) in places for name in FIRST) > sum(
                plain(name) in best_places for name in FIRST
            ):
                best, best_places = number, places
        missing = [name for name in NEEDED if plain(name) not in best_places]
        if missing:
            message = _(
                "Kosztorys: brakuje kolumn: %(names)s. Pobierz plik jeszcze raz i przenieś do niego dane."
            )
            raise ValidationError(message % {"names": ", ".join(missing)})
        self.places = {
            name: best_places[plain(name)] for name in (*FIRST, IDENTITY) if plain(name) in best_places
        }
        self.years = {m[1]: place for label, place in best_places.items() if (m := YEAR.fullmatch(label))}
        return best

    def _row(self, line: list[Cell]) -> dict[str, Any] | None:
        """One cost; None for an empty line and for the line of sums."""
        name = self._words(line, "Rodzaj kosztu", is_silent=True)
        filled = [
            line[self.places[key]]
            for key in ("Rodzaj kosztu", "Rodzaj miary", "Koszt jednostkowy", "Liczba jednostek")
        ]
        filled += [line[place] for place in self.years.values()]
        if all(cell.is_empty and not cell.merged for cell in filled) or plain(name).startswith("suma "):
            return None
        row = {NAMES[label]: self._words(line, label) for label in ("Rodzaj kosztu", "Rodzaj miary")}
        row |= {
            "group": self._group(line),
            "action_id": self._action(line),
            "unit_cost": self._number(line[self.places["Koszt jednostkowy"]], "Koszt jednostkowy", money),
            "quantity": self._number(line[self.places["Liczba jednostek"]], "Liczba jednostek", quantity),
        }
        row["years"] = {
            year: amount
            for year, place in self.years.items()
            if (amount := self._number(line[place], f"Rok {year}", money)) != ""
        }
        if IDENTITY in self.places and (identity := str(line[self.places[IDENTITY]].value or "")):
            row["id"] = identity
        return row

    def _note(self, cell: Cell, label: str, what: str) -> None:
        self.reading.notes.append(f"{cell.at} ({label}): {what}")

    def _words(self, line: list[Cell], label: str, *, is_silent: bool = False) -> str:
        cell = line[self.places[label]]
        if cell.merged and not is_silent:
            self._note(
                cell,
                label,
                _("komórka jest scalona (%(range)s), więc jest pusta; rozdziel ją i wpisz wartość")
                % {"range": cell.merged},
            )
        if isinstance(cell.value, datetime | date | time):
            if not is_silent:
                self._note(cell, label, _("w komórce jest data, a powinien być tekst"))
            return cell.value.isoformat()
        return strip_controls(str(cell.value)).strip() if cell.value is not None else ""

    def _group(self, line: list[Cell]) -> str:
        words = plain(self._words(line, "Grupa"))
        if words.startswith("ii") or "admin" in words:
            return "admin"
        if not words.startswith("i ") and "dzia" not in words and words != "i":
            cell = line[self.places["Grupa"]]
            self._note(cell, "Grupa", _("wpisz „I działania” albo „II administracja”; przyjęliśmy działania"))
        return "action"

    def _action(self, line: list[Cell]) -> str:
        if "Działanie" not in self.places:
            return ""
        words = self._words(line, "Działanie")
        if not words:
            return ""
        if plain(words) not in self.actions:
            cell = line[self.places["Działanie"]]
            self._note(
                cell, "Działanie", _("w harmonogramie nie ma działania „%(words)s”") % {"words": words[:60]}
            )
        return self.actions.get(plain(words), "")

    def _number(self, cell: Cell, label: str, read: Any) -> str:
        """The number of a cell as text; what is none is named and left empty."""
        if cell.merged:
            self._note(
                cell,
                label,
                _("komórka jest scalona (%(range)s), więc jest pusta; rozdziel ją i wpisz liczbę")
                % {"range": cell.merged},
            )
            return ""
        if cell.formula and cell.value in (None, ""):
            self._note(
                cell,
                label,
                _("formuła nie ma zapisanego wyniku; wpisz liczbę albo zapisz plik w Excelu lub LibreOffice"),
            )
            return ""
        if cell.is_empty:
            return ""
        found = self._read(cell, read)
        if found is None:
            self._note(
                cell,
                label,
                _("„%(words)s” to nie liczba; wpisz np. 1250,50") % {"words": str(cell.value)[:40]},
            )
            return ""
        if cell.formula:
            self._note(
                cell,
                label,
                _("w komórce jest formuła; przyjęliśmy jej wynik: %(value)s")
                % {"value": str(found).replace(".", ",")},
            )
        return f"{found:f}"

    def _read(self, cell: Cell, read: Any) -> Decimal | None:
        value = cell.value
        if isinstance(value, bool | datetime | date | time):
            return None
        if isinstance(value, int | float | Decimal):
            exact = Decimal(str(value))
            if not exact.is_finite() or exact < 0:
                return None
            if read is money and exact != exact.quantize(GROSZ):
                rounded = exact.quantize(GROSZ, rounding=ROUND_HALF_UP)
                self._note(
                    cell,
                    "",
                    _("zaokrągliliśmy do grosza: %(value)s") % {"value": str(rounded).replace(".", ",")},
                )
                return rounded
            return read(f"{exact:f}")
        return read(_without_group_dots(str(value)))


def _without_group_dots(words: str) -> str:
    """»1.250,50« is 1250,50: dots part thousands only where a comma parts the grosze."""
    return (
        words.replace(".", "") if re.fullmatch(r"\s*\d{1,3}(\.\d{3})+,\d{1,2}\s*(zł)?\s*", words) else words
    )
