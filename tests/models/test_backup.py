"""Backups that come back: consistent, one file, checked before anything is replaced."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import backup, settings
from app.models.store import Store, exists
from tests.models.conftest import Template
from tests.models.samples import SCHOOL, VIETNAM, YEAR, add_pupil
from tests.models.test_store import alter


class Killed(BaseException):
    """Stands for a process that ends here."""


def put(folder: Path, value: str) -> None:
    with Store.open(folder) as store, store.transaction() as session:
        settings.put(session, "key", value, "admin")


def value(folder: Path) -> str:
    with Store.open(folder) as store, store.reading() as session:
        return settings.get(session, "key", "")


@pytest.fixture
def saved(folder: Path, tmp_path: Path) -> Path:
    """A backup in which `key` is "saved", while the store says "newer"."""
    put(folder, "saved")
    target = tmp_path / "copy.hocba"
    with Store.open(folder) as store:
        store.backup(target)
    put(folder, "newer")
    return target


def test_a_backup_is_one_encrypted_file(saved: Path) -> None:
    with zipfile.ZipFile(saved) as archive:
        assert sorted(archive.namelist()) == ["backup.json", "hocba.db", "store.json"]
        assert archive.read("hocba.db")[:6] != b"SQLite"
    content = saved.read_bytes()
    assert b"Hoa Sen" not in content
    assert [path.name for path in saved.parent.iterdir() if path.name.startswith(".")] == []


def test_restoring_replaces_and_keeps_the_old(saved: Path, folder: Path) -> None:
    Store.restore_backup(saved, folder)
    assert value(folder) == "saved"
    (aside,) = folder.glob("da-thay-*")
    assert {path.name for path in aside.iterdir()} == {"hocba.db", "hocba.key", "store.json"}
    assert value(aside) == "newer"
    assert sorted(path.name for path in folder.iterdir() if path != aside) == [
        "hocba.db",
        "hocba.key",
        "hocba.lock",
        "store.json",
    ]


def test_restoring_over_a_store_that_was_killed(saved: Path, folder: Path) -> None:
    """A write-ahead log that lies there must never meet the restored database."""
    with Store.open(folder) as store:
        with store.transaction() as session:
            settings.put(session, "key", "in the log", "admin")
        copy = Path(shutil.copytree(folder, folder.parent / "killed"))
    assert (copy / "hocba.db-wal").stat().st_size > 0
    Store.restore_backup(saved, copy)
    assert value(copy) == "saved"


def test_restoring_into_an_empty_folder_needs_the_code(
    saved: Path, template: Template, tmp_path: Path
) -> None:
    target = tmp_path / "new" / "data"
    for code, expected in ((None, "store.recovery_needed"), ("AAAAA", "store.recovery_wrong")):
        with pytest.raises(UserError) as caught:
            Store.restore_backup(saved, target, code)
        assert caught.value.code == expected
        assert not exists(target)
        assert list(target.glob(".khoi-phuc-*")) == []
    Store.restore_backup(saved, target, template.recovery_code)
    assert value(target) == "saved"


def test_restoring_over_a_damaged_store(saved: Path, folder: Path) -> None:
    (folder / "hocba.db").write_bytes(os.urandom(5000))
    Store.restore_backup(saved, folder)
    assert value(folder) == "saved"


def test_restoring_another_school_needs_its_code(saved: Path, template: Template, tmp_path: Path) -> None:
    other, _ = Store.create(tmp_path / "other", school=SCHOOL, year=YEAR)
    other.close()
    with pytest.raises(UserError) as caught:
        Store.restore_backup(saved, tmp_path / "other")
    assert caught.value.code == "store.recovery_needed"
    Store.restore_backup(saved, tmp_path / "other", template.recovery_code)
    assert value(tmp_path / "other") == "saved"


def flip(content: bytes) -> bytes:
    """One bit in the middle."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def rebuilt(content: bytes) -> bytes:
    """A sound archive around a database that is not the one that was saved."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[:-1] + b"?" if name == "hocba.db" else data)
    return out.getvalue()


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        flip,
        rebuilt,
        lambda content: b"",
        lambda content: b"no zip",
    ],
    ids=["cut", "flipped", "rebuilt", "empty", "other"],
)
def test_a_damaged_backup_replaces_nothing(
    saved: Path, folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    saved.write_bytes(damage(saved.read_bytes()))
    with pytest.raises(UserError) as caught:
        Store.restore_backup(saved, folder)
    assert caught.value.code == "store.backup_damaged"
    assert value(folder) == "newer"
    assert list(folder.glob("da-thay-*")) == []


def test_a_backup_whose_log_was_changed_replaces_nothing(saved: Path, folder: Path, tmp_path: Path) -> None:
    forged = tmp_path / "forged"
    shutil.copytree(folder, forged)
    alter(forged, "DROP TRIGGER tr_change_log_update", "UPDATE change_log SET actor = 'x' WHERE id = 2")
    with Store.open(forged) as store:
        store.backup(saved)
    with pytest.raises(UserError) as caught:
        Store.restore_backup(saved, folder)
    assert caught.value.code == "store.backup_damaged"
    assert value(folder) == "newer"


def test_a_backup_of_a_newer_program_replaces_nothing(saved: Path, folder: Path, tmp_path: Path) -> None:
    with Store.open(folder) as store:
        shutil.copytree(folder, tmp_path / "newer")
        alter(tmp_path / "newer", "UPDATE alembic_version SET version_num = '9999'")
        with zipfile.ZipFile(saved) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        members["hocba.db"] = (tmp_path / "newer" / "hocba.db").read_bytes()
        store.backup(saved)
    manifest = json.loads(members["backup.json"])
    manifest["database_sha256"] = hashlib.sha256(members["hocba.db"]).hexdigest()
    members["backup.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(saved, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(UserError) as caught:
        Store.restore_backup(saved, folder)
    assert caught.value.code == "store.newer_schema"
    assert value(folder) == "newer"


def test_a_missing_backup_is_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        Store.restore_backup(tmp_path / "nothing", folder)
    assert caught.value.code == "store.backup_missing"


def test_a_restore_killed_anywhere_ends_in_one_of_the_two(
    saved: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever rename or removal is the last one, opening afterwards finds the old or the new, whole."""
    real_replace, real_unlink = os.replace, Path.unlink
    outcomes = []
    for last_step in range(40):
        copy = Path(shutil.copytree(folder, tmp_path / f"killed{last_step}"))
        steps = iter(range(last_step))

        def one_step(steps: object = steps) -> None:
            if next(steps, None) is None:  # type: ignore[call-overload]
                raise Killed

        def replace(source: Path, target: Path, step: Callable[[], None] = one_step) -> None:
            step()
            real_replace(source, target)

        def unlink(path: Path, missing_ok: bool = False, step: Callable[[], None] = one_step) -> None:
            if path.name == backup.MARKER:
                step()
            real_unlink(path, missing_ok)

        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", replace)
            patch.setattr(Path, "unlink", unlink)
            try:
                Store.restore_backup(saved, copy)
                done = True
            except Killed:
                done = False
        outcomes.append(value(copy))
        assert not (copy / backup.MARKER).exists()
        assert outcomes[-1] in {"saved", "newer"}
        if done:
            break
    assert outcomes[0] == "newer"
    assert outcomes[-1] == "saved"
    assert outcomes == sorted(outcomes, key=lambda found: found == "saved")
    assert len(outcomes) > 6


