"""Settings of the school: who it is, the active year, modules, trust anchors, destinations."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import changelog
from app.models import tables as t
from app.models.base import add_row
from app.models.text import nfc, text_of
from app.models.values import DestinationRecord
from app.records.local import ACCEPTS, FORM_SETTINGS, form_options, local_rules
from app.records.places import Named, named_on
from app.records.types import FormOptions, LocalRules, School

ACTIVE_YEAR = "active_year"
VIEWED_YEAR = "year"
"""In `Session.info`: the year that this session looks at."""
_NAMED = ("name", "commune", "district", "province", "body")


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
    """The school as it is named today."""
    return school_at(session, datetime.now(UTC).astimezone().date())


def school_at(session: Session, day: date) -> School:
    """The school with the name and the places that were valid on `day`."""
    return named_on(school_names(session), day)


def _first_school(session: Session) -> School:
    row = session.execute(
        select(t.School.code, t.School.name, t.School.commune, t.School.district, t.School.province)
    ).one()
    return School(*row)


def school_names(session: Session) -> tuple[Named, ...]:
    """Every set of names with its first day, oldest first; that of the beginning has none."""
    names = t.SchoolNames
    rows = session.execute(
        select(
            names.valid_from, names.name, names.commune, names.district, names.province, names.body
        ).order_by(names.valid_from)
    )
    first = _first_school(session)
    return ((None, first), *((day, School(first.code, *rest)) for day, *rest in rows))


def name_school(session: Session, valid_from: date, named: School, actor: str) -> int:
    """Keep the names that hold from a day on; returns the number of changed fields, 0 when nothing is new."""
    names = t.SchoolNames
    values = {field: nfc(str(getattr(named, field)).strip()) for field in _NAMED}
    old = session.execute(
        select(names.name, names.commune, names.district, names.province, names.body).where(
            names.valid_from == valid_from
        )
    ).first()
    before: dict[str, str | None] = dict(zip(_NAMED, old or [None] * len(_NAMED), strict=True))
    changed = {field: value for field, value in values.items() if before[field] != value}
    if old is None:
        session.execute(insert(t.table(names)).values(valid_from=valid_from, row_version=1, **values))
    elif changed:
        session.execute(
            update(names)
            .where(names.valid_from == valid_from)
            .values(**changed, row_version=names.row_version + 1)
        )
    for field, value in changed.items():
        changelog.record(
            session,
            actor=actor,
            kind="edit",
            entity=f"school:{valid_from.isoformat()}",
            field=field,
            old=before[field],
            new=value,
        )
    return len(changed)


def forget_names(session: Session, valid_from: date, actor: str) -> bool:
    """Take back the names that hold from a day on; False when there are none."""
    here = t.SchoolNames.valid_from == valid_from
    old = session.execute(select(t.SchoolNames.name).where(here)).scalar()
    if old is None:
        return False
    session.execute(delete(t.SchoolNames).where(here))
    entity = f"school:{valid_from.isoformat()}"
    changelog.record(session, actor=actor, kind="delete", entity=entity, field="name", old=old, new=None)
    return True


def set_school(session: Session, school_now: School, actor: str) -> int:
    """Change the code, or the name and places of the beginning; returns the number of changed fields."""
    before = _school_values(_first_school(session))
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
    """The school year that is worked in: the one a view looks at (`Store.for_year`), else the school's."""
    viewed: str | None = session.info.get(VIEWED_YEAR)
    return stored_year(session) if viewed is None else viewed


def stored_year(session: Session) -> str:
    """The school year that the school works in, whatever is looked at."""
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


def form_options_of(session: Session) -> FormOptions:
    """How this school wants the form printed."""
    return form_options(chosen(session, FORM_SETTINGS))


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


def remove_module(session: Session, path: Path, actor: str) -> bool:
    """Forget a PKCS#11 library; False when it was not there."""
    text = str(path)
    if text not in {str(known) for known in modules(session)}:
        return False
    session.execute(delete(t.Pkcs11Module).where(t.Pkcs11Module.path == text))
    changelog.record(session, actor=actor, kind="remove", entity="module", field="path", old=text, new=None)
    return True


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


def remove_anchor(session: Session, der: bytes, actor: str) -> bool:
    """Trust a certificate no longer; False when it was not trusted."""
    fingerprint = hashlib.sha256(der).hexdigest()
    here = t.TrustAnchor.fingerprint == fingerprint
    if session.execute(select(t.TrustAnchor.id).where(here)).scalar() is None:
        return False
    session.execute(delete(t.TrustAnchor).where(here))
    changelog.record(
        session, actor=actor, kind="remove", entity="trust", field="fingerprint", old=fingerprint, new=None
    )
    return True


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


def pictures(session: Session) -> Mapping[str, bytes]:
    """PNG of each signature by login key; the seal's key is empty."""
    rows = session.execute(select(t.Picture.holder, t.Picture.content))
    return {row.holder: row.content for row in rows}


def put_picture(session: Session, holder: str, content: bytes | None, actor: str) -> None:
    """Keep the picture of a holder (login key, empty for the seal); None takes it away."""
    here = t.Picture.holder == holder
    before = session.execute(select(t.Picture.content).where(here)).scalar()
    if before == content:
        return
    session.execute(delete(t.Picture).where(here))
    if content is not None:
        session.execute(insert(t.table(t.Picture)).values(holder=holder, content=content, row_version=1))
    old, new = (None if one is None else hashlib.sha256(one).hexdigest() for one in (before, content))
    entity = f"picture:{holder}"
    changelog.record(session, actor=actor, kind="edit", entity=entity, field="sha256", old=old, new=new)
