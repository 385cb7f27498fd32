"""Which period and year a workbook is of; a file of another period or year than asked for is refused."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.excel.blocks import Block
from app.excel.book import Book, Sheet, address
from app.excel.our_layout import META_ROW, read_meta
from app.excel.parsed import ResultRow
from app.excel.recognise import STAGE_ROWS, stage_of
from app.excel.titles import (
    FILE_NAME,
    Said,
    period_in,
    period_of_name,
    said_period,
    said_year,
    stage_code,
    year_in,
)
from app.records.codes import PERIOD_PHRASE
from app.records.types import Period

_OUTCOME: Final = frozenset({"confirmed", "completed", "promoted", "completed_primary"})
Tables = Iterable[tuple[Sheet, Block]]


def file_period(path: Path, tables: Tables, wanted: Period | None) -> Period:
    """The period of a result file: what the file says, else `wanted`, else CN.

    Raises `excel.wrong_period` when the file says another one, `excel.several_periods` when it says several
    and none is asked for.
    """
    said = _said(path, list(tables))
    values = {Period(statement.value) for statement in said}
    if not values:
        return wanted or Period.CN
    if wanted is None:
        if len(values) > 1:
            raise UserError("excel.several_periods", file=path.name)
        return values.pop()
    if wanted not in values:
        raise _wrong_period(path, said[0], wanted)
    return wanted


def demand_no_outcome(path: Path, rows: Iterable[ResultRow], period: Period) -> None:
    """Raises `excel.wrong_period` when rows read for an earlier period carry what only the year's end has.

    Classification, completion and promotion exist at the end of the year alone (Circular 27, article 9.2).
    """
    if period is Period.CN:
        return
    for row in rows:
        if held := _OUTCOME & row.year.keys():
            cell = row.cells.get(min(held), row.where.cell)
            raise _wrong_period(path, Said(Period.CN.value, row.where.sheet, cell), period)


def _wrong_period(path: Path, said: Said, wanted: Period) -> UserError:
    words = PERIOD_PHRASE[Period(said.value)]
    return UserError(
        "excel.wrong_period", file=path.name, said=words, wanted=PERIOD_PHRASE[wanted], place=said.place
    )


def _said(path: Path, tables: list[tuple[Sheet, Block]]) -> list[Said]:
    """What template, titles and the tables' own column say; only where they are silent, the file's name."""
    sheets: dict[str, tuple[Sheet, int]] = {}
    for sheet, block in tables:
        sheets.setdefault(sheet.name, (sheet, block.header.first))
    titled = [said for sheet, first in sheets.values() if (said := sheet_period(sheet, first)) is not None]
    in_rows = [said for sheet, block in tables for said in _row_periods(sheet, block)]
    if titled or in_rows:
        return titled + in_rows
    named = period_of_name(path)
    return [Said(named.value, "", FILE_NAME)] if named else []


def sheet_period(sheet: Sheet, first: int) -> Said | None:
    """What the template's hidden row, or the titles above the table, say."""
    meta = read_meta(sheet)
    if meta is not None:
        return Said(meta.period.value, sheet.name, address(META_ROW, 2)) if meta.period else None
    return said_period(sheet, first)


def _row_periods(sheet: Sheet, block: Block) -> list[Said]:
    """The first row of each period in a column "Thời điểm đánh giá"."""
    column = block.header.column("period")
    found: dict[Period, Said] = {}
    if column is None:
        return []
    for row, _ in block.rows:
        period = period_in(sheet.text(row, column))
        if period is not None and period not in found:
            found[period] = Said(period.value, sheet.name, address(row, column))
    return list(found.values())


def check_year(book: Book, firsts: Iterable[tuple[Sheet, int]], year: str) -> None:
    """Raises `excel.wrong_year` when the file names another school year than `year`."""
    for sheet, first in firsts:
        said = _sheet_year(sheet, first, year)
        if said is not None and said.value != year:
            raise UserError(
                "excel.wrong_year", file=book.path.name, said=said.value, wanted=year, place=said.place
            )
    named = year_in(book.path.stem)
    if named is not None and named != year:
        raise UserError("excel.wrong_year", file=book.path.name, said=named, wanted=year, place=FILE_NAME)


def _sheet_year(sheet: Sheet, first: int, year: str) -> Said | None:
    meta = read_meta(sheet)
    if meta is not None:
        return Said(meta.year, sheet.name, address(META_ROW, 3)) if meta.year else None
    code = stage_code(stage_of(sheet) or "")
    if code is not None and str(code[1]) not in year.split("-"):
        return Said(f"{code[1]}-{code[1] + 1}", sheet.name, f"B{min(6, STAGE_ROWS)}")
    return said_year(sheet, first)
