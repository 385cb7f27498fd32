"""Creating and opening: the file is encrypted and private, and every obstacle has its own answer."""

from __future__ import annotations

import json
import os
import shutil
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import UserError
from app.models import keys, people, settings
from app.models.engine import WRITES, make_engine
from app.models.store import Session, Store, exists
from tests.models.conftest import Template
from tests.models.samples import NOW, SCHOOL, YEAR, add_pupil


def code_of(folder: Path) -> str:
    """The code of the error that opening gives."""
    with pytest.raises(UserError) as caught:
        Store.open(folder)
    return caught.value.code


def alter(folder: Path, *statements: str) -> None:
    """Run SQL on a closed store, past all our code."""
    key = keys.from_file(folder)
    assert key is not None
    engine = make_engine(folder / "hocba.db", key, busy_seconds=1)
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_a_new_store_knows_its_school_and_year(store: Store) -> None:
    with store.reading() as session:
        assert settings.school(session) == SCHOOL
        assert settings.active_year(session) == YEAR
    assert store.chain.ok


def test_nothing_in_the_files_is_readable(folder: Path) -> None:
    with Store.open(folder) as store, store.transaction() as session:
        add_pupil(session)
        for path in folder.iterdir():
            assert b"SQLite" not in path.read_bytes()
    content = b"".join(path.read_bytes() for path in folder.iterdir())
    for name in ("Thạch Thị Sóc Kha", "Hoa Sen", "2500000001", "CREATE TABLE"):
        assert name.encode() not in content


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_may_read(tmp_path: Path) -> None:
    store, _ = Store.create(tmp_path / "data", school=SCHOOL, year=YEAR)
    with store.transaction() as session:
        add_pupil(session)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in store.folder.iterdir()}
    store.backup(tmp_path / "copy.hocba")
    store.close()
    assert set(modes) >= {"hocba.db", "hocba.db-wal", "hocba.key", "store.json"}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "copy.hocba").stat().st_mode) == 0o600


def test_an_empty_folder_holds_no_store(tmp_path: Path) -> None:
    assert code_of(tmp_path / "nowhere") == "store.missing"
    assert not exists(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_store_is_never_created_over_another(folder: Path) -> None:
    before = (folder / "hocba.db").read_bytes()
    with pytest.raises(UserError) as caught:
        Store.create(folder, school=SCHOOL, year=YEAR)
    assert caught.value.code == "store.exists"
    assert (folder / "hocba.db").read_bytes() == before


def test_a_store_appears_with_its_first_rows_or_not_at_all(tmp_path: Path) -> None:
    def fail(session: Session) -> None:
        settings.put(session, "key", "value", "admin")
        raise UserError("account.exists", login="admin")

    with pytest.raises(UserError):
        Store.create(tmp_path, school=SCHOOL, year=YEAR, fill=fail)
    assert code_of(tmp_path) == "store.missing"
    store, _ = Store.create(
        tmp_path, school=SCHOOL, year=YEAR, fill=lambda session: settings.put(session, "key", "v", "admin")
    )
    with store, store.reading() as session:
        assert settings.get(session, "key", "") == "v"


def test_creating_again_after_a_crash_keeps_what_was_there(folder: Path) -> None:
    (folder / "hocba.db").unlink()
    old_key = (folder / "hocba.key").read_bytes()
    store, _ = Store.create(folder, school=SCHOOL, year=YEAR)
    store.close()
    assert [path.read_bytes() for path in folder.glob("da-thay-*/hocba.key")] == [old_key]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: os.urandom(4096),
        lambda content: b"SQLite format 3\0" + content[16:],
        lambda content: content[: len(content) // 2],
        lambda content: content[:4096] + os.urandom(len(content) - 4096),
    ],
    ids=["empty", "garbage", "header", "truncated", "pages"],
)
def test_a_damaged_file_is_said_and_left_alone(folder: Path, damage: object) -> None:
    assert callable(damage)
    content = damage((folder / "hocba.db").read_bytes())
    (folder / "hocba.db").write_bytes(content)
    assert code_of(folder) == "store.damaged"
    assert (folder / "hocba.db").read_bytes() == content


def test_a_wrong_key_reads_nothing(folder: Path) -> None:
    (folder / "hocba.key").write_text("00" * 32)
    assert code_of(folder) == "store.damaged"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1}'])
def test_a_damaged_description_is_said(folder: Path, content: str) -> None:
    (folder / "store.json").write_text(content)
    assert code_of(folder) == "store.damaged"


def test_a_newer_schema_is_refused_and_left_alone(folder: Path) -> None:
    alter(folder, "UPDATE alembic_version SET version_num = '9999'")
    before = (folder / "hocba.db").read_bytes()
    assert code_of(folder) == "store.newer_schema"
    assert (folder / "hocba.db").read_bytes() == before


def test_a_newer_description_is_refused(folder: Path) -> None:
    content = json.loads((folder / "store.json").read_text())
    (folder / "store.json").write_text(json.dumps(content | {"format": 2}))
    assert code_of(folder) == "store.newer_schema"


def test_a_folder_without_access_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError) as caught:
        Store.create(tmp_path / "file" / "data", school=SCHOOL, year=YEAR)
    assert caught.value.code == "store.no_access"


def test_status_counts_and_verifies(store: Store, template: Template) -> None:
    with store.transaction() as session:
        add_pupil(session)
    status = store.status()
    assert (status["key_store"], status["audit_chain"], status["year"]) == ("key_file", "ok", YEAR)
    assert status["counts"] == {
        "classes": 1,
        "pupils": 1,
        "enrolments": 1,
        "accounts": 0,
        "transcript_versions": 0,
        "signatures": 0,
        "outbox": 0,
    }
    json.dumps(status)


def test_status_and_opening_tell_of_a_changed_log(folder: Path) -> None:
    alter(
        folder,
        "DROP TRIGGER tr_change_log_update",
        "UPDATE change_log SET new = 'Trường khác' WHERE id = 1",
    )
    with Store.open(folder) as store:
        assert (store.chain.ok, store.chain.broken_at) == (False, 1)
        assert store.status()["audit_chain"] == "broken"


def test_a_store_moves_with_its_folder(folder: Path, tmp_path: Path) -> None:
    moved = Path(shutil.move(folder, tmp_path / "Thư mục mới #1 %20?"))
    with Store.open(moved) as store, store.reading() as session:
        assert settings.school(session) == SCHOOL


def test_threads_share_a_store(store: Store) -> None:
    def work(number: int) -> None:
        with store.transaction() as session:
            settings.put(session, f"key{number}", "value", "admin")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as session:
        assert all(settings.get(session, f"key{number}", "") == "value" for number in range(8))
    assert store.status()["audit_chain"] == "ok"


def test_a_moment_keeps_its_instant_and_offset(store: Store) -> None:
    with store.transaction() as session:
        people.add_account(
            session,
            login="Cô.Lan",
            name="Nguyễn Thị Lan",
            title="",
            roles=frozenset(),
            classes=frozenset(),
            subjects=frozenset(),
            password_hash="x",
            year=YEAR,
            actor="admin",
        )
        for _ in range(people.FREE_TRIES):
            people.note_login(session, "cô.lan", ok=False, now=NOW)
        account = people.account(session, "CÔ.LAN", YEAR)
    assert account is not None
    assert account.locked_until is not None
    assert account.locked_until.utcoffset() == NOW.utcoffset()
    assert account.login == "Cô.Lan"
