"""The store: one encrypted file in a data folder, opened, changed in transactions, and kept safe."""

from __future__ import annotations

import logging
import secrets
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import backup, changelog, files, keys, recovery, settings
from app.models.base import VIETNAM
from app.models.engine import WRITES, make_engine
from app.models.failures import disk_errors, translated
from app.models.filelock import FileLock, exclusive
from app.models.outside import OutsideWatch
from app.models.schema import HEAD, revision_of, upgrade
from app.models.tables import (
    Account,
    Enrolment,
    OutboxItem,
    Pupil,
    SchoolClass,
    Signature,
    TranscriptVersion,
)
from app.models.values import ChainStatus
from app.records.types import School

__all__ = ["Session", "Store", "exists", "recover", "restore_backup", "row_counts"]

BUSY_SECONDS: Final = 15.0
"""How long a writer waits for another process before it gives up."""
_CHECKED_AT_OPEN: Final = 10_000
"""Newest entries of the change log that opening verifies (about 0.1 s); `status` verifies all."""
_COUNTED: Final = {
    "classes": SchoolClass,
    "pupils": Pupil,
    "enrolments": Enrolment,
    "accounts": Account,
    "transcript_versions": TranscriptVersion,
    "signatures": Signature,
    "outbox": OutboxItem,
}

_log = logging.getLogger(__name__)


def row_counts(session: Session) -> dict[str, int]:
    """How many classes, pupils, enrolments, accounts, … there are; no personal data."""
    return {
        name: session.execute(select(func.count()).select_from(model)).scalar_one()
        for name, model in _COUNTED.items()
    }


def exists(folder: Path) -> bool:
    """True when `folder` holds a store, readable or not."""
    return (folder / files.DATABASE).exists() or (folder / backup.MARKER).exists()


