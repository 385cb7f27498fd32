"""A report's table as a plain workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE as _UNWRITABLE
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from app.excel.book import address, column_letters
from app.excel.saving import save
from app.excel.styles import BOLD, NOTE, PLAIN, TITLE, line, printable, put, width
from app.records.reports import Table

_NAME: Final = "Báo cáo"
_HEAD_ROW: Final = 2
_WIDEST: Final = 48
_LONG_WIDTHS: Final = (10, 20, 16, 24, 64, 32, 32, 32, 14, 24, 20, 68)
_LONGEST_TEXT: Final = 32_767
LONGEST: Final = 1_048_575
"""Rows below the head that a sheet of Excel holds."""


def write_table(path: Path, *tables: Table) -> tuple[str, ...]:
    """One sheet for each table: title, header, rows, notes below; returns the names of the sheets.

    Raises UserError `excel.cannot_write`.
    """
    book = Workbook()
    sheets = [book.worksheets[0], *(book.create_sheet() for _ in tables[1:])]
    for number, (sheet, table) in enumerate(zip(sheets, tables, strict=True), start=1):
        sheet.title = table.name or (_NAME if len(tables) == 1 else f"{_NAME} {number}")
        _fill(sheet, table)
    save(book, path)
    return tuple(book.sheetnames)


def write_long_table(
    path: Path, name: str, columns: Sequence[str], rows: Iterable[Sequence[str | int]]
) -> str:
    """One plain sheet with as many rows as come, written as they come; returns its name.

    Texts stay texts, whatever they begin with; what a cell cannot hold is cut off. UserError
    `excel.cannot_write`; what `rows` raises passes through, and nothing is written then.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place, width_of in enumerate(_LONG_WIDTHS[: len(columns)]):
        sheet.column_dimensions[column_letters(place)].width = width_of
    try:
        sheet.append([_cell(sheet, text, BOLD) for text in columns])
        for row in rows:
            sheet.append([_cell(sheet, value) if isinstance(value, str) else value for value in row])
    finally:
        sheet.close()  # else a stopped one complains when it is collected
    save(book, path)
    return str(sheet.title)


def _cell(sheet: Any, text: str, font: Font | None = None) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, value=_UNWRITABLE.sub("", text)[:_LONGEST_TEXT])
    cell.data_type = "s"
    if font is not None:
        cell.font = font
    return cell


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
