"""Supplementary assessment in summer: who is on the list, what was entered, and its stage."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, delete, insert, select, update
from sqlalchemy.orm import Session

from app.models import changelog
from app.models import tables as t
from app.models.stale import UNSET, check_expected
from app.models.text import column_value, nfc, text_of
from app.records.programme import TRAIT_NAMES
from app.records.types import Level, SubjectResult, SummerStage, Supplementary, TraitLevel, TraitResult

_EMPTY: Final[Mapping[str, Any]] = {"level": None, "score": None, "comment": ""}
_row: Final = t.SupplementaryRow
_result: Final = t.SupplementaryResult


@dataclass(frozen=True, slots=True)
class _Entry:
    """An enrolment as the change log names it."""

    session: Session
    key: int
    actor: str

    def log(self, field: str, old: object, new: object, reason: str = "") -> None:
        changelog.record(
            self.session,
            actor=self.actor,
            kind="summer",
            entity=f"enrolment:{self.key}",
            field=field,
            old=text_of(old) or None,
            new=text_of(new) or None,
            reason=nfc(reason),
        )


def supplementary_of(session: Session, enrolments: ColumnElement[bool]) -> Mapping[int, Supplementary]:
    """What is stored of the enrolments that fit the condition, by enrolment; one query."""
    statement: Select[*tuple[Any, ...]] = (
        select(
            _row.enrolment_id,
            _row.stage,
            _row.assessed_on,
            _row.before,
            _result.code,
            _result.level,
            _result.score,
            _result.comment,
        )
        .join(t.Enrolment, t.Enrolment.id == _row.enrolment_id)
        .outerjoin(_result, _result.enrolment_id == _row.enrolment_id)
        .where(enrolments)
    )
    found: dict[int, Supplementary] = {}
    subjects: dict[int, dict[str, SubjectResult]] = {}
    traits: dict[int, dict[str, TraitResult]] = {}
    for key, stage, day, before, code, level, score, comment in session.execute(statement):
        if key not in found:
            subjects[key], traits[key] = {}, {}
            found[key] = Supplementary(
                SummerStage(stage), day, subjects[key], traits[key], json.loads(before)
            )
        if code in TRAIT_NAMES:
            traits[key][code] = TraitResult(TraitLevel(level) if level else None, comment)
        elif code is not None:
            subjects[key][code] = SubjectResult(Level(level) if level else None, score, comment)
    return found


def add(session: Session, key: int, actor: str) -> None:
    """Put a pupil on the list."""
    values = {"enrolment_id": key, "stage": SummerStage.LISTED.value, "before": "{}", "row_version": 1}
    session.execute(insert(t.table(_row)).values(**values))
    _Entry(session, key, actor).log("summer", None, SummerStage.LISTED)


def remove(session: Session, key: int, *, reason: str, actor: str) -> None:
    """Take a pupil off the list with all that was entered, which the change log keeps."""
    stage = _stage(session, key)
    entry = _Entry(session, key, actor)
    rows = session.execute(
        select(_result.code, _result.level, _result.score, _result.comment).where(_result.enrolment_id == key)
    )
    for code, *values in rows.all():
        for cell, value in zip(_EMPTY, values, strict=True):
            if value != _EMPTY[cell]:
                entry.log(f"summer.{code}.{cell}", value, None)
    session.execute(delete(_result).where(_result.enrolment_id == key))
    session.execute(delete(_row).where(_row.enrolment_id == key))
    entry.log("summer", stage, None, reason)


def set_value(
    session: Session, key: int, code: str, cell: str, value: object, actor: str, *, expected: object = UNSET
) -> int:
    """Set level, score or comment of what was assessed again (None empties it); returns 1 when it changed.

    `expected` is the value that the person saw: UserError workflow.stale when it is another one by now.
    """
    if cell not in _EMPTY:
        raise ValueError(f"no cell {cell} in a supplementary assessment")
    here = (_result.enrolment_id == key) & (_result.code == code)
    columns = (_result.level, _result.score, _result.comment)
    found = session.execute(select(*columns).where(here)).one_or_none()
    before = _EMPTY if found is None else dict(zip(_EMPTY, found, strict=True))
    new = column_value(value)
    if new is None or new == "":
        new = _EMPTY[cell]
    check_expected(f"{code}.{cell}", expected, before[cell], new)
    if before[cell] == new:
        return 0
    after = {**before, cell: new}
    if found is None:
        row = {"enrolment_id": key, "code": code, **after, "row_version": 1}
        session.execute(insert(t.table(_result)).values(**row))
    elif after == _EMPTY:
        session.execute(delete(_result).where(here))
    else:
        session.execute(update(_result).where(here).values(**after, row_version=_result.row_version + 1))
    _Entry(session, key, actor).log(f"summer.{code}.{cell}", before[cell], new)
    return 1


def set_day(session: Session, key: int, day: date | None, actor: str, *, expected: object = UNSET) -> int:
    """Set the day of the assessment (None empties it); returns 1 when it changed. See `set_value`."""
    here = _row.enrolment_id == key
    before = session.execute(select(_row.assessed_on).where(here)).scalar_one()
    check_expected("date", expected, before, day)
    if before == day:
        return 0
    session.execute(update(_row).where(here).values(assessed_on=day, row_version=_row.row_version + 1))
    _Entry(session, key, actor).log("summer.date", before, day)
    return 1


def move(
    session: Session,
    key: int,
    stage: SummerStage,
    *,
    actor: str,
    reason: str = "",
    before: Mapping[str, str] | None = None,
) -> None:
    """Move an assessment to another stage; `before` keeps what its approval replaced."""
    old = _stage(session, key)
    values: dict[str, object] = {"stage": stage.value, "row_version": _row.row_version + 1}
    if before is not None:
        values["before"] = json.dumps(dict(before), ensure_ascii=False)
    session.execute(update(_row).where(_row.enrolment_id == key).values(values))
    _Entry(session, key, actor).log("summer", old, stage, reason)


def _stage(session: Session, key: int) -> str:
    return session.execute(select(_row.stage).where(_row.enrolment_id == key)).scalar_one()
