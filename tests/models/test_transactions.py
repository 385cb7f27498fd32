"""All or nothing: two processes, a killed process, a full disk, an exception."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import UserError
from app.models import classes, settings
from app.models.engine import make_engine
from app.models.keys import from_file
from app.models.store import Store
from tests.models.samples import YEAR, add_pupil, other_process, wait_for

HOLD_A_TRANSACTION = """
import sys
from pathlib import Path
from app.models import settings
from app.models.store import Store
store = Store.open(Path(sys.argv[1]))
with store.transaction() as session:
    for number in range(200):
        settings.put(session, f"half{number}", "x" * 10000, "other")
    print("writing", flush=True)
    if sys.stdin.readline().strip() == "crash":
        raise SystemExit(1)
print("done", flush=True)
sys.stdin.readline()
"""
HOLD_OPEN = """
import sys
from pathlib import Path
from app.models.store import Store
store = Store.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
"""


def value(store: Store, key: str) -> str:
    with store.reading() as session:
        return settings.get(session, key, "")


def fill(store: Store, *names: str, pages: int | None) -> None:
    """Write some settings on a disk with room for `pages` more; fails at the end in any case."""
    with store.transaction() as session:
        if pages is not None:
            used = session.execute(text("PRAGMA page_count")).scalar_one()
            session.execute(text(f"PRAGMA max_page_count = {used + pages}"))
        for name in names:
            settings.put(session, name, "x" * 10000, "admin")
        raise UserError("workflow.reason_missing")


def test_an_exception_leaves_nothing(store: Store) -> None:
    entries = store.status()["audit_entries"]
    with pytest.raises(UserError):
        fill(store, "key", pages=None)
    assert value(store, "key") == ""
    assert store.status()["audit_entries"] == entries


def test_reading_never_writes(store: Store) -> None:
    with store.reading() as session:
        settings.put(session, "key", "value", "admin")
    assert value(store, "key") == ""


def test_a_reader_sees_one_snapshot(store: Store) -> None:
    with store.reading() as session:
        assert settings.get(session, "key", "") == ""
        with store.transaction() as other:
            settings.put(other, "key", "value", "admin")
        assert settings.get(session, "key", "") == ""
    assert value(store, "key") == "value"


def test_a_transaction_inside_another_is_a_bug(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction(), store.transaction():
        pass
    with store.transaction() as session:
        settings.put(session, "key", "value", "admin")


def test_a_second_process_reads_and_waits_its_turn(folder: Path) -> None:
    with other_process(HOLD_A_TRANSACTION, folder) as process:
        wait_for(process, "writing")
        with Store.open(folder, busy_seconds=0.2) as store:
            assert value(store, "half1") == ""
            with pytest.raises(UserError) as caught, store.transaction():
                pass
            assert caught.value.code == "store.busy"
            assert process.stdin is not None
            process.stdin.write("go on\n")
            process.stdin.flush()
            wait_for(process, "done")
            with store.transaction() as session:
                settings.put(session, "mine", "value", "admin")
            assert value(store, "half199") == "x" * 10000
            assert store.status()["audit_chain"] == "ok"


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_killed_process_leaves_nothing_half_done(folder: Path) -> None:
    with other_process(HOLD_A_TRANSACTION, folder) as process:
        wait_for(process, "writing")
        process.send_signal(signal.SIGKILL)
        process.wait()
    with Store.open(folder) as store:
        assert value(store, "half0") == ""
        assert store.status()["audit_chain"] == "ok"
        with store.transaction() as session:
            add_pupil(session)


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_what_was_committed_survives_a_kill(folder: Path) -> None:
    with other_process(HOLD_A_TRANSACTION, folder) as process:
        wait_for(process, "writing")
        assert process.stdin is not None
        process.stdin.write("go on\n")
        process.stdin.flush()
        wait_for(process, "done")
        process.send_signal(signal.SIGKILL)
        process.wait()
    with Store.open(folder) as store:
        assert value(store, "half199") == "x" * 10000


def test_a_full_disk_is_said_and_loses_nothing(store: Store) -> None:
    with store.transaction() as session:
        add_pupil(session)
    with pytest.raises(UserError) as caught:
        fill(store, "key0", "key1", "key2", pages=4)
    assert caught.value.code == "store.disk_full"
    store.close()
    with Store.open(store.folder) as again:
        assert value(again, "key0") == ""
        with again.reading() as session:
            assert classes.find_pupil(session, YEAR, "2500000001")[0] == "3A"
        with again.transaction() as session:
            settings.put(session, "key", "value", "admin")
        assert again.status()["audit_chain"] == "ok"


def test_nobody_restores_under_an_open_store(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder) as store:
        store.backup(tmp_path / "copy.hocba")
    with other_process(HOLD_OPEN, folder) as process:
        wait_for(process, "open")
        before = (folder / "hocba.db").read_bytes()
        with pytest.raises(UserError) as caught:
            Store.restore_backup(tmp_path / "copy.hocba", folder)
        assert caught.value.code == "store.in_use"
        assert (folder / "hocba.db").read_bytes() == before
    Store.restore_backup(tmp_path / "copy.hocba", folder)


def test_nobody_opens_while_somebody_restores(folder: Path) -> None:
    script = """
import sys
from pathlib import Path
from app.models.filelock import exclusive
with exclusive(Path(sys.argv[1]) / "hocba.lock") as alone:
    print("alone" if alone else "not alone", flush=True)
    sys.stdin.readline()
"""
    with other_process(script, folder) as process:
        wait_for(process, "alone")
        with pytest.raises(UserError) as caught:
            Store.open(folder)
        assert caught.value.code == "store.in_use"
    Store.open(folder).close()


def test_every_connection_is_durable_and_strict(folder: Path) -> None:
    key = from_file(folder)
    assert key is not None
    engine = make_engine(folder / "hocba.db", key, busy_seconds=1)
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 1000}
    with engine.connect() as connection:
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in expected}
    engine.dispose()
    assert found == expected
