"""Saving results and the year's outcome, cell by cell, with every change in the log."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from app.models import changelog
from app.models import tables as t
from app.models.cells import set_cell, subject_in
from app.models.result_kinds import COMMENTS, KINDS, SUBJECTS, TRAITS, Kind, Seen, Values
from app.models.stale import UNSET, check_expected
from app.models.text import column_value, empty, text_of
from app.records.types import Period, SubjectResult, TraitResult, YearOutcome

__all__ = ["OUTCOME_FIELDS", "save_results", "set_cell", "set_outcome", "subject_in"]

OUTCOME_FIELDS: Final = tuple(item.name for item in dataclasses.fields(YearOutcome))
NO_OUTCOME: Final = {**dict.fromkeys(OUTCOME_FIELDS), "awards": "[]", "decision": ""}


def save_results(
    session: Session,
    *,
    key: int,
    period: Period,
    subjects: Mapping[str, SubjectResult],
    traits: Mapping[str, TraitResult],
    group_comments: Mapping[str, str],
    year_values: Mapping[str, object],
    actor: str,
    expected: Mapping[str, object] | None = None,
) -> int:
    """Write the filled values of one pupil and period; returns the number of changed cells.

    Empty values never erase. `year_values`: fields of `YearOutcome`. `expected`: what the person saw, by cell
    ("TV.score", "YN.level", "PC.comment", "confirmed"); UserError workflow.stale when it changed meanwhile.
    """
    seen = _seen(session, key, period)
    given: tuple[tuple[Kind, Mapping[str, Values]], ...] = (
        (SUBJECTS, {code: _filled(SUBJECTS, value) for code, value in subjects.items()}),
        (TRAITS, {code: _filled(TRAITS, value) for code, value in traits.items()}),
        (COMMENTS, {code: _comment(text) for code, text in group_comments.items()}),
    )
    changed = 0
    for kind, rows in given:
        changed += _write(session, seen, kind, (key, period.value), rows, actor, expected or {})
    filled = {name: column_value(value) for name, value in year_values.items() if not empty(value)}
    return changed + _write_outcome(session, seen, key, filled, actor, expected or {})


def _filled(kind: Kind, result: object) -> Values:
    values = ((cell, column_value(getattr(result, cell))) for cell in kind.cells)
    return {cell: value for cell, value in values if not empty(value)}


def _comment(text: str) -> Values:
    value = column_value(text)
    return {} if empty(value) else {"comment": value}


def _seen(session: Session, key: int, period: Period) -> Seen:
    seen: Seen = session.info.setdefault("results", Seen())
    if (key, period.value) not in seen.loaded:
        _load_class_of(session, seen, key, period.value)
    return seen


def _load_class_of(session: Session, seen: Seen, key: int, period: str) -> None:
    """Read what the whole class of `key` has in `period`: the next rows are likely of the same class."""
    own = select(t.Enrolment.class_id).where(t.Enrolment.id == key).scalar_subquery()
    mates = list(session.execute(select(t.Enrolment.id).where(t.Enrolment.class_id == own)).scalars())
    if not mates:
        raise LookupError(f"no enrolment {key}")
    for kind in KINDS:
        source = t.table(kind.model)
        columns = (source.c.enrolment_id, source.c[kind.key], *(source.c[cell] for cell in kind.cells))
        statement = select(*columns).where(source.c.enrolment_id.in_(mates), source.c.period == period)
        for number, code, *values in session.execute(statement):
            seen.rows[kind.key, number, period, code] = dict(zip(kind.cells, values, strict=True))
    outcome = t.table(t.YearResult)
    statement = select(outcome.c.enrolment_id, *(outcome.c[name] for name in OUTCOME_FIELDS))
    seen.outcomes.update(dict.fromkeys(mates))
    for number, *values in session.execute(statement.where(outcome.c.enrolment_id.in_(mates))):
        seen.outcomes[number] = dict(zip(OUTCOME_FIELDS, values, strict=True))
    seen.loaded.update((number, period) for number in mates)


def _write(
    session: Session,
    seen: Seen,
    kind: Kind,
    place: tuple[int, str],
    rows: Mapping[str, Values],
    actor: str,
    expected: Mapping[str, object],
) -> int:
    key, period = place
    new: list[Values] = []
    old: list[Values] = []
    changed = 0
    for code, values in rows.items():
        stored = seen.rows.get((kind.key, key, period, code))
        before = kind.empty if stored is None else stored
        cells = {cell: value for cell, value in values.items() if before[cell] != value}
        _check(expected, code, before, values)
        if not cells:
            continue
        _log(session, actor, key, f"{period}.{code}.", before, cells)
        after = before | cells
        seen.rows[kind.key, key, period, code] = after
        (new if stored is None else old).append(
            {"enrolment_id": key, "period": period, kind.key: code, **after}
        )
        changed += len(cells)
    _store(session, kind, new, old)
    return changed


def _check(expected: Mapping[str, object], code: str, before: Values, values: Values) -> None:
    for cell, value in values.items():
        name = f"{code}.{cell}"
        if name in expected:
            check_expected(name, expected[name], before[cell], value)


def _log(session: Session, actor: str, key: int, prefix: str, before: Values, cells: Values) -> None:
    entity = f"enrolment:{key}"
    for cell, value in cells.items():
        changelog.record(
            session,
            actor=actor,
            kind="result",
            entity=entity,
            field=prefix + cell,
            old=text_of(before[cell]) or None,
            new=text_of(value),
        )


def _store(session: Session, kind: Kind, new: list[Values], old: list[Values]) -> None:
    source = t.table(kind.model)
    connection = session.connection()
    if new:
        connection.execute(insert(source), [row | {"row_version": 1} for row in new])
    if old:
        names = ("enrolment_id", "period", kind.key)
        statement = (
            update(source)
            .where(*(source.c[name] == bindparam(f"at_{name}") for name in names))
            .values(
                {cell: bindparam(f"new_{cell}") for cell in kind.cells}
                | {"row_version": source.c.row_version + 1}
            )
        )
        connection.execute(statement, [_parameters(row, names, kind.cells) for row in old])


def _parameters(row: Values, names: Iterable[str], cells: Iterable[str]) -> Values:
    return {f"at_{name}": row[name] for name in names} | {f"new_{cell}": row[cell] for cell in cells}


def set_outcome(
    session: Session, key: int, field_name: str, value: object, actor: str, *, expected: object = UNSET
) -> int:
    """Set one field of `YearOutcome` (None or an empty value empties it); returns 1 when it changed.

    `expected` is the value that the person saw: UserError workflow.stale when it is another one by now.
    """
    if field_name not in OUTCOME_FIELDS:
        raise ValueError(f"not a field of an outcome: {field_name}")
    seen = _seen(session, key, Period.CN)
    new = column_value(value)
    if new is None:
        new = NO_OUTCOME[field_name]
    compared = {} if expected is UNSET else {field_name: expected}
    return _write_outcome(session, seen, key, {field_name: new}, actor, compared)


def _write_outcome(
    session: Session, seen: Seen, key: int, values: Values, actor: str, expected: Mapping[str, object]
) -> int:
    if unknown := values.keys() - set(OUTCOME_FIELDS):
        raise ValueError(f"not fields of an outcome: {sorted(unknown)}")
    stored = seen.outcomes[key]
    before = NO_OUTCOME if stored is None else stored
    for name, value in values.items():
        if name in expected:
            check_expected(name, expected[name], before[name], value)
    cells = {name: value for name, value in values.items() if before[name] != value}
    if not cells:
        return 0
    _log(session, actor, key, "", before, cells)
    seen.outcomes[key] = after = before | cells
    source = t.table(t.YearResult)
    if stored is None:
        session.execute(insert(source), [{"enrolment_id": key, "row_version": 1, **after}])
    else:
        session.execute(
            update(source)
            .where(source.c.enrolment_id == key)
            .values(**cells, row_version=source.c.row_version + 1)
        )
    return len(cells)
