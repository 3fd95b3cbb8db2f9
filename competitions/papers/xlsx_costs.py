"""The cost table (V.A) as XLSX: sums are formulas to look at; what counts is recomputed when the file comes back."""

import io
from typing import Any

import xlsxwriter
from django.utils.translation import override
from xlsxwriter.utility import xl_col_to_name

from ..law.offers import OfferContent
from ..law.offers.content import CostRow
from ..models import Offer
from .docx_form import year_count
from .marks import mark_of

SHEET = "Kosztorys"
HEAD_ROW = 4  # counted from 0: the title, the guide and the call stand above
EMPTY_ROWS = 40
GROUPS = {"action": "I działania", "admin": "II administracja"}
FIRST = (
    "Lp.",
    "Grupa",
    "Działanie",
    "Rodzaj kosztu",
    "Rodzaj miary",
    "Koszt jednostkowy",
    "Liczba jednostek",
    "Wartość",
)
VALUE_COLUMN = FIRST.index("Wartość")
CHECK = "Kontrola"
IDENTITY = "Identyfikator"
GUIDE = (
    "Wypełnij białe komórki. Grupę i działanie wybierz z listy. Szare komórki liczą się same; portal i tak policzy je od "
    "nowa. Nie zmieniaj wiersza z nagłówkami. Puste wiersze możesz zostawić."
)


def head_of(years: int) -> list[str]:
    return [*FIRST, *(f"Rok {n}" for n in range(1, years + 1)), CHECK, IDENTITY]


