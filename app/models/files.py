"""The files of a data folder: their names, and writing one so that a crash leaves the old or the new."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

DATABASE: Final = "hocba.db"
DESCRIPTION: Final = "store.json"
KEY_FILE: Final = "hocba.key"
LOCK: Final = "hocba.lock"
BACKUPS: Final = "backups"
SIDE_FILES: Final = (f"{DATABASE}-wal", f"{DATABASE}-shm")
"""What SQLite keeps beside the database while it is open; never mixed with another database."""


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` durable; Windows does that by itself and cannot open folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Make the bytes of `path` durable."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_private(path: Path, data: bytes) -> None:
    """Write a whole file of mode 0600: after a crash there is the old content or the new, never half."""
    with beside(path) as temporary:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A temporary path beside `target` that becomes `target` at the end, or vanishes on an error."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        yield temporary
        sync_file(temporary)
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(target.parent)


def create_private(path: Path) -> None:
    """Make an empty file of mode 0600, ready for somebody else to fill."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
