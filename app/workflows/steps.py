"""Undo and redo: the changes of a step written back as new changes, all of them or none."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.errors import UserError
from app.interaction import Progress, SilentProgress
from app.models import classes as class_rows
from app.models import creation
from app.models import settings as settings_store
from app.models import steps as step_rows
from app.models.counts import forget_counts
from app.models.pupils import move_enrolment, places_of, set_enrolment_field, set_pupil_field
from app.models.results import OUTCOME_FIELDS, set_cell, set_outcome
from app.models.steps import Edit, StepRecord, StepState
from app.models.store import Session, Store
from app.records.log_words import field_words, value_words
from app.records.permissions import Action, Actor, allowed, require
from app.records.programme import SUBJECT_NAMES
from app.records.types import Period
from app.workflows.report import Changes, changed

_FLAGS: Final = {"true": True, "false": False}
_SCORES: Final = frozenset({"score", "first_score"})
_ORDER: Final = ("file", "class", "pupil", "enrolment", "field", "move", "result")
"""Redoing goes from what is created to what stands in it; undoing goes back."""


@dataclass(frozen=True, slots=True)
class StepReport:
    """What was undone or redone: the titles of the steps, and how many values were written."""

    titles: tuple[str, ...]
    values: int
    changes: Changes


def class_place(year: str, class_name: str) -> str:
    """Where the steps of the grid of a class are undone."""
    return f"class:{year}:{class_name}"


def peek(*, store: Store, actor: Actor, place: str) -> tuple[str | None, str | None]:
    """Titles of what `undo` and `redo` would do for this person at this place, None where nothing is left."""
    with store.reading() as session:
        undoable = _next(session, actor, place, StepState.DONE)
        redoable = _next(session, actor, place, StepState.UNDONE)
    return (undoable[-1].title if undoable else None, redoable[0].title if redoable else None)


@dataclass(frozen=True, slots=True)
class LastImport:
    """The person's newest import that can be undone as a whole; the titles are those of its files' steps."""

    place: str
    titles: tuple[str, ...]
    at: datetime


def last_import(*, store: Store, actor: Actor) -> LastImport | None:
    """The import of the active year that this person could undo, None when there is none."""
    with store.reading() as session:
        year = settings_store.active_year(session)
        place = step_rows.newest_import(session, actor.login, year)
        if place is None:
            return None
        found = step_rows.steps_of(session, actor.login, place, StepState.DONE)
    return LastImport(place, tuple(step.title for step in found), found[-1].at)


def undo(*, store: Store, actor: Actor, place: str, progress: Progress | None = None) -> StepReport:
    """Take back the person's newest step at `place`; of an import, all its files.

    UserError step.nothing, step.other_year, step.stale (another value stands there by now; nothing is
    written), step.used (a created pupil is in use by now); NotAllowed as for any edit.
    """
    return _go(store, actor, place, StepState.DONE, progress or SilentProgress())


def redo(*, store: Store, actor: Actor, place: str, progress: Progress | None = None) -> StepReport:
    """Do the step undone last again; the errors of `undo`."""
    return _go(store, actor, place, StepState.UNDONE, progress or SilentProgress())


def _next(session: Session, actor: Actor, place: str, state: StepState) -> tuple[StepRecord, ...]:
    """The steps that go together: all files of an import, else one step of the grid."""
    found = step_rows.steps_of(session, actor.login, place, state)
    if place.startswith(f"{step_rows.IMPORT}:"):
        return found
    return found[-1:] if state is StepState.DONE else found[:1]


def _go(store: Store, actor: Actor, place: str, state: StepState, progress: Progress) -> StepReport:
    back = state is StepState.DONE
    with store.transaction() as session:
        year = settings_store.active_year(session)
        steps = _next(session, actor, place, state)
        if not steps:
            raise UserError("step.nothing")
        if place.split(":")[1] != year:
            raise UserError("step.other_year", title=steps[-1].title, year=place.split(":")[1])
        writer = _Writer(session, actor, year, back=back)
        writer.write(steps, progress)
        after = StepState.UNDONE if back else StepState.DONE
        step_rows.set_state(session, (step.id for step in steps), after)
        title = steps[-1].title
        step_rows.record_step(session, actor=actor.login, place=f"{step_rows.BACK}:{place}", title=title)
    return StepReport(tuple(step.title for step in steps), writer.values, writer.changes())


class _Writer:
    """Writes the edits of steps back (or again) in one transaction."""

    def __init__(self, session: Session, actor: Actor, year: str, *, back: bool) -> None:
        self.session = session
        self.actor = actor
        self.year = year
        self.back = back
        self.values = 0
        self.kinds: set[str] = set()
        self.places: dict[str, tuple[int, str, str]] = {}
        """Entity to an enrolment of the year, its class, and the pupil's name."""
        self.asked: set[tuple[str, str | None, Period]] = set()

    def changes(self) -> Changes:
        """What open screens have to read again."""
        return changed(*self.kinds, ids=frozenset(name for _, name, _ in self.places.values()))

    def write(self, steps: Sequence[StepRecord], progress: Progress) -> None:
        """Everything that `steps` changed; raises before anything is committed."""
        edits = step_rows.edits_of(self.session, steps)
        made = {edit.entity for edit in edits if edit.kind == "create"}
        touched = {edit.entity for edit in edits} - made
        if again := step_rows.made_again(self.session, touched, steps[-1].last):
            raise UserError("step.renumbered", entity=again)
        self.places = places_of(self.session, self.year, touched | made)
        ordered = sorted(edits, key=lambda edit: _ORDER.index(_part(edit)), reverse=self.back)
        for done, edit in enumerate(ordered):
            if done % 50 == 0:
                progress.step(done, len(ordered), "Đang hoàn tác" if self.back else "Đang làm lại")
            self._one(edit if not self.back else _turned(edit))
        progress.step(len(ordered), len(ordered), "Đã xong")

    def _one(self, edit: Edit) -> None:
        part = _part(edit)
        if part == "file":
            forget_counts(self.session, year=self.year, file=edit.field)
            return
        if part in ("class", "pupil", "enrolment"):
            self._creation(part, edit)
            self.kinds.add("classes")
            return
        self._demand(edit)
        try:
            self.values += self._field(edit)
        except UserError as error:
            if error.code != "workflow.stale":
                raise
            raise self._stale(edit, error) from None
        self.kinds.add("results" if part == "result" else "classes")

    def _creation(self, part: str, edit: Edit) -> None:
        """`edit.new` is None when something created is taken back."""
        if part == "class":
            self._class(edit)
            return
        number = int(edit.entity.partition(":")[2])
        told = edit.new or edit.old or ""
        if part == "enrolment":
            self._enrolment(number, told, back=edit.new is None)
        elif edit.new is None:
            creation.remove_pupil(self.session, number, told, self.actor.login)
        else:
            creation.restore_pupil(self.session, number, told, self.actor.login)

    def _class(self, edit: Edit) -> None:
        _, year, name = edit.entity.split(":", 2)
        if edit.new is None:
            creation.remove_class(self.session, year, name, edit.old or "", self.actor.login)
        else:
            class_rows.ensure_class(self.session, year, name, int(edit.new), self.actor.login)

    def _enrolment(self, key: int, told: str, *, back: bool) -> None:
        values: Mapping[str, str] = json.loads(told)
        entity, home = f"enrolment:{key}", values["class"]
        require(self.actor, Action.IMPORT_LIST, class_name=home)
        class_rows.demand_open(self.session, self.year, home, Period.CN)
        if not back:
            creation.restore_enrolment(self.session, key, self.year, told, self.actor.login)
            self.places |= places_of(self.session, self.year, [entity])
            return
        _, class_name, name = self.places[entity]
        if class_name != home:
            raise UserError("step.used", name=name)
        creation.remove_enrolment(self.session, key, told, self.actor.login)

    def _demand(self, edit: Edit) -> None:
        """The right to this edit, and an open class; asked once for each class, subject and period."""
        _, class_name, _ = self._place(edit)
        subject, period = _subject_and_period(edit)
        asked = (class_name, subject if edit.kind == "result" else edit.kind, period)
        if asked in self.asked:
            return
        if edit.kind == "result":
            require(self.actor, Action.EDIT, class_name=class_name, subject=subject)
        elif edit.entity.startswith("pupil:") or not allowed(self.actor, Action.EDIT, class_name):
            require(self.actor, Action.IMPORT_LIST, class_name=class_name)
        class_rows.demand_open(self.session, self.year, class_name, period)
        self.asked.add(asked)

    def _place(self, edit: Edit) -> tuple[int, str, str]:
        found = self.places.get(edit.entity)
        if found is None:
            raise UserError("step.renumbered")
        return found

    def _field(self, edit: Edit) -> int:
        """Write one value; UserError workflow.stale when another one stands there than the step left."""
        key, _, name = self._place(edit)
        session, login = self.session, self.actor.login
        if edit.kind == "move":
            self.places[edit.entity] = (key, edit.new or "", name)
            return move_enrolment(session, key, self.year, edit.new or "", login, expected=edit.old)
        if edit.kind == "edit":
            new, old = (creation.value_of(edit.field, text) for text in (edit.new, edit.old))
            write = set_pupil_field if edit.entity.startswith("pupil:") else set_enrolment_field
            return write(session, key, edit.field, new, login, expected=old)
        if edit.field in OUTCOME_FIELDS:
            return set_outcome(session, key, edit.field, _flag(edit.new), login, expected=_flag(edit.old))
        period, code, cell = edit.field.split(".")
        return set_cell(
            session,
            key=key,
            period=Period(period),
            code=code,
            cell=cell,
            value=_cell(cell, edit.new),
            actor=login,
            expected=_cell(cell, edit.old),
        )

    def _stale(self, edit: Edit, error: UserError) -> UserError:
        yours, theirs = (
            value_words(edit.field, text) or "(trống)" for text in (edit.new, str(error.facts["theirs"]))
        )
        return UserError(
            "step.stale",
            field=field_words(edit.field),
            name=self._place(edit)[2],
            yours=yours,
            theirs=theirs,
        )


def _part(edit: Edit) -> str:
    """Which place of `_ORDER` an edit has."""
    if edit.kind == "create":
        return edit.entity.partition(":")[0]
    return {"result": "result", "move": "move", "edit": "field", "import": "file"}[edit.kind]


def _turned(edit: Edit) -> Edit:
    return Edit(edit.kind, edit.entity, edit.field, edit.new, edit.old)


def _subject_and_period(edit: Edit) -> tuple[str | None, Period]:
    """The subject (None when it is not about one) and the period whose stage counts."""
    if edit.kind != "result" or edit.field in OUTCOME_FIELDS:
        return None, Period.CN
    period, code, _ = edit.field.split(".")
    return code if code in SUBJECT_NAMES else None, Period(period)


def _flag(text: str | None) -> object:
    return _FLAGS.get(text, text) if text is not None else None


def _cell(cell: str, text: str | None) -> object:
    return int(text) if text and cell in _SCORES else text
