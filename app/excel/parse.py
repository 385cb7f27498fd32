"""A workbook as a `ParsedFile`: every row that can be trusted, and every problem at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeVar

from app.errors import UserError
from app.excel.blocks import Block
from app.excel.book import Book, Sheet, address
from app.excel.columns import IDENTITY
from app.excel.header import find_header
from app.excel.mapping import ColumnMap, mapped, signature_of
from app.excel.our_layout import FIRST_ROW, read_header, read_meta
from app.excel.parse_pupils import list_tables, parse_pupils
from app.excel.parse_results import parse_results, result_tables
from app.excel.parsed import FileKind, Findings, ParsedFile, PupilRow, ResultRow
from app.excel.periods import check_year, demand_no_outcome, file_period, sheet_period
from app.excel.reading import read_book
from app.excel.recognise import recognise
from app.excel.titles import class_name as normal_class
from app.excel.vnedu import subject_tables
from app.records.codes import PERIOD_PHRASE
from app.records.types import Period

_NOT_LISTED: Final = frozenset({"stt", "ignore", "name_rest", "period", "comment_code", "class_name"})
_NOT_RESULTS: Final = frozenset(IDENTITY) - {"height_cm", "weight_kg", "absent_excused", "absent_unexcused"}
Row = TypeVar("Row", PupilRow, ResultRow)
Tables = list[tuple[Sheet, Block]]


def parse_file(
    path: Path,
    *,
    year: str,
    period: Period | None = None,
    class_name: str | None = None,
    maps: Callable[[str], ColumnMap | None] = lambda _: None,
) -> ParsedFile:
    """Read and understand one workbook for the school year `year` ("2023-2024").

    `period` is the period asked for; `class_name` names the class of rows without one, and leaves other
    classes out; `maps` gives what a person said of the columns of an unknown table by its signature. Raises
    UserError when the file as a whole cannot be trusted: unreadable (see `read_book`), of no known kind, of
    another period, year or class, or without a single pupil.
    """
    book = read_book(path)
    kind, explained = _kind(book, maps)
    findings = Findings()
    default_class = normal_class(class_name or "")
    _report_reading(book, findings)
    if kind is FileKind.CSDL_PUPILS:
        check_year(book, _listed(book), year)
        listed = explained or list_tables(book)
        pupils, read = parse_pupils(listed, year=year, findings=findings, default_class=default_class)
        kept = _of_class(pupils, class_name, path, findings)
        columns, blank = _extent(listed, _NOT_LISTED)
        return _parsed(ParsedFile(path, kind, None, read, kept, (), findings.items(), columns, blank))
    tables = explained or tables_of(book, kind, findings)
    check_year(book, [(sheet, block.header.first) for sheet, block in tables], year)
    chosen = file_period(path, tables, period)
    tables = of_period(tables, chosen, findings)
    results, read = parse_results(
        tables, year=year, period=chosen, findings=findings, default_class=default_class
    )
    demand_no_outcome(path, results, chosen)
    rows = _of_class(results, class_name, path, findings)
    columns, blank = _extent(tables, _NOT_RESULTS)
    return _parsed(ParsedFile(path, kind, chosen, read, (), rows, findings.items(), columns, blank))


def _kind(book: Book, maps: Callable[[str], ColumnMap | None]) -> tuple[FileKind, Tables]:
    """The kind, and the table as a person explained it where its headings are not known."""
    try:
        return recognise(book), []
    except UserError as error:
        chosen = maps(signature_of(book)) if error.code == "excel.unknown_kind" else None
        if chosen is None:
            raise
    return mapped(book, chosen)


def _extent(tables: Tables, without: frozenset[str]) -> tuple[int, int]:
    """(columns whose values are taken, empty cells in them)."""
    columns = blank = 0
    for sheet, block in tables:
        taken = [column for column, held in block.header.fields.items() if held not in without]
        columns += len(taken)
        blank += sum(sheet.value(row, column) is None for row, _ in block.rows for column in taken)
    return columns, blank


def _parsed(parsed: ParsedFile) -> ParsedFile:
    if not parsed.rows_read:
        raise UserError("excel.no_rows", file=parsed.path.name)
    return parsed


def _listed(book: Book) -> list[tuple[Sheet, int]]:
    found = ((sheet, find_header(sheet)) for sheet in book.sheets)
    return [(sheet, header.first) for sheet, header in found if header is not None]


def tables_of(book: Book, kind: FileKind, findings: Findings) -> Tables:
    """The tables of results of a workbook; UserError `excel.unknown_kind` when it has none."""
    if kind is FileKind.OUR_TEMPLATE:
        return [_template_table(sheet) for sheet in book.sheets if read_meta(sheet) is not None]
    if kind is FileKind.VNEDU_SUBJECT:
        tables = subject_tables(book, findings)
    else:
        tables = result_tables(book, findings)
    if not tables:
        raise UserError("excel.unknown_kind", file=book.path.name)
    return tables


def _template_table(sheet: Sheet) -> tuple[Sheet, Block]:
    header = read_header(sheet)
    meta = read_meta(sheet)
    name = header.column("name")
    code = header.column("code")
    wanted = [column for column in (name, code) if column is not None]
    rows = sorted(row for row in sheet.rows if row >= FIRST_ROW)
    pupils = [row for row in rows if any(sheet.value(row, column) is not None for column in wanted)]
    class_of_all = normal_class(meta.class_name) if meta else ""
    return sheet, Block(header, tuple((row, class_of_all) for row in pupils))


def of_period(tables: Tables, period: Period, findings: Findings) -> Tables:
    """Tables of the chosen period; sheets that say another one are reported and left out."""
    kept: Tables = []
    for sheet, block in tables:
        said = sheet_period(sheet, block.header.first)
        if said is None or said.value == period.value:
            kept.append((sheet, block))
            continue
        findings.error(
            sheet.name,
            said.cell,
            "excel.sheet_period",
            said=PERIOD_PHRASE[Period(said.value)],
            wanted=PERIOD_PHRASE[period],
        )
    return kept


def _of_class(rows: Sequence[Row], wanted: str | None, path: Path, findings: Findings) -> tuple[Row, ...]:
    """Rows of the class asked for."""
    if wanted is None:
        return tuple(rows)
    asked = normal_class(wanted)
    kept = tuple(row for row in rows if row.class_name == asked)
    others = Counter(row.class_name for row in rows if row.class_name != asked)
    if rows and not kept:
        raise UserError("excel.wrong_class", file=path.name, said=", ".join(sorted(others)), wanted=asked)
    if others:
        count, first = sum(others.values()), next(row.where for row in rows if row.class_name != asked)
        findings.note(
            first.sheet, first.cell, "excel.other_classes", count=count, classes=", ".join(sorted(others))
        )
    return kept


def _report_reading(book: Book, findings: Findings) -> None:
    """What reading itself had to do: texts decoded from old fonts, a stray cell left out."""
    for sheet in book.sheets:
        if sheet.stray:
            findings.warning(sheet.name, "", "excel.stray_cell")
        if not sheet.legacy:
            continue
        (row, column), encoding = next(iter(sheet.legacy.items()))
        findings.note(
            sheet.name,
            address(row, column),
            "excel.legacy_text",
            count=len(sheet.legacy),
            encoding=encoding,
            sample=sheet.text(row, column),
        )