class Store:
    """An open store. Usable from several threads; `close` it, or use it as a context manager."""

    restore_backup = staticmethod(backup.restore_backup)

    def __init__(
        self, folder: Path, engine: Engine, lock: FileLock, *, key_store: keys.KeyStore, busy_seconds: float
    ) -> None:
        self.folder = folder
        self.key_store = key_store
        self.chain = ChainStatus(ok=True, entries=0, broken_at=None)
        """Result of the check at opening."""
        self._database = folder / files.DATABASE
        self._engine = engine
        self._writer = engine.execution_options(**WRITES)
        self._lock = lock
        self._busy_seconds = busy_seconds
        self._write_lock = threading.Lock()
        self._writing_thread: int | None = None
        self._outside: OutsideWatch | None = None

    @classmethod
    def create(
        cls, folder: Path, *, school: School, year: str, fill: Callable[[Session], object] | None = None
    ) -> tuple[Self, str]:
        """Make a new store in `folder`; returns it open with the recovery code, which is shown once.

        `fill` adds what must be there from the first moment (the first account): the store appears with it
        or not at all. UserError store.exists, store.disk_full, store.no_access, store.in_use.
        """
        with disk_errors(folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with exclusive(folder / files.LOCK) as alone:
                if not alone:
                    raise UserError("store.in_use", folder=str(folder))
                if exists(folder):
                    raise UserError("store.exists", folder=str(folder))
                backup.set_aside(folder)
                code = _create_files(folder, school, year, fill)
        return cls.open(folder), code

    @classmethod
    def open(cls, folder: Path, *, busy_seconds: float = BUSY_SECONDS, auto_backup: bool = True) -> Self:
        """Open the store of `folder`, upgrading an older one after a copy.

        UserError store.missing, store.key_missing, store.damaged, store.newer_schema, store.in_use (somebody
        restores or upgrades it), store.busy, store.disk_full, store.no_access. `auto_backup` writes the
        dated backup of the day when it is due.
        """
        with disk_errors(folder):
            backup.finish_restore(folder)
            if not exists(folder):
                raise UserError("store.missing", folder=str(folder))
            description = recovery.read(folder)
            found = keys.load(folder, description.store_id)
            if found is None:
                raise UserError("store.key_missing", folder=str(folder))
            key, key_store = found
            lock = _newest_and_locked(folder, key, busy_seconds)
        engine = make_engine(folder / files.DATABASE, key, busy_seconds=busy_seconds)
        store = cls(folder, engine, lock, key_store=key_store, busy_seconds=busy_seconds)
        with ExitStack() as undo:
            undo.callback(store.close)
            store._look_over(auto_backup=auto_backup)
            undo.pop_all()
        return store

    def _look_over(self, *, auto_backup: bool) -> None:
        with self.reading() as session:
            self.chain = changelog.verify_chain(session, newest=_CHECKED_AT_OPEN)
        if not self.chain.ok:
            _log.error("the change log does not fit at entry %s", self.chain.broken_at)
        if auto_backup:
            try:
                self.auto_backup()
            except UserError as error:
                _log.warning("no automatic backup today: %s %s", error.code, error.facts)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """The only place that commits: all of the block, or nothing of it.

        Writers wait for each other, also across processes. UserError store.busy when that takes too long,
        store.disk_full, store.damaged. A transaction inside a transaction is a bug (RuntimeError).
        """
        self._begin_writing()
        try:
            with translated(self._database), ExitStack() as stack:
                if self._outside is not None:
                    stack.enter_context(self._outside.own_write())
                session = stack.enter_context(_committing(self._writer))
                if self._outside is not None:
                    self._outside.look()
                yield session
        finally:
            self._writing_thread = None
            self._write_lock.release()

    def _begin_writing(self) -> None:
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("a transaction is open in this thread already")
        if not self._write_lock.acquire(timeout=self._busy_seconds):
            raise UserError("store.busy", folder=str(self.folder))
        self._writing_thread = threading.get_ident()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent snapshot to read from; whatever is written to it is rolled back."""
        with translated(self._database), Session(self._engine, expire_on_commit=False) as session:
            yield session
            session.rollback()

    def changed_outside(self) -> bool:
        """True when another process wrote since the last call (the first call begins to watch)."""
        with translated(self._database):
            if self._outside is None:
                self._outside = OutsideWatch(self._engine)
                return False
            return self._outside.take()

    def close(self) -> None:
        """Let the file go; harmless when called twice."""
        if self._outside is not None:
            self._outside.close()
            self._outside = None
        self._engine.dispose()
        self._lock.release()

    def resume(self) -> None:
        """Take the file again after `close`, when nothing came of replacing it. UserError store.in_use."""
        self._lock = _shared(self.folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def for_year(self, year: str) -> Store:
        """This store as seen from another school year: same file, same locks, `active_year` is `year`.

        Closing the view closes the store.
        """
        return _YearView(self, year)

    def status(self) -> Mapping[str, object]:
        """Facts about the store, with the whole change log verified. No personal data.

        Keys: schema, key_store ("keyring" or "key_file"), audit_chain ("ok" or "broken"), audit_entries,
        audit_broken_at, school, year, folder, size (bytes), last_backup (file name or None), counts.
        """
        with self.reading() as session:
            chain = changelog.verify_chain(session)
            counts = row_counts(session)
            facts: dict[str, object] = {
                "schema": revision_of(session.connection(), self._database),
                "school": settings.school(session).name,
                "year": settings.active_year(session),
            }
        newest = backup.newest_automatic(self.folder)
        return facts | {
            "key_store": self.key_store,
            "audit_chain": "ok" if chain.ok else "broken",
            "audit_entries": chain.entries,
            "audit_broken_at": chain.broken_at,
            "folder": str(self.folder),
            "size": self._database.stat().st_size,
            "last_backup": newest.name if newest else None,
            "counts": counts,
        }

    def backup(self, target: Path) -> None:
        """Write one consistent, encrypted backup file; others may go on working meanwhile.

        UserError store.backup_target, store.disk_full, store.no_access.
        """
        with translated(self._database, target.parent), disk_errors(target.parent):
            backup.write_backup(self._engine, self.folder, target)

    def auto_backup(self, keep: int = 14) -> Path | None:
        """Write the dated backup of today unless it is there; keeps the newest `keep`. None: not due."""
        with translated(self._database), disk_errors(self.folder):
            return backup.write_automatic(self._engine, self.folder, keep)

    def new_recovery_code(self) -> str:
        """A new recovery code; the old one stops working for this folder (not for older backups)."""
        description = recovery.read(self.folder)
        found = keys.load(self.folder, description.store_id)
        if found is None:
            raise UserError("store.key_missing", folder=str(self.folder))
        code = recovery.new_code()
        wrapped = recovery.wrap(found[0], code, description.store_id)
        recovery.write(
            self.folder, recovery.Description(description.store_id, description.created_at, wrapped)
        )
        return code


class _YearView(Store):
    """A store whose sessions look at one school year; everything else is the store's behind it."""

    def __init__(self, behind: Store, year: str) -> None:
        super().__init__(
            behind.folder,
            behind._engine,
            behind._lock,
            key_store=behind.key_store,
            busy_seconds=behind._busy_seconds,
        )
        self.chain = behind.chain
        self._behind = behind
        self._year = year

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        with self._behind.transaction() as session:
            session.info[settings.VIEWED_YEAR] = self._year
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self._behind.reading() as session:
            session.info[settings.VIEWED_YEAR] = self._year
            yield session

    def changed_outside(self) -> bool:
        return self._behind.changed_outside()

    def for_year(self, year: str) -> Store:
        return self._behind.for_year(year)

    def close(self) -> None:
        self._behind.close()

    def resume(self) -> None:
        self._behind.resume()


@contextmanager
def _committing(writer: Engine) -> Iterator[Session]:
    """A session that takes the write lock first and commits at the end, the change log with the rest."""
    with Session(writer, expire_on_commit=False) as session:
        session.connection()
        yield session
        changelog.flush(session)
        session.commit()


def _create_files(folder: Path, school: School, year: str, fill: Callable[[Session], object] | None) -> str:
    """Key, `store.json` and the database, which appears last; returns the recovery code."""
    key, store_id, code = secrets.token_bytes(32), str(uuid.uuid4()), recovery.new_code()
    database = folder / files.DATABASE
    keys.save(folder, store_id, key)
    wrapped = recovery.wrap(key, code, store_id)
    recovery.write(folder, recovery.Description(store_id, datetime.now(VIETNAM).isoformat(), wrapped))
    with translated(database), files.beside(database) as temporary:
        files.create_private(temporary)
        engine = make_engine(temporary, key, busy_seconds=BUSY_SECONDS)
        try:
            upgrade(engine)
            with _committing(engine.execution_options(**WRITES)) as session:
                settings.set_up(session, school, year)
                if fill is not None:
                    fill(session)
        finally:
            engine.dispose()
    return code


def _newest_and_locked(folder: Path, key: bytes, busy_seconds: float) -> FileLock:
    """A shared lock on a store of the newest schema, upgraded if it was older."""
    with ExitStack() as undo:
        lock = _shared(folder)
        undo.callback(lock.release)
        if _revision(folder, key, busy_seconds) == HEAD:
            undo.pop_all()
            return lock
    with exclusive(folder / files.LOCK) as alone:
        if not alone:
            raise UserError("store.in_use", folder=str(folder))
        backup.upgrade_with_copy(folder, key)
    return _shared(folder)


def _shared(folder: Path) -> FileLock:
    lock = FileLock.take(folder / files.LOCK, exclusive=False)
    if lock is None:
        raise UserError("store.in_use", folder=str(folder))
    return lock


def _revision(folder: Path, key: bytes, busy_seconds: float) -> str:
    database = folder / files.DATABASE
    if not database.stat().st_size:
        raise UserError("store.damaged", file=str(database))
    engine = make_engine(database, key, busy_seconds=busy_seconds)
    try:
        with translated(database), engine.connect() as connection:
            return revision_of(connection, database)
    finally:
        engine.dispose()


def restore_backup(file: Path, folder: Path, recovery_code: str | None = None) -> None:
    """Replace the store of `folder` by a backup; see `backup.restore_backup`."""
    backup.restore_backup(file, folder, recovery_code)


def recover(folder: Path, recovery_code: str) -> None:
    """Put the key of `folder` back into this machine's key store.

    UserError store.missing, store.recovery_wrong, store.damaged (the code fits, the file does not open).
    """
    if not exists(folder):
        raise UserError("store.missing", folder=str(folder))
    with disk_errors(folder):
        description = recovery.read(folder)
        key = recovery.unwrap(description, recovery_code)
        _revision(folder, key, BUSY_SECONDS)
        keys.save(folder, description.store_id, key)
