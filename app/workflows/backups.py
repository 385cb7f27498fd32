"""Backups made and brought back from the window: what is in one is shown before anything is replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.errors import UserError
from app.interaction import Progress
from app.models import backup, changelog
from app.models import settings as settings_store
from app.models.base import VIETNAM
from app.models.store import Session, Store, row_counts
from app.records.permissions import Action, Actor, require
from app.records.types import School
from app.workflows.report import Changes, changed
from app.workflows.store import confirm_password


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup file: where, when it was written, size in bytes."""

    path: Path
    at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class BackupContent:
    """What a backup holds; `own` when it is one of the store that is open now."""

    file: Path
    made_at: datetime
    school: str
    code: str
    year: str
    classes: int
    pupils: int
    transcripts: int
    signatures: int
    accounts: int
    own: bool


def make_backup(*, store: Store, actor: Actor, target: Path, progress: Progress) -> BackupFile:
    """Write one consistent, encrypted copy of everything. UserError store.backup_target, store.disk_full."""
    require(actor, Action.BACKUP)
    progress.step(0, 1, f"Đang sao lưu vào {target.name}")
    store.backup(target)
    return _described(target)


def last_automatic(*, store: Store, actor: Actor) -> BackupFile | None:
    """The newest of the backups that the program makes each day by itself."""
    require(actor, Action.BACKUP)
    newest = backup.newest_automatic(store.folder)
    return None if newest is None else _described(newest)


def _described(file: Path) -> BackupFile:
    facts = file.stat()
    return BackupFile(file, datetime.fromtimestamp(facts.st_mtime, VIETNAM), facts.st_size)


def look_into(*, store: Store, actor: Actor, file: Path, recovery_code: str = "") -> BackupContent:
    """What is in a backup; nothing is replaced.

    UserError store.recovery_needed when this PC does not know its key, and those of `replace_store`.
    """
    require(actor, Action.RESTORE)
    return _content(file, store.folder, recovery_code)


def look_before_opening(*, folder: Path, file: Path, recovery_code: str = "") -> BackupContent:
    """`look_into` where there is no data to sign in to; the key or the recovery code is the proof."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return _content(file, folder, recovery_code)


def _content(file: Path, folder: Path, recovery_code: str) -> BackupContent:
    looked = backup.look_into(file, folder, recovery_code or None, _read)
    school, year, counts = looked.found
    return BackupContent(
        file=file,
        made_at=looked.made_at,
        school=school.name,
        code=school.code,
        year=year,
        classes=counts["classes"],
        pupils=counts["pupils"],
        transcripts=counts["transcript_versions"],
        signatures=counts["signatures"],
        accounts=counts["accounts"],
        own=looked.own,
    )


def _read(session: Session) -> tuple[School, str, dict[str, int]]:
    return settings_store.school(session), settings_store.active_year(session), row_counts(session)


def replace_store(
    *, store: Store, actor: Actor, file: Path, password: str, recovery_code: str = "", progress: Progress
) -> Changes:
    """Replace everything by a backup; what was there is kept in a folder "da-thay-…" beside it.

    The store is closed first; when nothing comes of it, it goes on as before. Whoever holds it open has to
    open the folder anew. NotAllowed account.wrong_password; UserError store.backup_damaged,
    store.recovery_needed, store.recovery_wrong, store.newer_schema, store.in_use, store.disk_full.
    """
    require(actor, Action.RESTORE)
    confirm_password(store=store, actor=actor, password=password)
    progress.step(0, 1, f"Đang khôi phục từ {file.name}")
    store.close()
    try:
        backup.restore_backup(file, store.folder, recovery_code or None)
    except UserError:
        store.resume()
        raise
    return changed("store")


def new_recovery_code(*, store: Store, actor: Actor, password: str) -> str:
    """A new recovery code, shown once; the old one opens only backups made before.

    NotAllowed account.wrong_password.
    """
    require(actor, Action.RESTORE)
    confirm_password(store=store, actor=actor, password=password)
    code = store.new_recovery_code()
    with store.transaction() as session:
        changelog.record(
            session,
            actor=actor.login,
            kind="recovery",
            entity="store",
            field="recovery_code",
            old=None,
            new=None,
        )
    return code
