"""The rows of one workbook, written inside a transaction; every row tells what it changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from app import messages
from app.errors import NotAllowed, UserError
from app.excel.parsed import CellFinding, ParsedFile, PupilRow, ResultRow
from app.models import changelog
from app.models import classes as class_rows
from app.models import results as result_rows
from app.models.pupils import CREATED, places_of
from app.models.store import Session
from app.models.text import empty
from app.records.permissions import Action, Actor, allowed, require
from app.records.types import ClassYear, Period, Severity, Stage, SubjectResult, TraitResult
from app.workflows.candidates import Candidate, Lookalikes, candidates_for
from app.workflows.matching import Roster
from app.workflows.tally import Tally

_ROW_PROBLEMS: Final = frozenset(
    {"workflow.pupil_unnamed", "workflow.pupil_ambiguous", "workflow.code_taken"}
)
"""Faults of one row; any other fault of the store refuses the whole file."""
_NOT_VALUES: Final = frozenset({"grade", "class_name"})


@dataclass(frozen=True, slots=True)
class FileFinding:
    """One problem of a file, ready to read.

    `row` names the row of the file for `RowChoices` when a person can decide what becomes of it;
    `candidates` are pupils it may mean, and `addable` says whether it may become a new pupil.
    """

    severity: Severity
    sheet: str
    cell: str
    message: str
    pupil: str = ""
    row: str = ""
    candidates: tuple[Candidate, ...] = ()
    addable: bool = False


@dataclass(frozen=True, slots=True)
class RowChoices:
    """What a person decided about rows of the files, by the row's name.

    `matched`: enrolment that the row means; `added`: make a new pupil all the same; `ignored`: leave it out.
    """

    matched: Mapping[str, int] = field(default_factory=dict)
    added: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that a file changes. `old` and `new` are texts of the change log, None for nothing.

    `field` is that of the log ("CN.TOAN.score", "birth_date", "class" for a move), or "new" for a whole
    pupil. `sheet` and `cell` say where the file has it.
    """

    id: str
    file: Path
    sheet: str
    cell: str
    class_name: str
    name: str
    entity: str
    field: str
    old: str | None
    new: str | None

    @property
    def added(self) -> bool:
        """True when nothing stood there before."""
        return not self.old or self.old == "[]"


def problem(code: str, row: PupilRow | ResultRow, **facts: object) -> FileFinding:
    """A problem of a whole row."""
    told = messages.text(code, facts)
    return FileFinding(Severity.ERROR, row.where.sheet, row.where.cell, told, pupil=_name(row))


def told(found: CellFinding) -> FileFinding:
    """A problem that reading the file found."""
    pupil = str(found.facts.get("pupil", ""))
    sentence = messages.text(found.code, found.facts)
    return FileFinding(found.severity, found.sheet, found.cell, sentence, pupil=pupil)


def _name(row: PupilRow | ResultRow) -> str:
    return row.name if isinstance(row, ResultRow) else str(row.fields.get("name", ""))


