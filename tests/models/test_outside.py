"""Changes of another process are noticed, one's own are not, and neither hides the other."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models import settings
from app.models.store import Store
from tests.models.samples import SCHOOL, YEAR

_WRITE = """
import sys
from pathlib import Path
from app.models import settings
from app.models.store import Store
with Store.open(Path(sys.argv[1]), auto_backup=False) as store, store.transaction() as session:
    settings.put(session, "note", sys.argv[2], "somebody")
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("HOCBA_KEY_FILE_ONLY", "1")
    opened, _ = Store.create(tmp_path / "data", school=SCHOOL, year=YEAR)
    assert not opened.changed_outside()
    yield opened
    opened.close()


def write_here(store: Store, value: str) -> None:
    with store.transaction() as session:
        settings.put(session, "note", value, "me")


def write_elsewhere(store: Store, value: str) -> None:
    subprocess.run([sys.executable, "-c", _WRITE, str(store.folder), value], check=True, timeout=60)


def test_nothing_written_is_nothing_new(store: Store) -> None:
    assert [store.changed_outside() for _ in range(3)] == [False, False, False]


def test_own_writes_are_not_news(store: Store) -> None:
    for value in "abc":
        write_here(store, value)
        assert not store.changed_outside()


def test_another_process_is_noticed_once(store: Store) -> None:
    write_elsewhere(store, "x")
    assert store.changed_outside()
    assert not store.changed_outside()


def test_an_own_write_does_not_hide_anothers(store: Store) -> None:
    write_elsewhere(store, "x")
    write_here(store, "y")
    assert store.changed_outside()
    write_here(store, "z")
    assert not store.changed_outside()


def _refused(store: Store) -> None:
    with store.transaction() as session:
        settings.put(session, "note", "x", "me")
        raise LookupError


def test_a_refused_own_write_is_not_news(store: Store) -> None:
    with pytest.raises(LookupError):
        _refused(store)
    assert not store.changed_outside()
