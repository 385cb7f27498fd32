"""Copies of the store: one backup file, the dated automatic ones, before an upgrade; and the way back."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import uuid
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import Final, Generic, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import changelog, files, keys, recovery
from app.models.base import VIETNAM
from app.models.engine import OUTSIDE, make_engine
from app.models.failures import disk_errors, translated
from app.models.filelock import exclusive
from app.models.schema import revision_of, upgrade

T = TypeVar("T")

ENDING: Final = ".hocba"
MARKER: Final = "restore.json"
_MANIFEST: Final = "backup.json"
_CHUNK: Final = 1 << 20
_BUSY_SECONDS: Final = 15.0
_AUTOMATIC: Final = "tu-dong-"
_STAGED: Final = ".khoi-phuc-"
_MOVED: Final = (*files.SIDE_FILES, files.DATABASE, files.KEY_FILE, files.DESCRIPTION)
"""Files that make up a store, in the order in which they leave: never a database with a foreign log."""


def _stamp() -> str:
    return datetime.now(VIETNAM).strftime("%Y-%m-%d-%H%M%S")


def _sha256(file: BufferedReader) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()


# --- writing ---------------------------------------------------------------------------------------


def write_backup(engine: Engine, folder: Path, target: Path) -> None:
    """One file with the database (encrypted, consistent) and `store.json`; appears whole or not at all."""
    if target.resolve().parent == folder.resolve() and target.name in {*_MOVED, files.LOCK, MARKER}:
        raise UserError("store.backup_target", file=str(target))
    if not target.parent.is_dir():
        raise UserError("store.no_access", folder=str(target.parent))
    copy = target.with_name(f".{target.name}.{uuid.uuid4().hex}.db")
    try:
        files.create_private(copy)
        _copy_database(engine, copy)
        with files.beside(target) as temporary:
            files.create_private(temporary)
            _pack(copy, folder / files.DESCRIPTION, temporary)
    finally:
        copy.unlink(missing_ok=True)


def _copy_database(engine: Engine, copy: Path) -> None:
    """A consistent snapshot under the same key; writers are not held up."""
    with engine.connect().execution_options(**OUTSIDE) as connection:
        connection.exec_driver_sql("VACUUM INTO ?", (str(copy),))


def _pack(database: Path, description: Path, target: Path) -> None:
    with database.open("rb") as file:
        manifest = {"created_at": datetime.now(VIETNAM).isoformat(), "database_sha256": _sha256(file)}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.write(database, files.DATABASE)
        archive.write(description, files.DESCRIPTION)
        archive.writestr(_MANIFEST, json.dumps(manifest))


def _automatic(folder: Path) -> list[Path]:
    return sorted((folder / files.BACKUPS).glob(f"{_AUTOMATIC}*{ENDING}"))


def newest_automatic(folder: Path) -> Path | None:
    """The newest automatic backup, None when there is none."""
    return next(reversed(_automatic(folder)), None)


def write_automatic(engine: Engine, folder: Path, keep: int) -> Path | None:
    """The backup of today, once a day and from the day after the store was made; prunes to `keep`."""
    today = datetime.now(VIETNAM).date()
    made_on = datetime.fromisoformat(recovery.read(folder).created_at).date()
    target = folder / files.BACKUPS / f"{_AUTOMATIC}{today.isoformat()}{ENDING}"
    if target.exists() or made_on == today:
        return None
    target.parent.mkdir(mode=0o700, exist_ok=True)
    write_backup(engine, folder, target)
    for old in _automatic(folder)[:-keep]:
        old.unlink(missing_ok=True)
    return target


def upgrade_with_copy(folder: Path, key: bytes) -> None:
    """Copy the database beside the backups, then upgrade it. The caller holds the exclusive lock."""
    database = folder / files.DATABASE
    engine = make_engine(database, key, busy_seconds=_BUSY_SECONDS, foreign_keys=False)
    try:
        with translated(database):
            with engine.connect() as connection:
                revision = revision_of(connection, database)
            (folder / files.BACKUPS).mkdir(mode=0o700, exist_ok=True)
            write_backup(
                engine, folder, folder / files.BACKUPS / f"truoc-nang-cap-{revision}-{_stamp()}{ENDING}"
            )
            upgrade(engine)
    finally:
        engine.dispose()


# --- coming back -----------------------------------------------------------------------------------


def restore_backup(file: Path, folder: Path, recovery_code: str | None = None) -> None:
    """Replace the store of `folder` by the backup `file`; what was there is kept in "da-thay-…".

    The key comes from this machine when it knows the store, else from the recovery code. Before anything is
    replaced the backup is opened and its change log verified. UserError store.backup_damaged,
    store.recovery_needed, store.recovery_wrong, store.newer_schema, store.in_use, store.disk_full.
    """
    if not file.is_file():
        raise UserError("store.backup_missing", file=str(file))
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(folder):
            _finish(folder)
            for left_by_a_crash in folder.glob(f"{_STAGED}*"):
                shutil.rmtree(left_by_a_crash)
            staged = folder / f"{_STAGED}{uuid.uuid4().hex}"
            staged.mkdir(mode=0o700)
            with ExitStack() as undo:
                undo.callback(shutil.rmtree, staged, ignore_errors=True)
                _stage(file, staged, folder, recovery_code)
                _write_marker(folder, staged.name, f"da-thay-{_stamp()}", "aside")
                undo.pop_all()
            _finish(folder)


@dataclass(frozen=True, slots=True)
class Looked(Generic[T]):
    """What was read in a backup, when it was made, and whether it is one of the store beside it."""

    found: T
    made_at: datetime
    own: bool


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with exclusive(folder / files.LOCK) as alone:
        if not alone:
            raise UserError("store.in_use", folder=str(folder))
        yield


def look_into(file: Path, folder: Path, recovery_code: str | None, read: Callable[[Session], T]) -> Looked[T]:
    """What `read` finds in a backup, brought to the newest schema in a private copy.

    Nothing of the store of `folder` is touched. Errors as of `restore_backup`.
    """
    if not file.is_file():
        raise UserError("store.backup_missing", file=str(file))
    with disk_errors(folder), tempfile.TemporaryDirectory(prefix=_STAGED, dir=folder) as place:
        copy = Path(place)
        key, description = _proven(file, copy, folder, recovery_code)
        engine = make_engine(copy / files.DATABASE, key, busy_seconds=_BUSY_SECONDS, foreign_keys=False)
        try:
            upgrade(engine)
            with Session(engine) as session:
                own = _store_id(folder) == description.store_id
                return Looked(read(session), _made_at(file, description), own)
        finally:
            engine.dispose()


def _made_at(file: Path, description: recovery.Description) -> datetime:
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read(_MANIFEST))
    return datetime.fromisoformat(str(manifest.get("created_at", description.created_at)))


def _stage(file: Path, staged: Path, folder: Path, recovery_code: str | None) -> None:
    """Unpack the backup into `staged`, with its key, and prove that it is whole."""
    key, description = _proven(file, staged, folder, recovery_code)
    keys.save(staged, description.store_id, key)


def _proven(
    file: Path, staged: Path, folder: Path, recovery_code: str | None
) -> tuple[bytes, recovery.Description]:
    """Unpack the backup into `staged` and prove that it is whole; its key and description."""
    _unpack(file, staged)
    try:
        description = recovery.read(staged)
    except UserError as error:
        raise _damaged_backup(file, error) from error
    key = _key_for(description, folder, recovery_code)
    database = staged / files.DATABASE
    engine = make_engine(database, key, busy_seconds=_BUSY_SECONDS)
    try:
        with translated(database), Session(engine) as session:
            revision_of(session.connection(), database)
            chain = changelog.verify_chain(session)
    except UserError as error:
        raise _damaged_backup(file, error) from error
    finally:
        engine.dispose()
    if not chain.ok:
        raise UserError("store.backup_damaged", file=str(file))
    return key, description


def _damaged_backup(file: Path, error: UserError) -> UserError:
    return UserError("store.backup_damaged", file=str(file)) if error.code == "store.damaged" else error


def _key_for(description: recovery.Description, folder: Path, recovery_code: str | None) -> bytes:
    if recovery_code is not None:
        return recovery.unwrap(description, recovery_code)
    here = folder if _store_id(folder) == description.store_id else folder / "-"
    found = keys.load(here, description.store_id)
    if found is None:
        raise UserError("store.recovery_needed")
    return found[0]


def _store_id(folder: Path) -> str | None:
    try:
        return recovery.read(folder).store_id
    except UserError:
        return None


def _unpack(file: Path, staged: Path) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            for name in (files.DATABASE, files.DESCRIPTION):
                files.create_private(staged / name)
                with archive.open(name) as source, (staged / name).open("wb") as target:
                    shutil.copyfileobj(source, target, _CHUNK)
                files.sync_file(staged / name)
            expected = str(manifest["database_sha256"])
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, NotImplementedError):
        raise UserError("store.backup_damaged", file=str(file)) from None
    with (staged / files.DATABASE).open("rb") as copy:
        if _sha256(copy) != expected:
            raise UserError("store.backup_damaged", file=str(file))


def _write_marker(folder: Path, staged: str, aside: str, phase: str) -> None:
    content = {"staged": staged, "aside": aside, "phase": phase}
    files.write_private(folder / MARKER, json.dumps(content).encode())


def finish_restore(folder: Path) -> None:
    """Complete a restore that was interrupted; nothing to do otherwise. UserError store.in_use."""
    if (folder / MARKER).exists():
        with _alone(folder):
            _finish(folder)


def _finish(folder: Path) -> None:
    """Move the old files aside, then the staged ones in. Every step may be repeated after a crash."""
    marker = folder / MARKER
    if not marker.exists():
        return
    content = json.loads(marker.read_bytes())
    staged = folder / str(content["staged"])
    if content["phase"] == "aside" and (staged / files.DATABASE).exists():
        set_aside(folder, str(content["aside"]))
        _write_marker(folder, staged.name, str(content["aside"]), "place")
    for name in reversed(_MOVED):
        if (staged / name).exists():
            os.replace(staged / name, folder / name)
    files.sync_folder(folder)
    marker.unlink()
    files.sync_folder(folder)
    shutil.rmtree(staged, ignore_errors=True)


def set_aside(folder: Path, name: str | None = None) -> None:
    """Move the files of an old or half-made store into a folder of their own; nothing is deleted."""
    aside = folder / (name or f"da-thay-{_stamp()}")
    for moved in _MOVED:
        if (folder / moved).exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            os.replace(folder / moved, aside / moved)
    files.sync_folder(folder)
