"""Bringing workbooks in: one file is one transaction, all its problems are told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app import messages
from app.errors import NotAllowed, UserError
from app.excel.parse import parse_file
from app.excel.parsed import CellFinding, ParsedFile, PupilRow, ResultRow
from app.interaction import Progress
from app.models import classes as class_rows
from app.models import results as result_rows
from app.models import settings as settings_store
from app.models.store import Store
from app.records.permissions import Action, Actor, allowed, allowed_somewhere, require
from app.records.types import ClassYear, Period, Severity, Stage
from app.workflows.matching import Roster
from app.workflows.report import NOTHING, Changes, changed
from app.workflows.tally import Tally

if TYPE_CHECKING:
    from app.models.store import Session


_ROW_PROBLEMS: Final = frozenset({"workflow.pupil_unnamed", "workflow.pupil_ambiguous"})
"""Faults of one row; any other fault of the store refuses the whole file."""


@dataclass(frozen=True, slots=True)
class FileFinding:
    """One problem of a file, ready to read."""

    severity: Severity
    sheet: str
    cell: str
    message: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. `refused` files left no trace; `exit_code` says why (2 or 3)."""

    file: Path
    kind: str
    rows_read: int
    rows_written: int
    findings: tuple[FileFinding, ...]
    refused: bool = False
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One report per file, in the order they were written."""

    files: tuple[FileReport, ...]
    changes: Changes


def _finding(found: CellFinding) -> FileFinding:
    return FileFinding(found.severity, found.sheet, found.cell, messages.text(found.code, found.facts))


def _problem(code: str, row: PupilRow | ResultRow, **facts: object) -> FileFinding:
    return FileFinding(Severity.ERROR, row.where.sheet, row.where.cell, messages.text(code, facts))


def import_files(
    *,
    store: Store,
    actor: Actor,
    paths: Sequence[Path],
    class_name: str | None = None,
    period: Period | None = None,
    dry_run: bool = False,
    progress: Progress,
) -> ImportReport:
    """Recognise each workbook and bring it in; lists first, so that results find their pupils.

    A file that cannot be trusted as a whole is refused and leaves nothing; the others go on.
    """
    if not any(allowed_somewhere(actor, action) for action in (Action.IMPORT_LIST, Action.IMPORT_RESULTS)):
        require(actor, Action.IMPORT_RESULTS, class_name=class_name)
    with store.reading() as session:
        year = settings_store.active_year(session)
        if class_name is not None and class_name not in {c.name for c in class_rows.summaries(session, year)}:
            raise UserError("workflow.no_class", name=class_name, year=year)
    total = len(paths)
    parsed: list[tuple[int, ParsedFile | FileReport]] = []
    for number, path in enumerate(paths):
        progress.step(number, total * 2, f"Đang đọc {path.name}")
        parsed.append((number, _parse(path, year, class_name, period)))
    reports: dict[int, FileReport] = {}
    lists_first = sorted(parsed, key=lambda item: isinstance(item[1], ParsedFile) and not item[1].pupils)
    for done, (number, item) in enumerate(lists_first):
        progress.step(total + done, total * 2, f"Đang ghi {paths[number].name}")
        if isinstance(item, FileReport):
            reports[number] = item
        else:
            reports[number] = _store(store, actor, item, year, class_name, dry_run)
    progress.step(total * 2, total * 2, "Đã nhập xong")
    written = any(report.rows_written for report in reports.values())
    files = tuple(reports[number] for number in range(total))
    return ImportReport(files, changed("classes", "results") if written else NOTHING)


def _refusal(path: Path, kind: str, rows: int, error: UserError) -> FileReport:
    told = FileFinding(Severity.ERROR, "", "", messages.sentence(error))
    return FileReport(path, kind, rows, 0, (told,), refused=True, exit_code=error.exit_code)


def _parse(path: Path, year: str, class_name: str | None, period: Period | None) -> ParsedFile | FileReport:
    try:
        return parse_file(path, year=year, period=period, class_name=class_name)
    except UserError as error:
        return _refusal(path, "unknown", 0, error)


def _store(
    store: Store, actor: Actor, parsed: ParsedFile, year: str, class_name: str | None, dry_run: bool
) -> FileReport:
    try:
        if dry_run:
            with store.reading() as session:
                findings = _Writer(session, actor, year, class_name, parsed).look()
            written = 0
        else:
            with store.transaction() as session:
                written, findings = _Writer(session, actor, year, class_name, parsed).write()
    except UserError as error:
        return _refusal(parsed.path, parsed.kind.value, parsed.rows_read, error)
    told = tuple(_finding(item) for item in parsed.findings) + tuple(findings)
    return FileReport(parsed.path, parsed.kind.value, parsed.rows_read, written, told)


class _Writer:
    """Writes the rows of one file inside one transaction."""

    def __init__(
        self, session: Session, actor: Actor, year: str, class_name: str | None, parsed: ParsedFile
    ) -> None:
        self.session = session
        self.actor = actor
        self.year = year
        self.class_name = class_name
        self.parsed = parsed
        self.findings: list[FileFinding] = []
        self.others_told = False
        self.tally = Tally()

    def write(self) -> tuple[int, list[FileFinding]]:
        """Write everything; returns the rows that changed something and the problems met."""
        pupils = sum(1 for row in self.parsed.pupils if self._save_pupil(row))
        written = pupils + self._save_results()
        period = self.parsed.period or Period.CN
        self.tally.keep(self.session, year=self.year, period=period, file=self.parsed.path.name)
        return written, self.findings

    def look(self) -> list[FileFinding]:
        """Match everything and write nothing."""
        for pupil in self.parsed.pupils:
            self._class_for(pupil.class_name)
        if self.parsed.results:
            classes = self._classes()
            for result in self.parsed.results:
                self._match(result, classes)
        return self.findings

    def _class_for(self, name: str) -> str:
        require(self.actor, Action.IMPORT_LIST, class_name=name or None)
        return name

    def _save_pupil(self, row: PupilRow) -> bool:
        name = self._class_for(row.class_name or self.class_name or "")
        if not name:
            self.findings.append(_problem("workflow.row_without_class", row, name=row.fields.get("name", "")))
            return False
        class_rows.ensure_class(self.session, self.year, name, grade_of(name), self.actor.login)
        self.tally.listed(name, row.fields.get("status"))
        try:
            count = class_rows.save_pupil(
                self.session, year=self.year, class_name=name, fields=row.fields, actor=self.actor.login
            )
        except UserError as error:
            if error.code not in _ROW_PROBLEMS:
                raise
            self.findings.append(_problem(error.code, row, **error.facts))
            return False
        return count > 0

    def _classes(self) -> dict[str, Roster]:
        """The classes that the rows name, or all; UserError workflow.no_class when none of them exists."""
        known = {item.name for item in class_rows.summaries(self.session, self.year)}
        if not known:
            raise UserError("workflow.no_pupils_yet", file=self.parsed.path.name)
        named = {row.class_name or self.class_name or "" for row in self.parsed.results}
        missing = sorted(named - known - {""})
        if missing and named == set(missing):
            raise UserError("workflow.no_class", name=missing[0], year=self.year)
        wanted = known if "" in named else named & known
        loaded = [class_rows.load_class(self.session, self.year, name, ()) for name in sorted(wanted)]
        return {item.name: Roster(item) for item in loaded}

    def _match(self, row: ResultRow, classes: Mapping[str, Roster]) -> tuple[ClassYear, int] | None:
        """The class and enrolment of a result row, or None with the problem told."""
        name = row.class_name or self.class_name
        rosters = [roster for known, roster in classes.items() if not name or known == name]
        found = [(roster, key) for roster in rosters if (key := roster.find(row)) is not None]
        if len(found) != 1:
            self.tally.stray(name or "")
            self.findings.append(
                _problem("workflow.row_unmatched", row, name=row.name, class_name=name or "?")
            )
            return None
        roster, key = found[0]
        self._demand_open(roster.klass)
        self.tally.matched(roster.klass.name)
        if other := roster.other_name(row, key):
            told = _problem("workflow.row_other_name", row, name=row.name, other=other)
            self.findings.append(replace(told, severity=Severity.WARNING))
        return roster.klass, key

    def _demand_open(self, klass: ClassYear) -> None:
        if not any(taught == klass.name for taught, _ in self.actor.subjects):
            require(self.actor, Action.IMPORT_RESULTS, class_name=klass.name)
        if klass.stages.get(self.parsed.period or Period.CN, Stage.OPEN) is not Stage.OPEN:
            raise NotAllowed("workflow.class_closed", name=klass.name)

    def _save_results(self) -> int:
        if not self.parsed.results:
            return 0
        classes = self._classes()
        written = 0
        for row in self.parsed.results:
            matched = self._match(row, classes)
            if matched is not None and self._save_result(row, *matched):
                written += 1
        return written

    def _save_result(self, row: ResultRow, klass: ClassYear, key: int) -> bool:
        row = self._only_allowed(row, klass.name)
        cells = result_rows.save_results(
            self.session,
            key=key,
            period=self.parsed.period or Period.CN,
            subjects=row.subjects,
            traits=row.traits,
            group_comments=row.group_comments,
            year_values=row.year,
            actor=self.actor.login,
        )
        if row.enrolment:
            cells += class_rows.set_enrolment_fields(self.session, key, row.enrolment, self.actor.login)
        return cells > 0

    def _only_allowed(self, row: ResultRow, name: str) -> ResultRow:
        """Only the subjects of class `name` that this person is assigned; the rest is told once and left."""
        if allowed(self.actor, Action.EDIT, class_name=name):
            return row
        mine = {
            c: v
            for c, v in row.subjects.items()
            if allowed(self.actor, Action.EDIT, class_name=name, subject=c)
        }
        if not self.others_told and (len(mine) < len(row.subjects) or row.traits):
            self.findings.append(_problem("workflow.columns_of_others", row, name=row.name))
            self.others_told = True
        return replace(row, subjects=mine, traits={}, group_comments={}, year={}, enrolment={})


def grade_of(class_name: str) -> int:
    """Grade from a class name such as "4A"; UserError workflow.class_name_odd when it says none."""
    digits = [int(letter) for letter in class_name if letter.isdigit()]
    if not digits or not 1 <= digits[0] <= 5:
        raise UserError("workflow.class_name_odd", name=class_name)
    return digits[0]