class Writer:
    """Writes the rows of one file inside one transaction."""

    def __init__(
        self,
        session: Session,
        actor: Actor,
        year: str,
        class_name: str | None,
        parsed: ParsedFile,
        *,
        skip: Collection[str] = frozenset(),
        choices: RowChoices | None = None,
    ) -> None:
        self.session = session
        self.actor = actor
        self.year = year
        self.class_name = class_name
        self.parsed = parsed
        self.skip = skip
        self.choices = choices or RowChoices()
        self.period = parsed.period or Period.CN
        self.findings: list[FileFinding] = []
        self.differences: list[Difference] = []
        self.values = 0
        """Values of the rows that found their pupil, new pupils as one each."""
        self.held: list[tuple[str, str, str]] = []
        """(entity, field, id) of every value of results, changed or not."""
        self.others_told = False
        self.tally = Tally()
        self.lookalikes = Lookalikes(session, year) if parsed.pupils else None

    def write(self) -> int:
        """Write everything; returns the rows that changed something. Problems are in `findings`."""
        pupils = sum(1 for row in self.parsed.pupils if self._save_pupil(row))
        written = pupils + self._save_results()
        self.tally.keep(self.session, year=self.year, period=self.period, file=self.parsed.path.name)
        return written

    def row_id(self, row: PupilRow | ResultRow) -> str:
        """What `RowChoices` and differences call a row."""
        return f"{self.parsed.path}|{row.where.sheet}!{row.where.cell}"

    def _skipped(self, row: str) -> frozenset[str]:
        """Fields of this row that are not to be written."""
        start = f"{row}|"
        return frozenset(name.removeprefix(start) for name in self.skip if name.startswith(start))

    # --- pupils -----------------------------------------------------------------------------------

    def _save_pupil(self, row: PupilRow) -> bool:
        name = row.class_name or self.class_name or ""
        require(self.actor, Action.IMPORT_LIST, class_name=name or None)
        if not name:
            self.findings.append(problem("workflow.row_without_class", row, name=row.fields.get("name", "")))
            return False
        row_id = self.row_id(row)
        if row_id in self.choices.ignored:
            return False
        class_rows.ensure_class(self.session, self.year, name, grade_of(name), self.actor.login)
        self.tally.listed(name, row.fields.get("status"))
        before = len(changelog.noted(self.session))
        try:
            count = class_rows.save_pupil(
                self.session,
                year=self.year,
                class_name=name,
                fields=row.fields,
                actor=self.actor.login,
                skip=self._skipped(row_id),
                same=self._chosen_pupil(row_id),
            )
        except UserError as error:
            if error.code not in _ROW_PROBLEMS:
                raise
            self._tell_row(row, row_id, error)
            return False
        self._note_pupil(row, row_id, name, before)
        return count > 0

    def _chosen_pupil(self, row_id: str) -> int | None:
        key = self.choices.matched.get(row_id)
        if key is None:
            return None
        found = places_of(self.session, self.year, [f"enrolment:{key}"])
        (entity,) = (name for name in found if name.startswith("pupil:"))
        return int(entity.partition(":")[2])

    def _tell_row(self, row: PupilRow, row_id: str, error: UserError) -> None:
        found = problem(error.code, row, **error.facts)
        alike = self.lookalikes.sharing_a_code(row) if self.lookalikes else ()
        self.findings.append(replace(found, row=row_id, candidates=alike))

    def _note_pupil(self, row: PupilRow, row_id: str, class_name: str, before: int) -> None:
        """Keep what the row changed; a new pupil is one difference."""
        entries = changelog.noted(self.session, before)
        created = [entity for kind, entity, *_ in entries if kind == "create"]
        if any(entity.startswith("pupil:") for entity in created):
            self.values += 1
            self._difference(row, row_id, class_name, (created[-1], CREATED, None, _summary(row)))
            self._tell_lookalike(row, row_id)
            return
        self.values += sum(
            1 for name, value in row.fields.items() if name not in _NOT_VALUES and not empty(value)
        )
        for kind, entity, name, old, new in entries:
            if kind == "create":
                self.values += 1
                self._difference(row, row_id, class_name, (entity, CREATED, None, class_name))
            else:
                self.values += kind == "move"
                self._difference(row, row_id, class_name, (entity, name, old, new))

    def _tell_lookalike(self, row: PupilRow, row_id: str) -> None:
        alike = self.lookalikes.of(row) if self.lookalikes else ()
        if not alike or row_id in self.choices.added:
            return
        found = problem(
            "workflow.row_lookalike", row, name=_name(row), other=alike[0].name, where=alike[0].class_name
        )
        self.findings.append(
            replace(found, severity=Severity.WARNING, row=row_id, candidates=alike, addable=True)
        )

    def _difference(
        self,
        row: PupilRow | ResultRow,
        row_id: str,
        class_name: str,
        entry: tuple[str, str, str | None, str | None],
    ) -> None:
        entity, name, old, new = entry
        sheet, cell = row.where.sheet, row.where.cell
        if isinstance(row, ResultRow):
            sheet, cell = _place(row, name)
        self.differences.append(
            Difference(
                id=f"{row_id}|{name}",
                file=self.parsed.path,
                sheet=sheet,
                cell=cell,
                class_name=class_name,
                name=_name(row),
                entity=entity,
                field=name,
                old=old,
                new=new,
            )
        )

    # --- results ----------------------------------------------------------------------------------

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
        chosen = self.choices.matched.get(self.row_id(row))
        if chosen is None:
            rosters = [roster for known, roster in classes.items() if not name or known == name]
            found = [(roster, key) for roster in rosters if (key := roster.find(row)) is not None]
        else:
            found = [(roster, chosen) for roster in classes.values() if roster.has(chosen)]
        if len(found) != 1:
            self._tell_unmatched(row, name or "", classes)
            return None
        roster, key = found[0]
        self._demand_open(roster.klass)
        self.tally.matched(roster.klass.name)
        if chosen is None and (other := roster.other_name(row, key)):
            found_other = problem("workflow.row_other_name", row, name=row.name, other=other)
            self.findings.append(replace(found_other, severity=Severity.WARNING))
        return roster.klass, key

    def _tell_unmatched(self, row: ResultRow, name: str, classes: Mapping[str, Roster]) -> None:
        self.tally.stray(name)
        found = problem("workflow.row_unmatched", row, name=row.name, class_name=name or "?")
        searched = [roster.klass for known, roster in classes.items() if not name or known == name]
        alike = candidates_for(row, searched or [roster.klass for roster in classes.values()])
        self.findings.append(replace(found, row=self.row_id(row), candidates=alike))

    def _demand_open(self, klass: ClassYear) -> None:
        if not any(taught == klass.name for taught, _ in self.actor.subjects):
            require(self.actor, Action.IMPORT_RESULTS, class_name=klass.name)
        if klass.stages.get(self.period, Stage.OPEN) is not Stage.OPEN:
            raise NotAllowed("workflow.class_closed", name=klass.name)

    def _save_results(self) -> int:
        if not self.parsed.results:
            return 0
        classes = self._classes()
        written = 0
        for row in self.parsed.results:
            if self.row_id(row) in self.choices.ignored:
                continue
            matched = self._match(row, classes)
            if matched is not None and self._save_result(row, *matched):
                written += 1
        return written

    def _save_result(self, row: ResultRow, klass: ClassYear, key: int) -> bool:
        row_id, before = self.row_id(row), len(changelog.noted(self.session))
        row = self._only_allowed(row, klass.name)
        held = tuple(_fields(row, self.period))
        self.values += len(held)
        self.held += [(f"enrolment:{key}", name, f"{row_id}|{name}") for name in held]
        row = _without(row, self.period, self._skipped(row_id))
        cells = result_rows.save_results(
            self.session,
            key=key,
            period=self.period,
            subjects=row.subjects,
            traits=row.traits,
            group_comments=row.group_comments,
            year_values=row.year,
            actor=self.actor.login,
        )
        if row.enrolment:
            cells += class_rows.set_enrolment_fields(self.session, key, row.enrolment, self.actor.login)
        for _, entity, name, old, new in changelog.noted(self.session, before):
            self._difference(row, row_id, klass.name, (entity, name, old, new))
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
            self.findings.append(problem("workflow.columns_of_others", row, name=row.name))
            self.others_told = True
        return replace(row, subjects=mine, traits={}, group_comments={}, year={}, enrolment={})


