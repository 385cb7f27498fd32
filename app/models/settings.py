"""Settings of the school: who it is, the active year, modules, trust anchors, destinations."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import changelog
from app.models import tables as t
from app.models.base import add_row
from app.models.text import nfc, text_of
from app.models.values import DestinationRecord
from app.records.local import ACCEPTS, local_rules
from app.records.types import LocalRules, School

ACTIVE_YEAR = "active_year"


def set_up(session: Session, school: School, year: str) -> None:
    """First rows of a new store: the school and its first year."""
    session.execute(insert(t.School).values(id=1, **_school_values(school)))
    changelog.record(
        session, actor="", kind="create", entity="school", field="name", old=None, new=nfc(school.name)
    )
    ensure_year(session, year)
    put(session, ACTIVE_YEAR, year, "")


def _school_values(school: School) -> dict[str, str]:
    fields = ("code", "name", "commune", "district", "province")
    return {field: nfc(str(getattr(school, field))) for field in fields}


def school(session: Session) -> School:
    """The school of this store."""
    row = session.execute(
        select(t.School.code, t.School.name, t.School.commune, t.School.district, t.School.province)
    ).one()
    return School(*row)


def set_school(session: Session, school_now: School, actor: str) -> int:
    """Change name, code or place names; returns the number of changed fields."""
    before = _school_values(school(session))
    changed = {name: value for name, value in _school_values(school_now).items() if before[name] != value}
    for name, value in changed.items():
        changelog.record(
            session, actor=actor, kind="edit", entity="school", field=name, old=before[name], new=value
        )
    if changed:
        session.execute(update(t.School).values(**changed, row_version=t.School.row_version + 1))
    return len(changed)


def ensure_year(session: Session, year: str) -> int:
    """The number of a school year such as "2023-2024", made when it is new."""
    found = session.execute(select(t.SchoolYear.id).where(t.SchoolYear.name == year)).scalar()
    if found is not None:
        return found
    return add_row(session, t.SchoolYear, name=year)


def years(session: Session) -> tuple[str, ...]:
    """All school years, oldest first."""
    return tuple(session.execute(select(t.SchoolYear.name).order_by(t.SchoolYear.name)).scalars())


def active_year(session: Session) -> str:
    """The school year that people work in."""
    return get(session, ACTIVE_YEAR, "")


def set_active_year(session: Session, year: str, actor: str) -> None:
    """Work in another school year from now on; it is made when it is new."""
    ensure_year(session, year)
    put(session, ACTIVE_YEAR, year, actor)


def get(session: Session, key: str, default: str) -> str:
    """A setting, `default` when it was never put."""
    found = session.execute(select(t.Setting.value).where(t.Setting.name == key)).scalar()
    return default if found is None else found


def local_rules_of(session: Session) -> LocalRules:
    """What this school has set within the rules."""
    return local_rules(chosen(session, ACCEPTS))


def chosen(session: Session, names: Iterable[str]) -> dict[str, str]:
    """Those of the named settings that were ever put."""
    rows = session.execute(select(t.Setting.name, t.Setting.value).where(t.Setting.name.in_(list(names))))
    return {row.name: row.value for row in rows}


def put(session: Session, key: str, value: str, actor: str) -> None:
    """Keep a setting; logged when it changes."""
    old = session.execute(select(t.Setting.value).where(t.Setting.name == key)).scalar()
    if old == value:
        return
    if old is None:
        session.execute(insert(t.table(t.Setting)).values(name=key, value=value))
    else:
        session.execute(
            update(t.Setting)
            .where(t.Setting.name == key)
            .values(value=value, row_version=t.Setting.row_version + 1)
        )
    changelog.record(session, actor=actor, kind="setting", entity="setting", field=key, old=old, new=value)


def modules(session: Session) -> tuple[Path, ...]:
    """PKCS#11 libraries added by the school."""
    return tuple(Path(path) for path in session.execute(select(t.Pkcs11Module.path)).scalars())


def add_module(session: Session, path: Path, actor: str) -> None:
    """Add a PKCS#11 library; adding it again changes nothing."""
    text = str(path)
    if text in {str(known) for known in modules(session)}:
        return
    session.execute(insert(t.table(t.Pkcs11Module)).values(path=text))
    changelog.record(session, actor=actor, kind="add", entity="module", field="path", old=None, new=text)


def anchors(session: Session) -> tuple[bytes, ...]:
    """DER of the roots and intermediates that the school trusts."""
    return tuple(session.execute(select(t.TrustAnchor.der).order_by(t.TrustAnchor.id)).scalars())


def add_anchor(session: Session, der: bytes, actor: str) -> None:
    """Trust a root or intermediate certificate; adding it again changes nothing."""
    fingerprint = hashlib.sha256(der).hexdigest()
    known = session.execute(select(t.TrustAnchor.id).where(t.TrustAnchor.fingerprint == fingerprint)).scalar()
    if known is not None:
        return
    session.execute(insert(t.table(t.TrustAnchor)).values(fingerprint=fingerprint, der=der))
    changelog.record(
        session, actor=actor, kind="add", entity="trust", field="fingerprint", old=None, new=fingerprint
    )


def destinations(session: Session) -> tuple[DestinationRecord, ...]:
    """Every destination, in the order in which they were added."""
    rows = session.execute(select(t.Destination).order_by(t.Destination.id)).scalars()
    return tuple(_destination(row) for row in rows)


def destination(session: Session, name: str) -> DestinationRecord:
    """One destination; UserError workflow.no_destination."""
    row = session.execute(select(t.Destination).where(t.Destination.name == name)).scalar()
    if row is None:
        raise UserError("workflow.no_destination", name=name)
    return _destination(row)


def _destination(row: t.Destination) -> DestinationRecord:
    return DestinationRecord(row.name, row.kind, json.loads(row.options), row.secret, row.paused)


def add_destination(
    session: Session, *, name: str, kind: str, options: Mapping[str, str], secret: str, actor: str
) -> None:
    """Add a destination; UserError store.destination_exists. The secret is never logged."""
    if session.execute(select(t.Destination.id).where(t.Destination.name == name)).scalar() is not None:
        raise UserError("store.destination_exists", name=name)
    told = json.dumps(dict(options), ensure_ascii=False, sort_keys=True)
    session.execute(
        insert(t.table(t.Destination)).values(name=name, kind=kind, options=told, secret=secret, paused=False)
    )
    changelog.record(
        session, actor=actor, kind="add", entity=f"destination:{name}", field=kind, old=None, new=told
    )


def set_destination_paused(session: Session, name: str, paused: bool, actor: str) -> None:
    """Stop or go on sending to a destination; UserError workflow.no_destination."""
    before = destination(session, name)
    if before.paused == paused:
        return
    session.execute(
        update(t.Destination)
        .where(t.Destination.name == name)
        .values(paused=paused, row_version=t.Destination.row_version + 1)
    )
    changelog.record(
        session,
        actor=actor,
        kind="edit",
        entity=f"destination:{name}",
        field="paused",
        old=text_of(before.paused),
        new=text_of(paused),
    )
