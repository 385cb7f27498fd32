"""Makes real workbook files from rows of values, for tests."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]


def xlsx(path: Path, *sheets: tuple[str, Rows], merges: Iterable[str] = ()) -> Path:
    """An .xlsx with these sheets; `merges` ("C7:D7") apply to each."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(number, column).value = value
        for merge in merges:
            sheet.merge_cells(merge)
    book.save(path)
    return path


def xls(path: Path, *sheets: tuple[str, Rows], merges: Iterable[tuple[int, int, int, int]] = ()) -> Path:
    """An old .xls with these sheets; `merges` are (first row, last row, first column, last column)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import xlwt  # type: ignore[import-untyped]

        book = xlwt.Workbook(encoding="utf-8")
        style = xlwt.easyxf(num_format_str="DD/MM/YYYY")
        for name, rows in sheets:
            sheet = book.add_sheet(name, cell_overwrite_ok=True)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        args = (style,) if hasattr(value, "year") else ()
                        sheet.write(number, column, value, *args)
            for top, bottom, left, right in merges:
                sheet.merge(top, bottom, left, right)
        book.save(str(path))
    return path
