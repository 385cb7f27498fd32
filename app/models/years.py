"""School years side by side: what each holds, carrying pupils into the next one, and taking that back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Table, delete, func, select
from sqlalchemy.orm import Session

from app.models import changelog, settings
from app.models import steps as step_rows
from app.models import tables as t
from app.models.base import Base, add_row
from app.models.steps import StepRecord, StepState
from app.models.text import text_of
from app.records.types import Status, TranscriptState

_PLACE: Final = "rollover:"
_CARRIED: Final = ("regime", "register_number", "enrolled_on")
"""Fields of an enrolment that stay true in the next year; everything else begins anew."""


@dataclass(frozen=True, slots=True)
class YearFacts:
    """A school year ("2023-2024"): classes, pupils who belong to them, sealed transcripts."""

    name: str
    classes: int
    pupils: int
    sealed: int


@dataclass(frozen=True, slots=True)
class Made:
    """What one roll-over made: numbers of enrolments and assignments, classes by number, and the year."""

    enrolments: frozenset[int]
    assignments: frozenset[int]
    classes: Mapping[int, tuple[str, str]]
    """Number → (name, grade)."""
    year_id: int | None
    """None when the year was there before."""
    activated: bool


@dataclass(frozen=True, slots=True)
class RolledOver:
    """A roll-over that still stands: from which year to which, and its step."""

    start: str
    to: str
    step: StepRecord


def facts(session: Session) -> tuple[YearFacts, ...]:
    """Every school year with its counts, the newest first."""
    classes = _counted(session, select(t.SchoolClass.year_id, func.count()).group_by(t.SchoolClass.year_id))
    active = [status.value for status in Status if status.active]
    pupils = _counted(
        session,
        select(t.Enrolment.year_id, func.count())
        .where(t.Enrolment.status.in_(active))
        .group_by(t.Enrolment.year_id),
    )
    sealed = _counted(
        session,
        select(t.Enrolment.year_id, func.count())
        .join(t.Transcript, t.Transcript.enrolment_id == t.Enrolment.id)
        .join(t.TranscriptVersion, t.TranscriptVersion.transcript_id == t.Transcript.id)
        .where(t.TranscriptVersion.state == TranscriptState.SEALED.value)
        .group_by(t.Enrolment.year_id),
    )
    years = session.execute(select(t.SchoolYear.id, t.SchoolYear.name).order_by(t.SchoolYear.name.desc()))
    return tuple(
        YearFacts(name, *(part.get(id, 0) for part in (classes, pupils, sealed))) for id, name in years
    )


def _counted(session: Session, statement: Any) -> dict[int, int]:
    return dict(session.execute(statement).all())


def enrolled(session: Session, year: str) -> Mapping[int, str]:
    """Number of the pupil → class, of everybody who has a place in `year`, also those who left."""
    statement = (
        select(t.Enrolment.pupil_id, t.SchoolClass.name)
        .join(t.SchoolClass, t.SchoolClass.id == t.Enrolment.class_id)
        .join(t.SchoolYear, t.SchoolYear.id == t.Enrolment.year_id)
        .where(t.SchoolYear.name == year)
    )
    return dict(session.execute(statement).all())


def pupils_of(session: Session, year: str) -> Mapping[int, int]:
    """Number of the enrolment → number of the pupil, of one year."""
    statement = select(t.Enrolment.id, t.Enrolment.pupil_id).join(
        t.SchoolYear, t.SchoolYear.id == t.Enrolment.year_id
    )
    return dict(session.execute(statement.where(t.SchoolYear.name == year)).all())


# --- carrying over -----------------------------------------------------------------------------------


def make_year(session: Session, year: str, actor: str) -> bool:
    """Make a school year; False when it was there."""
    if year in settings.years(session):
        return False
    settings.ensure_year(session, year)
    changelog.record(
        session, actor=actor, kind="create", entity=f"year:{year}", field="name", old=None, new=year
    )
    return True


def enrol(session: Session, *, key: int, year: str, class_name: str, actor: str) -> int:
    """A place in a class of `year` for the pupil of the enrolment `key`; returns its number.

    The number in the register, the day of entering the school and the way of assessment are carried over:
    they make the next row of "Quá trình học tập".
    """
    row = t.Enrolment
    columns = [getattr(row, name) for name in _CARRIED]
    pupil_id, *values = session.execute(select(row.pupil_id, *columns).where(row.id == key)).one()
    carried = dict(zip(_CARRIED, values, strict=True))
    year_id, class_id = _place(session, year, class_name)
    number = add_row(
        session,
        row,
        pupil_id=pupil_id,
        year_id=year_id,
        class_id=class_id,
        status=Status.STUDYING.value,
        **carried,
    )
    told = {"pupil": pupil_id, "class": class_name} | {
        name: carried[name] for name in _CARRIED if carried[name]
    }
    text = json.dumps({name: text_of(value) for name, value in told.items()}, ensure_ascii=False)
    changelog.record(
        session, actor=actor, kind="create", entity=f"enrolment:{number}", field="", old=None, new=text
    )
    return number


def _place(session: Session, year: str, class_name: str) -> tuple[int, int]:
    """Numbers of the year and of the class; remembered for the transaction."""
    known: dict[tuple[str, str], tuple[int, int]] = session.info.setdefault("years_places", {})
    if (year, class_name) not in known:
        statement = (
            select(t.SchoolYear.id, t.SchoolClass.id)
            .join(t.SchoolClass, t.SchoolClass.year_id == t.SchoolYear.id)
            .where(t.SchoolYear.name == year, t.SchoolClass.name == class_name)
        )
        year_id, class_id = session.execute(statement).one()
        known[year, class_name] = (year_id, class_id)
    return known[year, class_name]


def assignments(session: Session, year: str) -> tuple[tuple[int, str, str, str], ...]:
    """Account, its name, class and subject (empty: homeroom teacher) of everybody who may still sign in."""
    row = t.Assignment
    statement = (
        select(row.account_id, t.Account.name, t.SchoolClass.name, row.subject)
        .join(t.Account, t.Account.id == row.account_id)
        .join(t.SchoolClass, t.SchoolClass.id == row.class_id)
        .join(t.SchoolYear, t.SchoolYear.id == t.SchoolClass.year_id)
        .where(t.SchoolYear.name == year, t.Account.disabled.is_(False))
        .order_by(row.id)
    )
    return tuple(
        (a, name, class_name, subject) for a, name, class_name, subject in session.execute(statement)
    )


def assign(
    session: Session, *, account_id: int, year: str, class_name: str, subject: str, actor: str
) -> None:
    """Give a person a class, or a subject in it; nothing when that stands already."""
    _, class_id = _place(session, year, class_name)
    row = t.Assignment
    here = (row.account_id == account_id, row.class_id == class_id, row.subject == subject)
    if session.execute(select(row.id).where(*here)).first():
        return
    number = add_row(session, row, account_id=account_id, class_id=class_id, subject=subject)
    told = json.dumps({"account": account_id, "class": class_name, "subject": subject}, ensure_ascii=False)
    changelog.record(
        session, actor=actor, kind="create", entity=f"assignment:{number}", field="", old=None, new=told
    )


def keep_step(session: Session, *, start: str, to: str, title: str, actor: str) -> None:
    """Make everything that this transaction wrote one step, which `last` finds again."""
    step_rows.record_step(session, actor=actor, place=f"{_PLACE}{start}:{to}", title=title)


# --- taking back -------------------------------------------------------------------------------------


def last(session: Session) -> RolledOver | None:
    """The newest roll-over that was not taken back, whoever did it."""
    row = t.Step
    statement = (
        select(row.place, row.id, row.title, row.first_entry, row.last_entry, row.at)
        .where(row.place.startswith(_PLACE), row.state == StepState.DONE.value)
        .order_by(row.id.desc())
    )
    found = session.execute(statement).first()
    if found is None:
        return None
    place, number, title, first, final, at = found
    start, _, to = place.removeprefix(_PLACE).partition(":")
    return RolledOver(start, to, StepRecord(number, title, StepState.DONE, first, final, at))


def made_by(session: Session, rolled: RolledOver) -> Made:
    """What a roll-over made, as the change log tells it."""
    created: dict[str, list[tuple[str, str]]] = {}
    activated = False
    for entry in changelog.between(session, rolled.step.first, rolled.step.last):
        kind, _, name = entry.entity.partition(":")
        if entry.kind == "create":
            created.setdefault(kind, []).append((name, entry.new or ""))
        activated = activated or (entry.kind == "setting" and entry.field == settings.ACTIVE_YEAR)
    grades = {name.partition(":")[2]: grade for name, grade in created.get("class", ())}
    rows = session.execute(
        select(t.SchoolClass.id, t.SchoolClass.name, t.SchoolClass.year_id)
        .join(t.SchoolYear, t.SchoolYear.id == t.SchoolClass.year_id)
        .where(t.SchoolYear.name == rolled.to)
    ).all()
    year_id = session.execute(select(t.SchoolYear.id).where(t.SchoolYear.name == rolled.to)).scalar()
    return Made(
        enrolments=frozenset(int(name) for name, _ in created.get("enrolment", ())),
        assignments=frozenset(int(name) for name, _ in created.get("assignment", ())),
        classes={number: (name, grades[name]) for number, name, _ in rows if name in grades},
        year_id=year_id if "year" in created else None,
        activated=activated,
    )


def used_since(session: Session, made: Made) -> Mapping[str, int]:
    """Table → rows entered since that stand on what was made; "changed" counts changed enrolments.

    Asked of every table that points at an enrolment, a class or a year, so that no new table is forgotten.
    """
    own: dict[str, Collection[int]] = {
        t.table(t.Enrolment).name: made.enrolments,
        t.table(t.SchoolClass).name: tuple(made.classes),
        t.table(t.SchoolYear).name: () if made.year_id is None else (made.year_id,),
    }
    mine: dict[str, Collection[int]] = {**own, t.table(t.Assignment).name: made.assignments}
    found: dict[str, int] = {}
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_keys:
            ids = own.get(key.column.table.name)
            if ids and (count := _pointing(session, other, key.parent, ids, mine.get(other.name, ()))):
                found[other.name] = max(count, found.get(other.name, 0))
    row = t.Enrolment
    untouched = select(func.count()).where(row.id.in_(made.enrolments), row.row_version == 1)
    if changed := len(made.enrolments) - session.execute(untouched).scalar_one():
        found["changed"] = changed
    return found


def _pointing(session: Session, other: Table, column: Any, ids: Collection[int], but: Collection[int]) -> int:
    statement = select(func.count()).select_from(other).where(column.in_(list(ids)))
    if but:
        statement = statement.where(other.c.id.not_in(list(but)))
    return session.execute(statement).scalar_one()


def take_back(session: Session, rolled: RolledOver, made: Made, actor: str) -> None:
    """Remove exactly what a roll-over made; to be asked of `used_since` first."""
    log = _Deleting(session, actor)
    for model, numbers in ((t.Assignment, made.assignments), (t.Enrolment, made.enrolments)):
        row = t.table(model)
        session.execute(delete(row).where(row.c.id.in_(list(numbers))))
        log.all((f"{row.name}:{number}", "", None) for number in sorted(numbers))
    session.execute(delete(t.SchoolClass).where(t.SchoolClass.id.in_(list(made.classes))))
    log.all((f"class:{rolled.to}:{name}", "grade", grade) for name, grade in made.classes.values())
    if made.year_id is not None:
        session.execute(delete(t.SchoolYear).where(t.SchoolYear.id == made.year_id))
        log.all([(f"year:{rolled.to}", "name", rolled.to)])
    if settings.stored_year(session) == rolled.to and (made.activated or made.year_id is not None):
        settings.put(session, settings.ACTIVE_YEAR, rolled.start, actor)
    session.info.pop("years_places", None)
    step_rows.set_state(session, (rolled.step.id,), StepState.UNDONE)


@dataclass(frozen=True, slots=True)
class _Deleting:
    session: Session
    actor: str

    def all(self, rows: Iterable[tuple[str, str, str | None]]) -> None:
        for entity, field, old in rows:
            changelog.record(
                self.session, actor=self.actor, kind="delete", entity=entity, field=field, old=old, new=None
            )
