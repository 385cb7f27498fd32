"""Fills a neighbour's own workbook: only result cells change; codes, hidden columns and styles stay."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import openpyxl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell

from app.errors import UserError
from app.excel.book import Book, address, shown
from app.excel.cell_values import cell_value
from app.excel.header import Header
from app.excel.identity_cells import Person, RowReader, column_facts, latest_year
from app.excel.parse import Tables, of_period, tables_of
from app.excel.parsed import FileKind, Findings
from app.excel.periods import check_year, file_period
from app.excel.reading import read_book
from app.excel.recognise import recognise
from app.excel.saving import save
from app.excel.styles import CellValue
from app.excel.titles import class_name
from app.records.programme import GROUP_NAMES, SUBJECT_NAMES, TRAIT_NAMES
from app.records.types import ClassYear, Period, PupilYear

_OUTCOME: Final = frozenset(
    {
        "confirmed",
        "completed",
        "promoted",
        "not_promoted",
        "completed_primary",
        "award",
        "height_cm",
        "weight_kg",
    }
) | {"absent_excused", "absent_unexcused"}
_REBUILT: Final = (
    "Tệp gốc không phải .xlsx nên đã ghi thành .xlsx cùng bố cục; định dạng và cột ẩn của tệp gốc không giữ "
    "được. Mở bằng Excel và lưu lại thành .xls nếu nơi nhận đòi tệp .xls."
)
_LOST: Final = "Danh sách chọn kiểu mới của Excel trong tệp gốc không giữ được khi ghi."


@dataclass(frozen=True, slots=True)
class FillReport:
    """What filling did. `unmatched`: rows of the file without a pupil; `note`: what could not be kept."""

    file: Path
    cells_written: int
    unmatched: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Change:
    sheet: str
    row: int
    column: int
    value: str | int | float


def fill_original(original: Path, out: Path, classes: Sequence[ClassYear], period: Period) -> FillReport:
    """Write the results of `classes` into a copy of `original`; a value we do not have erases nothing.

    A file that is not .xlsx is written as .xlsx in the same layout. Raises UserError as `read_book`, and
    `excel.unfillable`, `excel.wrong_period`, `excel.wrong_year`, `excel.cannot_write`,
    `excel.nothing_to_write`.
    """
    if not classes:
        raise UserError("excel.nothing_to_write", file=str(out))
    book = read_book(original)
    kind = recognise(book)
    if kind is FileKind.CSDL_PUPILS:
        raise UserError("excel.unfillable", file=original.name)
    findings = Findings()
    tables = tables_of(book, kind, findings)
    year = classes[0].year
    check_year(book, [(sheet, block.header.first) for sheet, block in tables], year)
    tables = of_period(tables, file_period(original, tables, period), findings)
    index = _Index(classes)
    unmatched: list[str] = []
    changes = list(_changes(tables, index, period, year, kind, unmatched))
    target = out if out.suffix.lower() in (".xlsx", ".xlsm") else out.with_suffix(".xlsx")
    note = _write(book, target, changes)
    return FillReport(target, len(changes), tuple(unmatched), note)


class _Index:
    """Pupils by any code, else by class, name and birth date together; never by name alone."""

    def __init__(self, classes: Sequence[ClassYear]) -> None:
        self._codes: dict[str, PupilYear] = {}
        self._names: dict[tuple[str, str, date | None], list[PupilYear]] = {}
        for klass in classes:
            for pupil in klass.pupils:
                person = pupil.pupil
                for code in (person.code, person.vnedu_code, person.personal_id):
                    if code:
                        self._codes[code] = pupil
                for name in (class_name(klass.name), ""):
                    self._names.setdefault((name, person.name.casefold(), person.birth_date), []).append(
                        pupil
                    )

    def find(self, person: Person) -> PupilYear | None:
        """The pupil that a row is about, None when nobody or more than one fits."""
        for code in (person.code, person.vnedu_code, person.personal_id):
            if code in self._codes:
                return self._codes[code]
        if person.birth_date is None:
            return None
        found = self._names.get((person.class_name, person.name.casefold(), person.birth_date), [])
        return found[0] if len(found) == 1 and not _contradicts(person, found[0]) else None


def _contradicts(person: Person, pupil: PupilYear) -> bool:
    """Whether the row has a code and the pupil of that name is known by another one of the same kind."""
    ours = pupil.pupil
    pairs = (
        (person.code, ours.code),
        (person.vnedu_code, ours.vnedu_code),
        (person.personal_id, ours.personal_id),
    )
    return any(theirs and own and theirs != own for theirs, own in pairs)


def _changes(
    tables: Tables, index: _Index, period: Period, year: str, kind: FileKind, unmatched: list[str]
) -> Iterator[_Change]:
    ticks = kind is not FileKind.OUR_TEMPLATE
    for sheet, block in tables:
        facts = column_facts(sheet, block)
        fields = _fillable(block.header)
        for row, fallback in block.rows:
            reader = RowReader(sheet, block.header, row, facts, Findings())
            person = reader.person(fallback, latest_year(year), None)
            pupil = index.find(person)
            if pupil is None:
                unmatched.append(f"{person.name or person.code} ({sheet.name}, ô {person.where.cell})")
                continue
            for column, field in fields.items():
                value = cell_value(pupil, period, field, ticks=ticks)
                if value is not None and shown(value) != sheet.text(row, column):
                    yield _Change(sheet.name, row, column, value)


def _fillable(header: Header) -> Mapping[int, str]:
    def ours(field: str) -> bool:
        code = field.partition(".")[0]
        return (
            code in SUBJECT_NAMES
            or code in TRAIT_NAMES
            or field in GROUP_NAMES
            or field in _OUTCOME
            or code == "tick"
        )

    return {column: field for column, field in header.fields.items() if ours(field)}


def _write(book: Book, target: Path, changes: Sequence[_Change]) -> str:
    if book.format != "xlsx":
        save(_rebuilt(book, changes), target)
        return _REBUILT
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        workbook = openpyxl.load_workbook(book.path, keep_vba=target.suffix.lower() == ".xlsm")
    for change in changes:
        cell = workbook[change.sheet].cell(change.row + 1, change.column + 1)
        if isinstance(cell, Cell):
            _set(cell, change.value)
    save(workbook, target)
    return _LOST if any("extension" in str(warning.message) for warning in caught) else ""


def _set(cell: Cell, value: CellValue) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def _rebuilt(book: Book, changes: Sequence[_Change]) -> Workbook:
    """The same cells and merges in a new workbook."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in book.sheets:
        copy = workbook.create_sheet(sheet.name)
        copy.sheet_state = "visible" if sheet.visible else "hidden"
        for row, values in sheet.rows.items():
            for column, value in enumerate(values):
                if value != "":
                    cell = copy.cell(row + 1, column + 1, value)
                    cell.data_type = "s" if isinstance(value, str) else cell.data_type
        for (top, left), (bottom, right) in sheet.merges:
            copy.merge_cells(f"{address(top, left)}:{address(bottom, right)}")
    for change in changes:
        target = workbook[change.sheet].cell(change.row + 1, change.column + 1)
        if isinstance(target, Cell):
            _set(target, change.value)
    return workbook
