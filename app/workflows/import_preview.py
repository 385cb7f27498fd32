"""Looking at workbooks before anything is written: what each would change, and every problem at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.excel.mapping import UnknownTable
from app.excel.parsed import ParsedFile
from app.interaction import Progress
from app.models import changelog
from app.models.hand_edits import hand_edits
from app.models.pupils import CREATED
from app.models.store import Session, Store
from app.records.log_words import value_words
from app.records.permissions import Actor
from app.records.types import Period, Severity
from app.workflows import clock, imports
from app.workflows.import_columns import explain
from app.workflows.import_rows import Difference, FileFinding, RowChoices, Writer, told
from app.workflows.imports import FileReport

_CACHES: Final = ("places", "results")
"""What writers remember of a transaction; wrong after a savepoint was rolled back."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One difference and whether it is taken unless the person says otherwise; `reason` when it is not."""

    difference: Difference
    ticked: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PreviewFile:
    """One file as it was understood.

    `classes` are those of its rows, `columns` the columns with values, `blank` their empty cells, `values`
    the values of rows that found their pupil. `findings`, `refused` and `exit_code` as in `FileReport`.
    """

    file: Path
    kind: str
    period: Period | None
    classes: tuple[str, ...]
    rows_read: int
    columns: int
    blank: int
    values: int
    findings: tuple[FileFinding, ...]
    proposals: tuple[Proposal, ...]
    refused: bool = False
    exit_code: int = 0
    unknown: UnknownTable | None = None
    """Its table, when only the headings are not known."""

    @property
    def same(self) -> int:
        """Values that the store already has."""
        return self.values - len(self.proposals)

    def count(self, severity: Severity) -> int:
        """Problems of this severity."""
        return sum(1 for item in self.findings if item.severity is severity)


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """Every file in the order given; nothing was written."""

    files: tuple[PreviewFile, ...]
    choices: RowChoices
    echoes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Difference to the places of other files that bring the same value once more."""

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The differences of all files."""
        return tuple(item for file in self.files for item in file.proposals)

    def agreed(self, skip: frozenset[str]) -> imports.Agreed:
        """What `import_files` is to write: everything but `skip`."""
        differences = tuple(item.difference for item in self.proposals)
        left = skip.union(*(self.echoes.get(name, frozenset()) for name in skip))
        return imports.Agreed(differences, left, self.choices)


def preview(
    *,
    store: Store,
    actor: Actor,
    paths: Sequence[Path],
    class_name: str | None = None,
    period: Period | None = None,
    choices: RowChoices | None = None,
    progress: Progress,
) -> ImportPreview:
    """What `import_files` would write, found by writing it and keeping nothing.

    A difference is ticked unless the field was typed by hand after the file was last saved, an earlier file
    says something else, or a new pupil looks like one that is there. NotAllowed, UserError workflow.no_class.
    """
    year = imports.demand_import(store, actor, class_name)
    reading = imports.Reading(store, year, class_name, period)
    chosen = choices or RowChoices()
    total = len(paths) * 2
    parsed: list[tuple[int, ParsedFile | FileReport]] = []
    for number, path in enumerate(paths):
        progress.step(number, total, f"Đang đọc {number + 1}/{len(paths)}: {path.name}")
        parsed.append((number, reading.parse(path)))
    seen: dict[int, PreviewFile] = {}
    echoes = _Echoes()
    with imports.rehearsal(store) as session:
        for done, (number, item) in enumerate(sorted(parsed, key=lambda item: imports.lists_first(item[1]))):
            progress.step(len(paths) + done, total, f"Đang so với dữ liệu: {paths[number].name}")
            if isinstance(item, FileReport):
                seen[number] = _refused(item)
            else:
                writer = Writer(session, actor, year, class_name, item, choices=chosen)
                seen[number] = _look(session, writer, echoes.written)
                if not seen[number].refused:
                    echoes.note(writer)
    progress.step(total, total, "Đã đọc xong")
    files = tuple(seen[number] for number in range(len(paths)))
    return ImportPreview(files, chosen, {name: frozenset(found) for name, found in echoes.found.items()})


