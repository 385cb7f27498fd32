"""Changing accounts, roles, assignments, passwords and bindings, and what nobody can do to oneself."""

from __future__ import annotations

import pytest

from app.demo.cast import ADMIN, CHECKER, VICE_PRINCIPAL, teacher_login
from app.errors import NotAllowed, UserError
from app.models import changelog
from app.models.values import AccountRecord
from app.records.permissions import Action, allowed
from app.records.types import Role, SigningRole
from app.workflows import people
from app.workflows import store as store_verbs
from tests.world import PASSWORD, World

NEW = "mat-khau-moi-9"
TEACHER = teacher_login("3A")


def account(world: World, login: str = TEACHER) -> AccountRecord:
    listed = people.list_accounts(store=world.store, actor=world.actor())
    return next(one.account for one in listed if one.account.login == login)


def assign(
    world: World, login: str, classes: set[str], subjects: set[tuple[str, str]]
) -> people.AssignReport:
    return people.assign(
        store=world.store, actor=world.actor(), login=login, classes=classes, subjects=subjects
    )


def edit_roles(world: World, login: str, *roles: Role, actor: str = ADMIN) -> None:
    people.edit_account(store=world.store, actor=world.actor(actor), login=login, roles=roles)


def test_name_title_and_roles_change_and_are_logged(listed_world: World) -> None:
    world = listed_world
    people.edit_account(
        store=world.store,
        actor=world.actor(),
        login=TEACHER,
        name="Ly\u0301 Thị Bích",
        title="GIÁO VIÊN CHỦ NHIỆM",
        roles=(Role.HOMEROOM, Role.CHECKER),
    )
    now = account(world)
    assert (now.name, now.title) == ("Lý Thị Bích", "GIÁO VIÊN CHỦ NHIỆM")
    assert now.roles == {Role.HOMEROOM, Role.CHECKER}
    assert allowed(world.actor(TEACHER), Action.APPROVE)
    with world.store.reading() as session:
        fields = {e.field for e in changelog.entries(session, entity=f"account:{TEACHER}", actor=ADMIN)}
    assert {"name", "title", "roles"} <= fields


def test_nothing_new_changes_nothing(listed_world: World) -> None:
    before = account(listed_world)
    report = people.edit_account(
        store=listed_world.store,
        actor=listed_world.actor(),
        login=TEACHER,
        name=before.name,
        title=before.title,
        roles=before.roles,
    )
    assert report.kinds == frozenset()


@pytest.mark.parametrize("roles", [(), (Role.CHECKER,)])
def test_nobody_takes_the_administration_from_oneself(listed_world: World, roles: tuple[Role, ...]) -> None:
    with pytest.raises(UserError) as error:
        edit_roles(listed_world, ADMIN, *roles)
    assert error.value.code == ("account.own_role" if roles else "account.no_role")
    assert account(listed_world, ADMIN).roles == {Role.ADMIN}


def test_two_administrators_cannot_shut_each_other_out(listed_world: World) -> None:
    world = listed_world
    edit_roles(world, CHECKER, Role.ADMIN)
    first, second = world.actor(), world.actor(CHECKER)
    people.disable_account(store=world.store, actor=first, login=CHECKER)
    with pytest.raises(UserError) as error:
        people.disable_account(store=world.store, actor=second, login=ADMIN)
    assert error.value.code == "account.last_admin"
    with pytest.raises(UserError) as error:
        people.edit_account(store=world.store, actor=second, login=ADMIN, roles=(Role.CLERK,))
    assert error.value.code == "account.last_admin"
    assert not account(world, ADMIN).disabled


def test_a_closed_account_opens_again(listed_world: World) -> None:
    world = listed_world
    people.disable_account(store=world.store, actor=world.actor(), login=TEACHER)
    with pytest.raises(NotAllowed):
        world.actor(TEACHER)
    people.enable_account(store=world.store, actor=world.actor(), login=TEACHER)
    assert world.actor(TEACHER).classes == {"3A"}


