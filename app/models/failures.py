"""From errors of the database driver and the disk to errors that a person can act on."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from app.errors import UserError

# Primary result codes of SQLite (sqlite.org/rescode.html).
_BUSY: Final = frozenset({5, 6})
_FULL: Final = frozenset({13})
_DAMAGED: Final = frozenset({11, 26})
_NO_ACCESS: Final = frozenset({8, 10, 14, 23})
_DISK_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_PRIMARY: Final = 0xFF


def from_driver(error: DBAPIError, path: Path, written: Path) -> UserError | None:
    """The UserError for an error of the driver on `path`, None when it is a bug of ours.

    `written` is the folder that the statement writes to.
    """
    number = getattr(error.orig, "sqlite_errorcode", None)
    if not isinstance(number, int):
        return None
    primary = number & _PRIMARY
    if primary in _BUSY:
        return UserError("store.busy", folder=str(path.parent))
    if primary in _FULL:
        return UserError("store.disk_full", folder=str(written))
    if primary in _DAMAGED:
        return UserError("store.damaged", file=str(path))
    if primary in _NO_ACCESS:
        return UserError("store.no_access", folder=str(written))
    return None


def from_disk(error: OSError, path: Path) -> UserError:
    """The UserError for an error of the file system."""
    if error.errno in _DISK_FULL:
        return UserError("store.disk_full", folder=str(path))
    return UserError("store.no_access", folder=str(path))


@contextmanager
def translated(database: Path, written: Path | None = None) -> Iterator[None]:
    """Turns driver errors inside into UserError store.busy, disk_full, damaged or no_access.

    `written`: the folder that is written to, where it is not that of the database.
    """
    try:
        yield
    except DBAPIError as error:
        told = from_driver(error, database, written or database.parent)
        if told is None:
            raise
        raise told from error


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Turns errors of the file system inside into UserError store.disk_full or no_access."""
    try:
        yield
    except OSError as error:
        raise from_disk(error, folder) from error
