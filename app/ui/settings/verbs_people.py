"""The verbs of accounts, assignments, certificates and pictures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.records.types import Role
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.models.values import BoundCertificate, ClassSummary
    from app.signing.certificates import CertificateInfo
    from app.signing.discovery import TokenInfo
    from app.workflows.people import AccountInfo, AssignReport, BindReport
    from app.workflows.report import Changes


@dataclass(frozen=True, slots=True)
class Staff:
    """Every account, the classes of the year, and the year."""

    accounts: tuple[AccountInfo, ...]
    classes: tuple[ClassSummary, ...]
    year: str


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What the dialog of a new account gives."""

    login: str
    name: str
    title: str
    roles: frozenset[Role]
    password: str


def staff(desk: Desk) -> Staff:
    """Who there is and what they may be given."""
    from app.workflows import classes, people, plan

    year, _ = plan.list_milestones(store=desk.store)
    return Staff(
        people.list_accounts(store=desk.store, actor=desk.actor),
        classes.list_classes(store=desk.store, actor=desk.actor),
        year,
    )


def add_account(desk: Desk, given: NewAccount) -> Changes:
    """Add a person; what they teach is assigned afterwards."""
    from app.workflows import people

    return people.add_account(
        store=desk.store,
        actor=desk.actor,
        login=given.login,
        name=given.name,
        title=given.title,
        roles=tuple(given.roles),
        classes=(),
        subjects=(),
        password=given.password,
    )


def edit_account(desk: Desk, login: str, name: str, title: str, roles: Collection[Role]) -> Changes:
    """Change name, title lines and roles."""
    from app.workflows import people

    return people.edit_account(
        store=desk.store, actor=desk.actor, login=login, name=name, title=title, roles=roles
    )


def set_title(desk: Desk, login: str, title: str) -> Changes:
    """Change the title lines alone."""
    from app.workflows import people

    return people.edit_account(store=desk.store, actor=desk.actor, login=login, title=title)


def assign(
    desk: Desk, login: str, classes: Collection[str], subjects: Collection[tuple[str, str]]
) -> AssignReport:
    """Say what a person teaches."""
    from app.workflows import people

    return people.assign(store=desk.store, actor=desk.actor, login=login, classes=classes, subjects=subjects)


def assign_back(desk: Desk, before: Sequence[AccountInfo]) -> Changes:
    """Undo `assign`: what these people taught, and the roles they had."""
    from app.workflows import people
    from app.workflows.report import changed

    for one in before:
        account = one.account
        assign(desk, account.login, account.classes, account.subjects)
        people.edit_account(store=desk.store, actor=desk.actor, login=account.login, roles=account.roles)
    return changed("accounts", "classes")


def disable(desk: Desk, login: str, password: str) -> Changes:
    """Close an account, once the own password is proven."""
    from app.workflows import people, store

    store.confirm_password(store=desk.store, actor=desk.actor, password=password)
    return people.disable_account(store=desk.store, actor=desk.actor, login=login)


def enable(desk: Desk, login: str) -> Changes:
    """Open a closed account again."""
    from app.workflows import people

    return people.enable_account(store=desk.store, actor=desk.actor, login=login)


def reset_password(desk: Desk, login: str, password: str) -> Changes:
    """Give a person a new password."""
    from app.workflows import people

    return people.reset_password(store=desk.store, actor=desk.actor, login=login, password=password)


def change_password(desk: Desk, old: str, new: str) -> Changes:
    """Change the own password."""
    from app.workflows import people

    return people.change_password(store=desk.store, actor=desk.actor, old=old, new=new)


@dataclass(frozen=True, slots=True)
class SigningFacts:
    """Who signs with what, and what this PC needs for it."""

    accounts: tuple[AccountInfo, ...]
    bound: tuple[BoundCertificate, ...]
    pictures: tuple[str, ...]
    """Login keys with a picture; an empty one stands for the seal."""
    modules: tuple[Path, ...]
    anchors: tuple[CertificateInfo, ...]
    leader: str
    """Login of the leader whose name stands on the form; empty when the school has one only."""


def signing(desk: Desk) -> SigningFacts:
    """Everything the section shows."""
    from app.workflows import people, rules, school, settings

    return SigningFacts(
        people.list_accounts(store=desk.store, actor=desk.actor),
        people.list_bound(store=desk.store, actor=desk.actor),
        school.picture_holders(store=desk.store),
        settings.list_modules(store=desk.store),
        settings.list_anchors(store=desk.store),
        settings.list_settings(store=desk.store)[rules.SIGNING_LEADER],
    )


def tokens(desk: Desk) -> tuple[TokenInfo, ...]:
    """USB tokens plugged in now; asks for no PIN."""
    from app.workflows import settings

    return settings.tokens(store=desk.store)


def bind(desk: Desk, login: str | None, *, file: Path | None = None, token: str | None = None) -> BindReport:
    """Say whose certificate this is; None is the school's seal."""
    from app.workflows import people

    return people.bind(
        store=desk.store, actor=desk.actor, login=login, certificate_file=file, token_serial=token
    )


def unbind(desk: Desk, login: str | None, password: str) -> Changes:
    """Take a certificate out of use, once the own password is proven."""
    from app.workflows import people, store

    store.confirm_password(store=desk.store, actor=desk.actor, password=password)
    return people.unbind(store=desk.store, actor=desk.actor, login=login)


@dataclass(frozen=True, slots=True)
class PictureSet:
    """The picture there was before, and what changed."""

    before: bytes | None
    changes: Changes


def set_picture(desk: Desk, login: str, file: Path | None) -> PictureSet:
    """Keep the picture of a signature or (empty login) of the seal; None takes it away."""
    from app.workflows import school

    before = school.picture(store=desk.store, actor=desk.actor, holder=login)
    return PictureSet(before, school.set_picture(store=desk.store, actor=desk.actor, holder=login, file=file))


def put_picture(desk: Desk, login: str, content: bytes | None) -> Changes:
    """Undo `set_picture`."""
    from app.workflows import school

    return school.put_picture(store=desk.store, actor=desk.actor, holder=login, content=content)
