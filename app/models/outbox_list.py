"""The outbox as people look at it: each file with its pupil, its history, and what was carried out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import changelog
from app.models import tables as t
from app.models.base import moment
from app.models.outbox import RELAY
from app.models.values import LogEntry, OutboxItem, OutboxState

_ENTITY = "outbox:"
_AFTER = "outbox;"
"""The text right after every "outbox:…", so that a range can use the index."""


@dataclass(frozen=True, slots=True)
class QueuedFile:
    """One file of the outbox; pupil, class, year and version are empty (0) for a package."""

    item: OutboxItem
    media: str
    changed_at: datetime
    pupil: str
    pupil_code: str
    class_name: str
    year: str
    version: int


@dataclass(frozen=True, slots=True)
class Carried:
    """A file that lies stored since it was written to a stick."""

    item_id: int
    at: datetime
    place: str
    actor: str


def queued_files(session: Session) -> tuple[QueuedFile, ...]:
    """Everything that was ever queued, oldest first, with the pupil each file is about."""
    row, own = t.OutboxItem, t.TranscriptVersion
    statement = (
        select(
            *(row.id, row.key, row.state, row.attempts, row.next_try, row.message, row.sha256, row.size),
            *(row.destination, row.version_id, row.media, row.changed_at),
            *(t.Pupil.name, t.Pupil.code, t.SchoolClass.name, t.SchoolYear.name, own.version),
        )
        .outerjoin(own, own.id == row.version_id)
        .outerjoin(t.Transcript, t.Transcript.id == own.transcript_id)
        .outerjoin(t.Enrolment, t.Enrolment.id == t.Transcript.enrolment_id)
        .outerjoin(t.SchoolClass, t.SchoolClass.id == t.Enrolment.class_id)
        .outerjoin(t.SchoolYear, t.SchoolYear.id == t.Enrolment.year_id)
        .outerjoin(t.Pupil, t.Pupil.id == t.Enrolment.pupil_id)
        .order_by(row.id)
    )
    return tuple(_queued(values) for values in session.execute(statement))


def _queued(values: Sequence[Any]) -> QueuedFile:
    number, key, state, *rest = values[:10]
    media, changed_at, pupil, code, class_name, year, version = values[10:]
    item = OutboxItem(number, key, OutboxState(state), *rest)
    return QueuedFile(
        item, media, changed_at, pupil or "", code or "", class_name or "", year or "", version or 0
    )


def history(session: Session, ids: Sequence[int]) -> tuple[LogEntry, ...]:
    """What the change log says about these items, oldest first."""
    found = [entry for number in ids for entry in changelog.entries(session, entity=f"{_ENTITY}{number}")]
    return tuple(sorted(found, key=lambda entry: entry.id))


def carried(session: Session) -> tuple[Carried, ...]:
    """The stored items whose last news is that they were written to a stick: no receipt came back yet."""
    row = t.LogRow
    last = (
        select(func.max(row.id))
        .where(row.entity >= _ENTITY, row.entity < _AFTER)
        .group_by(row.entity)
        .scalar_subquery()
    )
    stored = set(
        session.scalars(select(t.OutboxItem.id).where(t.OutboxItem.state == OutboxState.STORED.value))
    )
    statement = select(row.entity, row.at, row.reason, row.actor).where(row.id.in_(last), row.kind == RELAY)
    found = (
        Carried(int(entity.removeprefix(_ENTITY)), moment(at), place, actor)
        for entity, at, place, actor in session.execute(statement.order_by(row.id))
    )
    return tuple(item for item in found if item.item_id in stored)
