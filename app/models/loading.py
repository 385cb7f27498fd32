"""From rows to `ClassYear` records: whole classes in a fixed number of queries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from app.models import people, settings
from app.models import tables as t
from app.models.summer import supplementary_of
from app.records.names import sort_key
from app.records.types import (
    ClassYear,
    Enrolment,
    HistoryRow,
    Level,
    Period,
    PeriodResults,
    Pupil,
    PupilYear,
    Regime,
    Sex,
    Stage,
    Status,
    SubjectResult,
    TraitLevel,
    TraitResult,
    YearClass,
    YearOutcome,
)

_LEVELS: Final[Mapping[str | None, Level | None]] = {None: None, **{item.value: item for item in Level}}
_TRAIT_LEVELS: Final[Mapping[str | None, TraitLevel | None]] = {
    None: None,
    **{item.value: item for item in TraitLevel},
}
_PERIODS: Final = {item.value: item for item in Period}
_PUPIL: Final = (
    t.Pupil.code,
    t.Pupil.name,
    t.Pupil.birth_date,
    t.Pupil.sex,
    t.Pupil.vnedu_code,
    t.Pupil.personal_id,
    t.Pupil.ethnicity,
    t.Pupil.nationality,
    t.Pupil.birth_place,
    t.Pupil.hometown,
    t.Pupil.residence,
    t.Pupil.father,
    t.Pupil.mother,
    t.Pupil.guardian,
)
_ENROLMENT: Final = (
    t.Enrolment.status,
    t.Enrolment.regime,
    t.Enrolment.register_number,
    t.Enrolment.enrolled_on,
    t.Enrolment.height_cm,
    t.Enrolment.weight_kg,
    t.Enrolment.absent_excused,
    t.Enrolment.absent_unexcused,
)
_AnySelect = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Period:
    """Results of one pupil and period while they are gathered."""

    subjects: dict[str, SubjectResult] = field(default_factory=dict)
    traits: dict[str, TraitResult] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)


_Results = defaultdict[int, defaultdict[str, _Period]]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which enrolments to load: those of a year, of one class, or a single one."""

    year: str
    class_id: int | None = None
    key: int | None = None
    periods: Collection[Period] | None = None

    def enrolments(self) -> ColumnElement[bool]:
        """The condition on `enrolment` rows."""
        if self.key is not None:
            return t.Enrolment.id == self.key
        if self.class_id is not None:
            return t.Enrolment.class_id == self.class_id
        year = select(t.SchoolYear.id).where(t.SchoolYear.name == self.year).scalar_subquery()
        return t.Enrolment.year_id == year


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """Order of class names: 1A9 before 1A10."""
    parts: list[tuple[int, str]] = []
    digits = ""
    for character in name.casefold() + " ":
        if character.isdecimal():
            digits += character
            continue
        if digits:
            parts.append((int(digits), ""))
            digits = ""
        parts.append((-1, character))
    return tuple(parts)


def load(session: Session, scope: Scope) -> tuple[ClassYear, ...]:
    """The classes of `scope`, by grade and name, with their pupils in Vietnamese name order."""
    classes = select(t.SchoolClass.id, t.SchoolClass.name, t.SchoolClass.grade).join(
        t.SchoolYear, t.SchoolYear.id == t.SchoolClass.year_id
    )
    classes = classes.where(t.SchoolYear.name == scope.year)
    if scope.class_id is not None:
        classes = classes.where(t.SchoolClass.id == scope.class_id)
    rows = sorted(session.execute(classes), key=lambda row: (row[2], natural(row[1])))
    grades = {number: (name, grade) for number, name, grade in rows}
    teachers = people.homeroom_teachers(session, scope.year, scope.class_id)
    stages = stages_of(session, scope.year, scope.class_id)
    local = settings.local_rules_of(session)
    pupils = _pupils(session, scope, grades)
    return tuple(
        ClassYear(
            name=name,
            grade=grade,
            year=scope.year,
            homeroom_teacher=teachers.get(name, ("", ""))[1],
            pupils=tuple(sorted(pupils[number], key=_order)),
            stages=stages.get(number, {}),
            local=local,
        )
        for number, name, grade in rows
    )


