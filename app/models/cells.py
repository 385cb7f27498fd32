"""One cell of the results on purpose, also emptied: what every key press of a grid and `set` writes."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, and_, delete, insert, select, update
from sqlalchemy.orm import Session

from app.models import changelog
from app.models import tables as t
from app.models.result_kinds import Kind, Seen, Values, kind_of
from app.models.stale import UNSET, check_expected
from app.models.text import column_value, text_of
from app.records.types import Level, Period, SubjectResult


def set_cell(
    session: Session,
    *,
    key: int,
    period: Period,
    code: str,
    cell: str,
    value: object,
    actor: str,
    expected: object = UNSET,
) -> int:
    """Set one cell of an enrolment and period, None or "" empties it; returns 1 when it changed, else 0.

    `cell`: level, score, first_score or comment of a subject, level or comment of a trait, comment of a
    group. A row that holds nothing any more goes, so that it reads as never recorded. `expected` is what the
    person saw: UserError workflow.stale when another value stands there by now. ValueError for a code or
    cell that does not exist.
    """
    kind = kind_of(code)
    if cell not in kind.cells:
        raise ValueError(f"{code} has no cell {cell}")
    stored = _row(session, kind, key, period, code)
    before = kind.empty if stored is None else stored
    new = column_value(value)
    if new is None or new == "":
        new = kind.empty[cell]
    check_expected(f"{code}.{cell}", expected, before[cell], new)
    if before[cell] == new:
        return 0
    after = before | {cell: new}
    _write(session, kind, (key, period, code), stored, after)
    changelog.record(
        session,
        actor=actor,
        kind="result",
        entity=f"enrolment:{key}",
        field=f"{period.value}.{code}.{cell}",
        old=text_of(before[cell]) or None,
        new=text_of(new) or None,
    )
    return 1


def subject_in(session: Session, key: int, period: Period, subject: str) -> SubjectResult:
    """What is stored of one subject now, for a change that depends on it."""
    kind = kind_of(subject)
    found = _row(session, kind, key, period, subject) or kind.empty
    level = found["level"]
    return SubjectResult(
        Level(level) if level else None, found["score"], found["comment"], found["first_score"]
    )


def _at(source: Table, kind: Kind, key: int, period: Period, code: str) -> ColumnElement[bool]:
    columns = source.c
    return and_(columns.enrolment_id == key, columns.period == period.value, columns[kind.key] == code)


def _row(session: Session, kind: Kind, key: int, period: Period, code: str) -> Values | None:
    source = t.table(kind.model)
    statement = select(*(source.c[cell] for cell in kind.cells)).where(_at(source, kind, key, period, code))
    found = session.execute(statement).one_or_none()
    return None if found is None else dict(zip(kind.cells, found, strict=True))


def _write(
    session: Session, kind: Kind, place: tuple[int, Period, str], stored: Values | None, after: Values
) -> None:
    key, period, code = place
    source = t.table(kind.model)
    here = _at(source, kind, *place)
    if stored is None:
        row = {"enrolment_id": key, "period": period.value, kind.key: code, **after, "row_version": 1}
        session.execute(insert(source).values(**row))
    elif after == kind.empty:
        session.execute(delete(source).where(here))
    else:
        version = {"row_version": source.c.row_version + 1}
        session.execute(update(source).where(here).values(**after, **version))
    _remember(session, kind, place, after)


def _remember(session: Session, kind: Kind, place: tuple[int, Period, str], after: Values) -> None:
    """Keep what `results` has read in this transaction true."""
    seen: Seen | None = session.info.get("results")
    key, period, code = place
    if seen is None or (key, period.value) not in seen.loaded:
        return
    if after == kind.empty:
        seen.rows.pop((kind.key, key, period.value, code), None)
    else:
        seen.rows[kind.key, key, period.value, code] = after
