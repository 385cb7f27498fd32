"""The fast reader: python-calamine's sheets as plain rows. Runs here or in the helper process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import python_calamine

from app.excel.book import Merge, Value, sparse

MAX_ROWS: Final = 100_000
RawSheet = tuple[str, bool, dict[int, list[Value]], tuple[Merge, ...]]
"""(name, visible, sparse rows, merges): plain values that travel between processes."""

ReadProblem = python_calamine.CalamineError
PasswordProblem = python_calamine.PasswordError


def load(path: Path) -> list[RawSheet]:
    """All worksheets of a workbook; raises CalamineError (PasswordError) when it cannot be read."""
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        sheets = [meta for meta in book.sheets_metadata if _is_worksheet(meta)]
        return [_load_sheet(book, meta) for meta in sheets]


def _is_worksheet(meta: python_calamine.SheetMetadata) -> bool:
    return meta.typ == python_calamine.SheetTypeEnum.WorkSheet


def _load_sheet(book: python_calamine.CalamineWorkbook, meta: python_calamine.SheetMetadata) -> RawSheet:
    sheet = book.get_sheet_by_name(meta.name)
    rows: Sequence[Sequence[Value]] = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)
    merges = tuple(sheet.merged_cell_ranges or ())
    visible = meta.visible == python_calamine.SheetVisibleEnum.Visible
    return meta.name, visible, sparse(rows), merges