def _order(entry: PupilYear) -> tuple[Any, ...]:
    return sort_key(entry.pupil.name), entry.pupil.birth_date or date.min, entry.key


def stages_of(
    session: Session, year: str, class_id: int | None = None
) -> Mapping[int, Mapping[Period, Stage]]:
    """Stages by class number, of one class when asked; a period without a row is open."""
    statement = (
        select(t.ClassStage.class_id, t.ClassStage.period, t.ClassStage.stage)
        .join(t.SchoolClass, t.SchoolClass.id == t.ClassStage.class_id)
        .join(t.SchoolYear, t.SchoolYear.id == t.SchoolClass.year_id)
        .where(t.SchoolYear.name == year)
    )
    if class_id is not None:
        statement = statement.where(t.SchoolClass.id == class_id)
    found: defaultdict[int, dict[Period, Stage]] = defaultdict(dict)
    for number, period, stage in session.execute(statement):
        found[number][Period(period)] = Stage(stage)
    return found


def _pupils(
    session: Session, scope: Scope, classes: Mapping[int, tuple[str, int]]
) -> Mapping[int, list[PupilYear]]:
    results = _results(session, scope)
    outcomes = _outcomes(session, scope)
    history = _history(session, scope)
    summer = supplementary_of(session, scope.enrolments())
    statement = (
        select(t.Enrolment.id, t.Enrolment.class_id, t.Enrolment.pupil_id, *_PUPIL, *_ENROLMENT)
        .join(t.Pupil, t.Pupil.id == t.Enrolment.pupil_id)
        .where(scope.enrolments())
    )
    found: defaultdict[int, list[PupilYear]] = defaultdict(list)
    for row in session.execute(statement):
        key, class_id, pupil_id, *values = row
        found[class_id].append(
            PupilYear(
                pupil=_pupil(values[: len(_PUPIL)]),
                enrolment=_enrolment(*classes[class_id], values[len(_PUPIL) :]),
                results=_frozen(results[key]) if key in results else {},
                outcome=outcomes.get(key, YearOutcome()),
                history=history.get(pupil_id, ()),
                key=key,
                supplementary=summer.get(key),
            )
        )
    return found


def _pupil(values: list[Any]) -> Pupil:
    code, name, birth_date, sex, *others = values
    return Pupil(code or "", name, birth_date, Sex(sex) if sex else None, *others)


def _enrolment(class_name: str, grade: int, values: list[Any]) -> Enrolment:
    status, regime, *others = values
    return Enrolment(class_name, grade, Status(status), Regime(regime), *others)


def _frozen(periods: Mapping[str, _Period]) -> Mapping[Period, PeriodResults]:
    return {
        _PERIODS[period]: PeriodResults(found.subjects, found.traits, found.comments)
        for period, found in periods.items()
    }


def _results(session: Session, scope: Scope) -> _Results:
    found: _Results = defaultdict(lambda: defaultdict(_Period))
    _gather_subjects(session, scope, found)
    _gather_traits(session, scope, found)
    comment = t.GroupComment
    statement = select(comment.enrolment_id, comment.period, comment.topic, comment.comment)
    for key, period, topic, text in session.execute(_of(statement, comment, scope)):
        found[key][period].comments[topic] = text
    return found


def _gather_subjects(session: Session, scope: Scope, found: _Results) -> None:
    """Equal results share one value: most of 847 pupils have the same few."""
    row = t.SubjectRow
    shared: dict[tuple[Any, ...], SubjectResult] = {}
    statement = select(
        row.enrolment_id, row.period, row.subject, row.level, row.score, row.comment, row.first_score
    )
    for key, period, subject, *values in session.execute(_of(statement, row, scope)):
        content = tuple(values)
        result = shared.get(content)
        if result is None:
            level, score, comment, first_score = content
            result = shared[content] = SubjectResult(_LEVELS[level], score, comment, first_score)
        found[key][period].subjects[subject] = result