def grade_of(class_name: str) -> int:
    """Grade from a class name such as "4A"; UserError workflow.class_name_odd when it says none."""
    digits = [int(letter) for letter in class_name if letter.isdigit()]
    if not digits or not 1 <= digits[0] <= 5:
        raise UserError("workflow.class_name_odd", name=class_name)
    return digits[0]


def _summary(row: PupilRow) -> str:
    """What a new pupil is shown by: birth date and code."""
    born = row.fields.get("birth_date")
    words = [f"sinh {born:%d/%m/%Y}"] if isinstance(born, date) else []
    codes = (row.fields.get(name) for name in ("code", "personal_id", "vnedu_code"))
    words += [f"mã {code}" for code in codes if code][:1]
    return ", ".join(words)


def _place(row: ResultRow, name: str) -> tuple[str, str]:
    """Sheet and cell of a value; the row's own when the file does not tell."""
    plain = name.partition(".")[2] or name
    for known in (plain, plain.removesuffix(".comment"), name):
        if known in row.cells:
            sheet, _, cell = row.cells[known].rpartition("!")
            return sheet or row.where.sheet, cell
    return row.where.sheet, row.where.cell


_SUBJECT: Final = {"level": None, "score": None, "first_score": None, "comment": ""}
_TRAIT: Final = {"level": None, "comment": ""}


