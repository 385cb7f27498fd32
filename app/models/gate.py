"""What people say about findings: accepted warnings, and remarks that wait for an answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from app.errors import NotAllowed, UserError
from app.models import changelog
from app.models import tables as t
from app.models.base import VIETNAM, add_row
from app.models.classes import known_class
from app.models.text import nfc
from app.models.values import RemarkRecord
from app.records.types import Acceptance, Finding, Period

_AnySelect = Select[*tuple[Any, ...]]

_REMARK: Final = (
    t.Remark.id,
    t.SchoolClass.name,
    t.Remark.period,
    t.Remark.enrolment_id,
    t.Pupil.code,
    t.Pupil.name,
    t.Remark.field,
    t.Remark.content,
    t.Remark.author,
    t.Remark.made_at,
    t.Remark.answer,
    t.Remark.resolved_by,
    t.Remark.resolved_at,
)


def accepted(session: Session, year: str, period: Period) -> Mapping[str, Acceptance]:
    """What was accepted in the classes of a year, by fingerprint; those without a finding are history."""
    row = t.AcceptedFinding
    statement = (
        select(row.fingerprint, row.reason, row.actor, row.at)
        .join(t.SchoolClass, t.SchoolClass.id == row.class_id)
        .join(t.SchoolYear, t.SchoolYear.id == t.SchoolClass.year_id)
        .where(t.SchoolYear.name == year, row.period == period.value)
    )
    return {mark: Acceptance(reason, by, at) for mark, reason, by, at in session.execute(statement)}


def accept(
    session: Session,
    *,
    year: str,
    period: Period,
    finding: Finding,
    fingerprint: str,
    reason: str,
    actor: str,
) -> Acceptance:
    """Let a warning stand; it must not be accepted yet. UserError workflow.no_class."""
    made = Acceptance(nfc(reason.strip()), actor, datetime.now(VIETNAM))
    add_row(
        session,
        t.AcceptedFinding,
        class_id=known_class(session, year, finding.class_name),
        period=period.value,
        fingerprint=fingerprint,
        rule=finding.rule,
        enrolment_id=finding.key or None,
        field=finding.field,
        message=finding.message,
        reason=made.reason,
        actor=actor,
        at=made.at,
    )
    _log_finding(session, year, period, finding, actor, "accept", None, finding.message, made.reason)
    return made


def withdraw(
    session: Session,
    *,
    year: str,
    period: Period,
    finding: Finding,
    fingerprint: str,
    reason: str,
    actor: str,
) -> None:
    """Take an acceptance back; the change log keeps both. UserError workflow.no_class."""
    row = t.AcceptedFinding
    class_id = known_class(session, year, finding.class_name)
    session.execute(
        delete(row).where(
            row.class_id == class_id, row.period == period.value, row.fingerprint == fingerprint
        )
    )
    reason = nfc(reason.strip())
    _log_finding(session, year, period, finding, actor, "unaccept", finding.message, None, reason)


def _log_finding(
    session: Session,
    year: str,
    period: Period,
    finding: Finding,
    actor: str,
    kind: str,
    old: str | None,
    new: str | None,
    reason: str,
) -> None:
    changelog.record(
        session,
        actor=actor,
        kind=kind,
        entity=_entity(year, finding.class_name, finding.key),
        field=f"{period.value}.{finding.field}",
        old=old,
        new=new,
        reason=reason,
    )


def _entity(year: str, class_name: str, key: int) -> str:
    return f"enrolment:{key}" if key else f"class:{year}:{class_name}"


def add_remark(
    session: Session,
    *,
    year: str,
    class_name: str,
    period: Period,
    key: int,
    field: str,
    content: str,
    actor: str,
    reason: str,
) -> int:
    """Add a remark on a class (`key` 0), a pupil (`field` empty) or one field; returns its number.

    `reason` is that of the return it comes with. UserError workflow.no_class.
    """
    content = nfc(content.strip())
    number = add_row(
        session,
        t.Remark,
        class_id=known_class(session, year, class_name),
        period=period.value,
        enrolment_id=key or None,
        field=field,
        content=content,
        author=actor,
        made_at=datetime.now(VIETNAM),
        answer="",
        resolved_by="",
        resolved_at=None,
        row_version=1,
    )
    changelog.record(
        session,
        actor=actor,
        kind="remark",
        entity=_entity(year, class_name, key),
        field=f"{period.value}.{field}",
        old=None,
        new=content,
        reason=nfc(reason),
    )
    return number


def remarks(
    session: Session,
    year: str,
    *,
    names: Collection[str] | None = None,
    period: Period | None = None,
    everything: bool = False,
) -> tuple[RemarkRecord, ...]:
    """Open remarks in the order of making; with `everything` the resolved ones too. `names`: of classes."""
    statement = _remarks(year)
    if names is not None:
        statement = statement.where(t.SchoolClass.name.in_(names))
    if period is not None:
        statement = statement.where(t.Remark.period == period.value)
    if not everything:
        statement = statement.where(t.Remark.resolved_at.is_(None))
    return tuple(_record(*row) for row in session.execute(statement))


def remark(session: Session, year: str, number: int) -> RemarkRecord:
    """One remark of a year. UserError workflow.no_remark."""
    found = session.execute(_remarks(year).where(t.Remark.id == number)).first()
    if found is None:
        raise UserError("workflow.no_remark", id=number, year=year)
    return _record(*found)


def _remarks(year: str) -> _AnySelect:
    return (
        select(*_REMARK)
        .join(t.SchoolClass, t.SchoolClass.id == t.Remark.class_id)
        .join(t.SchoolYear, t.SchoolYear.id == t.SchoolClass.year_id)
        .outerjoin(t.Enrolment, t.Enrolment.id == t.Remark.enrolment_id)
        .outerjoin(t.Pupil, t.Pupil.id == t.Enrolment.pupil_id)
        .where(t.SchoolYear.name == year)
        .order_by(t.Remark.id)
    )


def _record(
    number: int,
    class_name: str,
    period: str,
    key: int | None,
    code: str | None,
    name: str | None,
    *others: Any,
) -> RemarkRecord:
    return RemarkRecord(number, class_name, Period(period), key or 0, code or "", name or "", *others)


def resolve(session: Session, *, year: str, number: int, answer: str, actor: str) -> RemarkRecord:
    """Answer a remark, which closes it. UserError workflow.no_remark; NotAllowed workflow.remark_resolved."""
    seen = remark(session, year, number)
    if seen.resolved_at is not None:
        raise NotAllowed("workflow.remark_resolved", id=number, by=seen.resolved_by, answer=seen.answer)
    answer = nfc(answer.strip())
    values = {
        "answer": answer,
        "resolved_by": actor,
        "resolved_at": datetime.now(VIETNAM),
        "row_version": t.Remark.row_version + 1,
    }
    session.execute(update(t.Remark).where(t.Remark.id == number).values(values))
    changelog.record(
        session,
        actor=actor,
        kind="resolve",
        entity=_entity(year, seen.class_name, seen.key),
        field=f"{seen.period.value}.{seen.field}",
        old=seen.content,
        new=None,
        reason=answer,
    )
    return remark(session, year, number)
