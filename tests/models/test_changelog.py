"""The change log: complete, chained, and telling when somebody touched it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.models import changelog
from app.models.store import Store
from app.models.values import ChainStatus
from tests.models.test_store import alter

UNLOCK = ("DROP TRIGGER tr_change_log_update", "DROP TRIGGER tr_change_log_delete")


def write(store: Store, count: int) -> None:
    with store.transaction() as session:
        for number in range(count):
            changelog.record(
                session,
                actor="gv3a",
                kind="result",
                entity=f"enrolment:{number}",
                field="CN.TV.score",
                old=None,
                new=str(number),
                reason="Nhập lại “điểm”",
            )


def chain(folder: Path, newest: int | None = None) -> ChainStatus:
    with Store.open(folder) as store, store.reading() as session:
        return changelog.verify_chain(session, newest=newest)


def test_entries_come_back_newest_first(store: Store) -> None:
    write(store, 3)
    with store.reading() as session:
        found = changelog.entries(session, limit=2)
        by_entity = changelog.entries(session, entity="enrolment:0")
        by_actor = changelog.entries(session, actor="gv3a")
    assert [entry.new for entry in found] == ["2", "1"]
    assert found[0].reason == "Nhập lại “điểm”"
    assert found[0].at.utcoffset() is not None
    assert [entry.id for entry in by_entity] == [3]
    assert len(by_actor) == 3


def test_entries_of_an_open_transaction_are_seen(store: Store) -> None:
    with store.transaction() as session:
        changelog.record(session, actor="a", kind="k", entity="e", field="f", old="1", new="2")
        assert changelog.entries(session, entity="e")[0].new == "2"
        assert changelog.verify_chain(session).ok


def test_the_chain_continues_over_transactions(store: Store) -> None:
    write(store, 5)
    write(store, 7)
    with store.reading() as session:
        assert changelog.verify_chain(session) == ChainStatus(ok=True, entries=14, broken_at=None)
        assert changelog.verify_chain(session, newest=6).ok


def test_the_chain_is_what_it_says() -> None:
    """An independent computation: anybody can check the log without this program."""
    values = (1, "2024-05-31T01:30:15.000000+00:00", "gv", "edit", "pupil:1", "name", None, "Ái", "")
    told = '[1,"2024-05-31T01:30:15.000000+00:00","gv","edit","pupil:1","name",null,"Ái",""]'
    expected = hashlib.sha256(("0" * 64 + told).encode()).hexdigest()
    assert changelog.chained("0" * 64, values) == expected


@pytest.mark.parametrize(
    ("damage", "broken_at"),
    [
        ("UPDATE change_log SET new = '10' WHERE id = 5", 5),
        ("UPDATE change_log SET at = '2020-01-01T00:00:00.000000+00:00' WHERE id = 2", 2),
        ("UPDATE change_log SET hash = 'x' WHERE id = 12", 12),
        ("UPDATE change_log SET reason = NULL || '' WHERE id = 0", None),
        ("DELETE FROM change_log WHERE id = 7", 7),
        ("DELETE FROM change_log WHERE id > 9", 10),
        ("DELETE FROM change_log", 1),
        (
            "INSERT INTO change_log SELECT 13, at, actor, kind, entity, field, old, new, reason, hash "
            "FROM change_log WHERE id = 12",
            13,
        ),
        ("UPDATE change_log_head SET hash = 'x'", 12),
    ],
)
def test_a_touched_log_is_found(folder: Path, damage: str, broken_at: int | None) -> None:
    with Store.open(folder) as store:
        write(store, 10)
    alter(folder, *UNLOCK, damage)
    found = chain(folder)
    assert (found.ok, found.broken_at) == (broken_at is None, broken_at)


def test_checking_the_newest_finds_what_is_new(folder: Path) -> None:
    with Store.open(folder) as store:
        write(store, 10)
    alter(folder, *UNLOCK, "UPDATE change_log SET new = '10' WHERE id = 5")
    assert chain(folder, newest=3).ok
    assert chain(folder, newest=8).broken_at == 5


@pytest.mark.parametrize("statement", ["UPDATE change_log SET new = ''", "DELETE FROM change_log"])
def test_the_database_itself_refuses_changes(store: Store, statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), store.transaction() as session:
        session.execute(text(statement))
    assert store.status()["audit_chain"] == "ok"