def _fields(row: ResultRow, period: Period) -> Iterator[str]:
    """The fields of the log that a row has values for."""
    for code, result in row.subjects.items():
        yield from (f"{period.value}.{code}.{cell}" for cell in _SUBJECT if not empty(getattr(result, cell)))
    for code, trait in row.traits.items():
        yield from (f"{period.value}.{code}.{cell}" for cell in _TRAIT if not empty(getattr(trait, cell)))
    for code, comment in row.group_comments.items():
        if comment:
            yield f"{period.value}.{code}.comment"
    for values in (row.year, row.enrolment):
        yield from (name for name, value in values.items() if not empty(value))


def _without(row: ResultRow, period: Period, skipped: Collection[str]) -> ResultRow:
    """The row without the skipped values, as if their cells were empty."""
    if not skipped:
        return row

    def kept_subject(code: str, result: SubjectResult) -> SubjectResult:
        return replace(result, **_emptied(f"{period.value}.{code}", _SUBJECT, skipped))

    def kept_trait(code: str, result: TraitResult) -> TraitResult:
        return replace(result, **_emptied(f"{period.value}.{code}", _TRAIT, skipped))

    return replace(
        row,
        subjects={code: kept_subject(code, result) for code, result in row.subjects.items()},
        traits={code: kept_trait(code, result) for code, result in row.traits.items()},
        group_comments={
            code: comment
            for code, comment in row.group_comments.items()
            if f"{period.value}.{code}.comment" not in skipped
        },
        year={name: value for name, value in row.year.items() if name not in skipped},
        enrolment={name: value for name, value in row.enrolment.items() if name not in skipped},
    )


def _emptied(start: str, cells: Mapping[str, str | None], skipped: Collection[str]) -> dict[str, Any]:
    return {cell: nothing for cell, nothing in cells.items() if f"{start}.{cell}" in skipped}


def chosen(differences: Collection[Difference], skip: Collection[str]) -> tuple[Difference, ...]:
    """What is left to write: a pupil that is not made has no values either."""
    unmade = {item.entity for item in differences if item.field == CREATED and item.id in skip}
    return tuple(item for item in differences if item.id not in skip and item.entity not in unmade)


def agree(
    differences: Sequence[Difference], agreed: Collection[Difference], skip: Collection[str], file: Path
) -> bool:
    """True when exactly the agreed and not skipped values of `file` were written.

    Where another file of the same import was to write the same field and was skipped, the old value is
    another one than was seen, and there may be nothing left to change.
    """
    left = {(item.entity, item.field) for item in agreed if item.id in skip}
    wanted = [item for item in chosen(agreed, skip) if item.file == file]
    loose = {(item.id, item.new) for item in wanted if (item.entity, item.field) in left}
    strict = {(item.id, item.old, item.new) for item in wanted if (item.entity, item.field) not in left}
    return strict == {
        (item.id, item.old, item.new) for item in differences if (item.id, item.new) not in loose
    }
