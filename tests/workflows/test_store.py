"""Creating, opening, signing in, backing up and bringing back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import NotAllowed, UserError
from app.records.types import School
from app.workflows import clock, store
from tests.world import PASSWORD, World

SCHOOL = School("94722001", "Trường Tiểu học Thử", "Xã Thử", "", "Cần Thơ")


def make(folder: Path, **changes: str) -> store.InitReport:
    values = {"year": "2023-2024", "admin_login": "qt", "admin_name": "Quản Trị", "password": PASSWORD}
    return store.init_school(folder=folder, school=SCHOOL, **(values | changes))


def test_init_then_login(data_dir: Path) -> None:
    assert len(make(data_dir).recovery_code) > 20
    with store.open_store(data_dir) as opened:
        actor = store.login(store=opened, login="qt", password=PASSWORD)
        assert actor.name == "Quản Trị"
        assert [known.login for known in store.known_logins(store=opened)] == ["qt"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"year": "2023"}, "workflow.bad_year"),
        ({"year": "2023-2025"}, "workflow.bad_year"),
        ({"password": "ngan"}, "account.password_short"),
    ],
)
def test_init_refuses(data_dir: Path, changes: dict[str, str], code: str) -> None:
    with pytest.raises(UserError) as caught:
        make(data_dir, **changes)
    assert caught.value.code == code
    assert not store.has_store(data_dir)


def test_init_refuses_a_code_that_cannot_be_a_key(data_dir: Path) -> None:
    school = School("94/22", "Trường", "Xã", "", "Tỉnh")
    with pytest.raises(UserError) as caught:
        store.init_school(
            folder=data_dir,
            school=school,
            year="2023-2024",
            admin_login="qt",
            admin_name="",
            password=PASSWORD,
        )
    assert caught.value.code == "workflow.school_code"


def test_wrong_passwords_are_counted_and_slowed_down(data_dir: Path) -> None:
    make(data_dir)
    at = clock.now()
    with store.open_store(data_dir) as opened:
        for _ in range(5):
            with pytest.raises(NotAllowed) as caught:
                store.login(store=opened, login="qt", password="sai", at=at)
            assert caught.value.code == "account.wrong_password"
        with pytest.raises(NotAllowed) as caught:
            store.login(store=opened, login="qt", password=PASSWORD, at=at + timedelta(seconds=5))
        assert caught.value.code == "account.wait"
        later = at + timedelta(minutes=2)
        assert store.login(store=opened, login="qt", password=PASSWORD, at=later).login == "qt"


def test_unknown_login_sounds_like_a_wrong_password(data_dir: Path) -> None:
    make(data_dir)
    with store.open_store(data_dir) as opened, pytest.raises(NotAllowed) as caught:
        store.login(store=opened, login="ai-do", password=PASSWORD)
    assert caught.value.code == "account.wrong_password"


def test_status_of_nothing_and_of_a_store(data_dir: Path) -> None:
    assert store.status(folder=data_dir)["schema"] is None
    make(data_dir)
    found = store.status(folder=data_dir)
    assert found["schema"]
    assert found["key_store"] == "key_file"
    assert found["audit_chain"]


def test_backup_is_brought_back_with_the_recovery_code(imported_world: World, tmp_path: Path) -> None:
    file = store.backup(store=imported_world.store, actor=imported_world.actor(), target=tmp_path / "b.hocba")
    elsewhere = tmp_path / "other-pc"
    store.restore(
        file=file,
        folder=elsewhere,
        login_name="",
        password=lambda: pytest.fail("an empty folder has nobody to ask"),
        recovery_code=lambda: imported_world.recovery_code,
    )
    with store.open_store(elsewhere) as opened:
        assert store.login(store=opened, login="quantri", password=PASSWORD).login == "quantri"


def test_restore_over_a_store_needs_its_administrator(imported_world: World, tmp_path: Path) -> None:
    file = store.backup(store=imported_world.store, actor=imported_world.actor(), target=tmp_path / "b.hocba")
    with pytest.raises(NotAllowed):
        store.restore(
            file=file,
            folder=imported_world.folder,
            login_name="quantri",
            password=lambda: "sai-mat-khau",
            recovery_code=lambda: imported_world.recovery_code,
        )


def test_only_the_administrator_may_back_up(imported_world: World, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed) as caught:
        store.backup(
            store=imported_world.store, actor=imported_world.actor("tocongtac"), target=tmp_path / "b.hocba"
        )
    assert caught.value.exit_code == 3
    assert not (tmp_path / "b.hocba").exists()
