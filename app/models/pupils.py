"""Saving pupils: which stored pupil a row means, and what of it changes."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import changelog
from app.models import tables as t
from app.models.base import add_row
from app.models.stale import UNSET, check_expected
from app.models.text import column_value, empty, nfc, text_of
from app.records.types import Enrolment, HistoryRow, Pupil, Regime, Status

PUPIL_FIELDS: Final = tuple(item.name for item in dataclasses.fields(Pupil))
ENROLMENT_FIELDS: Final = tuple(
    item.name for item in dataclasses.fields(Enrolment) if item.name not in {"class_name", "grade"}
)
MOVED: Final = "class"
"""The change of class, among what `save_pupil` may leave out."""
CREATED: Final = "new"
"""The creation of a pupil or enrolment, among what `save_pupil` may leave out."""
_ELSEWHERE: Final = frozenset({"class_name", "grade"})
NEW_PUPIL: Final = {
    **dict.fromkeys(PUPIL_FIELDS, ""),
    "code": None,
    "birth_date": None,
    "sex": None,
    "nationality": "Việt Nam",
}
NEW_ENROLMENT: Final = {
    **dict.fromkeys(ENROLMENT_FIELDS),
    "status": Status.STUDYING.value,
    "regime": Regime.NORMAL.value,
    "register_number": "",
}
_pupil_columns: Final = tuple(getattr(t.Pupil, name) for name in PUPIL_FIELDS)
_enrolment_columns: Final = tuple(getattr(t.Enrolment, name) for name in ENROLMENT_FIELDS)

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Place:
    year_id: int
    class_id: int
    class_name: str


@dataclass(frozen=True, slots=True)
class _Stored:
    """A stored pupil that a row may mean, with the enrolment of the year if there is one."""

    pupil_id: int
    pupil: Values
    enrolment_id: int | None
    class_id: int | None
    enrolment: Values


def save_pupil(
    session: Session,
    *,
    year: str,
    class_name: str,
    fields: Mapping[str, object],
    actor: str,
    skip: Collection[str] = (),
    same: int | None = None,
) -> int:
    """Write a row of a pupil list; returns the number of fields that changed.

    `fields`: names of `Pupil` and `Enrolment`; empty values are ignored, never erased. The pupil is the one
    with the same code, else personal number, else vnEdu code, else name, birth date and class, as long as no
    stronger code contradicts. A pupil of another class of the year moves. `skip` names fields that say who
    is meant and are not written; MOVED leaves the class, CREATED makes no new pupil. `same` is the pupil that
    a person chose. UserError workflow.no_class, workflow.pupil_unnamed, workflow.pupil_ambiguous,
    workflow.code_taken.
    """
    place = _place(session, year, class_name)
    values = {name: column_value(value) for name, value in fields.items()}
    values = {name: value for name, value in values.items() if not empty(value) and name not in _ELSEWHERE}
    if unknown := values.keys() - {*PUPIL_FIELDS, *ENROLMENT_FIELDS}:
        raise ValueError(f"not fields of a pupil: {sorted(unknown)}")
    pupil = {name: values[name] for name in PUPIL_FIELDS if name in values}
    enrolment = {name: values[name] for name in ENROLMENT_FIELDS if name in values}
    stored = _match(session, place, pupil) if same is None else _chosen(session, place, same, pupil)
    if stored is None and CREATED in skip:
        return 0
    if stored is None:
        pupil_id = _create_pupil(session, pupil, place, actor)
        return len(pupil) + _enrol(session, pupil_id, place, enrolment, actor)
    pupil, enrolment = (
        {name: value for name, value in part.items() if name not in skip} for part in (pupil, enrolment)
    )
    changed = _update(
        session, t.Pupil, f"pupil:{stored.pupil_id}", stored.pupil_id, stored.pupil, pupil, actor
    )
    if stored.enrolment_id is None:
        return (
            changed
            if CREATED in skip
            else changed + _enrol(session, stored.pupil_id, place, enrolment, actor)
        )
    return changed + _update_enrolment(session, stored, place, enrolment, actor, stay=MOVED in skip)


def _place(session: Session, year: str, class_name: str) -> _Place:
    """Year and class numbers; remembered for the transaction, as a list names one class many times."""
    known: dict[tuple[str, str], _Place] = session.info.setdefault("places", {})
    name = nfc(class_name.strip())
    if (year, name) not in known:
        statement = (
            select(t.SchoolYear.id, t.SchoolClass.id)
            .join(t.SchoolClass, t.SchoolClass.year_id == t.SchoolYear.id)
            .where(t.SchoolYear.name == year, t.SchoolClass.name == name)
        )
        found = session.execute(statement).one_or_none()
        if found is None:
            raise UserError("workflow.no_class", name=class_name, year=year)
        known[year, name] = _Place(found[0], found[1], name)
    return known[year, name]


# --- which pupil -----------------------------------------------------------------------------------


def _match(session: Session, place: _Place, pupil: Values) -> _Stored | None:
    candidates = _candidates(session, place, pupil)
    if not candidates:
        return None
    same = _differences(pupil)
    rules: Sequence[Callable[[_Stored], bool]] = (
        lambda c: same(c, "code"),
        lambda c: (
            same(c, "personal_id") and _agrees(c, pupil, "code", "vnedu_code") and _same_person(c, pupil)
        ),
        lambda c: same(c, "vnedu_code") and _agrees(c, pupil, "code"),
        lambda c: (
            c.class_id == place.class_id
            and same(c, "name")
            and _agrees(c, pupil, "code", "personal_id", "vnedu_code", "birth_date")
        ),
    )
    for rule in rules:
        found = [candidate for candidate in candidates if rule(candidate)]
        if len(found) > 1:
            found = [c for c in found if same(c, "name") and c.class_id == place.class_id] or found
        if len(found) > 1:
            raise UserError("workflow.pupil_ambiguous", name=pupil.get("name", ""), count=len(found))
        if found:
            return found[0]
    return None


def _differences(pupil: Values) -> Callable[[_Stored, str], bool]:
    def same(candidate: _Stored, name: str) -> bool:
        return bool(pupil.get(name)) and candidate.pupil[name] == pupil[name]

    return same


def _agrees(candidate: _Stored, pupil: Values, *names: str) -> bool:
    """True when none of these fields is filled on both sides with different values."""
    return all(
        not candidate.pupil[name] or not pupil.get(name) or candidate.pupil[name] == pupil[name]
        for name in names
    )


def _same_person(candidate: _Stored, pupil: Values) -> bool:
    """A personal number alone may have been copied from the row above: name or birth date must fit too."""
    return _agrees(candidate, pupil, "name") or _agrees(candidate, pupil, "birth_date")


def _chosen(session: Session, place: _Place, pupil_id: int, pupil: Values) -> _Stored:
    """The pupil that a person chose for a row; its code may not be another pupil's."""
    if pupil.get("code"):
        others = select(t.Pupil.name).where(t.Pupil.code == pupil["code"], t.Pupil.id != pupil_id)
        if (other := session.execute(others).scalar()) is not None:
            raise UserError("workflow.code_taken", code=pupil["code"], name=other)
    return _stored_where(session, place, [t.Pupil.id == pupil_id])[0]


