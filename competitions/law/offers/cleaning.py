"""What a section may hold: the questions of the template, without control characters, amounts in one spelling."""

import re
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from core.legal.rules import Breach

from . import template
from .content import LONGEST, STATEMENTS
from .values import day, flag, mapping, money, quantity, rows, text

ROW_ID = re.compile(r"[A-Za-z0-9_-]{1,16}")
MOST_ROWS = 200
# Beyond any limit of a call: a text of this length is no answer but an accident of the clipboard.
LONGEST_TEXT = 100_000


def new_row_id() -> str:
    return secrets.token_hex(4)


def clean_section(key: str, raw: Any) -> dict[str, Any]:
    """The content of a section as it is stored; what cannot be understood stays as it was typed."""
    section, given = template.BY_KEY[key], mapping(raw)
    found = {
        question.name: clean_answer(question.kind, given.get(question.name)) for question in section.questions
    }
    if section.table:
        table = [_clean_row(section.table, row) for row in rows(given.get(section.table.name))]
        found[section.table.name] = _unique(table)
    if key == "declarations":
        made = mapping(given.get("statements"))
        found["statements"] = {name: flag(made.get(name)) for name in STATEMENTS}
    return found


def clean_answer(kind: str, value: Any) -> Any:
    if kind == template.FLAG:
        return flag(value)
    written = text(value)
    if kind == template.MONEY:
        amount = money(written)
        return written.strip() if amount is None else f"{amount:f}"
    if kind == template.QUANTITY:
        units = quantity(written)
        return written.strip() if units is None else f"{units:f}"
    if kind == template.DAY:
        on = day(written)
        return written.strip() if on is None else on.isoformat()
    return " ".join(written.split()) if kind == template.LINE else written.strip("\n")


def _clean_row(table: template.Table, row: Mapping[str, Any]) -> dict[str, Any]:
    found = {column.name: clean_answer(column.kind, row.get(column.name)) for column in table.columns}
    if table.is_fixed:
        written = text(row.get("organization_id"))
        found["organization_id"] = int(written) if written.isascii() and written.isdigit() else 0
    else:
        given = text(row.get("id"))
        found["id"] = given if ROW_ID.fullmatch(given) else new_row_id()
    if table.by_year:
        years = mapping(row.get("years"))
        found["years"] = {
            str(n): clean_answer(template.MONEY, years.get(str(n), ""))
            for n in range(1, LONGEST + 1)
            if str(n) in years
        }
    return found


def _unique(table: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Two rows never share an id; the second gets a new one."""
    seen: set[str] = set()
    for row in table:
        if "id" in row and row["id"] in seen:
            row["id"] = new_row_id()
        seen.add(row.get("id", ""))
    return table


def size_breaches(key: str, content: Mapping[str, Any]) -> list[Breach]:
    """What is too much to be stored at all; far above the limits of any call."""
    section, found = template.BY_KEY[key], []
    table = rows(content.get(section.table.name)) if section.table else []
    if len(table) > MOST_ROWS:
        message = _("Tabela ma za dużo wierszy. Zostaw najwyżej %(most)s, podobne koszty połącz w jeden.")
        found.append(Breach("R-OFF-06", message % {"most": MOST_ROWS}, key))
    if any(len(written) > LONGEST_TEXT for written in _texts([content, *table])):
        message = _("Jedna z odpowiedzi ma ponad %(most)s znaków. Skróć ją albo dołącz jako plik.")
        found.append(Breach("R-OFF-06", message % {"most": LONGEST_TEXT}, key))
    return found


def _texts(parts: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    return (value for part in parts for value in part.values() if isinstance(value, str))
