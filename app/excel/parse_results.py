"""Result workbooks as rows: the sector's result file, its comment sheets, and class summaries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from app.excel.blocks import Block, blocks
from app.excel.book import Book, Sheet, address
from app.excel.header import Header
from app.excel.identity_cells import Person, RowReader, column_facts, duplicates, latest_year
from app.excel.outcome_cells import read_measures, read_outcome
from app.excel.parsed import Findings, ResultRow
from app.excel.positions import by_position
from app.excel.result_cells import RowResults, read_results
from app.excel.titles import grade_of_class, period_in
from app.records.codes import PERIOD_PHRASE
from app.records.programme import SUBJECT_NAMES, TRAIT_NAMES
from app.records.subject_names import subject_from_text
from app.records.types import Period, Severity


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one call of `parse_results` works with."""

    year: str
    period: Period
    default_class: str
    findings: Findings


@dataclass(slots=True)
class _Gathered:
    """One pupil's values, gathered over the sheets of a workbook."""

    person: Person
    results: RowResults
    outcome: dict[str, object]
    measures: dict[str, object]


def parse_results(
    tables: Iterable[tuple[Sheet, Block]],
    *,
    year: str,
    period: Period,
    findings: Findings,
    default_class: str = "",
) -> tuple[tuple[ResultRow, ...], int]:
    """(results, rows read) of tables of one workbook; a pupil on several sheets becomes one row."""
    gathered: dict[tuple[object, ...], _Gathered] = {}
    dropped = 0
    reading = _Reading(year, period, default_class, findings)
    for sheet, rows, lost in _by_sheet(tables, reading):
        dropped += lost
        for row in rows:
            known = gathered.setdefault(row.person.key, row)
            if known is not row:
                _merge(known, row, sheet.name, findings)
    return tuple(_result_row(row) for row in gathered.values()), len(gathered) + dropped


def result_tables(book: Book, findings: Findings) -> list[tuple[Sheet, Block]]:
    """Every table of results in a workbook, with the subject that its sheet is named after."""
    found: list[tuple[Sheet, Block]] = []
    for sheet in book.sheets:
        for block in blocks(sheet, subject_of_sheet(sheet)):
            usable = _with_positions(sheet, block, findings)
            if _holds_results(usable.header):
                found.append((sheet, usable))
    return found


def subject_of_sheet(sheet: Sheet) -> str | None:
    """The subject that a sheet is named after ("Toán", "TH-CN (Tin học)", "THVCN(N…)"), else None."""
    return subject_from_text(sheet.name) or subject_from_text(sheet.name.split("_")[0].rstrip(" ."))


def _by_sheet(
    tables: Iterable[tuple[Sheet, Block]], reading: _Reading
) -> Iterator[tuple[Sheet, list[_Gathered], int]]:
    """(sheet, rows, dropped rows); repeated pupils within one sheet are dropped."""
    for sheet, group in groupby(tables, key=itemgetter(0)):
        rows: list[_Gathered] = []
        lost = 0
        for _, block in group:
            _report_unknown(sheet, block, reading.findings)
            read, wrong_period = _parse_block(sheet, block, reading)
            rows += read
            lost += wrong_period
        repeated = duplicates((row.person for row in rows), reading.findings)
        kept = [row for position, row in enumerate(rows) if position not in repeated]
        yield sheet, kept, lost + len(repeated)


def _parse_block(sheet: Sheet, block: Block, reading: _Reading) -> tuple[list[_Gathered], int]:
    """(rows, number of rows of another period)."""
    facts = column_facts(sheet, block)
    rows: list[_Gathered] = []
    wrong_period = 0
    for number, class_name in block.rows:
        row = RowReader(sheet, block.header, number, facts, reading.findings)
        said = period_in(row.text("period"))
        if said is not None and said is not reading.period:
            words = {"said": PERIOD_PHRASE[said], "wanted": PERIOD_PHRASE[reading.period]}
            row.report(Severity.ERROR, block.header.columns["period"], "excel.row_period", **words)
            wrong_period += 1
            continue
        person = row.person(class_name or reading.default_class, latest_year(reading.year), None)
        rows.append(_gather(row, person))
    return rows, wrong_period


def _gather(row: RowReader, person: Person) -> _Gathered:
    results = read_results(row)
    outcome, outcome_cells = read_outcome(row)
    measures, measure_cells = read_measures(row)
    results.cells |= outcome_cells | measure_cells
    return _Gathered(person, results, outcome, measures)


def _holds_results(header: Header) -> bool:
    codes = {field.partition(".")[0] for field in header.fields.values()}
    return bool(
        codes & (SUBJECT_NAMES.keys() | TRAIT_NAMES.keys() | {"PC", "NLC", "NLDT", "confirmed", "tick"})
    )


def _with_positions(sheet: Sheet, block: Block, findings: Findings) -> Block:
    """The block with columns known by the template's positions where header texts say nothing."""
    column = block.header.column("class_name")
    texts = [sheet.text(row, column) if column is not None else name for row, name in block.rows[:50]]
    grades = {grade_of_class(text) for text in texts}
    header = by_position(block.header, grades.pop()) if len(grades) == 1 else None
    if header is None:
        return block
    findings.note(sheet.name, address(block.header.first, 0), "excel.by_position")
    return replace(block, header=header)


def _report_unknown(sheet: Sheet, block: Block, findings: Findings) -> None:
    """Columns that hold something under a heading that says nothing to us."""
    for column in block.header.unknown:
        if any(sheet.value(row, column) is not None for row, _ in block.rows):
            place = address(block.header.first, column)
            findings.note(
                sheet.name, place, "excel.unknown_column", heading=block.header.texts.get(column, "")
            )


def _merge(known: _Gathered, row: _Gathered, sheet: str, findings: Findings) -> None:
    """Add a further sheet's values; a second, different value of one field is reported and left out."""
    for name, value in row.results.values.items():
        place = row.results.cells[name]
        if known.results.values.setdefault(name, value) != value:
            label = name.partition(".")[0]
            first = known.results.cells[name]
            shown_label = SUBJECT_NAMES.get(label) or TRAIT_NAMES.get(label, label)
            findings.error(
                sheet, place, "excel.conflict", pupil=known.person.name, label=shown_label, first=first
            )
            continue
        known.results.cells.setdefault(name, f"{sheet}!{place}")
    known.outcome = row.outcome | known.outcome
    known.measures = row.measures | known.measures
    extra = {
        name: f"{sheet}!{cell}" for name, cell in row.results.cells.items() if name not in known.results.cells
    }
    known.results.cells |= extra
    person = row.person
    known.person = replace(
        known.person,
        class_name=known.person.class_name or person.class_name,
        birth_date=known.person.birth_date or person.birth_date,
    )


def _result_row(row: _Gathered) -> ResultRow:
    person = row.person
    enrolment: Mapping[str, object] = row.measures
    return ResultRow(
        where=person.where,
        class_name=person.class_name,
        code=person.code,
        personal_id=person.personal_id,
        vnedu_code=person.vnedu_code,
        name=person.name,
        birth_date=person.birth_date,
        subjects=row.results.subjects(),
        traits=row.results.traits(),
        group_comments=row.results.group_comments(),
        year=row.outcome,
        cells=row.results.cells,
        enrolment=enrolment,
    )