def _candidates(session: Session, place: _Place, pupil: Values) -> list[_Stored]:
    names = ("code", "personal_id", "vnedu_code", "name")
    conditions = [getattr(t.Pupil, name) == pupil[name] for name in names if pupil.get(name)]
    return _stored_where(session, place, conditions) if conditions else []


def _stored_where(
    session: Session, place: _Place, conditions: Sequence[ColumnElement[bool]]
) -> list[_Stored]:
    statement = (
        select(t.Pupil.id, t.Enrolment.id, t.Enrolment.class_id, *_pupil_columns, *_enrolment_columns)
        .outerjoin(t.Enrolment, (t.Enrolment.pupil_id == t.Pupil.id) & (t.Enrolment.year_id == place.year_id))
        .where(or_(*conditions))
    )
    middle = 3 + len(PUPIL_FIELDS)
    return [
        _Stored(
            pupil_id=row[0],
            pupil=dict(zip(PUPIL_FIELDS, row[3:middle], strict=True)),
            enrolment_id=row[1],
            class_id=row[2],
            enrolment=dict(zip(ENROLMENT_FIELDS, row[middle:], strict=True)),
        )
        for row in session.execute(statement)
    ]


# --- what changes ----------------------------------------------------------------------------------


def _told(values: Values) -> str:
    return json.dumps({name: text_of(value) for name, value in values.items()}, ensure_ascii=False)


