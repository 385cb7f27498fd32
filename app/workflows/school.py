"""The school's names by date of validity, and the pictures of signatures and of the seal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.errors import UserError
from app.models import people, transcripts
from app.models import settings as settings_store
from app.models.store import Store
from app.records.permissions import Action, Actor, require
from app.records.places import Named, named_on
from app.transcript.pictures import tidy_picture
from app.workflows.report import NOTHING, Changes, changed
from app.workflows.store import check_code


def set_names(*, store: Store, actor: Actor, valid_from: date, given: Mapping[str, str]) -> Changes:
    """Say how the school and its places are named from a day on.

    `given` holds some of name, commune, district, province, body; the others stay as they were on that day.
    UserError workflow.school_name when name, commune or province would be empty.
    """
    require(actor, Action.SETTINGS)
    with store.transaction() as session:
        before = named_on(settings_store.school_names(session), valid_from)
        named = replace(before, **given)
        if not all(text.strip() for text in (named.name, named.commune, named.province)):
            raise UserError("workflow.school_name")
        written = settings_store.name_school(session, valid_from, named, actor.login)
    return changed("settings") if written else NOTHING


def forget_names(*, store: Store, actor: Actor, valid_from: date) -> Changes:
    """Take back the names that hold from a day on; those before it hold again."""
    require(actor, Action.SETTINGS)
    with store.transaction() as session:
        removed = settings_store.forget_names(session, valid_from, actor.login)
    return changed("settings") if removed else NOTHING


def set_code(*, store: Store, actor: Actor, code: str) -> Changes:
    """Change the school's code in the national data set.

    The code stands in file names and keys of delivery, so it stays once a transcript is issued: UserError
    workflow.school_code_used; workflow.school_code when it is no code.
    """
    require(actor, Action.SETTINGS)
    check_code(code)
    with store.transaction() as session:
        first = next(named for day, named in settings_store.school_names(session) if day is None)
        if first.code != code and transcripts.identifiers(session):
            raise UserError("workflow.school_code_used", code=first.code)
        written = settings_store.set_school(session, replace(first, code=code), actor.login)
    return changed("settings") if written else NOTHING


def list_names(*, store: Store) -> tuple[Named, ...]:
    """Every set of names with its first day, oldest first; that of the beginning has none."""
    with store.reading() as session:
        return settings_store.school_names(session)


def set_picture(*, store: Store, actor: Actor, holder: str, file: Path | None) -> Changes:
    """Keep the picture (PNG, transparent) of a person's signature, or take it away when `file` is None.

    `holder` is a login, empty for the seal. UserError account.unknown, workflow.no_file, and what
    `tidy_picture` raises.
    """
    require(actor, Action.SETTINGS)
    content = None if file is None else tidy_picture(_read(file))
    with store.transaction() as session:
        year = settings_store.active_year(session)
        known = {people.plain_login(one.login) for one in people.accounts(session, year)}
        if holder and people.plain_login(holder) not in known:
            raise UserError("account.unknown", login=holder)
        settings_store.put_picture(session, people.plain_login(holder), content, actor.login)
    return changed("settings")


def put_picture(*, store: Store, actor: Actor, holder: str, content: bytes | None) -> Changes:
    """Undo `set_picture`: put back what `picture` gave before."""
    require(actor, Action.SETTINGS)
    with store.transaction() as session:
        settings_store.put_picture(session, people.plain_login(holder), content, actor.login)
    return changed("settings")


def picture(*, store: Store, actor: Actor, holder: str) -> bytes | None:
    """The picture (PNG) of a person's signature, or of the seal when `holder` is empty."""
    require(actor, Action.SETTINGS)
    with store.reading() as session:
        return settings_store.pictures(session).get(people.plain_login(holder))


def picture_holders(*, store: Store) -> tuple[str, ...]:
    """Logins of the people whose signature has a picture; an empty one stands for the seal."""
    with store.reading() as session:
        return tuple(sorted(settings_store.pictures(session)))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise UserError("workflow.no_file", file=file) from None
