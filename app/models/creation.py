"""Taking back a class, pupil or enrolment that a step created, and creating it again with its number."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import changelog
from app.models import tables as t
from app.models.base import Base
from app.models.pupils import ENROLMENT_FIELDS, NEW_ENROLMENT, NEW_PUPIL, PUPIL_FIELDS
from app.models.results import NO_OUTCOME
from app.models.text import text_of

Told = Mapping[str, str | None]
"""The values of a creation as the log writes them."""

_DATES: Final = frozenset({"birth_date", "enrolled_on"})
_NUMBERS: Final[Mapping[str, type[int] | type[float]]] = {
    "height_cm": float,
    "weight_kg": float,
    "absent_excused": int,
    "absent_unexcused": int,
}


def value_of(field: str, text: str | None) -> object:
    """The value of a field of `Pupil` or `Enrolment` from what the log wrote of it."""
    if text is None:
        return None
    if field in _DATES:
        return date.fromisoformat(text)
    return _NUMBERS[field](text) if field in _NUMBERS else text


def remove_pupil(session: Session, pupil_id: int, created: str, actor: str) -> None:
    """Take back a pupil. UserError step.used when anything was added or changed since the creation."""
    told = json.loads(created)
    stored = _stored(session, t.Pupil, pupil_id, PUPIL_FIELDS)
    if stored is None or stored != _texts(NEW_PUPIL, told) or _used(session, t.Pupil, pupil_id):
        raise UserError("step.used", name=told.get("name", ""))
    session.execute(delete(t.Pupil).where(t.Pupil.id == pupil_id))
    _log(session, actor, "delete", f"pupil:{pupil_id}", created, None)


def remove_enrolment(session: Session, key: int, created: str, actor: str) -> None:
    """Take back an enrolment. UserError step.used when anything was added or changed since the creation."""
    told = json.loads(created)
    mine = t.Enrolment.id == key
    name = session.execute(select(t.Pupil.name).join(t.Enrolment).where(mine)).scalar()
    _drop_empty_outcome(session, key)
    stored = _stored(session, t.Enrolment, key, ENROLMENT_FIELDS)
    expected = _texts(NEW_ENROLMENT, {field: told[field] for field in ENROLMENT_FIELDS if field in told})
    if stored is None or stored != expected or _used(session, t.Enrolment, key):
        raise UserError("step.used", name=name or "")
    session.execute(delete(t.Enrolment).where(mine))
    _log(session, actor, "delete", f"enrolment:{key}", created, None)


def remove_class(session: Session, year: str, name: str, grade: str, actor: str) -> None:
    """Take back a class; one that is in use by now (a teacher, a pupil, a stage) stays."""
    number = _class_id(session, year, name)
    if number is None:
        return
    session.execute(delete(t.ClassCount).where(t.ClassCount.class_id == number))
    if _used(session, t.SchoolClass, number):
        return
    session.execute(delete(t.SchoolClass).where(t.SchoolClass.id == number))
    session.info.pop("places", None)
    _log(session, actor, "delete", f"class:{year}:{name}", grade, None, field="grade")


def restore_pupil(session: Session, pupil_id: int, created: str, actor: str) -> None:
    """Create a pupil again under its old number. UserError step.used when that or its code is taken."""
    told = json.loads(created)
    same = [t.Pupil.id == pupil_id]
    if told.get("code"):
        same.append(t.Pupil.code == told["code"])
    if any(session.execute(select(t.Pupil.id).where(condition)).first() for condition in same):
        raise UserError("step.used", name=told.get("name", ""))
    values = NEW_PUPIL | {field: value_of(field, text) for field, text in told.items()}
    session.execute(insert(t.table(t.Pupil)).values(id=pupil_id, row_version=1, **values))
    _log(session, actor, "create", f"pupil:{pupil_id}", None, created)


def restore_enrolment(session: Session, key: int, year: str, created: str, actor: str) -> None:
    """Create an enrolment again under its old number. UserError step.used when its place is taken."""
    told = json.loads(created)
    pupil_id, class_id = int(told["pupil"]), _class_id(session, year, told["class"])
    year_id = session.execute(select(t.SchoolYear.id).where(t.SchoolYear.name == year)).scalar()
    name = session.execute(select(t.Pupil.name).where(t.Pupil.id == pupil_id)).scalar()
    row = t.Enrolment
    taken = (row.id == key) | ((row.pupil_id == pupil_id) & (row.year_id == year_id))
    if class_id is None or name is None or session.execute(select(row.id).where(taken)).first():
        raise UserError("step.used", name=name or "")
    fields = {field: value_of(field, told[field]) for field in ENROLMENT_FIELDS if field in told}
    ids = {"id": key, "pupil_id": pupil_id, "year_id": year_id, "class_id": class_id, "row_version": 1}
    session.execute(insert(t.table(row)).values(**ids, **NEW_ENROLMENT | fields))
    _log(session, actor, "create", f"enrolment:{key}", None, created)


def _stored(
    session: Session, model: type[t.Pupil] | type[t.Enrolment], number: int, fields: tuple[str, ...]
) -> dict[str, str | None] | None:
    columns = [getattr(model, field) for field in fields]
    row = session.execute(select(*columns).where(model.id == number)).one_or_none()
    return None if row is None else {f: text_of(value) for f, value in zip(fields, row, strict=True)}


def _texts(new: Mapping[str, Any], told: Told) -> dict[str, str | None]:
    return {field: text_of(value) for field, value in new.items()} | dict(told)


def _used(session: Session, model: type[Base], number: int) -> bool:
    """True when a row of any table points at this one."""
    own = t.table(model)
    return any(
        session.execute(select(key.parent).select_from(other).where(key.parent == number).limit(1)).first()
        for other in Base.metadata.tables.values()
        for key in other.foreign_keys
        if key.column.table is own
    )


def _drop_empty_outcome(session: Session, key: int) -> None:
    """A row of the year's result that was emptied says nothing any more."""
    row = t.table(t.YearResult)
    same = [
        row.c[name].is_(None) if value is None else row.c[name] == value for name, value in NO_OUTCOME.items()
    ]
    session.execute(delete(row).where(row.c.enrolment_id == key, *same))


def _class_id(session: Session, year: str, name: str) -> int | None:
    row = t.SchoolClass
    statement = select(row.id).join(t.SchoolYear, t.SchoolYear.id == row.year_id)
    found: int | None = session.execute(statement.where(t.SchoolYear.name == year, row.name == name)).scalar()
    return found


def _log(
    session: Session, actor: str, kind: str, entity: str, old: str | None, new: str | None, *, field: str = ""
) -> None:
    changelog.record(session, actor=actor, kind=kind, entity=entity, field=field, old=old, new=new)