def test_a_class_moves_to_its_new_teacher(listed_world: World) -> None:
    world, other = listed_world, teacher_login("4A")
    report = assign(world, other, {"3A", "4A"}, {("3A", "TOAN"), ("4A", "TIN")})
    assert report.moved == {"3A": TEACHER}
    assert account(world).classes == set()
    now = account(world, other)
    assert now.classes == {"3A", "4A"}
    assert now.subjects == {("3A", "TOAN"), ("4A", "TIN")}
    assert now.roles == {Role.HOMEROOM, Role.SUBJECT_TEACHER}
    assert allowed(world.actor(other), Action.EDIT, "3A", "TV")
    assert not allowed(world.actor(TEACHER), Action.EDIT, "3A", "TV")
    assign(world, TEACHER, {"3A"}, set())
    assert account(world, other).classes == {"4A"}


def test_assigning_adds_the_role_it_needs(listed_world: World) -> None:
    assign(listed_world, CHECKER, set(), {("3A", "AN")})
    assert account(listed_world, CHECKER).roles == {Role.CHECKER, Role.SUBJECT_TEACHER}


def test_what_cannot_be_assigned(listed_world: World) -> None:
    with pytest.raises(UserError) as error:
        assign(listed_world, TEACHER, {"9Z"}, set())
    assert error.value.code == "workflow.no_class"
    with pytest.raises(UserError) as error:
        assign(listed_world, TEACHER, set(), {("3A", "XX")})
    assert error.value.code == "workflow.no_subject"
    assert account(listed_world).classes == {"3A"}


def test_a_new_password_from_the_administrator(listed_world: World) -> None:
    world = listed_world
    people.reset_password(store=world.store, actor=world.actor(), login=TEACHER, password=NEW)
    assert store_verbs.login(store=world.store, login=TEACHER, password=NEW).login == TEACHER
    with pytest.raises(NotAllowed):
        store_verbs.login(store=world.store, login=TEACHER, password=PASSWORD)
    with pytest.raises(UserError) as error:
        people.reset_password(store=world.store, actor=world.actor(), login=TEACHER, password="ngan")
    assert error.value.code == "account.password_short"


def test_everybody_changes_the_own_password_with_the_old_one(listed_world: World) -> None:
    world, actor = listed_world, listed_world.actor(TEACHER)
    with pytest.raises(NotAllowed) as error:
        people.change_password(store=world.store, actor=actor, old="sai-mat-khau", new=NEW)
    assert error.value.code == "account.wrong_password"
    assert account(world).failed_tries == 1
    with pytest.raises(UserError) as same:
        people.change_password(store=world.store, actor=actor, old=PASSWORD, new=PASSWORD)
    assert same.value.code == "account.password_same"
    people.change_password(store=world.store, actor=actor, old=PASSWORD, new=NEW)
    assert store_verbs.login(store=world.store, login=TEACHER, password=NEW).login == TEACHER


def test_guessing_the_old_password_makes_one_wait(listed_world: World) -> None:
    world, actor = listed_world, listed_world.actor(TEACHER)
    for _ in range(5):
        with pytest.raises(NotAllowed):
            people.change_password(store=world.store, actor=actor, old="sai-mat-khau", new=NEW)
    with pytest.raises(NotAllowed) as error:
        people.change_password(store=world.store, actor=actor, old=PASSWORD, new=NEW)
    assert error.value.code == "account.wait"


def test_without_its_binding_the_seal_signs_nothing(issued_world: World) -> None:
    world = issued_world
    people.unbind(store=world.store, actor=world.actor(), login=None)
    assert all(one.login for one in people.list_bound(store=world.store, actor=world.actor()))
    with pytest.raises(UserError) as error:
        people.unbind(store=world.store, actor=world.actor(), login=None)
    assert error.value.code == "account.not_bound"
    for role in (SigningRole.TEACHER, SigningRole.LEADER):
        world.sign(role)
    assert world.sign(SigningRole.SEAL).signed == 0


@pytest.mark.parametrize("login", [CHECKER, VICE_PRINCIPAL, TEACHER])
def test_only_the_administrator_manages_accounts(listed_world: World, login: str) -> None:
    world, actor = listed_world, listed_world.actor(login)
    other = teacher_login("4A")
    for act in (
        lambda: people.edit_account(store=world.store, actor=actor, login=other, name="X"),
        lambda: people.enable_account(store=world.store, actor=actor, login=other),
        lambda: people.reset_password(store=world.store, actor=actor, login=other, password=NEW),
        lambda: people.assign(store=world.store, actor=actor, login=other, classes=(), subjects=()),
        lambda: people.unbind(store=world.store, actor=actor, login=None),
        lambda: people.list_bound(store=world.store, actor=actor),
    ):
        with pytest.raises(NotAllowed):
            act()
