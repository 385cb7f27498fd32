"""A report's table as a plain workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.excel.book import address
from app.excel.saving import save
from app.excel.styles import NOTE, PLAIN, TITLE, line, printable, put, width
from app.records.reports import Table

_NAME: Final = "Báo cáo"
_HEAD_ROW: Final = 2
_WIDEST: Final = 48


def write_table(path: Path, *tables: Table) -> None:
    """One sheet for each table: title, header, rows, notes below. Raises UserError `excel.cannot_write`."""
    book = Workbook()
    sheets = [book.worksheets[0], *(book.create_sheet() for _ in tables[1:])]
    for number, (sheet, table) in enumerate(zip(sheets, tables, strict=True), start=1):
        sheet.title = _NAME if len(tables) == 1 else f"{_NAME} {number}"
        _fill(sheet, table)
    save(book, path)


def _fill(sheet: Worksheet, table: Table) -> None:
    last = max(len(table.columns) - 1, 0)
    line(sheet, 0, (0, last), table.title, TITLE)
    for column, text in enumerate(table.columns):
        put(sheet, _HEAD_ROW, column, text, head=True)
        cells = [text, *(str(row[column]) for row in table.rows)]
        width(sheet, column, min(_WIDEST, 4 + max(len(cell) for cell in cells)))
    for number, row in enumerate(table.rows, _HEAD_ROW + 1):
        for column, value in enumerate(row):
            put(sheet, number, column, value, left=isinstance(value, str))
    for number, text in enumerate(table.notes, _HEAD_ROW + len(table.rows) + 2):
        line(sheet, number, (0, last), text, NOTE, PLAIN)
    sheet.freeze_panes = address(_HEAD_ROW + 1, 0)
    printable(sheet, (_HEAD_ROW, _HEAD_ROW))
