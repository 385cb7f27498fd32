"""A shared or exclusive lock on a file, held by whoever has the store open."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    _SLOTS = 64

    def _lock(handle: int, *, exclusive: bool) -> bool:
        """Windows locks bytes, exclusively: a shared holder takes one of 64, an exclusive one takes all."""
        os.lseek(handle, 0, os.SEEK_SET)
        if exclusive:
            return _lock_bytes(handle, _SLOTS)
        for slot in range(_SLOTS):
            os.lseek(handle, slot, os.SEEK_SET)
            if _lock_bytes(handle, 1):
                return True
        return False

    def _lock_bytes(handle: int, count: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, count)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int, *, exclusive: bool) -> bool:
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class FileLock:
    """A lock that ends with the process, however it ends. The file itself stays, empty."""

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    @classmethod
    def take(cls, path: Path, *, exclusive: bool) -> FileLock | None:
        """The lock, or None when another process holds it in a way that forbids ours. OSError as it comes."""
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        taken = False
        try:
            taken = _lock(handle, exclusive=exclusive)
        finally:
            if not taken:
                os.close(handle)
        return cls(handle) if taken else None

    def release(self) -> None:
        """Let others in; harmless when called twice."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


@contextmanager
def exclusive(path: Path) -> Iterator[bool]:
    """True while this process alone may touch the store, False when somebody else has it open."""
    lock = FileLock.take(path, exclusive=True)
    try:
        yield lock is not None
    finally:
        if lock is not None:
            lock.release()
