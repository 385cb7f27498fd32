"""The safe place for an archive: built in a hidden sibling folder, put in place by renaming.

Names beside `X`: `.X.dang-ghi` is being written, `.X.ban-cu` is the former archive during the swap. A run
killed at any moment leaves `X` or `.X.ban-cu` whole; the next run puts that right first.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.errors import UserError

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def prepare(folder: Path) -> Path:
    """The absolute path, after setting right what a killed run left; UserError when it cannot be used."""
    target = folder.absolute().resolve()
    if os.path.ismount(target):
        raise UserError("delivery.archive_root", place=target)
    if target.exists() and not target.is_dir():
        raise UserError("delivery.archive_not_empty", place=target)
    with problems(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove(_temp(target))
        if _former(target).exists():
            _finish_swap(target)
    return target


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """The empty folder to build in; removed again on any way out except `publish`."""
    temp = _temp(target)
    try:
        with problems(target):
            temp.mkdir()
        yield temp
    finally:
        _remove(temp)


def publish(temp: Path, target: Path) -> None:
    """Force everything to the disk, then let `temp` take the place of `target`."""
    with problems(target):
        _sync_tree(temp)
        former = _former(target)
        if target.exists():
            target.rename(former)
        try:
            temp.rename(target)
        finally:
            if former.exists():
                _finish_swap(target)


def write_file(path: Path, data: bytes) -> None:
    """Write a new file; FileExistsError when there is one."""
    with path.open("xb") as stream:
        stream.write(data)


@contextmanager
def problems(target: Path) -> Iterator[None]:
    """Turn a disk's refusal into delivery.disk_full or delivery.archive_denied."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise UserError("delivery.disk_full", place=target) from error
        reason = error.strerror or type(error).__name__
        raise UserError("delivery.archive_denied", place=target, reason=reason) from error


def _finish_swap(target: Path) -> None:
    """A run was killed between the two renames (no target), or before its last clean-up."""
    if target.exists():
        _remove(_former(target))
    else:
        _former(target).rename(target)


def _sync_tree(folder: Path) -> None:
    """All files first handed over, then awaited: far faster than one by one while writing."""
    for path in folder.rglob("*"):
        if path.is_file() or os.name == "posix":
            _sync(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _temp(target: Path) -> Path:
    return target.with_name(f".{target.name}.dang-ghi")


def _former(target: Path) -> Path:
    return target.with_name(f".{target.name}.ban-cu")
