"""Accounts, assignments and whose certificate is whose."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from app import messages
from app.errors import TokenProblem, UserError
from app.models import classes as class_rows
from app.models import people
from app.models import settings as settings_store
from app.models.passwords import hash_password
from app.models.store import Session, Store
from app.models.values import AccountRecord, BoundCertificate
from app.records.names import nfc, search_form
from app.records.permissions import Action, Actor, require
from app.records.programme import SUBJECT_NAMES
from app.records.types import Role, SigningRole
from app.signing.certificates import CertificateInfo, check_usable, load_certificate
from app.signing.discovery import TokenInfo, find_tokens
from app.workflows import clock
from app.workflows.report import NOTHING, Changes, changed
from app.workflows.store import check_password, confirm_password

_SIGNING_ROLES: Final = {Role.HOMEROOM: SigningRole.TEACHER, Role.LEADER: SigningRole.LEADER}


@dataclass(frozen=True, slots=True)
class AccountInfo:
    """An account as listed, with the certificates bound to it."""

    account: AccountRecord
    certificates: tuple[BoundCertificate, ...]


@dataclass(frozen=True, slots=True)
class AssignReport:
    """What was assigned; `moved`: class → login of the homeroom teacher it was taken from."""

    moved: Mapping[str, str]
    changes: Changes


@dataclass(frozen=True, slots=True)
class BindReport:
    """Whose certificate it is now; `warning` when the certificate bears another name."""

    subject: str
    fingerprint: str
    not_after: datetime
    warning: str
    changes: Changes


def add_account(
    *,
    store: Store,
    actor: Actor,
    login: str,
    name: str,
    roles: Sequence[Role],
    classes: Sequence[str],
    subjects: Sequence[str],
    password: str,
    title: str = "",
) -> Changes:
    """Add a person. A homeroom teacher gets `classes`; a subject teacher `subjects` in these classes.

    Raises UserError account.exists, account.no_role, workflow.no_class, workflow.no_subject.
    """
    require(actor, Action.ACCOUNTS)
    check_password(password)
    if not roles:
        raise UserError("account.no_role", login=login)
    unknown = [code for code in subjects if code not in SUBJECT_NAMES]
    if unknown:
        raise UserError("workflow.no_subject", subject=unknown[0], known=", ".join(SUBJECT_NAMES))
    with store.transaction() as session:
        year = settings_store.active_year(session)
        known = {summary.name for summary in class_rows.summaries(session, year)}
        missing = [name for name in classes if name not in known]
        if missing:
            raise UserError("workflow.no_class", name=missing[0], year=year)
        people.add_account(
            session,
            login=login,
            name=nfc(name),
            title=title,
            roles=frozenset(roles),
            classes=frozenset(classes) if Role.HOMEROOM in roles else frozenset(),
            subjects=frozenset((c, s) for c in classes for s in subjects),
            password_hash=hash_password(password),
            year=year,
            actor=actor.login,
        )
    return changed("accounts")


def list_accounts(*, store: Store, actor: Actor) -> tuple[AccountInfo, ...]:
    """Every account with its bound certificates."""
    require(actor, Action.ACCOUNTS)
    with store.reading() as session:
        accounts = people.accounts(session, settings_store.active_year(session))
        bound = people.certificates(session)
    return tuple(
        AccountInfo(account, tuple(item for item in bound if item.login == account.login))
        for account in accounts
    )


def list_bound(*, store: Store, actor: Actor) -> tuple[BoundCertificate, ...]:
    """Every certificate bound now; that of the seal has an empty login."""
    require(actor, Action.BIND)
    with store.reading() as session:
        return people.certificates(session)


def disable_account(*, store: Store, actor: Actor, login: str) -> Changes:
    """Close an account; what the person did stays. UserError account.unknown, account.own."""
    require(actor, Action.ACCOUNTS)
    if login == actor.login:
        raise UserError("account.own", login=login)
    with store.transaction() as session:
        if people.account(session, login, settings_store.active_year(session)) is None:
            raise UserError("account.unknown", login=login)
        people.disable_account(session, login, actor.login)
        _keep_an_administrator(session)
    return changed("accounts")


def enable_account(*, store: Store, actor: Actor, login: str) -> Changes:
    """Open a closed account again. UserError account.unknown."""
    require(actor, Action.ACCOUNTS)
    with store.transaction() as session:
        people.enable_account(session, login, actor.login)
    return changed("accounts")


def edit_account(
    *,
    store: Store,
    actor: Actor,
    login: str,
    name: str | None = None,
    title: str | None = None,
    roles: Collection[Role] | None = None,
) -> Changes:
    """Change name, title lines or roles of a person; None leaves them. Classes and subjects: `assign`.

    UserError account.unknown, account.no_name, account.no_role, account.own_role (nobody takes the role of
    administrator from oneself), account.last_admin.
    """
    require(actor, Action.ACCOUNTS)
    with store.transaction() as session:
        before = _known(session, login)
        wanted = before.roles if roles is None else frozenset(roles)
        if not wanted:
            raise UserError("account.no_role", login=before.login)
        if not (before.name if name is None else name).strip():
            raise UserError("account.no_name", login=before.login)
        if before.login == actor.login and Role.ADMIN in before.roles - wanted:
            raise UserError("account.own_role", login=before.login)
        written = people.edit_account(
            session,
            before.login,
            name=before.name if name is None else name,
            title=before.title if title is None else title,
            actor=actor.login,
        )
        people.set_roles(session, before.login, wanted, actor.login)
        _keep_an_administrator(session)
    return changed("accounts", "classes") if written or wanted != before.roles else NOTHING


def assign(
    *,
    store: Store,
    actor: Actor,
    login: str,
    classes: Collection[str],
    subjects: Collection[tuple[str, str]],
) -> AssignReport:
    """Say what a person teaches this year: `classes` as homeroom teacher, `subjects` as (class, code).

    A class has one homeroom teacher: it is taken from whoever had it. The roles that the work needs are
    added. UserError account.unknown, workflow.no_class, workflow.no_subject.
    """
    require(actor, Action.ACCOUNTS)
    unknown = [code for _, code in subjects if code not in SUBJECT_NAMES]
    if unknown:
        raise UserError("workflow.no_subject", subject=unknown[0], known=", ".join(SUBJECT_NAMES))
    with store.transaction() as session:
        year = settings_store.active_year(session)
        person = _known(session, login)
        moved = _take_classes(session, year, person.login, frozenset(classes), actor.login)
        people.assign(
            session, login=person.login, year=year, classes=classes, subjects=subjects, actor=actor.login
        )
        needed = {Role.HOMEROOM: classes, Role.SUBJECT_TEACHER: subjects}
        roles = person.roles | {role for role, given in needed.items() if given}
        people.set_roles(session, person.login, roles, actor.login)
    return AssignReport(moved, changed("accounts", "classes"))


def reset_password(*, store: Store, actor: Actor, login: str, password: str) -> Changes:
    """The administrator gives a person a new password. UserError account.unknown, account.password_short."""
    require(actor, Action.ACCOUNTS)
    check_password(password)
    with store.transaction() as session:
        people.set_password(session, _known(session, login).login, hash_password(password), actor.login)
    return changed("accounts")


def change_password(*, store: Store, actor: Actor, old: str, new: str) -> Changes:
    """Everybody changes the own password with the old one.

    NotAllowed account.wrong_password, account.wait (counted as at the sign-in); UserError
    account.password_short, account.password_same.
    """
    check_password(new)
    confirm_password(store=store, actor=actor, password=old)
    if new == old:
        raise UserError("account.password_same")
    with store.transaction() as session:
        people.set_password(session, actor.login, hash_password(new), actor.login)
    return changed("accounts")


def _known(session: Session, login: str) -> AccountRecord:
    found = people.account(session, login, settings_store.active_year(session))
    if found is None:
        raise UserError("account.unknown", login=login)
    return found


def _take_classes(
    session: Session, year: str, login: str, wanted: frozenset[str], actor: str
) -> dict[str, str]:
    """Take the homeroom classes `wanted` from everybody else; class → former login."""
    moved = {}
    for other in people.accounts(session, year):
        taken = other.classes & wanted
        if other.login == login or not taken:
            continue
        people.assign(
            session,
            login=other.login,
            year=year,
            classes=other.classes - taken,
            subjects=other.subjects,
            actor=actor,
        )
        moved.update(dict.fromkeys(sorted(taken), other.login))
    return moved


def _keep_an_administrator(session: Session) -> None:
    accounts = people.accounts(session, settings_store.active_year(session))
    if not any(Role.ADMIN in one.roles and not one.disabled for one in accounts):
        raise UserError("account.last_admin")


def unbind(*, store: Store, actor: Actor, login: str | None, role: SigningRole | None = None) -> Changes:
    """Say that a certificate is no longer in use; `login` None: the school's seal.

    Signatures made with it stay explained. Without `role` every binding of the person is closed. UserError
    account.unknown, account.not_bound.
    """
    require(actor, Action.BIND)
    with store.transaction() as session:
        holder = "" if login is None else _known(session, login).login
        roles = tuple(SigningRole) if role is None else (role,)
        closed = [people.unbind_certificate(session, holder, one, actor.login) for one in roles]
        if not any(closed):
            raise UserError("account.not_bound", login=login or "con dấu")
    return changed("accounts")


def bind(
    *,
    store: Store,
    actor: Actor,
    login: str | None,
    certificate_file: Path | None = None,
    token_serial: str | None = None,
    role: SigningRole | None = None,
) -> BindReport:
    """Say whose certificate this is; `login` None binds the school's seal.

    Without `role` the certificate serves every signing role that the person's roles imply.
    """
    require(actor, Action.BIND)
    with store.reading() as session:
        year = settings_store.active_year(session)
        account = None if login is None else people.account(session, login, year)
        school = settings_store.school(session)
        modules = settings_store.modules(session)
    if login is not None and account is None:
        raise UserError("account.unknown", login=login)
    holder = account.name if account is not None else school.name
    certificate = _choose(certificate_file, token_serial, modules, holder)
    with store.transaction() as session:
        for signing_role in _roles_for(account, role):
            people.bind_certificate(
                session,
                login=login or "",
                role=signing_role,
                fingerprint=certificate.fingerprint,
                subject=certificate.subject,
                not_after=certificate.not_after,
                der=certificate.der,
                token_serial=token_serial or "",
                actor=actor.login,
            )
    return BindReport(
        subject=certificate.subject,
        fingerprint=certificate.fingerprint,
        not_after=certificate.not_after,
        warning=_name_warning(certificate, holder) or _unusable(certificate),
        changes=changed("accounts"),
    )


def _roles_for(account: AccountRecord | None, role: SigningRole | None) -> tuple[SigningRole, ...]:
    if account is None:
        return (SigningRole.SEAL,)
    if role is not None:
        return (role,)
    implied = tuple(signing for held, signing in _SIGNING_ROLES.items() if held in account.roles)
    return implied or tuple(_SIGNING_ROLES.values())


def _choose(file: Path | None, serial: str | None, modules: Sequence[Path], holder: str) -> CertificateInfo:
    if file is not None:
        return load_certificate(file)
    if serial is None:
        raise UserError("workflow.bind_what")
    certificates = _token(serial, modules).certificates
    named = [item for item in certificates if search_form(item.common_name) == search_form(holder)]
    choice = named if named else list(certificates)
    choice = [item for item in choice if not _unusable(item)] or choice
    if len(choice) != 1:
        raise TokenProblem(
            "signing.certificate_unclear", serial=serial, holder=holder, count=len(certificates)
        )
    return choice[0]


def _unusable(certificate: CertificateInfo) -> str:
    """Why this certificate could not sign today, as a sentence; empty when it could."""
    try:
        check_usable(certificate, clock.now())
    except TokenProblem as problem:
        return messages.sentence(problem)
    return ""


def _token(serial: str, modules: Sequence[Path]) -> TokenInfo:
    found = next((token for token in find_tokens(modules) if token.serial == serial), None)
    if found is None:
        raise TokenProblem("signing.no_token", token=serial)
    return found


def _name_warning(certificate: CertificateInfo, holder: str) -> str:
    if search_form(certificate.common_name) == search_form(holder):
        return ""
    return f"Chứng thư số ghi tên “{certificate.common_name}”, khác tên “{holder}”. Xem lại trước khi ký."
