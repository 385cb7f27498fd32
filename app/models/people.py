"""Accounts, their roles and assignments, and the certificates bound to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import changelog
from app.models import tables as t
from app.models.base import add_row
from app.models.text import nfc
from app.models.values import AccountRecord, BoundCertificate
from app.records.types import Role, SigningRole

FREE_TRIES: Final = 5
"""Wrong passwords before the first pause."""
_FIRST_PAUSE: Final = timedelta(minutes=1)
_LONGEST_PAUSE: Final = timedelta(minutes=30)


def plain_login(login: str) -> str:
    """The login as it is looked up: composed, lower case, without blanks around."""
    return nfc(login.strip()).casefold()


def add_account(
    session: Session,
    *,
    login: str,
    name: str,
    title: str,
    roles: frozenset[Role],
    classes: frozenset[str],
    subjects: frozenset[tuple[str, str]],
    password_hash: str,
    year: str,
    actor: str,
) -> int:
    """Add a person. `classes`: as homeroom teacher; `subjects`: pairs of class and subject code, in `year`.

    UserError account.exists (the login is taken), workflow.no_class.
    """
    login = nfc(login.strip())
    taken = select(t.Account.id).where(t.Account.login_key == plain_login(login))
    if session.execute(taken).scalar() is not None:
        raise UserError("account.exists", login=login)
    account_id = add_row(
        session,
        t.Account,
        login=login,
        login_key=plain_login(login),
        name=nfc(name.strip()),
        title=nfc(title.strip()),
        password_hash=password_hash,
    )
    for role in sorted(roles):
        session.execute(insert(t.table(t.AccountRole)).values(account_id=account_id, role=role.value))
    told = " ".join(sorted(role.value for role in roles))
    _log(session, actor, "add", login, "account", None, f"{nfc(name.strip())} ({told})")
    assign(session, login=login, year=year, classes=classes, subjects=subjects, actor=actor)
    return account_id


def assign(
    session: Session,
    *,
    login: str,
    year: str,
    classes: Iterable[str],
    subjects: Iterable[tuple[str, str]],
    actor: str,
) -> None:
    """Replace what a person teaches in `year`. UserError account.unknown, workflow.no_class."""
    account_id = _account_id(session, login)
    wanted = {(name, "") for name in classes} | set(subjects)
    numbers = _class_ids(session, year)
    for class_name, _ in sorted(wanted):
        if class_name not in numbers:
            raise UserError("workflow.no_class", name=class_name, year=year)
    before = _assignments(session, year, account_id)[account_id]
    if gone := before - wanted:
        _unassign(session, account_id, [(numbers[name], subject) for name, subject in gone])
    for class_name, subject in sorted(wanted - before):
        add_row(session, t.Assignment, account_id=account_id, class_id=numbers[class_name], subject=subject)
    if before != wanted:
        _log(session, actor, "assign", login, year, _told(before), _told(wanted))


def _told(pairs: Iterable[tuple[str, str]]) -> str:
    return " ".join(f"{name}:{subject}" if subject else name for name, subject in sorted(pairs))


def _unassign(session: Session, account_id: int, gone: Sequence[tuple[int, str]]) -> None:
    for class_id, subject in gone:
        session.execute(
            delete(t.Assignment).where(
                t.Assignment.account_id == account_id,
                t.Assignment.class_id == class_id,
                t.Assignment.subject == subject,
            )
        )


def _class_ids(session: Session, year: str) -> dict[str, int]:
    statement = (
        select(t.SchoolClass.name, t.SchoolClass.id)
        .join(t.SchoolYear, t.SchoolYear.id == t.SchoolClass.year_id)
        .where(t.SchoolYear.name == year)
    )
    return dict(session.execute(statement).all())


def _account_id(session: Session, login: str) -> int:
    found = session.execute(select(t.Account.id).where(t.Account.login_key == plain_login(login))).scalar()
    if found is None:
        raise UserError("account.unknown", login=login)
    return found


def _assignments(
    session: Session, year: str, account_id: int | None = None
) -> defaultdict[int, set[tuple[str, str]]]:
    statement = (
        select(t.Assignment.account_id, t.SchoolClass.name, t.Assignment.subject)
        .join(t.SchoolClass, t.SchoolClass.id == t.Assignment.class_id)
        .join(t.SchoolYear, t.SchoolYear.id == t.SchoolClass.year_id)
        .where(t.SchoolYear.name == year)
    )
    if account_id is not None:
        statement = statement.where(t.Assignment.account_id == account_id)
    found: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for number, class_name, subject in session.execute(statement):
        found[number].add((class_name, subject))
    return found


def account(session: Session, login: str, year: str) -> AccountRecord | None:
    """The account of a login with the assignments of `year`, None when there is none."""
    row = session.execute(select(t.Account).where(t.Account.login_key == plain_login(login))).scalar()
    return None if row is None else next(iter(_records(session, [row], year, row.id)))


def accounts(session: Session, year: str) -> tuple[AccountRecord, ...]:
    """Every account by login, disabled ones too, with the assignments of `year`."""
    rows = session.execute(select(t.Account).order_by(t.Account.login_key)).scalars().all()
    return tuple(_records(session, rows, year))


def _records(
    session: Session, rows: Sequence[t.Account], year: str, account_id: int | None = None
) -> Iterable[AccountRecord]:
    roles: defaultdict[int, set[Role]] = defaultdict(set)
    for number, role in session.execute(select(t.AccountRole.account_id, t.AccountRole.role)):
        roles[number].add(Role(role))
    assigned = _assignments(session, year, account_id)
    for row in rows:
        yield AccountRecord(
            id=row.id,
            login=row.login,
            name=row.name,
            title=row.title,
            roles=frozenset(roles[row.id]),
            classes=frozenset(name for name, subject in assigned[row.id] if not subject),
            subjects=frozenset(pair for pair in assigned[row.id] if pair[1]),
            disabled=row.disabled,
            password_hash=row.password_hash,
            failed_tries=row.failed_tries,
            locked_until=row.locked_until,
        )


def _log(
    session: Session, actor: str, kind: str, login: str, field: str, old: str | None, new: str | None
) -> None:
    entity = f"account:{plain_login(login)}"
    changelog.record(session, actor=actor, kind=kind, entity=entity, field=field, old=old, new=new)


def _update(session: Session, account_id: int, **values: object) -> None:
    session.execute(
        update(t.Account)
        .where(t.Account.id == account_id)
        .values(**values, row_version=t.Account.row_version + 1)
    )


def disable_account(session: Session, login: str, actor: str) -> None:
    """Close an account; nothing that the person did is touched. UserError account.unknown."""
    _update(session, _account_id(session, login), disabled=True)
    _log(session, actor, "disable", login, "disabled", "false", "true")


def enable_account(session: Session, login: str, actor: str) -> None:
    """Open a closed account again. UserError account.unknown."""
    _update(session, _account_id(session, login), disabled=False)
    _log(session, actor, "enable", login, "disabled", "true", "false")


def edit_account(session: Session, login: str, *, name: str, title: str, actor: str) -> int:
    """Change how a person is called; returns the number of changed fields. UserError account.unknown."""
    account_id = _account_id(session, login)
    old = session.execute(select(t.Account.name, t.Account.title).where(t.Account.id == account_id)).one()
    given = {"name": nfc(name.strip()), "title": nfc(title.strip())}
    before = {"name": old.name, "title": old.title}
    changed = {field: value for field, value in given.items() if before[field] != value}
    if changed:
        _update(session, account_id, **changed)
    for field, value in changed.items():
        _log(session, actor, "edit", login, field, before[field], value)
    return len(changed)


def set_roles(session: Session, login: str, roles: frozenset[Role], actor: str) -> None:
    """Replace the roles of a person; logged when they change. UserError account.unknown."""
    account_id = _account_id(session, login)
    mine = t.AccountRole.account_id == account_id
    before = {Role(role) for role in session.execute(select(t.AccountRole.role).where(mine)).scalars()}
    if before == roles:
        return
    session.execute(delete(t.AccountRole).where(mine))
    for role in sorted(roles):
        session.execute(insert(t.table(t.AccountRole)).values(account_id=account_id, role=role.value))
    told = (" ".join(sorted(role.value for role in held)) for held in (before, roles))
    _log(session, actor, "edit", login, "roles", *told)


def set_password(session: Session, login: str, password_hash: str, actor: str) -> None:
    """Replace a password and let the person in again. UserError account.unknown."""
    values = {"password_hash": password_hash, "failed_tries": 0, "locked_until": None}
    _update(session, _account_id(session, login), **values)
    _log(session, actor, "password", login, "password", None, None)


def note_login(session: Session, login: str, ok: bool, now: datetime) -> None:
    """Count a sign-in. After five wrong passwords each further one doubles the pause, up to 30 minutes."""
    account_id = _account_id(session, login)
    tries = session.execute(select(t.Account.failed_tries).where(t.Account.id == account_id)).scalar_one()
    if ok:
        _update(session, account_id, failed_tries=0, locked_until=None)
        _log(session, login, "login", login, "login", None, None)
        return
    tries += 1
    pause = min(_FIRST_PAUSE * 2 ** min(tries - FREE_TRIES, 10), _LONGEST_PAUSE)
    locked_until = now + pause if tries >= FREE_TRIES else None
    _update(session, account_id, failed_tries=tries, locked_until=locked_until)
    _log(session, login, "login_failed", login, "failed_tries", str(tries - 1), str(tries))


def homeroom_teacher(session: Session, year: str, class_name: str) -> AccountRecord | None:
    """The homeroom teacher of a class: the newest assignment of an account that is not disabled."""
    login = homeroom_teachers(session, year).get(class_name, (None, ""))[0]
    return None if login is None else account(session, login, year)


def homeroom_teachers(session: Session, year: str, class_id: int | None = None) -> dict[str, tuple[str, str]]:
    """Login and name of the homeroom teacher, by class name, of one class when asked."""
    statement = (
        select(t.SchoolClass.name, t.Account.login, t.Account.name)
        .join(t.Assignment, t.Assignment.class_id == t.SchoolClass.id)
        .join(t.Account, t.Account.id == t.Assignment.account_id)
        .join(t.SchoolYear, t.SchoolYear.id == t.SchoolClass.year_id)
        .where(t.SchoolYear.name == year, t.Assignment.subject == "", t.Account.disabled.is_(False))
        .order_by(t.Assignment.id)
    )
    if class_id is not None:
        statement = statement.where(t.SchoolClass.id == class_id)
    return {class_name: (login, name) for class_name, login, name in session.execute(statement)}


def bind_certificate(
    session: Session,
    *,
    login: str,
    role: SigningRole,
    fingerprint: str,
    subject: str,
    not_after: datetime,
    der: bytes,
    token_serial: str,
    actor: str,
) -> None:
    """Say whose certificate signs in `role`; `login` empty: the school's seal. Closes the binding before it.

    UserError account.unknown.
    """
    account_id = _account_id(session, login) if login else None
    current = (
        t.Certificate.role == role.value,
        t.Certificate.account_id.is_(None) if account_id is None else t.Certificate.account_id == account_id,
        t.Certificate.unbound_at.is_(None),
    )
    old = session.execute(select(t.Certificate.fingerprint).where(*current)).scalar()
    now = datetime.now(UTC)
    session.execute(update(t.Certificate).where(*current).values(unbound_at=now))
    add_row(
        session,
        t.Certificate,
        account_id=account_id,
        role=role.value,
        fingerprint=fingerprint,
        subject=nfc(subject),
        not_after=not_after,
        token_serial=token_serial,
        bound_at=now,
        der=der,
    )
    _log(session, actor, "bind", login, f"certificate.{role.value}", old, fingerprint)


def unbind_certificate(session: Session, login: str, role: SigningRole, actor: str) -> bool:
    """Close a binding; `login` empty: the school's seal. False when there is none.

    UserError account.unknown.
    """
    account_id = _account_id(session, login) if login else None
    current = (
        t.Certificate.role == role.value,
        t.Certificate.account_id.is_(None) if account_id is None else t.Certificate.account_id == account_id,
        t.Certificate.unbound_at.is_(None),
    )
    old = session.execute(select(t.Certificate.fingerprint).where(*current)).scalar()
    if old is None:
        return False
    session.execute(update(t.Certificate).where(*current).values(unbound_at=datetime.now(UTC)))
    _log(session, actor, "unbind", login, f"certificate.{role.value}", old, None)
    return True


def certificates(session: Session) -> tuple[BoundCertificate, ...]:
    """Every certificate bound now, by login; the seal has an empty one."""
    statement = (
        select(t.Certificate, func.coalesce(t.Account.login, ""))
        .outerjoin(t.Account, t.Account.id == t.Certificate.account_id)
        .where(t.Certificate.unbound_at.is_(None))
        .order_by(t.Account.login_key, t.Certificate.role)
    )
    return tuple(
        BoundCertificate(
            login=login,
            role=SigningRole(row.role),
            fingerprint=row.fingerprint,
            subject=row.subject,
            not_after=row.not_after,
            der=row.der,
            token_serial=row.token_serial,
        )
        for row, login in session.execute(statement)
    )
