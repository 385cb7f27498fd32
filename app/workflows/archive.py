"""The school's archive on disk: sealed transcripts as a BagIt folder, and its re-check."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.delivery.archive import ArchiveDocument, ArchiveReport, verify_archive, write_archive
from app.errors import UserError
from app.interaction import Progress
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.store import Store
from app.models.values import VersionRecord
from app.records.permissions import Action, Actor, require
from app.records.types import TranscriptState
from app.workflows import clock

__all__ = ["ArchiveReport", "archive", "recheck"]


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
        sealed = [
            version
            for version in transcript_rows.current_versions(session, wanted)
            if version.state is TranscriptState.SEALED
        ]
        revoked = frozenset(
            (version.transcript_id, version.version)
            for version in transcript_rows.versions(session, wanted)
            if version.state is TranscriptState.REVOKED
        )
    if not sealed:
        raise UserError("workflow.nothing_sealed", year=wanted)
    return write_archive(
        folder,
        _documents(store, sealed),
        school=school,
        year=wanted,
        created_at=clock.now(),
        total=len(sealed),
        revoked=revoked,
        progress=progress,
    )


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
