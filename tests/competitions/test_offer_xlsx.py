"""The cost table as a spreadsheet: out with sums to look at, back with every odd cell named."""

import io

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from competitions.papers.proposal import proposals
from competitions.papers.xlsx_costs import HEAD_ROW, costs_xlsx, head_of
from competitions.papers.xlsx_reading import read_costs
from tests.factories import formal as make

pytestmark = pytest.mark.django_db
FIRST = HEAD_ROW + 2  # the first row with costs, counted from one


@pytest.fixture
def offer(frozen):
    return make.filed()


def opened(offer):
    return openpyxl.load_workbook(io.BytesIO(costs_xlsx(offer)))


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows(reading):
    return reading.sections["costs"]["rows"]


def test_a_table_that_comes_back_untouched_changes_nothing(offer):
    reading = read_costs(costs_xlsx(offer), offer)
    assert reading.notes == []
    assert [row["id"] for row in rows(reading)] == ["c1", "c2", "c3"]
    assert proposals(offer, reading) == []


def test_the_table_shows_sums_and_keeps_its_head_locked(offer):
    book = opened(offer)
    sheet = book["Kosztorys"]
    assert [cell.value for cell in sheet[HEAD_ROW + 1]] == head_of(3)
    assert sheet.protection.sheet
    assert sheet.cell(HEAD_ROW + 1, 4).protection.locked
    assert not sheet.cell(FIRST, 4).protection.locked
    assert sheet.cell(FIRST, 8).value == f"=ROUND(F{FIRST}*G{FIRST},2)"
    assert {str(v.sqref).split(":")[0] for v in sheet.data_validations.dataValidation} >= {
        f"B{FIRST}",
        f"C{FIRST}",
    }
    shown = openpyxl.load_workbook(io.BytesIO(costs_xlsx(offer)), data_only=True)["Kosztorys"]
    assert float(shown.cell(FIRST, 8).value) == 9600.0


def test_rows_are_added_changed_and_removed(offer):
    book = opened(offer)
    sheet = book["Kosztorys"]
    sheet.cell(FIRST, 6).value = 160
    for column in range(2, 13):
        sheet.cell(FIRST + 1, column).value = None
    for column, value in enumerate(
        ("II administracja", None, "Telefon", "miesiąc", "20,50 zł", "4"), start=2
    ):
        sheet.cell(FIRST + 5, column).value = value
    sheet.cell(FIRST + 5, 9).value = "1.082,00"
    reading = read_costs(saved(book), offer)
    assert [row["name"] for row in rows(reading)] == ["Instruktorka", "Księgowość", "Telefon"]
    new = rows(reading)[2]
    assert (new["group"], new["unit_cost"], new["quantity"], new["years"]) == (
        "admin",
        "20.50",
        "4",
        {"1": "1082.00"},
    )
    (proposal,) = proposals(offer, reading)
    assert [row["id"] for row in proposal.content["rows"]][:2] == ["c1", "c3"]
    assert rows(reading)[0]["unit_cost"] == "160.00"


@pytest.mark.parametrize(
    ("column", "value", "told", "kept"),
    [
        (6, "sto złotych", "to nie liczba", ""),
        (6, -5, "to nie liczba", ""),
        (6, True, "to nie liczba", ""),
        (6, 333.333, "zaokrągliliśmy do grosza: 333,33", "333.33"),
        (6, "=100+50", "formuła nie ma zapisanego wyniku", ""),
        (7, "12 szt.", "to nie liczba", ""),
        (6, "1 250,5", "", "1250.50"),
        (6, "1\u00a0250,50 zł", "", "1250.50"),
    ],
)
def test_every_odd_cell_is_named(offer, column, value, told, kept):
    book = opened(offer)
    book["Kosztorys"].cell(FIRST, column).value = value
    reading = read_costs(saved(book), offer)
    name = "unit_cost" if column == 6 else "quantity"
    assert rows(reading)[0][name] == kept
    if told:
        (note,) = reading.notes
        assert note.startswith(f"{'F' if column == 6 else 'G'}{FIRST} ")
        assert told in note
    else:
        assert reading.notes == []


def test_a_formula_with_a_result_is_taken_and_named(offer):
    """xlsxwriter stores results beside formulas, as Excel does."""
    import xlsxwriter

    from competitions.papers.marks import mark_of

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"keywords": mark_of(offer)})
    sheet = book.add_worksheet("Kosztorys")
    for column, label in enumerate(
        ("Grupa", "Rodzaj kosztu", "Rodzaj miary", "Koszt jednostkowy", "Liczba jednostek")
    ):
        sheet.write(0, column, label)
    sheet.write_row(1, 0, ["I działania", "Autokar", "dzień"])
    sheet.write_formula(1, 3, "=1000+250.5", None, 1250.5)
    sheet.write(1, 4, 2)
    book.close()
    reading = read_costs(out.getvalue(), offer)
    assert rows(reading)[0]["unit_cost"] == "1250.50"
    assert reading.notes == ["D2 (Koszt jednostkowy): w komórce jest formuła; przyjęliśmy jej wynik: 1250,50"]


def test_merged_cells_are_named(offer):
    book = opened(offer)
    sheet = book["Kosztorys"]
    sheet.protection.sheet = False
    sheet.merge_cells(start_row=FIRST, start_column=6, end_row=FIRST + 1, end_column=6)
    reading = read_costs(saved(book), offer)
    assert rows(reading)[1]["unit_cost"] == ""
    assert (
        f"F{FIRST + 1} (Koszt jednostkowy): komórka jest scalona (F{FIRST}:F{FIRST + 1})" in reading.notes[0]
    )


def test_missing_columns_and_foreign_files_are_refused(offer):
    book = opened(offer)
    sheet = book["Kosztorys"]
    sheet.cell(HEAD_ROW + 1, 6).value = "Cena"
    sheet.cell(HEAD_ROW + 1, 7).value = None
    with pytest.raises(ValidationError, match="brakuje kolumn: Koszt jednostkowy, Liczba jednostek"):
        read_costs(saved(book), offer)
    with pytest.raises(ValidationError, match="nie jest formularz pobrany z portalu"):
        read_costs(saved(openpyxl.Workbook()), offer)
    with pytest.raises(ValidationError, match="innego konkursu"):
        read_costs(costs_xlsx(make.filed()), offer)
    for broken in (b"PK\x03\x04", b"x" * 100):
        with pytest.raises(ValidationError, match="nie udało się go odczytać"):
            read_costs(broken, offer)


def test_unknown_actions_and_groups_are_named(offer):
    book = opened(offer)
    sheet = book["Kosztorys"]
    sheet.cell(FIRST, 2).value = "trzecia"
    sheet.cell(FIRST, 3).value = "Nie ma takiego"
    reading = read_costs(saved(book), offer)
    assert rows(reading)[0]["group"] == "action"
    assert rows(reading)[0]["action_id"] == ""
    assert len(reading.notes) == 2


def test_dates_and_controls_in_text_do_no_harm(offer):
    import datetime

    book = opened(offer)
    sheet = book["Kosztorys"]
    sheet.cell(FIRST, 4).value = datetime.date(2026, 1, 2)
    sheet.cell(FIRST, 6).value = datetime.date(2026, 1, 2)
    reading = read_costs(saved(book), offer)
    assert len(reading.notes) == 2
    assert rows(reading)[0]["unit_cost"] == ""
