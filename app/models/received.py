"""Transcripts received from other schools: whose they are, keeping them, and the years they tell of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, or_, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import changelog
from app.models import tables as t
from app.models.pupils import PUPIL_FIELDS, set_history
from app.models.text import nfc
from app.records.types import HistoryRow, Pupil, Sex


@dataclass(frozen=True, slots=True)
class Person:
    """A stored pupil, with any enrolment (`key`), and the class of the year asked for, empty without one."""

    pupil_id: int
    key: int
    class_name: str
    pupil: Pupil


@dataclass(frozen=True, slots=True)
class ReceivedRecord:
    """A received transcript without its bytes; `sha256` is hex."""

    id: int
    pupil_id: int
    year: str
    transcript_id: str
    version: int
    school_code: str
    school: str
    issued_at: datetime
    sealed_by: str
    verdict: str
    received_at: datetime
    actor: str
    sha256: str
    size: int


def find_person(session: Session, year: str, pupil: Pupil) -> Person | None:
    """The stored pupil with the same sector code or personal number, else vnEdu code; None without one.

    UserError receive.two_people when these numbers belong to different pupils, receive.someone_else when
    neither the name nor the birth date is that of the pupil who has the number.
    """
    found = _with_number(session, code=pupil.code, personal_id=pupil.personal_id) or _with_number(
        session, vnedu_code=pupil.vnedu_code
    )
    if len(found) > 1:
        raise UserError("receive.two_people", name=pupil.name, others=", ".join(sorted(found.values())))
    for number, name in found.items():
        stored = _stored(session, number)
        if name != nfc(pupil.name) and stored.birth_date != pupil.birth_date:
            raise UserError("receive.someone_else", name=pupil.name, other=name)
        return Person(number, *_enrolment(session, number, year), stored)
    return None


def _with_number(session: Session, **numbers: str) -> dict[int, str]:
    """Number in the store and name of every pupil who has one of these numbers."""
    conditions = [getattr(t.Pupil, name) == nfc(value) for name, value in numbers.items() if value]
    if not conditions:
        return {}
    rows = session.execute(select(t.Pupil.id, t.Pupil.name).where(or_(*conditions)))
    return {row[0]: row[1] for row in rows}


def _stored(session: Session, pupil_id: int) -> Pupil:
    columns = [getattr(t.Pupil, name) for name in PUPIL_FIELDS]
    row = session.execute(select(*columns).where(t.Pupil.id == pupil_id)).one()
    values = dict(zip(PUPIL_FIELDS, row, strict=True))
    sex = Sex(values["sex"]) if values["sex"] else None
    return Pupil(**values | {"code": values["code"] or "", "sex": sex})


def _enrolment(session: Session, pupil_id: int, year: str) -> tuple[int, str]:
    statement = (
        select(t.Enrolment.id, t.SchoolClass.name, t.SchoolYear.name)
        .join(t.SchoolClass, t.SchoolClass.id == t.Enrolment.class_id)
        .join(t.SchoolYear, t.SchoolYear.id == t.Enrolment.year_id)
        .where(t.Enrolment.pupil_id == pupil_id)
        .order_by(t.SchoolYear.name != year, t.SchoolYear.name.desc())
    )
    found = session.execute(statement).first()
    if found is None:
        raise LookupError(f"pupil {pupil_id} was never enrolled")
    return found[0], found[1] if found[2] == year else ""


def keep(
    session: Session,
    *,
    pupil_id: int,
    year: str,
    transcript_id: str,
    version: int,
    school_code: str,
    school: str,
    issued_at: datetime,
    sealed_by: str,
    verdict: str,
    received_at: datetime,
    actor: str,
    content: bytes,
) -> None:
    """Keep the file of one received transcript. UserError receive.newer_known behind a newer version."""
    row = t.ReceivedTranscript
    same = (row.number == transcript_id, row.school_code == school_code)
    newest = session.execute(select(func.max(row.version)).where(*same)).scalar()
    if newest is not None and newest > version:
        raise UserError("receive.newer_known", version=version, newest=newest)
    digest = hashlib.sha256(content).hexdigest()
    values = {
        "pupil_id": pupil_id,
        "year": year,
        "number": transcript_id,
        "version": version,
        "school_code": school_code,
        "school": nfc(school),
        "issued_at": issued_at,
        "sealed_by": nfc(sealed_by),
        "verdict": verdict,
        "received_at": received_at,
        "actor": actor,
        "sha256": digest,
        "size": len(content),
        "content": content,
    }
    session.execute(insert(t.table(row)), [values])
    entity = f"pupil:{pupil_id}"
    changelog.record(
        session, actor=actor, kind="receive", entity=entity, field="transcript", old=None, new=digest
    )


def known(session: Session, content: bytes) -> ReceivedRecord | None:
    """What is kept of exactly this file, None when it never came."""
    digest = hashlib.sha256(content).hexdigest()
    return next(iter(_records(session, t.ReceivedTranscript.sha256 == digest)), None)


def of_pupil(session: Session, key: int) -> tuple[ReceivedRecord, ...]:
    """The received transcripts of the pupil of an enrolment: by year, the newest version last."""
    pupil_id = select(t.Enrolment.pupil_id).where(t.Enrolment.id == key).scalar_subquery()
    return _records(session, t.ReceivedTranscript.pupil_id == pupil_id)


def content(session: Session, record_id: int) -> bytes:
    """The file as it came; LookupError when there is none."""
    statement = select(t.ReceivedTranscript.content).where(t.ReceivedTranscript.id == record_id)
    found = session.execute(statement).scalar()
    if found is None:
        raise LookupError(f"no received transcript {record_id}")
    return found


def _records(session: Session, condition: object) -> tuple[ReceivedRecord, ...]:
    source = t.table(t.ReceivedTranscript)
    columns = [column for column in source.c if column.name != "content"]
    statement = select(*columns).where(condition)  # type: ignore[arg-type]
    ordered = statement.order_by(source.c.year, source.c.version, source.c.id)
    return tuple(ReceivedRecord(*row) for row in session.execute(ordered))


def add_history(session: Session, key: int, rows: Iterable[HistoryRow], actor: str) -> int:
    """Add the years that are not known yet; returns how many. A year at one school is one row."""
    source = t.History
    pupil_id = select(t.Enrolment.pupil_id).where(t.Enrolment.id == key).scalar_subquery()
    statement = select(source.year, source.class_name, source.school, source.register_number, source.since)
    stored = [HistoryRow(*row) for row in session.execute(statement.where(source.pupil_id == pupil_id))]
    told = {(row.year, row.school) for row in stored}
    new = []
    for row in rows:
        place = (row.year, nfc(row.school))
        if place not in told:
            told.add(place)
            new.append(row)
    if new:
        set_history(session, key, sorted((*stored, *new), key=lambda row: row.year), actor)
    return len(new)
