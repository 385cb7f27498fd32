"""One look for every workbook we write: fonts, borders, fills, and small helpers to place cells."""

from __future__ import annotations

from datetime import date
from typing import Final

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.excel.book import column_letters
from app.records.types import PupilYear

FONT: Final = "Times New Roman"
BODY: Final = Font(name=FONT, size=11)
BOLD: Final = Font(name=FONT, size=11, bold=True)
SMALL: Final = Font(name=FONT, size=10)
NOTE: Final = Font(name=FONT, size=10, italic=True)
TITLE: Final = Font(name=FONT, size=14, bold=True)
HEAD_FILL: Final = PatternFill("solid", fgColor="E3ECF7")
SOFT_FILL: Final = PatternFill("solid", fgColor="F4F6F9")

_LINE: Final = Side(style="thin", color="7F8A99")
GRID: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
CENTRE: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT: Final = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
PLAIN: Final = Alignment(horizontal="left", vertical="center", wrap_text=True)
UPRIGHT: Final = Alignment(horizontal="center", vertical="center", wrap_text=True, text_rotation=90)

CellValue = str | int | float | None


def put(
    sheet: Worksheet, row: int, column: int, value: CellValue, *, head: bool = False, left: bool = False
) -> None:
    """Write one cell of a table; rows and columns count from 0. Texts that begin with "=" stay texts."""
    cell = sheet.cell(row + 1, column + 1)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
    cell.font = BOLD if head else BODY
    cell.alignment = LEFT if left and not head else CENTRE
    cell.border = GRID
    if head:
        cell.fill = HEAD_FILL


def merge(
    sheet: Worksheet, first: tuple[int, int], last: tuple[int, int], value: str, *, upright: bool = False
) -> None:
    """Write a heading over a block of cells; corners count from 0."""
    for row in range(first[0], last[0] + 1):
        for column in range(first[1], last[1] + 1):
            put(sheet, row, column, None, head=True)
    put(sheet, *first, value, head=True)
    if upright:
        sheet.cell(first[0] + 1, first[1] + 1).alignment = UPRIGHT
    if first != last:
        sheet.merge_cells(
            start_row=first[0] + 1, start_column=first[1] + 1, end_row=last[0] + 1, end_column=last[1] + 1
        )


def line(
    sheet: Worksheet, row: int, columns: tuple[int, int], text: str, font: Font, alignment: Alignment = CENTRE
) -> None:
    """Write a title or note across columns, without borders."""
    cell = sheet.cell(row + 1, columns[0] + 1)
    cell.value, cell.font, cell.alignment = text, font, alignment
    if columns[1] > columns[0]:
        sheet.merge_cells(
            start_row=row + 1, start_column=columns[0] + 1, end_row=row + 1, end_column=columns[1] + 1
        )


def width(sheet: Worksheet, column: int, characters: float) -> None:
    """Set a column's width; columns count from 0."""
    sheet.column_dimensions[column_letters(column)].width = characters


def printable(sheet: Worksheet, header: tuple[int, int], *, wide: bool = False) -> None:
    """Landscape, as wide as the paper (A3 when `wide`), the header rows (from 0) repeated on each page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3 if wide else sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header[0] + 1}:{header[1] + 1}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)


def day(value: date | None) -> str | None:
    """A date as text, so that no Excel setting can swap day and month."""
    return value.strftime("%d/%m/%Y") if value else None


def active(pupils: tuple[PupilYear, ...]) -> list[PupilYear]:
    """Pupils who belong to the class now."""
    return [pupil for pupil in pupils if pupil.enrolment.status.active]
