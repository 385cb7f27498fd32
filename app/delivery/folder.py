"""A folder as a destination: a USB stick or a shared drive, with the same keys as a store."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from app.delivery.destinations import DeliveryProblem, ProblemKind, Stored
from app.delivery.keys import split_key

PART: Final = ".part"
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DENIED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_LINKS: Final = frozenset(
    {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EINVAL}
)


class FolderDestination:
    """Objects as files below `root`, which must exist: a missing root is a stick that was pulled."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, data: bytes, sha256: str) -> None:
        """Write beside the target, force to the disk, then give it its name without replacing anything."""
        with self._problems():
            path = self._path(key)
            path.parent.mkdir(parents=True, exist_ok=True)
            if not _unfinished_or_absent(path):
                self._compare(path, key, sha256)
                return
            part = _write_part(path, data)
            try:
                _name(part, path)
            except FileExistsError:
                self._compare(path, key, sha256)
            finally:
                part.unlink(missing_ok=True)
            _sync_folder(path.parent)
            _sweep(path)

    def head(self, key: str) -> Stored | None:
        """Re-read the file and hash what is really there."""
        with self._problems():
            path = self._path(key)
            if _unfinished_or_absent(path):
                return None
            return Stored(key, path.stat().st_size, _file_sha256(path))

    def list(self, prefix: str = "") -> tuple[str, ...]:
        """All keys that start with `prefix`; unfinished files are no keys, other folders are not entered."""
        with self._problems():
            self.check()
            folder = self.root.joinpath(*split_key(prefix.rpartition("/")[0])) if "/" in prefix else self.root
            files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != PART)
            whole = (path for path in files if not _unfinished_or_absent(path))
            keys = (path.relative_to(self.root).as_posix() for path in whole)
            return tuple(sorted(key for key in keys if key.startswith(prefix)))

    def get(self, key: str) -> bytes | None:
        """The file's bytes, None when there is no such file."""
        with self._problems():
            path = self._path(key)
            return None if _unfinished_or_absent(path) else path.read_bytes()

    def check(self) -> None:
        """The root must be a folder that can be written to."""
        if not self.root.is_dir():
            raise DeliveryProblem(ProblemKind.OFFLINE, "delivery.folder_missing", place=self.root)
        if not os.access(self.root, os.W_OK):
            raise DeliveryProblem(ProblemKind.AUTH, "delivery.folder_denied", place=self.root)

    def _path(self, key: str) -> Path:
        parts = split_key(key)
        if not self.root.is_dir():
            raise DeliveryProblem(ProblemKind.OFFLINE, "delivery.folder_missing", place=self.root)
        return self.root.joinpath(*parts)

    def _compare(self, path: Path, key: str, sha256: str) -> None:
        if _file_sha256(path) != sha256:
            raise DeliveryProblem(ProblemKind.CONFLICT, "delivery.conflict", place=self.root, key=key)

    @contextmanager
    def _problems(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self._problem(error) from error

    def _problem(self, error: OSError) -> DeliveryProblem:
        if not self.root.is_dir():
            return DeliveryProblem(ProblemKind.OFFLINE, "delivery.folder_missing", place=self.root)
        if error.errno in _FULL:
            return DeliveryProblem(ProblemKind.DISK_FULL, "delivery.destination_full", place=self.root)
        if error.errno in _DENIED:
            return DeliveryProblem(ProblemKind.AUTH, "delivery.folder_denied", place=self.root)
        reason = error.strerror or type(error).__name__
        return DeliveryProblem(ProblemKind.SERVER, "delivery.folder_failed", place=self.root, reason=reason)


def _unfinished_or_absent(path: Path) -> bool:
    """True when there is no file, or the empty one that a killed run claimed the name with (`_claim`)."""
    try:
        return path.stat().st_size == 0
    except FileNotFoundError:
        return True


def _write_part(path: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=PART, dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
            _drop_cache(stream.fileno())
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return part


def _name(part: Path, path: Path) -> None:
    """Give `part` its final name; FileExistsError when another file has it already."""
    try:
        os.link(part, path)
    except FileExistsError:
        if path.stat().st_size:
            raise
        os.replace(part, path)  # only over a claim that a killed run left empty
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _claim(part, path)


def _claim(part: Path, path: Path) -> None:
    """The way without hard links (FAT, exFAT): claim the name with an empty file, then move over it.

    A run killed in between leaves an empty file, which the next `put` takes for absent.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    os.replace(part, path)


def _sweep(path: Path) -> None:
    """Remove what killed runs left of this key; it is complete now."""
    for left in path.parent.glob(f".{path.name}.*{PART}"):
        left.unlink(missing_ok=True)


def _file_sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _drop_cache(descriptor: int) -> None:
    """Ask the system to forget its copy, so that `head` reads the medium itself (Linux only)."""
    advise = getattr(os, "posix_fadvise", None)
    if advise is not None:
        advise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a pulled plug, where the system can (not on Windows)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some shared drives refuse to sync a folder; the file itself is safe
            os.fsync(handle)
    finally:
        os.close(handle)
