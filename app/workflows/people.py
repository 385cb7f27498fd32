"""Accounts, assignments and whose certificate is whose."""

from __future__ import annotations

from collections.abc import Sequence
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
from app.models.store import Store
from app.models.values import AccountRecord, BoundCertificate
from app.records.names import nfc, search_form
from app.records.permissions import Action, Actor, require
from app.records.programme import SUBJECT_NAMES
from app.records.types import Role, SigningRole
from app.signing.certificates import CertificateInfo, check_usable, load_certificate
from app.signing.discovery import TokenInfo, find_tokens
from app.workflows import clock
from app.workflows.report import Changes, changed
from app.workflows.store import check_password

_SIGNING_ROLES: Final = {Role.HOMEROOM: SigningRole.TEACHER, Role.LEADER: SigningRole.LEADER}


@dataclass(frozen=True, slots=True)
class AccountInfo:
    """An account as listed, with the certificates bound to it."""

    account: AccountRecord
    certificates: tuple[BoundCertificate, ...]


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


def disable_account(*, store: Store, actor: Actor, login: str) -> Changes:
    """Close an account; what the person did stays. UserError account.unknown, account.own."""
    require(actor, Action.ACCOUNTS)
    if login == actor.login:
        raise UserError("account.own", login=login)
    with store.transaction() as session:
        if people.account(session, login, settings_store.active_year(session)) is None:
            raise UserError("account.unknown", login=login)
        people.disable_account(session, login, actor.login)
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
