"""Everything about one pupil: who, the way through school, this year, the transcripts, and every change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.models import changelog, people, received
from app.models import classes as class_rows
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.pupils import places_of
from app.models.received import ReceivedRecord
from app.models.store import Session, Store
from app.models.values import ClassSummary, LogEntry, VersionRecord
from app.records.log_words import field_words, value_words
from app.records.permissions import Action, Actor, allowed, require
from app.records.types import Period, PupilYear, Stage
from app.workflows.field_table import PLAIN

CHANGES_SHOWN: Final = 400
"""Newest changes that are read of each entity."""
_KINDS: Final[Mapping[str, str]] = {
    "create": "Thêm",
    "delete": "Hoàn tác việc thêm",
    "move": "Chuyển lớp",
    "receive": "Nhận học bạ",
    "summer": "Đánh giá bổ sung",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the change log in words; `who` is the person's name, `old` and `new` may be empty."""

    at: datetime
    who: str
    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PupilFile:
    """One pupil as the screen shows it.

    `versions`: every version of every year, oldest first. `editable`: names of `fields.set_field` that this
    person may set now. `closed` is why nothing can be set, empty when the class is open.
    """

    year: str
    class_name: str
    homeroom_teacher: str
    entry: PupilYear
    versions: tuple[VersionRecord, ...]
    received: tuple[ReceivedRecord, ...]
    changes: tuple[Change, ...]
    editable: frozenset[str]
    closed: str


def open_pupil(*, store: Store, actor: Actor, code: str) -> PupilFile:
    """The pupil with any of the three codes in the active year. UserError workflow.no_pupil; NotAllowed."""
    with store.reading() as session:
        year = settings_store.active_year(session)
        class_name, entry = class_rows.find_pupil(session, year, code)
        require(actor, Action.LOOK_UP, class_name=class_name)
        stage = class_rows.stage_of(session, year, class_name, Period.CN)
        teacher = people.homeroom_teacher(session, year, class_name)
        return PupilFile(
            year=year,
            class_name=class_name,
            homeroom_teacher=teacher.name if teacher else "",
            entry=entry,
            versions=_versions(session, entry.key),
            received=received.of_pupil(session, entry.key),
            changes=_changes(session, year, entry.key),
            editable=_editable(actor, class_name) if stage is Stage.OPEN else frozenset(),
            closed="" if stage is Stage.OPEN else f"Lớp {class_name} đã chốt. Mở lại lớp rồi sửa.",
        )


def _versions(session: Session, key: int) -> tuple[VersionRecord, ...]:
    return tuple(
        version
        for newest in transcript_rows.versions_of_pupil(session, key)
        for version in transcript_rows.versions_of(session, newest.transcript_id)
    )


def _editable(actor: Actor, class_name: str) -> frozenset[str]:
    return frozenset(
        name for name, field in PLAIN.items() if allowed(actor, field.action, class_name=class_name)
    )


def _changes(session: Session, year: str, key: int) -> tuple[Change, ...]:
    """The changes of the pupil and of this year's enrolment, the newest first."""
    places = places_of(session, year, [f"enrolment:{key}"])
    names = {account.login: account.name for account in people.accounts(session, year)}
    entries = [entry for entity in places for entry in _own(session, entity)]
    entries.sort(key=lambda entry: entry.id, reverse=True)
    return tuple(
        Change(
            entry.at,
            names.get(entry.actor, entry.actor),
            field_words(entry.field) if entry.kind in ("edit", "result", "move") else _kind(entry),
            "" if entry.kind in _KINDS and entry.kind != "move" else value_words(entry.field, entry.old),
            "" if entry.kind in _KINDS and entry.kind != "move" else value_words(entry.field, entry.new),
        )
        for entry in entries[:CHANGES_SHOWN]
    )


def _own(session: Session, entity: str) -> tuple[LogEntry, ...]:
    """Entries since the creation: a number may have belonged to a pupil who was taken back."""
    found = changelog.entries(session, limit=CHANGES_SHOWN, entity=entity)
    last = next((n for n, entry in enumerate(found) if entry.kind == "create"), len(found))
    return found[: last + 1]


def _kind(entry: LogEntry) -> str:
    return _KINDS.get(entry.kind, field_words(entry.field))


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class as the list shows it, with its homeroom teacher's name or ""."""

    summary: ClassSummary
    teacher: str


def list_classes(*, store: Store, actor: Actor) -> tuple[ClassLine, ...]:
    """The classes this person may see, by grade and name."""
    with store.reading() as session:
        year = settings_store.active_year(session)
        teachers = people.homeroom_teachers(session, year)
        found = class_rows.summaries(session, year)
    return tuple(
        ClassLine(item, teachers.get(item.name, ("", ""))[1])
        for item in found
        if allowed(actor, Action.LOOK_UP, class_name=item.name)
    )