class _Echoes:
    """Values that a later file brings again: leaving the first out leaves them out, too."""

    def __init__(self) -> None:
        self.found: dict[str, set[str]] = {}
        self.written: dict[tuple[str, str], Difference] = {}
        """(entity, field) to what the files looked at so far would write there."""
        self._latest: dict[tuple[str, str], str] = {}

    def note(self, writer: Writer) -> None:
        """Look through the values of one more file."""
        changed = {item.id for item in writer.differences}
        self.written |= {(item.entity, item.field): item for item in writer.differences}
        for entity, name, place in writer.held:
            if place in changed:
                self._latest[entity, name] = place
            elif (first := self._latest.get((entity, name))) is not None:
                self.found.setdefault(first, set()).add(place)


def _refused(report: FileReport) -> PreviewFile:
    return PreviewFile(
        file=report.file,
        kind=report.kind,
        period=None,
        classes=(),
        rows_read=report.rows_read,
        columns=0,
        blank=0,
        values=0,
        findings=report.findings,
        proposals=(),
        refused=True,
        exit_code=report.exit_code,
        unknown=explain(report.file) if report.kind == imports.UNKNOWN else None,
    )


def _look(session: Session, writer: Writer, earlier: Mapping[tuple[str, str], Difference]) -> PreviewFile:
    """One file inside the rehearsal; a refused one is rolled back to where it began."""
    parsed, start = writer.parsed, len(changelog.noted(session))
    try:
        with session.begin_nested():
            writer.write()
    except UserError as error:
        changelog.forget_noted(session, start)
        for name in _CACHES:
            session.info.pop(name, None)
        return _refused(imports.refusal(parsed.path, parsed.kind.value, parsed.rows_read, error))
    named = [row.class_name for row in parsed.pupils] + [row.class_name for row in parsed.results]
    return PreviewFile(
        file=parsed.path,
        kind=parsed.kind.value,
        period=parsed.period,
        classes=tuple(dict.fromkeys(name for name in named if name)),
        rows_read=parsed.rows_read,
        columns=parsed.columns,
        blank=parsed.blank,
        values=writer.values,
        findings=(*(told(item) for item in parsed.findings), *writer.findings),
        proposals=_proposals(session, writer, earlier),
    )


def _proposals(
    session: Session, writer: Writer, earlier: Mapping[tuple[str, str], Difference]
) -> tuple[Proposal, ...]:
    """The differences, unticked with a reason where a person has to decide."""
    saved = datetime.fromtimestamp(writer.parsed.path.stat().st_mtime, clock.VIETNAM)
    entities = {item.entity for item in writer.differences}
    typed = hand_edits(session, entities, saved)
    doubtful = {item.row for item in writer.findings if item.addable}
    found = []
    for item in writer.differences:
        proposal = Proposal(item)
        first = earlier.get((item.entity, item.field))
        hand = typed.get((item.entity, item.field))
        if item.field == CREATED and item.id.removesuffix(f"|{CREATED}") in doubtful:
            proposal = replace(
                proposal, ticked=False, reason="Giống một em đã có: chọn Ghép hoặc Thêm em mới"
            )
        elif hand is not None and (hand.new or None) == (item.old or None):
            kept = value_words(item.field, item.old) or "ô trống"
            when = f"{hand.at:%H:%M %d/%m}"
            proposal = replace(proposal, ticked=False, reason=f"Sửa tay {when}, đang giữ {kept}")
        elif first is not None:
            said = value_words(item.field, first.new)
            reason = f"Tệp {first.file.name} ghi khác: {said}"
            proposal = replace(proposal, ticked=False, reason=reason)
        found.append(proposal)
    return tuple(found)