def _create_pupil(session: Session, pupil: Values, place: _Place, actor: str) -> int:
    if not pupil.get("name"):
        raise UserError("workflow.pupil_unnamed", class_name=place.class_name)
    pupil_id = add_row(session, t.Pupil, **NEW_PUPIL | pupil)
    changelog.record(
        session, actor=actor, kind="create", entity=f"pupil:{pupil_id}", field="", old=None, new=_told(pupil)
    )
    return pupil_id


def _enrol(session: Session, pupil_id: int, place: _Place, enrolment: Values, actor: str) -> int:
    key = add_row(
        session,
        t.Enrolment,
        pupil_id=pupil_id,
        year_id=place.year_id,
        class_id=place.class_id,
        **NEW_ENROLMENT | enrolment,
    )
    told = _told({"pupil": pupil_id, "class": place.class_name} | enrolment)
    changelog.record(
        session, actor=actor, kind="create", entity=f"enrolment:{key}", field="", old=None, new=told
    )
    return 1 + len(enrolment)


def _update_enrolment(
    session: Session, stored: _Stored, place: _Place, enrolment: Values, actor: str, *, stay: bool
) -> int:
    key = stored.enrolment_id or 0
    changed = _update(session, t.Enrolment, f"enrolment:{key}", key, stored.enrolment, enrolment, actor)
    if stay or stored.class_id == place.class_id:
        return changed
    return changed + _move(session, key, place, actor)


def _move(session: Session, key: int, place: _Place, actor: str, expected: object = UNSET) -> int:
    here = t.Enrolment.class_id == t.SchoolClass.id
    statement = select(t.SchoolClass.name).join(t.Enrolment, here).where(t.Enrolment.id == key)
    old = session.execute(statement).scalar_one()
    check_expected("class", expected, old, place.class_name)
    if old == place.class_name:
        return 0
    session.execute(
        update(t.Enrolment)
        .where(t.Enrolment.id == key)
        .values(class_id=place.class_id, row_version=t.Enrolment.row_version + 1)
    )
    changelog.record(
        session,
        actor=actor,
        kind="move",
        entity=f"enrolment:{key}",
        field="class",
        old=old,
        new=place.class_name,
    )
    return 1


def move_enrolment(
    session: Session, key: int, year: str, class_name: str, actor: str, *, expected: object = UNSET
) -> int:
    """Put an enrolment into another class of its year; returns 1 when it moved.

    UserError workflow.no_class, workflow.stale.
    """
    return _move(session, key, _place(session, year, class_name), actor, expected)


def _update(
    session: Session,
    model: type[t.Pupil] | type[t.Enrolment],
    entity: str,
    number: int,
    before: Values,
    values: Values,
    actor: str,
) -> int:
    changed = {name: value for name, value in values.items() if before[name] != value}
    for name, value in changed.items():
        changelog.record(
            session,
            actor=actor,
            kind="edit",
            entity=entity,
            field=name,
            old=text_of(before[name]),
            new=text_of(value),
        )
    if changed:
        session.execute(
            update(model).where(model.id == number).values(**changed, row_version=model.row_version + 1)
        )
    return len(changed)


def set_enrolment_field(
    session: Session, key: int, field: str, value: object, actor: str, *, expected: object = UNSET
) -> int:
    """Set one field of `Enrolment` (None empties it); returns 1 when it changed, else 0.

    `expected` is the value that the person saw: UserError workflow.stale when it is another one by now.
    """
    seen = {} if expected is UNSET else {field: expected}
    return set_enrolment_fields(session, key, {field: value}, actor, expected=seen)


