"""Accounts, assignments, sign-in tries and bound certificates."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher, Type, extract_parameters
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import changelog, classes, people
from app.models.base import moment_text
from app.models.passwords import hash_password, verify_password
from app.models.store import Store
from app.models.values import AccountRecord
from app.records.types import Role, SigningRole
from tests.models.samples import NOW, YEAR


def add(
    session: Session,
    login: str,
    *,
    classes: frozenset[str] = frozenset(),
    subjects: frozenset[tuple[str, str]] = frozenset(),
) -> None:
    people.add_account(
        session,
        login=login,
        name="Nguyễn Thị Lan",
        title="Giáo viên",
        roles=frozenset({Role.HOMEROOM, Role.CHECKER}),
        classes=classes,
        subjects=subjects,
        password_hash="hash",
        year=YEAR,
        actor="admin",
    )


def account(session: Session, login: str) -> AccountRecord:
    found = people.account(session, login, YEAR)
    assert found is not None
    return found


def make_classes(session: Session) -> None:
    for name in ("3A", "3B"):
        classes.ensure_class(session, YEAR, name, 3, "admin")


def test_an_account_comes_back_whole(store: Store) -> None:
    with store.transaction() as session:
        make_classes(session)
        add(session, "lan", classes=frozenset({"3A"}), subjects=frozenset({("3B", "AN")}))
    with store.reading() as session:
        found = account(session, "LAN ")
        assert people.accounts(session, YEAR) == (found,)
        assert people.account(session, "lan", "2024-2025") != found
        assert people.account(session, "khác", YEAR) is None
    assert found.roles == {Role.HOMEROOM, Role.CHECKER}
    assert found.classes == {"3A"}
    assert found.subjects == {("3B", "AN")}
    assert (found.login, found.name, found.disabled, found.failed_tries) == (
        "lan",
        "Nguyễn Thị Lan",
        False,
        0,
    )


def test_a_login_is_taken_once_in_any_case(store: Store) -> None:
    with store.transaction() as session:
        add(session, "lan")
        with pytest.raises(UserError) as caught:
            add(session, "LAN")
    assert caught.value.code == "account.exists"


def test_an_unknown_class_is_refused_with_everything(store: Store) -> None:
    with pytest.raises(UserError) as caught, store.transaction() as session:
        add(session, "lan", classes=frozenset({"9Z"}))
    assert caught.value.code == "workflow.no_class"
    with store.reading() as session:
        assert people.accounts(session, YEAR) == ()


def test_assignments_are_replaced(store: Store) -> None:
    with store.transaction() as session:
        make_classes(session)
        add(session, "lan", classes=frozenset({"3A"}))
        people.assign(session, login="lan", year=YEAR, classes=["3B"], subjects=[("3A", "MT")], actor="admin")
        found = account(session, "lan")
        last = changelog.entries(session, entity="account:lan")[0]
    assert found.classes == {"3B"}
    assert found.subjects == {("3A", "MT")}
    assert (last.kind, last.old, last.new) == ("assign", "3A", "3A:MT 3B")


def test_the_newest_homeroom_teacher_who_works_counts(store: Store) -> None:
    with store.transaction() as session:
        make_classes(session)
        add(session, "cũ", classes=frozenset({"3A"}))
        add(session, "mới", classes=frozenset({"3A"}))
        newest = people.homeroom_teacher(session, YEAR, "3A")
        people.disable_account(session, "mới", "admin")
        after = people.homeroom_teacher(session, YEAR, "3A")
        assert people.homeroom_teacher(session, YEAR, "3B") is None
    assert newest is not None
    assert after is not None
    assert (newest.login, after.login) == ("mới", "cũ")


@pytest.mark.parametrize(("tries", "pause"), [(4, None), (5, 60), (6, 120), (9, 960), (10, 1800), (60, 1800)])
def test_wrong_passwords_cost_time(store: Store, tries: int, pause: int | None) -> None:
    with store.transaction() as session:
        add(session, "lan")
        for _ in range(tries):
            people.note_login(session, "lan", ok=False, now=NOW)
        found = account(session, "lan")
        people.note_login(session, "lan", ok=True, now=NOW)
        after = account(session, "lan")
    assert found.failed_tries == tries
    assert found.locked_until == (None if pause is None else NOW + timedelta(seconds=pause))
    assert (after.failed_tries, after.locked_until) == (0, None)


def test_a_new_password_lets_the_person_in_again(store: Store) -> None:
    with store.transaction() as session:
        add(session, "lan")
        for _ in range(6):
            people.note_login(session, "lan", ok=False, now=NOW)
        people.set_password(session, "lan", "new hash", "admin")
        found = account(session, "lan")
        logged = changelog.entries(session, entity="account:lan")
    assert (found.password_hash, found.locked_until) == ("new hash", None)
    assert all("hash" not in f"{entry.old}{entry.new}" for entry in logged)


def test_an_unknown_login_is_said(store: Store) -> None:
    with store.transaction() as session, pytest.raises(UserError) as caught:
        people.disable_account(session, "ai", "admin")
    assert caught.value.code == "account.unknown"


def bind(session: Session, login: str, role: SigningRole, fingerprint: str) -> None:
    people.bind_certificate(
        session,
        login=login,
        role=role,
        fingerprint=fingerprint,
        subject="CN=Nguyễn Thị Lan",
        not_after=NOW,
        der=b"der " + fingerprint.encode(),
        token_serial="0001",
        actor="admin",
    )


def test_a_new_binding_replaces_the_one_of_the_same_role(store: Store) -> None:
    with store.transaction() as session:
        add(session, "lan")
        bind(session, "lan", SigningRole.TEACHER, "a")
        bind(session, "lan", SigningRole.LEADER, "b")
        bind(session, "", SigningRole.SEAL, "c")
        bind(session, "lan", SigningRole.TEACHER, "d")
    with store.reading() as session:
        found = people.certificates(session)
    told = {(item.login, item.role.value, item.fingerprint, item.der) for item in found}
    assert told == {
        ("", "seal", "c", b"der c"),
        ("lan", "leader", "b", b"der b"),
        ("lan", "teacher", "d", b"der d"),
    }
    assert all(item.not_after == NOW for item in found)


def test_passwords_are_hashed_and_independent_of_the_keyboard() -> None:
    hashed = hash_password("Mật khẩu")
    assert hashed.startswith("$argon2id$")
    assert hashed != hash_password("Mật khẩu")
    assert verify_password(hashed, "Mật khẩu")
    assert verify_password(hashed, "Ma\u0323\u0302t kha\u0302\u0309u")
    assert not verify_password(hashed, "mật khẩu")
    assert not verify_password("no hash", "Mật khẩu")


def test_a_password_costs_what_rfc_9106_asks_where_memory_is_short(real_hasher: PasswordHasher) -> None:
    hashed = extract_parameters(real_hasher.hash("Mật khẩu"))
    assert hashed.type is Type.ID
    assert hashed.time_cost >= 3
    assert hashed.memory_cost >= 64 * 1024  # KiB


def test_a_moment_without_offset_is_a_bug() -> None:
    with pytest.raises(ValueError, match="offset"):
        moment_text(datetime(2024, 1, 1))  # noqa: DTZ001
