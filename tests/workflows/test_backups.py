"""Backups from the window: what is in one, replacing the open store, a new recovery code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.demo.cast import CHECKER
from app.errors import NotAllowed, UserError
from app.models import store as store_file
from app.workflows import backups, people
from app.workflows import store as store_verbs
from tests.world import PASSWORD, QUIET, World


def made(world: World, folder: Path) -> Path:
    target = folder / "ban-sao.hocba"
    backups.make_backup(store=world.store, actor=world.actor(), target=target, progress=QUIET)
    return target


def replace(world: World, file: Path, password: str = PASSWORD, code: str = "") -> None:
    backups.replace_store(
        store=world.store,
        actor=world.actor(),
        file=file,
        password=password,
        recovery_code=code,
        progress=QUIET,
    )


def names(world: World) -> set[str]:
    return {one.login for one in store_verbs.known_logins(store=world.store)}


def test_what_is_in_a_backup_before_anything_is_replaced(imported_world: World, tmp_path: Path) -> None:
    world = imported_world
    file = made(world, tmp_path)
    people.disable_account(store=world.store, actor=world.actor(), login="gv3a")
    found = backups.look_into(store=world.store, actor=world.actor(), file=file)
    assert (found.school, found.code, found.year) == (
        world.made.school.name,
        world.made.school.code,
        world.made.year,
    )
    assert found.pupils == sum(len(one.pupils) for one in world.made.classes)
    assert (found.classes, found.transcripts, found.own) == (5, 0, True)
    assert "gv3a" not in names(world)
    assert not list(world.folder.glob(".khoi-phuc-*"))


def test_a_backup_of_another_pc_needs_its_recovery_code(listed_world: World, tmp_path: Path) -> None:
    world = listed_world
    file = made(world, tmp_path)
    other = tmp_path / "khac"
    report = store_verbs.init_school(
        folder=other,
        school=world.made.school,
        year="2024-2025",
        admin_login="quantri",
        admin_name="Quản trị khác",
        password=PASSWORD,
    )
    assert report.recovery_code != world.recovery_code
    with store_verbs.open_store(other) as store:
        actor = store_verbs.login(store=store, login="quantri", password=PASSWORD)
        with pytest.raises(UserError) as error:
            backups.look_into(store=store, actor=actor, file=file)
        assert error.value.code == "store.recovery_needed"
        with pytest.raises(UserError) as error:
            backups.look_into(store=store, actor=actor, file=file, recovery_code=report.recovery_code)
        assert error.value.code == "store.recovery_wrong"
        found = backups.look_into(store=store, actor=actor, file=file, recovery_code=world.recovery_code)
        assert (found.year, found.own) == (world.made.year, False)


def test_a_backup_comes_back(listed_world: World, tmp_path: Path) -> None:
    world = listed_world
    file = made(world, tmp_path)
    people.disable_account(store=world.store, actor=world.actor(), login="gv3a")
    replace(world, file)
    world.store = store_verbs.open_store(world.folder)
    assert "gv3a" in names(world)
    assert list(world.folder.glob("da-thay-*"))


def test_nothing_is_replaced_without_the_password_or_from_a_bad_file(
    listed_world: World, tmp_path: Path
) -> None:
    world = listed_world
    file = made(world, tmp_path)
    with pytest.raises(NotAllowed) as wrong:
        replace(world, file, password="sai-mat-khau")
    assert wrong.value.code == "account.wrong_password"
    broken = tmp_path / "hong.hocba"
    broken.write_bytes(file.read_bytes()[:5000])
    people.disable_account(store=world.store, actor=world.actor(), login="gv3a")
    with pytest.raises(UserError) as error:
        replace(world, broken)
    assert error.value.code == "store.backup_damaged"
    with pytest.raises(UserError) as held:
        store_file.restore_backup(file, world.folder)
    assert held.value.code == "store.in_use"
    people.enable_account(store=world.store, actor=world.actor(), login="gv3a")
    assert "gv3a" in names(world)
    with store_verbs.open_store(world.folder) as second:
        with pytest.raises(UserError) as error:
            replace(world, file)
        assert error.value.code == "store.in_use"
        assert second.status()["audit_chain"] == "ok"
    assert not list(world.folder.glob("da-thay-*"))


def test_a_new_recovery_code_replaces_the_old_one(listed_world: World, tmp_path: Path) -> None:
    world = listed_world
    with pytest.raises(NotAllowed):
        backups.new_recovery_code(store=world.store, actor=world.actor(), password="sai-mat-khau")
    code = backups.new_recovery_code(store=world.store, actor=world.actor(), password=PASSWORD)
    assert code != world.recovery_code
    copy = tmp_path / "chep"
    shutil.copytree(world.folder, copy)
    (copy / "hocba.key").unlink()
    with pytest.raises(UserError):
        store_verbs.recover(folder=copy, recovery_code=world.recovery_code)
    store_verbs.recover(folder=copy, recovery_code=code)
    with store_verbs.open_store(copy) as store:
        assert store.status()["school"] == world.made.school.name


def test_backups_are_for_the_administrator(listed_world: World, tmp_path: Path) -> None:
    world, actor = listed_world, listed_world.actor(CHECKER)
    file = made(world, tmp_path)
    for act in (
        lambda: backups.make_backup(store=world.store, actor=actor, target=tmp_path / "x", progress=QUIET),
        lambda: backups.last_automatic(store=world.store, actor=actor),
        lambda: backups.look_into(store=world.store, actor=actor, file=file),
        lambda: backups.replace_store(
            store=world.store, actor=actor, file=file, password=PASSWORD, progress=QUIET
        ),
        lambda: backups.new_recovery_code(store=world.store, actor=actor, password=PASSWORD),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not (tmp_path / "x").exists()
