"""The report as XLSX: the table of remarks first, then a sheet for every table and the facts. No formulas."""

import io

import xlsxwriter

from core.common.exports import defused

from .report import FACTS, TABLE, Section

LONGEST_CELL = 32_000
WIDTHS = (6, 28, 60, 45, 60)


def report_xlsx(sections: list[Section], caption: str, head: list[str], rows: list[list[str]]) -> bytes:
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    _sheet(book, caption, head, rows, bold, plain)
    for section in sections:
        for block in section.blocks:
            if block.kind == TABLE:
                _sheet(book, section.title, block.head, block.rows, bold, plain)
            elif block.kind == FACTS:
                _sheet(book, section.title, [], [list(pair) for pair in block.items], bold, plain)
    book.close()
    return out.getvalue()


def _sheet(book, name: str, head: list[str], rows: list[list[str]], bold, plain) -> None:
    taken = {sheet.get_name().casefold() for sheet in book.worksheets()}
    clean = "".join(sign for sign in name if sign not in "[]:*?/\\'")[:28].strip() or "Arkusz"
    title, number = clean, 2
    while title.casefold() in taken:
        title, number = f"{clean} {number}", number + 1
    sheet = book.add_worksheet(title)
    for column, width in enumerate(WIDTHS[: len(head)] if len(head) == len(WIDTHS) else [32] * 8):
        sheet.set_column(column, column, width)
    lines = [(head, bold), *((row, plain) for row in rows)] if head else [(row, plain) for row in rows]
    for line, (values, look) in enumerate(lines):
        for column, value in enumerate(values):
            sheet.write_string(line, column, defused(value)[:LONGEST_CELL], look)
    if head:
        sheet.freeze_panes(1, 0)