@pytest.mark.parametrize("name", ["hocba.db", "store.json", "hocba.key", "hocba.lock"])
def test_a_backup_never_overwrites_the_store(store: Store, name: str) -> None:
    with pytest.raises(UserError) as caught:
        store.backup(store.folder / name)
    assert caught.value.code == "store.backup_target"


def test_a_backup_replaces_an_older_one_and_needs_its_folder(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.hocba"
    target.write_bytes(b"older")
    store.backup(target)
    assert zipfile.is_zipfile(target)
    with pytest.raises(UserError) as caught:
        store.backup(tmp_path / "no such stick" / "copy.hocba")
    assert caught.value.code == "store.no_access"


def test_a_full_disk_leaves_the_older_backup(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.hocba"
    target.write_bytes(b"older")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError) as caught:
        store.backup(target)
    assert caught.value.code == "store.disk_full"
    assert target.read_bytes() == b"older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.hocba", "data"]


def age(folder: Path, days: int) -> None:
    """Make the store look `days` days old."""
    content = json.loads((folder / "store.json").read_text())
    content["created_at"] = (datetime.now(VIETNAM) - timedelta(days=days)).isoformat()
    (folder / "store.json").write_text(json.dumps(content))


def test_opening_backs_up_once_a_day(folder: Path) -> None:
    today = datetime.now(VIETNAM).date().isoformat()
    Store.open(folder).close()
    assert not (folder / "backups").exists()
    age(folder, 2)
    Store.open(folder, auto_backup=False).close()
    assert not (folder / "backups").exists()
    put(folder, "first")
    (made,) = (folder / "backups").iterdir()
    assert made.name == f"tu-dong-{today}.hocba"
    before = made.read_bytes()
    put(folder, "second")
    assert made.read_bytes() == before
    with Store.open(folder) as store:
        assert store.status()["last_backup"] == made.name
    Store.restore_backup(made, folder)
    assert value(folder) == ""


def test_only_the_newest_automatic_backups_stay(folder: Path) -> None:
    (folder / "backups").mkdir()
    for day in range(1, 21):
        (folder / "backups" / f"tu-dong-2024-01-{day:02d}.hocba").write_bytes(b"")
    (folder / "backups" / "own copy.hocba").write_bytes(b"")
    age(folder, 2)
    with Store.open(folder, auto_backup=False) as store:
        assert store.auto_backup(keep=3) is not None
        assert store.auto_backup(keep=3) is None
    names = sorted(path.name for path in (folder / "backups").iterdir())
    today = datetime.now(VIETNAM).date().isoformat()
    assert names == [
        "own copy.hocba",
        "tu-dong-2024-01-19.hocba",
        "tu-dong-2024-01-20.hocba",
        f"tu-dong-{today}.hocba",
    ]


def test_a_failing_automatic_backup_does_not_stop_the_work(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    age(folder, 2)
    (folder / "backups").write_text("a file where the folder should be")
    with Store.open(folder) as store, store.transaction() as session:
        add_pupil(session)
    assert "no automatic backup today" in caplog.text
