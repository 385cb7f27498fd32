"""Bringing workbooks in: one file is one transaction, all its problems are told at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app import messages
from app.errors import Cancelled, UserError
from app.excel.parse import parse_file
from app.excel.parsed import ParsedFile
from app.interaction import Progress
from app.models import changelog
from app.models import classes as class_rows
from app.models import settings as settings_store
from app.models import steps as step_rows
from app.models.store import Session, Store
from app.records.permissions import Action, Actor, allowed_somewhere, require
from app.records.types import Period, Severity
from app.workflows.import_columns import remembered
from app.workflows.import_rows import Difference, FileFinding, RowChoices, Writer, agree, told
from app.workflows.report import NOTHING, Changes, changed

UNKNOWN: Final = "unknown"
"""Kind of a file that was not read."""


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
    values_written: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One report per file, in the order they were given; `place` is where the whole import is undone."""

    files: tuple[FileReport, ...]
    changes: Changes
    place: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a person saw in a preview and left out of it: exactly the rest is written, or nothing."""

    differences: tuple[Difference, ...]
    skip: frozenset[str] = frozenset()
    choices: RowChoices = field(default_factory=RowChoices)


def import_files(
    *,
    store: Store,
    actor: Actor,
    paths: Sequence[Path],
    class_name: str | None = None,
    period: Period | None = None,
    dry_run: bool = False,
    skip: frozenset[str] = frozenset(),
    agreed: Agreed | None = None,
    progress: Progress,
) -> ImportReport:
    """Recognise each workbook and bring it in; lists first, so that results find their pupils.

    A file that cannot be trusted as a whole is refused and leaves nothing; the others go on. Stopped on the
    way, the files not reached are reported as refused (import.stopped). `skip` names
    differences of `import_preview.preview` that are left out; with `agreed` a file is refused
    (workflow.import_changed) when it would write anything else than was seen. All files are one step
    to undo (`workflows.steps`, place `ImportReport.place`).
    """
    year = demand_import(store, actor, class_name)
    total = len(paths)
    reading = Reading(store, year, class_name, period)
    parsed: list[tuple[int, ParsedFile | FileReport]] = []
    for number, path in enumerate(paths):
        progress.step(number, total * 2, f"Đang đọc {path.name}")
        parsed.append((number, reading.parse(path)))
    run = _Run(store, actor, year, class_name, dry_run, skip, agreed)
    reports: dict[int, FileReport] = {}
    for done, (number, item) in enumerate(sorted(parsed, key=lambda item: lists_first(item[1]))):
        if run.goes_on(progress, total + done, total * 2, paths[number].name):
            reports[number] = item if isinstance(item, FileReport) else run.store_file(item)
        else:
            reports[number] = refusal(paths[number], UNKNOWN, 0, UserError("import.stopped"))
    if not run.stopped:
        progress.step(total * 2, total * 2, "Đã nhập xong")
    written = any(report.rows_written for report in reports.values())
    files = tuple(reports[number] for number in range(total))
    return ImportReport(files, changed("classes", "results") if written else NOTHING, run.place)


def demand_import(store: Store, actor: Actor, class_name: str | None) -> str:
    """The year to import into; NotAllowed, UserError workflow.no_class."""
    if not any(allowed_somewhere(actor, action) for action in (Action.IMPORT_LIST, Action.IMPORT_RESULTS)):
        require(actor, Action.IMPORT_RESULTS, class_name=class_name)
    with store.reading() as session:
        year = settings_store.active_year(session)
        if class_name is not None and class_name not in {c.name for c in class_rows.summaries(session, year)}:
            raise UserError("workflow.no_class", name=class_name, year=year)
    return year


def lists_first(item: ParsedFile | FileReport) -> bool:
    """Key that sorts lists of pupils before results."""
    return isinstance(item, ParsedFile) and not item.pupils


def refusal(path: Path, kind: str, rows: int, error: UserError) -> FileReport:
    """The report of a file that is not used."""
    found = FileFinding(Severity.ERROR, "", "", messages.sentence(error))
    return FileReport(path, kind, rows, 0, (found,), refused=True, exit_code=error.exit_code)


@dataclass(frozen=True, slots=True)
class Reading:
    """How the files of one import are read."""

    store: Store
    year: str
    class_name: str | None
    period: Period | None

    def parse(self, path: Path) -> ParsedFile | FileReport:
        """The file as rows, or why it is not used."""
        try:
            return parse_file(
                path,
                year=self.year,
                period=self.period,
                class_name=self.class_name,
                maps=lambda signature: remembered(self.store, signature),
            )
        except UserError as error:
            return refusal(path, UNKNOWN, 0, error)


class _Rehearsed(Exception):
    """Ends a rehearsal: nothing of the transaction is kept."""


@contextmanager
def rehearsal(store: Store) -> Iterator[Session]:
    """A transaction of which nothing stays: what a file would change is found by writing it."""
    with suppress(_Rehearsed), store.transaction() as session:
        yield session
        raise _Rehearsed


@dataclass(slots=True)
class _Run:
    """One import: the transactions of its files, all undone together from `place`."""

    store: Store
    actor: Actor
    year: str
    class_name: str | None
    dry_run: bool
    skip: frozenset[str]
    agreed: Agreed | None
    place: str = ""
    stopped: bool = False

    def goes_on(self, progress: Progress, done: int, total: int, file: str) -> bool:
        """False once the person stopped after something was written; before that `Cancelled` goes on."""
        if self.stopped:
            return False
        try:
            progress.step(done, total, f"Đang ghi {file}")
        except Cancelled:
            if not self.place:
                raise
            self.stopped = True
        return not self.stopped

    def store_file(self, parsed: ParsedFile) -> FileReport:
        """Write one file in one transaction; a refused one leaves nothing."""
        transaction = rehearsal(self.store) if self.dry_run else self.store.transaction()
        try:
            with transaction as session:
                writer = self._writer(session, parsed)
                written = writer.write()
                self._demand_agreed(writer)
                if written and not self.dry_run:
                    self._record(session, parsed.path.name, written)
        except UserError as error:
            return refusal(parsed.path, parsed.kind.value, parsed.rows_read, error)
        found = (*(told(item) for item in parsed.findings), *writer.findings)
        values = 0 if self.dry_run else len(writer.differences)
        rows = 0 if self.dry_run else written
        kind = parsed.kind.value
        return FileReport(parsed.path, kind, parsed.rows_read, rows, found, values_written=values)

    def _writer(self, session: Session, parsed: ParsedFile) -> Writer:
        skip, choices = (self.skip, None) if self.agreed is None else (self.agreed.skip, self.agreed.choices)
        return Writer(session, self.actor, self.year, self.class_name, parsed, skip=skip, choices=choices)

    def _demand_agreed(self, writer: Writer) -> None:
        if self.agreed is None:
            return
        path = writer.parsed.path
        if not agree(writer.differences, self.agreed.differences, self.agreed.skip, path):
            raise UserError("workflow.import_changed", file=path.name)

    def _record(self, session: Session, file: str, written: int) -> None:
        place = self.place or step_rows.next_import(session, self.year)
        login = self.actor.login
        changelog.record(
            session, actor=login, kind="import", entity=place, field=file, old=None, new=str(written)
        )
        step_rows.record_step(session, actor=login, place=place, title=f"Nhập tệp {file}")
        self.place = place