def costs_xlsx(offer: Offer) -> bytes:
    """The cost table with what is written so far."""
    with override("pl"):
        out = io.BytesIO()
        book = xlsxwriter.Workbook(
            out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        book.set_properties({"title": "Kosztorys oferty", "keywords": mark_of(offer), "author": ""})
        sections = {row.key: row.content for row in offer.sections.all()}
        _Sheet(book, OfferContent.from_sections(sections), year_count(sections), offer).write()
        book.close()
        return out.getvalue()


class _Sheet:
    """One sheet: locked head and sums, open cells, lists to choose from."""

    def __init__(self, book: Any, content: OfferContent, years: int, offer: Offer):
        self.book, self.content, self.years, self.offer = book, content, years, offer
        self.sheet = book.add_worksheet(SHEET)
        self.head = head_of(years)
        self.last = HEAD_ROW + max(EMPTY_ROWS, len(content.costs.rows) + 10)
        self.bold = book.add_format(
            {"bold": True, "text_wrap": True, "bg_color": "#dfe8f4", "border": 1, "valign": "top"}
        )
        self.open = book.add_format({"locked": False, "border": 1, "text_wrap": True})
        self.open_money = book.add_format({"locked": False, "border": 1, "num_format": "#,##0.00"})
        self.open_units = book.add_format({"locked": False, "border": 1, "num_format": "#,##0.###"})
        self.sum = book.add_format({"border": 1, "num_format": "#,##0.00", "bg_color": "#eef1f5"})

    def write(self) -> None:
        sheet = self.sheet
        sheet.write_string(
            0,
            0,
            "Zestawienie kosztów realizacji zadania (V.A)",
            self.book.add_format({"bold": True, "font_size": 14}),
        )
        sheet.write_string(1, 0, GUIDE)
        sheet.write_string(2, 0, f"Konkurs: {self.offer.call.number} {self.offer.call.title}".strip())
        for column, words in enumerate(self.head):
            sheet.write_string(HEAD_ROW, column, words, self.bold)
        for place in range(HEAD_ROW + 1, self.last + 1):
            self._line(place)
        self._sums()
        self._choices()
        self._layout()

    def _line(self, place: int) -> None:
        number = place - HEAD_ROW - 1
        stored = self.content.costs.rows
        row = stored[number] if number < len(stored) else None
        names = self.content.action_names()
        texts = [
            str(number + 1),
            GROUPS[row.group] if row else "",
            names.get(row.action_id, "") if row else "",
            row.name if row else "",
            row.unit if row else "",
        ]
        for column, words in enumerate(texts):
            self.sheet.write_string(place, column, words, self.open) if words else self.sheet.write_blank(
                place, column, None, self.open
            )
        self._numbers(place, row)
        self.sheet.write_string(place, len(self.head) - 1, row.id if row else "")

    def _numbers(self, place: int, row: CostRow | None) -> None:
        at = str(place + 1)
        amounts: list[tuple[int, Any, Any]] = [
            (5, row.unit_cost if row else None, self.open_money),
            (6, row.quantity if row else None, self.open_units),
        ]
        of = self.content.task.year_count
        for year in range(1, self.years + 1):
            amount = row.in_year(year, of=of) if row and (year in self.content.years) else None
            amounts.append((VALUE_COLUMN + year, amount, self.open_money))
        for column, amount, style in amounts:
            if amount is None:
                self.sheet.write_blank(place, column, None, style)
            else:
                self.sheet.write_number(place, column, amount, style)
        self.sheet.write_formula(
            place, VALUE_COLUMN, f"=ROUND(F{at}*G{at},2)", self.sum, row.value if row else 0
        )
        first, last = xl_col_to_name(VALUE_COLUMN + 1), xl_col_to_name(VALUE_COLUMN + self.years)
        check = f'=IF(ROUND(SUM({first}{at}:{last}{at})-H{at},2)=0,"","lata nie dają wartości")'
        self.sheet.write_formula(place, VALUE_COLUMN + self.years + 1, check, self.sum, "")

    def _sums(self) -> None:
        place = self.last + 1
        self.sheet.write_string(place, 3, "Suma wszystkich kosztów", self.bold)
        of = self.content.task.year_count
        for column in range(VALUE_COLUMN, VALUE_COLUMN + self.years + 1):
            name = xl_col_to_name(column)
            year = column - VALUE_COLUMN
            shown = self.content.costs.in_year(year, of=of) if year else self.content.costs.total
            self.sheet.write_formula(
                place, column, f"=SUM({name}{HEAD_ROW + 2}:{name}{self.last + 1})", self.sum, shown
            )

    def _choices(self) -> None:
        rows = (HEAD_ROW + 1, self.last)
        self.sheet.data_validation(
            rows[0], 1, rows[1], 1, {"validate": "list", "source": list(GROUPS.values())}
        )
        actions = [action.name for action in self.content.plan if action.name]
        if actions:
            # a list in the cell itself holds 255 signs: the names stand on a sheet of their own
            names = self.book.add_worksheet("Działania")
            names.write_string(0, 0, "Działania z harmonogramu", self.bold)
            for place, name in enumerate(actions, start=1):
                names.write_string(place, 0, name)
            names.set_column(0, 0, 60)
            source = f"=Działania!$A$2:$A${len(actions) + 1}"
            self.sheet.data_validation(
                rows[0], 2, rows[1], 2, {"validate": "list", "source": source, "error_type": "warning"}
            )
        number = {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_title": "Liczba",
            "error_message": "Wpisz liczbę, np. 1250,50.",
        }
        for column in (5, 6, *range(VALUE_COLUMN + 1, VALUE_COLUMN + self.years + 1)):
            self.sheet.data_validation(rows[0], column, rows[1], column, number)

    def _layout(self) -> None:
        for column, width in enumerate((5, 18, 28, 34, 16, 14, 12, 14, *[13] * self.years, 24)):
            self.sheet.set_column(column, column, width)
        self.sheet.set_column(len(self.head) - 1, len(self.head) - 1, None, None, {"hidden": True})
        self.sheet.freeze_panes(HEAD_ROW + 1, 0)
        self.sheet.repeat_rows(HEAD_ROW)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        # no password: it keeps the head from accidents, not from people
        self.sheet.protect(
            "", {"format_cells": True, "format_columns": True, "format_rows": True, "sort": True}
        )
