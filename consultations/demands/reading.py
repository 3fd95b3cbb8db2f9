"""Reading a table of demands from XLSX, CSV or DOCX: five columns, errors named row by row."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import LxmlError
from openpyxl.utils.exceptions import InvalidFileException

from core.city.lookup import find_unit
from core.city.models import OrganizationalUnit
from core.common.sanitize import strip_controls

from ..enums import PositionCode

MOST_ROWS = 300
LONGEST_CELL = 10_000
LONGEST_NAME = 300
HEAD_WITHIN = 40
# What the head of each column begins with; the first that fits names it.
COLUMNS = (
    ("lp", re.compile(r"^(l\.? ?p|nr|numer)\b")),
    ("organisation", re.compile(r"^(nazwa )?(organizacj|podmiot)")),
    ("postulate", re.compile(r"^(postulat|uwag)")),
    ("justification", re.compile(r"^uzasadnieni")),
    ("code", re.compile(r"^(kod|stan\b|status)")),
    ("position", re.compile(r"^(stanowisk|odpowied)")),
)
NEEDED = {"organisation": "Nazwa organizacji", "postulate": "Postulaty, uwagi"}
CODES = {str(code.label).casefold(): code.value for code in PositionCode} | {
    code.value: code.value for code in PositionCode
}


@dataclass(frozen=True)
class DemandRow:
    """One row as it will be kept."""

    organisation: str
    postulate: str
    lp: int | None = None
    justification: str = ""
    position: str = ""
    code: str = ""
    unit: OrganizationalUnit | None = None


@dataclass
class Reading:
    """Rows that can be kept, and what is wrong with the others (line of the table, its Lp., what to do)."""

    rows: list[DemandRow] = field(default_factory=list)
    problems: list[tuple[int, str, str]] = field(default_factory=list)


def read_demands(name: str, content: bytes) -> Reading:
    """The rows of a file that has passed ``core.documents.checks``. Raises ValidationError for no table at all."""
    try:
        lines = list(_lines(name.rpartition(".")[2].lower(), content))
    except (
        InvalidFileException, PackageNotFoundError, LxmlError, zipfile.BadZipFile, KeyError, ValueError, AttributeError,
        csv.Error,
    ) as error:  # fmt: skip
        raise ValidationError(
            _("nie udało się odczytać pliku; zapisz go jeszcze raz jako .xlsx, .csv albo .docx")
        ) from error
    places, after = _head_of(lines)
    reading = Reading()
    for number, cells in enumerate(lines[after:], start=after + 1):
        if any(cells):
            _read_row(reading, number, {key: _cell(cells, place) for key, place in places.items()})
        if len(reading.rows) + len(reading.problems) > MOST_ROWS:
            raise ValidationError(
                _("tabela ma więcej niż %(n)d wierszy; podziel ją na części") % {"n": MOST_ROWS}
            )
    if not reading.rows and not reading.problems:
        raise ValidationError(
            _("pod nagłówkami nie ma żadnego wiersza; wpisz postulaty i dodaj plik jeszcze raz")
        )
    return reading


def _lines(extension: str, content: bytes) -> Iterator[list[str]]:
    if extension == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True, max_col=20)):
            if number > MOST_ROWS * 4:
                break
            yield [_text(value) for value in row]
    elif extension == "docx":
        for table in Document(io.BytesIO(content)).tables[:20]:
            for row in table.rows[: MOST_ROWS * 4]:
                yield [_text(cell.text) for cell in row.cells[:20]]
    elif extension == "csv":
        yield from _csv_lines(content)
    else:
        raise ValidationError(_("wybierz plik .xlsx, .csv albo .docx"))


def _csv_lines(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1250", errors="replace")
    first = text.partition("\n")[0]
    for row in csv.reader(io.StringIO(text), delimiter=";" if first.count(";") >= first.count(",") else ","):
        yield [_text(value.removeprefix("'") if value[1:2] in "=+-@" else value) for value in row[:20]]


def _text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return strip_controls(str(value)).strip()


def _head_of(lines: list[list[str]]) -> tuple[dict[str, int], int]:
    """Where each column stands, and the number of the line after the head."""
    for number, cells in enumerate(lines[:HEAD_WITHIN]):
        places: dict[str, int] = {}
        for place, cell in enumerate(cells):
            words = " ".join(cell.casefold().split())
            key = next((key for key, pattern in COLUMNS if pattern.match(words)), "")
            if key and key not in places:
                places[key] = place
        if set(NEEDED) <= set(places):
            return places, number + 1
    raise ValidationError(
        _("nie ma w nim wiersza z nagłówkami „%(one)s” i „%(other)s”; dodaj go na górze tabeli")
        % {"one": NEEDED["organisation"], "other": NEEDED["postulate"]}
    )


def _cell(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _read_row(reading: Reading, number: int, values: dict[str, str]) -> None:
    problems, lp = list(_problems(values)), values.get("lp", "").rstrip(".")
    if problems:
        reading.problems += [(number, lp[:10], text) for text in problems]
        return
    unit, position = _unit_in(values.get("position", ""))
    reading.rows.append(
        DemandRow(
            organisation=values["organisation"],
            postulate=values["postulate"],
            lp=int(lp) if lp else None,
            justification=values.get("justification", ""),
            position=position,
            code=CODES.get(values.get("code", "").casefold(), ""),
            unit=unit,
        )
    )


def _problems(values: dict[str, str]) -> Iterable[str]:
    lp = values.get("lp", "").rstrip(".")
    if lp and not (lp.isascii() and lp.isdigit() and 0 < int(lp[:9]) <= 9999 and len(lp) < 5):
        yield _("lp.: wpisz liczbę od 1 do 9999")
    for key, label in NEEDED.items():
        if not values[key]:
            yield _("%(column)s: puste pole, wpisz treść") % {"column": label}
    if len(values["organisation"]) > LONGEST_NAME:
        yield _("Nazwa organizacji: skróć ją do %(n)d znaków") % {"n": LONGEST_NAME}
    if any(len(value) > LONGEST_CELL for value in values.values()):
        yield _("pole ma ponad %(n)d znaków; skróć je") % {"n": LONGEST_CELL}
    code = values.get("code", "")
    if code and code.casefold() not in CODES:
        yield _(
            "stan „%(code)s” nie jest żadnym ze stanowisk; zostaw puste albo wpisz na przykład „przyjęta”"
        ) % {"code": code[:40]}


def _unit_in(position: str) -> tuple[OrganizationalUnit | None, str]:
    """A position that begins with the name of an office was written by that office."""
    name, colon, rest = position.partition(":")
    unit = find_unit(name.strip()) if colon and 5 < len(name) < 200 and rest.strip() else None
    return (unit, rest.strip()) if unit else (None, position)
