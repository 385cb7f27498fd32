"""Steps that can be undone: which entries of the change log they made, and what those change together."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models import changelog
from app.models import tables as t
from app.models.base import add_row
from app.models.values import LogEntry

IMPORT: Final = "import"
"""Places of imports begin with it: "import:<year>:<number>"."""
BACK: Final = "back"
"""Places of undone and redone steps begin with it, so that they are told from what people typed."""
_CREATED: Final = ("create", "delete")


class StepState(StrEnum):
    """`GONE`: a newer step made redoing it impossible."""

    DONE = "done"
    UNDONE = "undone"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One step: a person's entries `first` to `last` of the change log, all of one transaction."""

    id: int
    title: str
    state: StepState
    first: int
    last: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Edit:
    """What steps changed in one field: `old` before them, `new` after them, as the log writes values."""

    kind: str
    entity: str
    field: str
    old: str | None
    new: str | None


def record_step(session: Session, *, actor: str, place: str, title: str) -> int | None:
    """Make everything that this transaction has noted so far one step; returns its number.

    To be called after the writes. None, and nothing is kept, when they leave everything as it was. What
    `actor` had undone at `place` cannot be redone from then on.
    """
    first, last = changelog.written(session) or (1, 0)
    if not _net(changelog.between(session, first, last)):
        return None
    set_state(
        session, (item.id for item in steps_of(session, actor, place, StepState.UNDONE)), StepState.GONE
    )
    return add_row(
        session,
        t.Step,
        actor=actor,
        place=place,
        title=title,
        state=StepState.DONE.value,
        first_entry=first,
        last_entry=last,
        at=datetime.now(UTC),
    )


def steps_of(session: Session, actor: str, place: str, state: StepState) -> tuple[StepRecord, ...]:
    """The steps of one person at one place in this state, the oldest first."""
    row = t.Step
    statement = (
        select(row.id, row.title, row.state, row.first_entry, row.last_entry, row.at)
        .where(row.actor == actor, row.place == place, row.state == state.value)
        .order_by(row.id)
    )
    return tuple(
        StepRecord(number, title, StepState(kept), first, last, at)
        for number, title, kept, first, last, at in session.execute(statement)
    )


def set_state(session: Session, numbers: Iterable[int], state: StepState) -> None:
    """Move these steps to another state."""
    session.execute(update(t.Step).where(t.Step.id.in_(list(numbers))).values(state=state.value))


def next_import(session: Session, year: str) -> str:
    """The place of the next import of `year`: "import:<year>:<number>"."""
    start = f"{IMPORT}:{year}:"
    statement = select(t.Step.place).where(t.Step.place.startswith(start)).distinct()
    taken = (int(place.removeprefix(start)) for place in session.execute(statement).scalars())
    return f"{start}{max(taken, default=0) + 1}"


def newest_import(session: Session, actor: str, year: str) -> str | None:
    """The place of the person's newest import of `year` that is not undone."""
    row = t.Step
    mine = (row.actor == actor, row.state == StepState.DONE.value, row.place.startswith(f"{IMPORT}:{year}:"))
    found: str | None = session.execute(
        select(row.place).where(*mine).order_by(row.id.desc()).limit(1)
    ).scalar()
    return found


def edits_of(session: Session, steps: Collection[StepRecord]) -> tuple[Edit, ...]:
    """What these steps changed together, by field, in the order the fields were first touched."""
    ordered = sorted(steps, key=lambda item: item.first)
    return _net(entry for step in ordered for entry in changelog.between(session, step.first, step.last))


def _net(entries: Iterable[LogEntry]) -> tuple[Edit, ...]:
    net: dict[tuple[str, str, str], Edit] = {}
    for entry in entries:
        place = (entry.kind, entry.entity, entry.field)
        known = net.get(place)
        if known is None:
            net[place] = Edit(entry.kind, entry.entity, entry.field, entry.old, entry.new)
        else:
            net[place] = replace(known, new=entry.new)
    return tuple(edit for edit in net.values() if (edit.old or None) != (edit.new or None))


def made_again(session: Session, entities: Collection[str], after: int) -> str | None:
    """One of `entities` that was created or deleted after the entry `after`, None when there is none.

    Its number may mean another pupil by now.
    """
    row = t.LogRow
    statement = select(row.entity).where(row.id > after, row.kind.in_(_CREATED), row.field == "").distinct()
    return next((name for name in session.execute(statement).scalars() if name in entities), None)