def _gather_traits(session: Session, scope: Scope, found: _Results) -> None:
    row = t.TraitRow
    shared: dict[tuple[Any, ...], TraitResult] = {}
    statement = select(row.enrolment_id, row.period, row.trait, row.level, row.comment)
    for key, period, trait, level, comment in session.execute(_of(statement, row, scope)):
        content = (level, comment)
        result = shared.get(content)
        if result is None:
            result = shared[content] = TraitResult(_TRAIT_LEVELS[level], comment)
        found[key][period].traits[trait] = result


_ResultRow = type[t.SubjectRow] | type[t.TraitRow] | type[t.GroupComment]


def _of(statement: _AnySelect, row: _ResultRow, scope: Scope) -> _AnySelect:
    statement = statement.join(t.Enrolment, t.Enrolment.id == row.enrolment_id).where(scope.enrolments())
    if scope.periods is not None:
        statement = statement.where(row.period.in_([period.value for period in scope.periods]))
    return statement


def _outcomes(session: Session, scope: Scope) -> Mapping[int, YearOutcome]:
    row = t.YearResult
    statement: _AnySelect = (
        select(
            row.enrolment_id,
            row.confirmed,
            row.awards,
            row.completed,
            row.promoted,
            row.completed_primary,
            row.decision,
        )
        .join(t.Enrolment, t.Enrolment.id == row.enrolment_id)
        .where(scope.enrolments())
    )
    return {
        key: YearOutcome(YearClass(confirmed) if confirmed else None, tuple(json.loads(awards)), *others)
        for key, confirmed, awards, *others in session.execute(statement)
    }


def _history(session: Session, scope: Scope) -> Mapping[int, tuple[HistoryRow, ...]]:
    """Rows from elsewhere, then this store's own enrolments up to the year, oldest first."""
    found: defaultdict[int, list[HistoryRow]] = defaultdict(list)
    row = t.History
    pupils = select(t.Enrolment.pupil_id).where(scope.enrolments())
    statement: _AnySelect = (
        select(row.pupil_id, row.year, row.class_name, row.school, row.register_number, row.since)
        .where(row.pupil_id.in_(pupils), row.year <= scope.year)
        .order_by(row.pupil_id, row.position)
    )
    for pupil_id, *values in session.execute(statement):
        found[pupil_id].append(HistoryRow(*values))
    for pupil_id, own in _own_years(session, scope, pupils):
        if all((known.year, known.school) != (own.year, own.school) for known in found[pupil_id]):
            found[pupil_id].append(own)
    return {pupil_id: tuple(sorted(rows, key=lambda item: item.year)) for pupil_id, rows in found.items()}


def _own_years(session: Session, scope: Scope, pupils: Select[int]) -> Iterable[tuple[int, HistoryRow]]:
    school = session.execute(select(t.School.name)).scalar() or ""
    own = t.table(t.Enrolment).alias("own")
    statement = (
        select(
            own.c.pupil_id, t.SchoolYear.name, t.SchoolClass.name, own.c.register_number, own.c.enrolled_on
        )
        .join(t.SchoolYear, t.SchoolYear.id == own.c.year_id)
        .join(t.SchoolClass, t.SchoolClass.id == own.c.class_id)
        .where(own.c.pupil_id.in_(pupils), t.SchoolYear.name <= scope.year)
        .order_by(own.c.pupil_id, t.SchoolYear.name)
    )
    for pupil_id, year, class_name, register_number, since in session.execute(statement):
        yield pupil_id, HistoryRow(year, class_name, school, register_number, since)
