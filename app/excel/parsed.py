"""What reading a workbook gives: rows with their places, and every problem with sheet and cell address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from app.records.types import EMPTY, Period, Severity, SubjectResult, TraitResult


class FileKind(StrEnum):
    """Kinds of workbook that are read."""

    CSDL_PUPILS = "csdl-pupils"
    CSDL_RESULTS = "csdl-results"
    CSDL_COMMENTS = "csdl-comments"
    OUR_TEMPLATE = "our-template"
    VNEDU_SUMMARY = "vnedu-summary"
    VNEDU_SUBJECT = "vnedu-subject"


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a workbook: sheet name and address of the row's first cell ("A17")."""

    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class CellFinding:
    """One problem of a file; `app.messages.text(code, facts)` is its sentence.

    `cell` is "" for a whole sheet. `facts` always holds `sheet` and `cell` too.
    """

    severity: Severity
    sheet: str
    cell: str
    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One pupil of a list. `fields` has names of `Pupil` and `Enrolment`, only those that are not empty."""

    where: Where
    class_name: str
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One pupil's results of one period; None and "" inside mean "not in the file", never "erase".

    `year` holds fields of `YearOutcome`, `enrolment` fields of `Enrolment` (absences, height, weight),
    `cells` the address of every value: "TOAN.score", "YN.level", "PC", "confirmed", "height_cm" → "H17"
    (with the sheet, "Toán!H17", when it is not the sheet of `where`).
    """

    where: Where
    class_name: str
    code: str
    personal_id: str
    vnedu_code: str
    name: str
    birth_date: date | None
    subjects: Mapping[str, SubjectResult]
    traits: Mapping[str, TraitResult]
    group_comments: Mapping[str, str]
    year: Mapping[str, object]
    cells: Mapping[str, str]
    enrolment: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A whole workbook. `period` is None for a pupil list; `rows_read` counts the rows of pupils.

    `columns` counts the columns whose values are taken, `blank` the empty cells in them.
    """

    path: Path
    kind: FileKind
    period: Period | None
    rows_read: int
    pupils: tuple[PupilRow, ...]
    results: tuple[ResultRow, ...]
    findings: tuple[CellFinding, ...]
    columns: int = 0
    blank: int = 0


class Findings:
    """Collects the problems of one file, in the order of the file."""

    def __init__(self) -> None:
        self._items: list[CellFinding] = []

    def add(self, severity: Severity, sheet: str, cell: str, code: str, /, **facts: object) -> None:
        """Keep one problem; `facts` fill the sentence of `code`."""
        placed = {**facts, "sheet": sheet, "cell": cell}
        self._items.append(CellFinding(severity, sheet, cell, code, placed))

    def error(self, sheet: str, cell: str, code: str, /, **facts: object) -> None:
        self.add(Severity.ERROR, sheet, cell, code, **facts)

    def warning(self, sheet: str, cell: str, code: str, /, **facts: object) -> None:
        self.add(Severity.WARNING, sheet, cell, code, **facts)

    def note(self, sheet: str, cell: str, code: str, /, **facts: object) -> None:
        self.add(Severity.NOTE, sheet, cell, code, **facts)

    def items(self) -> tuple[CellFinding, ...]:
        return tuple(self._items)