def set_enrolment_fields(
    session: Session,
    key: int,
    fields: Mapping[str, object],
    actor: str,
    *,
    expected: Mapping[str, object] = MappingProxyType({}),
) -> int:
    """Set several fields of `Enrolment` at once; returns how many changed. See `set_enrolment_field`."""
    if unknown := fields.keys() - set(ENROLMENT_FIELDS):
        raise ValueError(f"not fields of an enrolment: {sorted(unknown)}")
    names = tuple(fields)
    columns = [getattr(t.Enrolment, name) for name in names]
    row = session.execute(select(*columns).where(t.Enrolment.id == key)).one()
    stored = dict(zip(names, row, strict=True))
    for name, seen in expected.items():
        check_expected(name, seen, stored[name], fields[name])
    new = {name: column_value(value) for name, value in fields.items()}
    filled = {name: NEW_ENROLMENT[name] if value is None else value for name, value in new.items()}
    return _update(session, t.Enrolment, f"enrolment:{key}", key, stored, filled, actor)


def set_pupil_field(
    session: Session, key: int, field: str, value: object, actor: str, *, expected: object = UNSET
) -> int:
    """Set one field of `Pupil` by any enrolment of the pupil (None empties it); returns 1 when it changed.

    `expected` is the value that the person saw: UserError workflow.stale when it is another one by now.
    """
    if field not in PUPIL_FIELDS:
        raise ValueError(f"not a field of a pupil: {field}")
    own = t.Pupil
    statement = select(own.id, getattr(own, field)).join(t.Enrolment, t.Enrolment.pupil_id == own.id)
    pupil_id, stored = session.execute(statement.where(t.Enrolment.id == key)).one()
    new = column_value(value)
    if new is None:
        new = None if field in {"code", "birth_date", "sex"} else ""
    check_expected(field, expected, stored, new)
    return _update(session, own, f"pupil:{pupil_id}", pupil_id, {field: stored}, {field: new}, actor)


def set_history(session: Session, key: int, rows: Iterable[HistoryRow], actor: str) -> None:
    """Replace what is kept of a pupil's years elsewhere; `key` is any enrolment of the pupil."""
    pupil_id = session.execute(select(t.Enrolment.pupil_id).where(t.Enrolment.id == key)).scalar_one()
    old = _history_told(session, pupil_id)
    session.execute(delete(t.History).where(t.History.pupil_id == pupil_id))
    for position, row in enumerate(rows):
        add_row(
            session,
            t.History,
            pupil_id=pupil_id,
            position=position,
            year=row.year,
            class_name=nfc(row.class_name),
            school=nfc(row.school),
            register_number=nfc(row.register_number),
            since=row.date,
        )
    new = _history_told(session, pupil_id)
    if old != new:
        entity = f"pupil:{pupil_id}"
        changelog.record(session, actor=actor, kind="edit", entity=entity, field="history", old=old, new=new)


def _history_told(session: Session, pupil_id: int) -> str:
    row = t.History
    statement = select(row.year, row.class_name, row.school, row.register_number, row.since)
    found = session.execute(statement.where(row.pupil_id == pupil_id).order_by(row.position))
    return json.dumps([[text_of(value) for value in values] for values in found], ensure_ascii=False)


def places_of(session: Session, year: str, entities: Collection[str]) -> dict[str, tuple[int, str, str]]:
    """Entity of the log ("pupil:3", "enrolment:12") to its enrolment in `year`, class and pupil's name.

    What has no enrolment in that year is left out.
    """
    ids: dict[str, set[int]] = {"pupil": set(), "enrolment": set()}
    for kind, _, number in (entity.partition(":") for entity in entities):
        if kind in ids:
            ids[kind].add(int(number))
    own = t.Enrolment
    statement = (
        select(own.id, own.pupil_id, t.SchoolClass.name, t.Pupil.name)
        .join(t.SchoolClass, t.SchoolClass.id == own.class_id)
        .join(t.SchoolYear, t.SchoolYear.id == own.year_id)
        .join(t.Pupil, t.Pupil.id == own.pupil_id)
        .where(t.SchoolYear.name == year, or_(own.id.in_(ids["enrolment"]), own.pupil_id.in_(ids["pupil"])))
    )
    found: dict[str, tuple[int, str, str]] = {}
    for key, pupil_id, class_name, name in session.execute(statement):
        found[f"enrolment:{key}"] = found[f"pupil:{pupil_id}"] = (key, class_name, name)
    return found
