"""Creating, opening, saving and bringing back the store; signing in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from app.errors import NotAllowed, UserError
from app.models import people
from app.models import settings as settings_store
from app.models import store as store_file
from app.models.passwords import hash_password, verify_password
from app.models.store import Session, Store
from app.models.values import AccountRecord
from app.records.permissions import Action, Actor, require
from app.records.types import Role, School
from app.workflows import clock

__all__ = [
    "InitReport",
    "KnownLogin",
    "Store",
    "init_school",
    "known_logins",
    "login",
    "open_store",
    "status",
]

MIN_PASSWORD: Final = 6
_YEAR_LENGTH: Final = 9
_CODE: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,19}")
"""A school's code stands in file names and keys (at most 20 characters in the national data set)."""


@dataclass(frozen=True, slots=True)
class InitReport:
    """The code that opens the store when its key is lost; shown once."""

    recovery_code: str


@dataclass(frozen=True, slots=True)
class KnownLogin:
    """A name for the sign-in list."""

    login: str
    name: str
    roles: frozenset[Role]
    classes: frozenset[str] = frozenset()
    """Classes as homeroom teacher."""


def check_year(year: str) -> str:
    """`year` when it reads "2023-2024"; UserError workflow.bad_year otherwise."""
    first, _, last = year.partition("-")
    plain = len(year) == _YEAR_LENGTH and first.isdigit() and last.isdigit()
    if not plain or int(last) != int(first) + 1:
        raise UserError("workflow.bad_year", year=year)
    return year


def check_password(password: str) -> str:
    """`password` when it is long enough; UserError account.password_short otherwise."""
    if len(password) < MIN_PASSWORD:
        raise UserError("account.password_short", least=MIN_PASSWORD)
    return password


def check_code(code: str) -> str:
    """`code` when a school may have it; UserError workflow.school_code otherwise."""
    if not _CODE.fullmatch(code):
        raise UserError("workflow.school_code", code=code)
    return code


def init_school(
    *, folder: Path, school: School, year: str, admin_login: str, admin_name: str, password: str
) -> InitReport:
    """Create the data folder, the encrypted store and the first administrator."""
    check_year(year)
    check_password(password)
    if not school.name.strip():
        raise UserError("workflow.school_unnamed")
    check_code(school.code)

    def first_account(session: Session) -> None:
        people.add_account(
            session,
            login=admin_login,
            name=admin_name,
            title="",
            roles=frozenset({Role.ADMIN}),
            classes=frozenset(),
            subjects=frozenset(),
            password_hash=hash_password(password),
            year=year,
            actor=admin_login,
        )

    store, recovery_code = Store.create(folder, school=school, year=year, fill=first_account)
    store.close()
    return InitReport(recovery_code)


def open_store(folder: Path) -> Store:
    """Open the store of `folder`; UserError store.* says what stands in the way."""
    return Store.open(folder)


def known_logins(*, store: Store) -> tuple[KnownLogin, ...]:
    """Names that may sign in on this PC, without anything else about them."""
    with store.reading() as session:
        year = settings_store.active_year(session)
        accounts = people.accounts(session, year)
    return tuple(KnownLogin(a.login, a.name, a.roles, a.classes) for a in accounts if not a.disabled)


def _actor(account: AccountRecord) -> Actor:
    return Actor(
        account_id=account.id,
        login=account.login,
        name=account.name,
        roles=account.roles,
        classes=account.classes,
        subjects=account.subjects,
    )


def login(*, store: Store, login: str, password: str, at: datetime | None = None) -> Actor:
    """Check a password; NotAllowed account.* when it is wrong, or when one has to wait a minute.

    A wrong try is counted before the answer is given, so that killing the process does not reset it.
    """
    moment = at or clock.now()
    with store.reading() as session:
        account = people.account(session, login, settings_store.active_year(session))
    if account is None or account.disabled:
        raise NotAllowed("account.wrong_password", left="")
    if account.locked_until is not None and moment < account.locked_until:
        wait = account.locked_until - moment
        raise NotAllowed("account.wait", seconds=max(1, int(wait / timedelta(seconds=1))))
    good = verify_password(account.password_hash, password)
    if not good or account.failed_tries:
        with store.transaction() as session:
            people.note_login(session, login, good, moment)
    if not good:
        raise NotAllowed("account.wrong_password", left="")
    return _actor(account)


def confirm_password(*, store: Store, actor: Actor, password: str) -> None:
    """The signed-in person proves once more who they are, before something dangerous.

    A wrong password is counted as at the sign-in: NotAllowed account.wrong_password, account.wait.
    """
    login(store=store, login=actor.login, password=password)


def status(*, folder: Path) -> Mapping[str, object]:
    """State of the store without anybody's data; needs no login. Empty store: `schema` is None."""
    if not store_file.exists(folder):
        return {"schema": None, "key_store": None, "audit_chain": None, "counts": {}, "folder": str(folder)}
    store = Store.open(folder)
    try:
        return store.status()
    finally:
        store.close()


def backup(*, store: Store, actor: Actor, target: Path) -> Path:
    """Write one consistent, encrypted copy of everything to `target`."""
    require(actor, Action.BACKUP)
    store.backup(target)
    return target


def restore(
    *,
    file: Path,
    folder: Path,
    login_name: str,
    password: Callable[[], str],
    recovery_code: Callable[[], str],
) -> None:
    """Replace the store of `folder` by a backup; the secrets are asked for only when they are needed.

    Where a store that opens is there already, its administrator has to say so; on an empty or damaged
    folder there is nobody to ask, and the key or the recovery code is the proof.
    """
    if store_file.exists(folder) and (store := _healthy(folder)) is not None:
        try:
            if not login_name:
                raise NotAllowed("account.no_user")
            require(login(store=store, login=login_name, password=password()), Action.RESTORE)
        finally:
            store.close()
    try:
        store_file.restore_backup(file, folder, None)
    except UserError as error:
        if error.code != "store.recovery_needed":
            raise
        store_file.restore_backup(file, folder, recovery_code())


def has_store(folder: Path) -> bool:
    """True when the folder holds a store."""
    return store_file.exists(folder)


def _healthy(folder: Path) -> Store | None:
    try:
        return Store.open(folder)
    except UserError as error:
        if error.code in {"store.damaged", "store.key_missing"}:
            return None
        raise


def recover(*, folder: Path, recovery_code: str) -> None:
    """Put the key back into this PC's key store with the recovery code."""
    store_file.recover(folder, recovery_code)
