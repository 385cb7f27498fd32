"""Whom the entries of the change log are about: from the codes of entities to pupils, classes and people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    cast,
    intersect,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from app.models import tables as t
from app.records.journal import LogPlace

_PLACE: Final = (t.Pupil.name, t.Pupil.code, t.SchoolClass.name, t.SchoolYear.name)
Found = Iterator[tuple[str, LogPlace]]
_AnySelect = Select[*tuple[Any, ...]]
_AnyCompound = CompoundSelect[*tuple[Any, ...]]


def places(session: Session, entities: Collection[str]) -> Mapping[str, LogPlace]:
    """What is known today of each entity; entities of which nothing is known are not there."""
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for entity in entities:
        family, _, key = entity.partition(":")
        keys[family].add(key)
    found: dict[str, LogPlace] = {}
    for family, look in _LOOKS.items():
        if keys[family]:
            found.update(look(session, keys[family]))
    return found


def entities_of_class(year: str, class_name: str) -> _AnyCompound:
    """Entities of a class: itself, its pupils, their transcripts and deliveries."""
    mine = select(t.SchoolClass.id).join(t.SchoolYear, t.SchoolYear.id == t.SchoolClass.year_id)
    mine = mine.where(t.SchoolYear.name == year, t.SchoolClass.name == class_name)
    own = select(literal(f"class:{year}:{class_name}"))
    return union_all(own, *_entities(t.Enrolment.class_id.in_(mine)))


def both(one: _AnyCompound, other: _AnyCompound) -> _AnyCompound:
    """Entities that both statements name."""
    return intersect(select(one.subquery()), select(other.subquery()))


def entities_of_pupils(pupils: Collection[int]) -> _AnyCompound:
    """Entities of these pupils in every year."""
    own = select(literal("pupil:") + _text(t.Pupil.id)).where(t.Pupil.id.in_(pupils))
    return union_all(own, *_entities(t.Enrolment.pupil_id.in_(pupils)))


def pupil_names(session: Session) -> tuple[tuple[int, str, str], ...]:
    """Number, name and code of every pupil."""
    statement = select(t.Pupil.id, t.Pupil.name, t.Pupil.code)
    return tuple((number, name, code or "") for number, name, code in session.execute(statement))


def account_names(session: Session) -> dict[str, str]:
    """Names by login, disabled people too."""
    return dict(session.execute(select(t.Account.login, t.Account.name)).all())


def _text(column: Any) -> ColumnElement[str]:
    return cast(column, String)


def _entities(enrolments: ColumnElement[bool]) -> Iterator[_AnySelect]:
    yield select(literal("enrolment:") + _text(t.Enrolment.id)).where(enrolments)
    yield select(literal("pupil:") + _text(t.Enrolment.pupil_id)).where(enrolments)
    version = literal("transcript:") + t.Transcript.number + ":v" + _text(t.TranscriptVersion.version)
    outbox = literal("outbox:") + _text(t.OutboxItem.id)
    for statement in (
        select(version).select_from(t.TranscriptVersion),
        select(outbox)
        .select_from(t.OutboxItem)
        .join(t.TranscriptVersion, t.TranscriptVersion.id == t.OutboxItem.version_id),
    ):
        yield _to_enrolment(statement).where(enrolments)


def _to_enrolment(statement: _AnySelect) -> _AnySelect:
    return statement.join(t.Transcript, t.Transcript.id == t.TranscriptVersion.transcript_id).join(
        t.Enrolment, t.Enrolment.id == t.Transcript.enrolment_id
    )


def _to_class(statement: _AnySelect) -> _AnySelect:
    return (
        statement.join(t.Pupil, t.Pupil.id == t.Enrolment.pupil_id)
        .join(t.SchoolClass, t.SchoolClass.id == t.Enrolment.class_id)
        .join(t.SchoolYear, t.SchoolYear.id == t.Enrolment.year_id)
    )


def _numbers(keys: Collection[str]) -> list[int]:
    return sorted(int(key) for key in keys if key.isdecimal())


def _place(row: tuple[Any, ...], version: int = 0, media: str = "") -> LogPlace:
    pupil, code, class_name, year = row
    return LogPlace(pupil, code or "", class_name, year, version=version, media=media)


def _enrolments(session: Session, keys: Collection[str]) -> Found:
    found: _AnySelect = select(t.Enrolment.id, *_PLACE).select_from(t.Enrolment)
    statement = _to_class(found)
    for number, *row in session.execute(statement.where(t.Enrolment.id.in_(_numbers(keys)))):
        yield f"enrolment:{number}", _place(tuple(row))


def _pupils(session: Session, keys: Collection[str]) -> Found:
    """A pupil of several years stands in the class of the newest one."""
    statement = (
        select(t.Pupil.id, *_PLACE)
        .select_from(t.Pupil)
        .outerjoin(t.Enrolment, t.Enrolment.pupil_id == t.Pupil.id)
        .outerjoin(t.SchoolClass, t.SchoolClass.id == t.Enrolment.class_id)
        .outerjoin(t.SchoolYear, t.SchoolYear.id == t.Enrolment.year_id)
        .where(t.Pupil.id.in_(_numbers(keys)))
        .order_by(t.SchoolYear.name)
    )
    for number, name, code, class_name, year in session.execute(statement):
        yield f"pupil:{number}", _place((name, code, class_name or "", year or ""))


def _transcripts(session: Session, keys: Collection[str]) -> Found:
    numbers = {key.rpartition(":v")[0] for key in keys}
    statement: _AnySelect = select(t.Transcript.number, t.TranscriptVersion.version, *_PLACE)
    statement = _to_class(_to_enrolment(statement.select_from(t.TranscriptVersion)))
    number: str
    version: int
    for number, version, *row in session.execute(statement.where(t.Transcript.number.in_(numbers))):
        yield f"transcript:{number}:v{version}", _place(tuple(row), version)


def _deliveries(session: Session, keys: Collection[str]) -> Found:
    statement: _AnySelect = select(t.OutboxItem.id, t.TranscriptVersion.version, t.OutboxItem.media, *_PLACE)
    statement = statement.select_from(t.OutboxItem).join(
        t.TranscriptVersion, t.TranscriptVersion.id == t.OutboxItem.version_id
    )
    statement = _to_class(_to_enrolment(statement)).where(t.OutboxItem.id.in_(_numbers(keys)))
    for number, version, media, *row in session.execute(statement):
        yield f"outbox:{number}", _place(tuple(row), version, media)


def _people(family: str, session: Session, keys: Collection[str]) -> Found:
    statement = select(t.Account.login_key, t.Account.name).where(t.Account.login_key.in_(keys))
    for login, name in session.execute(statement):
        yield f"{family}:{login}", LogPlace(person=name)


def _classes(session: Session, keys: Collection[str]) -> Found:
    """The entity says it all: "class:2023-2024:3A"."""
    for key in keys:
        year, _, name = key.partition(":")
        yield f"class:{key}", LogPlace(class_name=name, year=year)


_LOOKS: Final[Mapping[str, Callable[[Session, Collection[str]], Found]]] = {
    "class": _classes,
    "enrolment": _enrolments,
    "pupil": _pupils,
    "transcript": _transcripts,
    "outbox": _deliveries,
    "account": partial(_people, "account"),
    "picture": partial(_people, "picture"),
}
