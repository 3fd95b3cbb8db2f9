"""A list given away: the same rows as the page, in CSV, JSON or XLSX, with formulas defused."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse

from .clock import local

BATCH = 2_000
STREAMED_FROM = 1_000  # rows; shorter lists are whole answers, with a length and an ETag
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True)
class Column:
    """One column: ``name`` in JSON and the data dictionary, ``label`` at the head of CSV and XLSX."""

    name: str
    label: str
    value: Callable[[Any], Any]
    meaning: str = ""


def defused(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula, made plain by an apostrophe."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value


def as_plain(value: Any) -> Any:
    """A value as JSON and CSV show it: moments in local ISO time, money as text with two decimals."""
    if isinstance(value, datetime):
        return local(value).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, (list, tuple)):
        return [as_plain(v) for v in value]
    return value if value is None or isinstance(value, (str, int, float, bool, dict)) else str(value)


def as_cell(value: Any) -> str:
    value = as_plain(value)
    if isinstance(value, list):
        value = "; ".join(str(v) for v in value)
    if isinstance(value, bool):
        value = "tak" if value else "nie"
    return defused("" if value is None else str(value))


class _Echo:
    def write(self, value: str) -> str:
        return value


def in_batches(rows: Iterable[Any]) -> Iterable[Any]:
    """Rows of a queryset as they come, so that memory does not grow with the list; others as they are."""
    is_open = isinstance(rows, QuerySet) and rows._result_cache is None
    return rows.iterator(chunk_size=BATCH) if is_open else rows


def csv_lines(rows: Iterable[Any], columns: list[Column]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow([str(c.label) for c in columns])
    for row in in_batches(rows):
        yield writer.writerow([as_cell(c.value(row)) for c in columns])


def csv_response(rows: Iterable[Any], columns: list[Column], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(csv_lines(rows, columns), content_type="text/csv; charset=utf-8")
    return _as_file(response, f"{name}.csv")


def json_response(
    rows: Iterable[Any], columns: list[Column], name: str, **extra: Any
) -> HttpResponse | StreamingHttpResponse:
    """``{"licence": …, "count": n, "items": […]}`` with the columns' names as keys; a long list is streamed."""
    count = rows.count() if isinstance(rows, QuerySet) else len(rows := list(rows))
    parts = json_parts(rows, columns, {**extra, "count": count})
    kind = "application/json; charset=utf-8"
    if count > STREAMED_FROM:
        return StreamingHttpResponse(parts, content_type=kind)
    return HttpResponse("".join(parts), content_type=kind)


def json_parts(rows: Iterable[Any], columns: list[Column], head: dict[str, Any]) -> Iterator[str]:
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "items": ['
    for number, row in enumerate(in_batches(rows)):
        item = {c.name: as_plain(c.value(row)) for c in columns}
        yield ("" if number == 0 else ",") + "\n" + json.dumps(item, ensure_ascii=False)
    yield "\n]}"


def xlsx_response(rows: Iterable[Any], columns: list[Column], name: str) -> HttpResponse:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True})
    for number, column in enumerate(columns):
        sheet.write_string(0, number, str(column.label), bold)
    for line, row in enumerate(in_batches(rows), start=1):
        for number, column in enumerate(columns):
            _write_cell(sheet, line, number, column.value(row))
    book.close()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _as_file(HttpResponse(buffer.getvalue(), content_type=kind), f"{name}.xlsx")


def _write_cell(sheet, line: int, number: int, value: Any) -> None:
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        sheet.write_number(line, number, value)
    else:
        sheet.write_string(line, number, as_cell(value)[:32000])


def _as_file(response, name: str):
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
