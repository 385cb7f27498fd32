"""The key: credential store or file, recovery code, and what a lost key means."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as FailingKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import KeyringLocked

from app.errors import UserError
from app.models import keys, recovery
from app.models.store import Store, recover
from tests.models.conftest import Template
from tests.models.samples import SCHOOL, YEAR


class MemoryKeyring(KeyringBackend):
    """A credential store that works while the test lasts."""

    priority = 1

    @cached_property
    def kept(self) -> dict[tuple[str, str], str]:
        return {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class LockedKeyring(MemoryKeyring):
    """A credential store that nobody unlocked."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("locked")


@pytest.fixture
def credential_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    monkeypatch.delenv("HOCBA_KEY_FILE_ONLY")
    before = keyring.get_keyring()
    backend = MemoryKeyring()  # type: ignore[no-untyped-call]
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def test_the_credential_store_holds_the_key(credential_store: MemoryKeyring, tmp_path: Path) -> None:
    store, code = Store.create(tmp_path, school=SCHOOL, year=YEAR)
    assert store.status()["key_store"] == "keyring"
    assert not (tmp_path / "hocba.key").exists()
    assert [service for service, _ in credential_store.kept] == ["hocba"]
    store.close()
    credential_store.kept.clear()
    with pytest.raises(UserError) as caught:
        Store.open(tmp_path)
    assert caught.value.code == "store.key_missing"
    recover(tmp_path, code)
    assert len(credential_store.kept) == 1
    with Store.open(tmp_path) as again:
        assert again.key_store == "keyring"


def test_recovering_into_a_credential_store_removes_the_key_file(
    credential_store: MemoryKeyring, folder: Path, template: Template
) -> None:
    assert (folder / "hocba.key").exists()
    recover(folder, template.recovery_code)
    assert not (folder / "hocba.key").exists()
    Store.open(folder).close()


@pytest.mark.parametrize("backend", [FailingKeyring, NullKeyring, LockedKeyring])
def test_without_a_working_credential_store_there_is_a_key_file(
    credential_store: MemoryKeyring, backend: type[KeyringBackend], tmp_path: Path
) -> None:
    keyring.set_keyring(backend())
    store, _ = Store.create(tmp_path, school=SCHOOL, year=YEAR)
    assert store.status()["key_store"] == "key_file"
    store.close()
    (tmp_path / "hocba.key").unlink()
    with pytest.raises(UserError) as caught:
        Store.open(tmp_path)
    assert caught.value.code == "store.key_missing"


def test_the_recovery_code_opens_a_store_whose_key_is_lost(folder: Path, template: Template) -> None:
    (folder / "hocba.key").unlink()
    with pytest.raises(UserError) as caught:
        Store.open(folder)
    assert caught.value.code == "store.key_missing"
    recover(folder, template.recovery_code.lower().replace("-", " ") + " \n")
    Store.open(folder).close()


def test_a_wrong_recovery_code_changes_nothing(folder: Path, template: Template) -> None:
    (folder / "hocba.key").unlink()
    last = template.recovery_code[-1]
    wrong = template.recovery_code[:-1] + ("A" if last != "A" else "B")
    for code in (wrong, "", "chào"):
        with pytest.raises(UserError) as caught:
            recover(folder, code)
        assert caught.value.code == "store.recovery_wrong"
    assert not (folder / "hocba.key").exists()


def test_a_new_recovery_code_replaces_the_old(folder: Path, template: Template) -> None:
    with Store.open(folder) as store:
        code = store.new_recovery_code()
    (folder / "hocba.key").unlink()
    with pytest.raises(UserError):
        recover(folder, template.recovery_code)
    recover(folder, code)
    Store.open(folder).close()


def test_codes_are_long_and_unambiguous() -> None:
    codes = {recovery.new_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert [len(group) for group in code.split("-")] == [5] * 5
        assert not set("01OI") & set(code)


def test_the_description_does_not_hold_the_key(folder: Path) -> None:
    key = keys.from_file(folder)
    assert key is not None
    assert key.hex() not in (folder / "store.json").read_text()


@pytest.mark.parametrize("content", ["", "xyz", "00", "\u00e9"])
def test_a_damaged_key_file_counts_as_none(folder: Path, content: str) -> None:
    (folder / "hocba.key").write_text(content, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        Store.open(folder)
    assert caught.value.code == "store.key_missing"
