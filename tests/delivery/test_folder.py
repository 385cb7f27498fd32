"""The folder destination: a real folder, a pulled stick, no room, no rights, no hard links, a killed run."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from app.delivery import folder as folder_module
from app.delivery.destinations import DeliveryProblem, ProblemKind, Stored
from app.delivery.folder import FolderDestination
from app.messages import sentence
from tests.delivery.killing import run_until_killed

DATA = b"%PDF-1.7 " * 1000
SHA = hashlib.sha256(DATA).hexdigest()
OTHER = b"other"
OTHER_SHA = hashlib.sha256(OTHER).hexdigest()
KEY = f"94000123/2023-2024/HB-1/v1/{SHA}.pdf"


@pytest.fixture
def stick(tmp_path: Path) -> FolderDestination:
    (tmp_path / "usb").mkdir()
    return FolderDestination(tmp_path / "usb")


def files_of(stick: FolderDestination) -> list[str]:
    return sorted(path.relative_to(stick.root).as_posix() for path in stick.root.rglob("*") if path.is_file())


def problem(error: int) -> OSError:
    return OSError(error, os.strerror(error))


def raising(error: int) -> object:
    def fail(*args: object, **more: object) -> None:
        raise problem(error)

    return fail


def test_put_head_list_get(stick: FolderDestination) -> None:
    assert stick.head(KEY) is None
    assert stick.get(KEY) is None
    stick.put(KEY, DATA, SHA)
    stick.put(KEY, DATA, SHA)
    assert stick.head(KEY) == Stored(KEY, len(DATA), SHA)
    assert stick.get(KEY) == DATA
    assert stick.list() == stick.list("94000123/") == (KEY,)
    assert stick.list("95") == ()
    assert files_of(stick) == [KEY]
    stick.check()


def test_head_reads_what_is_really_there(stick: FolderDestination) -> None:
    stick.put(KEY, DATA, SHA)
    (stick.root / KEY).write_bytes(OTHER)
    found = stick.head(KEY)
    assert found is not None
    assert found.sha256 == OTHER_SHA


@pytest.mark.parametrize("links", [True, False])
def test_other_bytes_never_replace(
    stick: FolderDestination, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", raising(errno.EPERM))
    stick.put(KEY, DATA, SHA)
    with pytest.raises(DeliveryProblem) as caught:
        stick.put(KEY, OTHER, OTHER_SHA)
    assert caught.value.kind is ProblemKind.CONFLICT
    assert stick.get(KEY) == DATA
    assert files_of(stick) == [KEY]


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_meanwhile_is_not_replaced(
    stick: FolderDestination, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another PC writes the same key between our look and our write."""
    if not links:
        monkeypatch.setattr(os, "link", raising(errno.ENOTSUP))
    write = folder_module._write_part

    def slow_write(path: Path, data: bytes) -> Path:
        path.write_bytes(OTHER)
        return write(path, data)

    monkeypatch.setattr(folder_module, "_write_part", slow_write)
    with pytest.raises(DeliveryProblem) as caught:
        stick.put(KEY, DATA, SHA)
    assert caught.value.kind is ProblemKind.CONFLICT
    assert stick.get(KEY) == OTHER
    assert files_of(stick) == [KEY]


def test_a_pulled_stick_is_offline(stick: FolderDestination) -> None:
    stick.root.rename(stick.root.with_name("pulled"))
    for action in (
        lambda: stick.put(KEY, DATA, SHA),
        lambda: stick.head(KEY),
        lambda: stick.get(KEY),
        stick.list,
        stick.check,
    ):
        with pytest.raises(DeliveryProblem) as caught:
            action()
        assert caught.value.kind is ProblemKind.OFFLINE
        assert "usb" in sentence(caught.value)
    assert not stick.root.exists()  # and nothing was written beside it


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (errno.ENOSPC, ProblemKind.DISK_FULL),
        (errno.EDQUOT, ProblemKind.DISK_FULL),
        (errno.EROFS, ProblemKind.AUTH),
        (errno.EACCES, ProblemKind.AUTH),
        (errno.EIO, ProblemKind.SERVER),
    ],
)
def test_a_write_that_fails_leaves_nothing(
    stick: FolderDestination, monkeypatch: pytest.MonkeyPatch, error: int, kind: ProblemKind
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", raising(error))
        with pytest.raises(DeliveryProblem) as caught:
            stick.put(KEY, DATA, SHA)
    assert caught.value.kind is kind
    assert sentence(caught.value)
    assert files_of(stick) == []
    stick.put(KEY, DATA, SHA)
    assert stick.get(KEY) == DATA


def test_a_really_full_device() -> None:
    with pytest.raises(DeliveryProblem) as caught, FolderDestination(Path("/tmp"))._problems():
        Path("/dev/full").write_bytes(b"x")
    assert caught.value.kind is ProblemKind.DISK_FULL


KILL = """
from pathlib import Path
from app.delivery import folder
from app.delivery.folder import FolderDestination
import errno, hashlib
point, root, key = sys.argv[1:]
def no_links(*a, **k): raise OSError(errno.EPERM, "no links")
if point == "writing":
    die_at(os, "fsync")
elif point == "naming":
    die_at(folder, "_name")
elif point == "claimed":
    os.link = no_links
    die_at(os, "replace")
elif point == "named":
    die_at(folder, "_name", after=True)
data = b"%PDF-1.7 " * 1000
FolderDestination(Path(root)).put(key, data, hashlib.sha256(data).hexdigest())
"""


@pytest.mark.parametrize("point", ["writing", "naming", "claimed", "named"])
def test_killed_in_the_middle_of_a_put(stick: FolderDestination, point: str) -> None:
    run_until_killed(KILL, point, stick.root, KEY)
    assert stick.get(KEY) == (DATA if point == "named" else None)
    assert stick.list() == ((KEY,) if point == "named" else ())
    stick.put(KEY, DATA, SHA)
    found = stick.head(KEY)
    assert found is not None
    assert found.sha256 == SHA


def test_what_a_killed_run_left_is_swept(stick: FolderDestination) -> None:
    run_until_killed(KILL, "naming", stick.root, KEY)
    assert len(files_of(stick)) == 1
    stick.put(KEY, DATA, SHA)
    assert files_of(stick) == [KEY]
