"""The school's archive on disk: sealed transcripts as a BagIt folder, and its re-check."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from app.delivery.archive import ArchiveDocument, ArchiveReport, archive_size, verify_archive, write_archive
from app.errors import UserError
from app.interaction import Progress
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.store import Session, Store
from app.models.values import VersionRecord
from app.records.permissions import Action, Actor, require
from app.records.types import TranscriptState
from app.workflows import clock

__all__ = ["ArchiveNote", "ArchiveOverview", "ArchiveReport", "archive", "check", "notes", "recheck"]

_LAST: Final = "archive.last"
"""Setting: JSON of the last `ArchiveNote`."""


@dataclass(frozen=True, slots=True)
class ArchiveNote:
    """The archive this school wrote or checked last: where, how large (bytes), and what was found when."""

    folder: str
    documents: int
    size: int
    failed: int
    written_at: datetime | None = None
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ArchiveOverview:
    """What the screen offers: years with transcripts, how many are sealed in each, and the last note."""

    sealed: Mapping[str, int]
    year: str
    last: ArchiveNote | None


def notes(*, store: Store, actor: Actor) -> ArchiveOverview:
    """The years that can be archived, and what is known of the last archive."""
    require(actor, Action.ARCHIVE)
    with store.reading() as session:
        years = settings_store.years(session)
        sealed = {year: len(_sealed(session, year)) for year in years}
        return ArchiveOverview(sealed, settings_store.active_year(session), _last(session))


def check(*, store: Store, actor: Actor, folder: Path, progress: Progress) -> ArchiveReport:
    """Like `recheck`, with progress; remembers when it was and what it found."""
    require(actor, Action.ARCHIVE)
    report = verify_archive(folder, progress)
    with store.transaction() as session:
        old = _last(session)
        written = old.written_at if old and old.folder == str(folder) else None
        note = _note(folder, report, written_at=written, checked_at=clock.now())
        settings_store.put(session, _LAST, _json(note), actor.login)
    return report


def _note(folder: Path, report: ArchiveReport, **when: datetime | None) -> ArchiveNote:
    return ArchiveNote(str(folder), report.documents, archive_size(folder), len(report.failed), **when)


def _json(note: ArchiveNote) -> str:
    values = asdict(note)
    times = {name: value.isoformat() for name, value in values.items() if isinstance(value, datetime)}
    return json.dumps(values | times, ensure_ascii=False)


def _last(session: Session) -> ArchiveNote | None:
    text = settings_store.get(session, _LAST, "")
    if not text:
        return None
    values = json.loads(text)
    for name in ("written_at", "checked_at"):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    return ArchiveNote(**values)


def _sealed(session: Session, year: str) -> list[VersionRecord]:
    return [
        version
        for version in transcript_rows.current_versions(session, year)
        if version.state is TranscriptState.SEALED
    ]


def archive(
    *, store: Store, actor: Actor, folder: Path, year: str | None = None, progress: Progress
) -> ArchiveReport:
    """Write every sealed transcript of a year into `folder`.

    UserError workflow.nothing_sealed, delivery.archive_not_empty, delivery.disk_full.
    """
    require(actor, Action.ARCHIVE)
    with store.reading() as session:
        wanted = year or settings_store.active_year(session)
        school = settings_store.school(session)
        sealed = _sealed(session, wanted)
        revoked = frozenset(
            (version.transcript_id, version.version)
            for version in transcript_rows.versions(session, wanted)
            if version.state is TranscriptState.REVOKED
        )
    if not sealed:
        raise UserError("workflow.nothing_sealed", year=wanted)
    report = write_archive(
        folder,
        _documents(store, sealed),
        school=school,
        year=wanted,
        created_at=clock.now(),
        total=len(sealed),
        revoked=revoked,
        progress=progress,
    )
    if report.documents:
        with store.transaction() as session:
            note = _note(folder.absolute(), report, written_at=clock.now())
            settings_store.put(session, _LAST, _json(note), actor.login)
    return report


def _documents(store: Store, versions: list[VersionRecord]) -> Iterator[ArchiveDocument]:
    for version in versions:
        with store.reading() as session:
            found = transcript_rows.documents(session, version.id)
            signed = transcript_rows.signatures(session, version.id)
        yield ArchiveDocument(
            transcript_id=version.transcript_id,
            version=version.version,
            class_name=version.class_name,
            year=version.year,
            pupil_code=version.pupil_code,
            pupil_name=version.pupil_name,
            state_text="Đã phát hành",
            sealed_at=signed[-1].signed_at,
            xml_sha256=version.xml_sha256,
            pdf_sha256=version.pdf_sha256,
            xml=found.xml,
            pdf=found.pdf,
        )


def recheck(*, folder: Path) -> ArchiveReport:
    """Compare an archive with its manifests; needs no store and no login."""
    return verify_archive(folder)
