"""Reading spreadsheets of the city row by row, whatever wrote them; what cannot be read is named with its cell."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from core.documents.checks.office import OLE_START, check_ooxml
from core.documents.checks.refusal import Refused

LARGEST = 30 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 100
LONGEST_CELL = 4000
DELIMITERS = ";,\t|"
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
ERRORS = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#N/D!", "#ARG!", "#ADR!"}
)


@dataclass(frozen=True)
class Cell:
    """What stands in a cell and where it is; ``problem`` says why it cannot be used."""

    value: Any
    ref: str
    problem: str = ""


Line = tuple[int, list[Cell]]


def extension_of(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def check_file(name: str, content: bytes) -> None:
    """Raises Refused when the file is not what its name says, too large, or has nothing in it."""
    extension = extension_of(name)
    if not content:
        raise Refused(
            _("Plik: jest pusty. Sprawdź, czy otwiera się na twoim komputerze, i dodaj go jeszcze raz.")
        )
    if len(content) > LARGEST:
        raise Refused(_("Plik: jest za duży. Podziel go na części do 30 MB."))
    if extension == "xlsx":
        if content.startswith(OLE_START):
            raise Refused(
                _(
                    "Plik: to stary format XLS albo plik z hasłem. Zapisz go jako XLSX bez hasła i dodaj jeszcze raz."
                )
            )
        check_ooxml(content, extension)
    elif extension == "csv":
        _check_csv(content)
    else:
        raise Refused(_("Plik: przyjmujemy CSV i XLSX. Zapisz arkusz w jednym z tych formatów."))


def _check_csv(content: bytes) -> None:
    known = {
        b"PK\x03\x04": "XLSX",
        b"%PDF": "PDF",
        OLE_START: "XLS",
        b"\x89PNG": "PNG",
        b"<html": "HTML",
        b"<!DOC": "HTML",
    }
    for start, kind in known.items():
        if content[:5].startswith(start) or content[:5].upper().startswith(start.upper()):
            raise Refused(
                _("Plik: ma rozszerzenie .csv, ale w środku jest %(kind)s. Zapisz arkusz jako CSV.")
                % {"kind": kind}
            )
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(_("Plik: nie jest tekstem. Zapisz arkusz jako CSV i dodaj jeszcze raz."))


def lines_of(name: str, file: BinaryIO) -> Iterator[Line]:
    """The rows of a checked file with their numbers; memory stays flat. Raises Refused for a broken one."""
    reader = _xlsx_lines if extension_of(name) == "xlsx" else _csv_lines
    yield from reader(file)


# --- CSV ------------------------------------------------------------------------------------------


def encoding_of(sample: bytes) -> str:
    """UTF-8 or UTF-16 with their marks, UTF-8, else the code page of Polish Windows."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as fault:
        # a letter cut at the end of the sample is no fault
        if len(sample) - fault.start > 3:
            return "cp1250"
    return "utf-8-sig"


def _csv_lines(file: BinaryIO) -> Iterator[Line]:
    encoding = _whole_encoding(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="", errors="replace")
    try:
        delimiter = _delimiter(text.readline())
        text.seek(0)
        for number, values in enumerate(csv.reader(text, delimiter=delimiter), start=1):
            yield (
                number,
                [_text_cell(value, number, at) for at, value in enumerate(values[:MOST_COLUMNS], start=1)],
            )
    except csv.Error as fault:
        raise Refused(_("Plik: wiersza nie da się odczytać. Zapisz arkusz jeszcze raz jako CSV.")) from fault
    finally:
        text.detach()


def _whole_encoding(file: BinaryIO) -> str:
    """Looks at every byte, piece by piece: one Polish letter far below decides."""
    file.seek(0)
    rest = b""
    first = file.read(4)
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    file.seek(0)
    while piece := file.read(1 << 20):
        if encoding_of(rest + piece) == "cp1250":
            return "cp1250"
        rest = piece[-3:] if piece[-1] >= 0x80 else b""
    return "utf-8-sig"


def _delimiter(first_line: str) -> str:
    return max(DELIMITERS, key=first_line.count) if any(d in first_line for d in DELIMITERS) else ";"


def _text_cell(value: str, row: int, column: int) -> Cell:
    ref = f"{get_column_letter(column)}{row}"
    text = value.strip()
    if text.startswith(("'=", "=")):
        return Cell(None, ref, _("formuła zamiast wartości"))
    if "\ufffd" in text:
        return Cell(None, ref, _("znaki, których nie da się odczytać"))
    return _checked(text.removeprefix("'"), ref)


def _checked(value: Any, ref: str) -> Cell:
    if isinstance(value, str):
        if value in ERRORS:
            return Cell(None, ref, _("błąd arkusza %(what)s") % {"what": value})
        if len(value) > LONGEST_CELL:
            return Cell(None, ref, _("za długi tekst"))
    return Cell(value, ref)


# --- XLSX -----------------------------------------------------------------------------------------


def _xlsx_lines(file: BinaryIO) -> Iterator[Line]:
    merged = _merged_cells(file)
    file.seek(0)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
            yield number, [_xlsx_cell(cell, number, at, merged) for at, cell in enumerate(row, start=1)]
    except Refused:
        raise
    except Exception as fault:  # the reader of foreign bytes raises whatever comes
        raise Refused(
            _("Plik: jest uszkodzony. Otwórz go u siebie, zapisz ponownie i dodaj jeszcze raz.")
        ) from fault


def _xlsx_cell(cell: Any, row: int, column: int, merged: dict[str, str]) -> Cell:
    ref = f"{get_column_letter(column)}{row}"
    if ref in merged:
        return Cell(None, ref, _("scalone komórki %(range)s: rozdziel je") % {"range": merged[ref]})
    value = cell.value
    if cell.data_type == "f" or (isinstance(value, str) and value.startswith("=")):
        return Cell(None, ref, _("formuła zamiast wartości"))
    return _checked(value.strip() if isinstance(value, str) else value, ref)


def _merged_cells(file: BinaryIO) -> dict[str, str]:
    """Every cell of the first sheet that is part of a merged block, with the block; read piece by piece."""
    file.seek(0)
    found: dict[str, str] = {}
    with zipfile.ZipFile(file) as package:
        sheets = sorted(n for n in package.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n))
        if not sheets:
            return found
        with package.open(sheets[0]) as part:
            rest = b""
            while piece := part.read(1 << 20):
                for match in MERGED.finditer(rest + piece):
                    _add_block(match[1].decode(), found)
                rest = (rest + piece)[-200:]
    return found


def _add_block(block: str, found: dict[str, str]) -> None:
    left, top, right, bottom = openpyxl.utils.range_boundaries(block)
    for row in range(top, min(bottom, top + 200) + 1):
        for column in range(left, min(right, MOST_COLUMNS) + 1):
            found[f"{get_column_letter(column)}{row}"] = block
