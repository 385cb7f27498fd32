"""Pupil lists as rows: the sector's list, its identity-check sheet and like exports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.excel.blocks import Block, blocks
from app.excel.book import Book, Sheet
from app.excel.identity_cells import Person, RowReader, column_facts, duplicates, latest_year
from app.excel.outcome_cells import read_measures
from app.excel.parsed import Findings, PupilRow
from app.excel.titles import grade_of_class
from app.excel.values import Problem, read_sex, read_tick
from app.records.codes import ethnicity_from_text, parse_regime, status_from_text
from app.records.types import Regime, Severity, Sex, Status

_PLAIN: Final = ("nationality", "register_number")
_PLACES: Final = ("birth_place", "hometown", "residence")
_PARENTS: Final = ("father", "mother", "guardian")


@dataclass(frozen=True, slots=True)
class _Read:
    person: Person
    row: PupilRow | None


def list_tables(book: Book) -> list[tuple[Sheet, Block]]:
    """Every table of a workbook with a list of pupils."""
    return [(sheet, block) for sheet in book.sheets for block in blocks(sheet)]


def parse_pupils(
    tables: Iterable[tuple[Sheet, Block]], *, year: str, findings: Findings, default_class: str = ""
) -> tuple[tuple[PupilRow, ...], int]:
    """(pupils, rows read) of every sheet with a list of pupils; catalogue sheets have none."""
    read: list[_Read] = []
    for sheet, block in tables:
        read += _parse_block(sheet, block, year, default_class, findings)
    repeated = duplicates((item.person for item in read), findings)
    kept = tuple(
        item.row for number, item in enumerate(read) if item.row is not None and number not in repeated
    )
    return kept, len(read)


def _parse_block(sheet: Sheet, block: Block, year: str, default: str, findings: Findings) -> list[_Read]:
    facts = column_facts(sheet, block)
    read: list[_Read] = []
    for number, class_name in block.rows:
        row = RowReader(sheet, block.header, number, facts, findings)
        sex = _sex(row)
        person = row.person(class_name or default, latest_year(year), sex)
        read.append(_Read(person, _pupil_row(row, person, sex, year)))
    return read


def _pupil_row(row: RowReader, person: Person, sex: Sex | None, year: str) -> PupilRow | None:
    """The row's fields; None (reported) without a name, a code or a class: such a pupil could not be kept."""
    missing = _missing(person)
    if missing:
        row.report(Severity.ERROR, row.header.columns.get("name", 0), missing)
        return None
    fields: dict[str, object] = {
        "name": person.name,
        "code": person.code,
        "personal_id": person.personal_id,
        "vnedu_code": person.vnedu_code,
        "birth_date": person.birth_date,
        "sex": sex,
        "grade": grade_of_class(person.class_name),
        "status": _status(row),
        "regime": _regime(row),
        "ethnicity": _ethnicity(row),
        "enrolled_on": row.date_in("enrolled_on", latest_year(year)),
    }
    fields |= {field: row.text(field) for field in _PLAIN}
    fields |= {field: _place(row, field) for field in _PLACES}
    fields |= {field: _parent(row, field) for field in _PARENTS}
    measures, _ = read_measures(row)
    kept = {field: value for field, value in (fields | measures).items() if value not in (None, "")}
    return PupilRow(person.where, person.class_name, kept)


def _missing(person: Person) -> str:
    if not person.name:
        return "excel.no_name"
    if not (person.code or person.personal_id or person.vnedu_code):
        return "excel.no_code"
    if not person.class_name or grade_of_class(person.class_name) is None:
        return "excel.no_class"
    return ""


def _sex(row: RowReader) -> Sex | None:
    """From the word, or from the x of a column "Nữ" that stands alone."""
    column = row.header.column("sex")
    if column is not None:
        value = row.sheet.value(row.row, column)
        if value is None:
            return None
        found = read_sex(value)
        if not isinstance(found, Problem):
            return found
        row.report(Severity.ERROR, column, found.code)
        return None
    column = row.header.column("female")
    if column is None:
        return None
    value = row.sheet.value(row.row, column)
    if value is None:
        return Sex.MALE
    text = row.sheet.text(row.row, column).lower()
    return Sex.FEMALE if read_tick(value) or text in ("nữ", "n") else Sex.MALE if text == "nam" else None


def _status(row: RowReader) -> Status | None:
    text = row.text("status")
    if not text:
        return None
    found = status_from_text(text)
    if found is None:
        row.report(Severity.ERROR, row.header.columns["status"], "excel.status")
    return found


def _regime(row: RowReader) -> Regime | None:
    column = row.header.column("not_assessed")
    if column is not None and read_tick(row.sheet.value(row.row, column)):
        return Regime.NOT_ASSESSED
    if text := row.text("regime"):
        found = parse_regime(text)
        if found is None:
            row.report(Severity.ERROR, row.header.columns["regime"], "excel.regime")
        return found
    if (text := row.text("disability")) and text.lower() not in ("không", "0", "không khuyết tật", "-"):
        row.report(Severity.NOTE, row.header.columns["disability"], "excel.disability")
    return None


def _ethnicity(row: RowReader) -> str:
    """The ethnic group as the file spells it, as on the birth certificate; numbers are not read."""
    text = row.text("ethnicity").replace("Ð", "Đ")
    if text and ethnicity_from_text(text) is None:
        row.report(
            Severity.ERROR if text.isdigit() else Severity.WARNING,
            row.header.columns["ethnicity"],
            "excel.ethnicity",
        )
    return "" if text.isdigit() else text


def _place(row: RowReader, field: str) -> str:
    """A place as one text: the cell of its own, else its parts from the hamlet up to the province."""
    if text := row.text(field):
        return text
    parts = [row.text(f"{field}.{rank}") for rank in (3, 2, 1, 0)]
    return ", ".join(part for part in parts if part)


def _parent(row: RowReader, field: str) -> str:
    column = row.header.column(field)
    return row.person_name(column) if column is not None else ""
