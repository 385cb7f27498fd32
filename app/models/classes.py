"""Classes and their stages, pupils and their enrolment."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from app.errors import NotAllowed, UserError
from app.models import changelog, loading, settings
from app.models import tables as t
from app.models.base import add_row
from app.models.pupils import save_pupil, set_enrolment_field, set_enrolment_fields, set_history
from app.models.text import nfc
from app.models.values import ClassSummary
from app.records.codes import STAGE_TEXT
from app.records.types import ClassYear, Period, PupilYear, Stage, Status

__all__ = [
    "demand_open",
    "demand_stage",
    "ensure_class",
    "find_pupil",
    "known_class",
    "load_class",
    "load_classes",
    "save_pupil",
    "set_enrolment_field",
    "set_enrolment_fields",
    "set_history",
    "set_stage",
    "stage_of",
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


def known_class(session: Session, year: str, name: str) -> int:
    """Number of a class. UserError workflow.no_class."""
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
    class_id = known_class(session, year, name)
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


def stage_of(session: Session, year: str, class_name: str, period: Period) -> Stage:
    """The stage of a class in one period, open when nobody moved it. UserError workflow.no_class."""
    return _stage(session, known_class(session, year, class_name), period) or Stage.OPEN


def _stage(session: Session, class_id: int, period: Period) -> Stage | None:
    row = t.ClassStage
    here = (row.class_id == class_id, row.period == period.value)
    found = session.execute(select(row.stage).where(*here)).scalar()
    return None if found is None else Stage(found)


def demand_open(session: Session, year: str, class_name: str, period: Period) -> None:
    """NotAllowed workflow.class_closed unless the class is open for entry; to be asked by every write."""
    if stage_of(session, year, class_name, period) is not Stage.OPEN:
        raise NotAllowed("workflow.class_closed", name=class_name)


def demand_stage(session: Session, year: str, class_name: str, period: Period, expected: Stage) -> None:
    """NotAllowed workflow.stage_changed when somebody moved the class away from the stage that was seen."""
    _demand_stage(stage_of(session, year, class_name, period), expected, class_name, period)


def _demand_stage(current: Stage, expected: Stage, class_name: str, period: Period) -> None:
    if current is not expected:
        raise NotAllowed(
            "workflow.stage_changed",
            name=class_name,
            period=period.value,
            expected=expected.value,
            actual=current.value,
            now=STAGE_TEXT[current].lower(),
        )


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
    """Move a class to another stage. UserError workflow.no_class, NotAllowed workflow.stage_changed."""
    class_id = known_class(session, year, class_name)
    found = _stage(session, class_id, period)
    current = found or Stage.OPEN
    _demand_stage(current, expected, class_name, period)
    if found is None:
        add_row(session, t.ClassStage, class_id=class_id, period=period.value, stage=stage.value)
    else:
        here = (t.ClassStage.class_id == class_id, t.ClassStage.period == period.value)
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
