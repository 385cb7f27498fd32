"""Classes and their stages, pupils and their enrolment."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import changelog, loading, settings
from app.models import tables as t
from app.models.base import add_row
from app.models.pupils import save_pupil, set_enrolment_field, set_enrolment_fields, set_history
from app.models.text import nfc
from app.models.values import ClassSummary
from app.records.types import ClassYear, Period, PupilYear, Stage, Status

__all__ = [
    "ensure_class",
    "find_pupil",
    "load_class",
    "load_classes",
    "save_pupil",
    "set_enrolment_field",
    "set_enrolment_fields",
    "set_history",
    "set_stage",
    "summaries",
]

_ACTIVE: Final = tuple(status.value for status in Status if status.active)


def summaries(session: Session, year: str) -> tuple[ClassSummary, ...]:
    """The classes of a year by grade, then name (1A9 before 1A10)."""
    statement = (
        select(t.SchoolClass.id, t.SchoolClass.name, t.SchoolClass.grade, func.count(t.Enrolment.id))
        .join(t.SchoolYear, t.SchoolYear.id == t.SchoolClass.year_id)
        .outerjoin(t.Enrolment, (t.Enrolment.class_id == t.SchoolClass.id) & t.Enrolment.status.in_(_ACTIVE))
        .where(t.SchoolYear.name == year)
        .group_by(t.SchoolClass.id, t.SchoolClass.name, t.SchoolClass.grade)
    )
    rows = sorted(session.execute(statement), key=lambda row: (row[2], loading.natural(row[1])))
    stages = loading.stages_of(session, year)
    return tuple(
        ClassSummary(name, grade, pupils, stages.get(number, {})) for number, name, grade, pupils in rows
    )


def _class_id(session: Session, year: str, name: str) -> int | None:
    statement = (
        select(t.SchoolClass.id)
        .join(t.SchoolYear, t.SchoolYear.id == t.SchoolClass.year_id)
        .where(t.SchoolYear.name == year, t.SchoolClass.name == nfc(name.strip()))
    )
    return session.execute(statement).scalar()


def _known_class(session: Session, year: str, name: str) -> int:
    found = _class_id(session, year, name)
    if found is None:
        raise UserError("workflow.no_class", name=name, year=year)
    return found


def ensure_class(session: Session, year: str, name: str, grade: int, actor: str) -> None:
    """Make the class when it is new; an existing one keeps its grade."""
    if _class_id(session, year, name) is not None:
        return
    name = nfc(name.strip())
    add_row(session, t.SchoolClass, year_id=settings.ensure_year(session, year), name=name, grade=grade)
    changelog.record(
        session,
        actor=actor,
        kind="create",
        entity=f"class:{year}:{name}",
        field="grade",
        old=None,
        new=str(grade),
    )


def load_class(
    session: Session, year: str, name: str, periods: Collection[Period] | None = None
) -> ClassYear:
    """A class with everything recorded (or only `periods`). UserError workflow.no_class."""
    class_id = _known_class(session, year, name)
    return loading.load(session, loading.Scope(year, class_id=class_id, periods=periods))[0]


def load_classes(
    session: Session, year: str, periods: Collection[Period] | None = None
) -> tuple[ClassYear, ...]:
    """Every class of a year, by grade and name, in a fixed number of queries."""
    return loading.load(session, loading.Scope(year, periods=periods))


def find_pupil(session: Session, year: str, code: str) -> tuple[str, PupilYear]:
    """The class name and the pupil with any of the three codes in `year`. UserError workflow.no_pupil."""
    code = code.strip()
    own = t.Pupil
    pupils = select(own.id).where(or_(own.code == code, own.personal_id == code, own.vnedu_code == code))
    numbers = list(session.execute(pupils).scalars()) if code else []
    statement = (
        select(t.Enrolment.id, t.Enrolment.class_id)
        .join(own, own.id == t.Enrolment.pupil_id)
        .join(t.SchoolYear, t.SchoolYear.id == t.Enrolment.year_id)
        .where(t.SchoolYear.name == year, t.Enrolment.pupil_id.in_(numbers))
        .order_by((own.code == code).desc(), t.Enrolment.id)
    )
    found = session.execute(statement).first() if numbers else None
    if found is None:
        raise UserError("workflow.no_pupil", code=code, year=year)
    key, class_id = found
    (klass,) = loading.load(session, loading.Scope(year, class_id=class_id, key=key))
    return klass.name, klass.pupils[0]


def set_stage(
    session: Session,
    *,
    year: str,
    class_name: str,
    period: Period,
    stage: Stage,
    actor: str,
    reason: str,
    expected: Stage,
) -> None:
    """Move a class to another stage. UserError workflow.no_class, workflow.stage_changed (stale write)."""
    class_id = _known_class(session, year, class_name)
    here = (t.ClassStage.class_id == class_id, t.ClassStage.period == period.value)
    found = session.execute(select(t.ClassStage.stage).where(*here)).scalar()
    current = Stage.OPEN if found is None else Stage(found)
    if current is not expected:
        raise UserError(
            "workflow.stage_changed",
            name=class_name,
            period=period.value,
            expected=expected.value,
            actual=current.value,
        )
    if found is None:
        add_row(session, t.ClassStage, class_id=class_id, period=period.value, stage=stage.value)
    else:
        values = {"stage": stage.value, "row_version": t.ClassStage.row_version + 1}
        session.execute(update(t.ClassStage).where(*here).values(values))
    changelog.record(
        session,
        actor=actor,
        kind="stage",
        entity=f"class:{year}:{nfc(class_name.strip())}",
        field=period.value,
        old=current.value,
        new=stage.value,
        reason=nfc(reason),
    )
