"""The change log: every edit with who, when, old and new, chained by SHA-256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.models.base import moment, moment_text
from app.models.tables import LogHead, LogRow, table
from app.models.values import ChainStatus, LogEntry

_PENDING: Final = "change_log_pending"
_START: Final = "0" * 64
_COLUMNS: Final = (
    LogRow.id,
    LogRow.at,
    LogRow.actor,
    LogRow.kind,
    LogRow.entity,
    LogRow.field,
    LogRow.old,
    LogRow.new,
    LogRow.reason,
)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_Values = tuple[str, str, str, str, str, str | None, str | None, str]


def chained(previous: str, values: Sequence[object]) -> str:
    """Hash of an entry: SHA-256 over the hash before it and the entry as a JSON list.

    `values` are id, at, actor, kind, entity, field, old, new, reason.
    """
    return hashlib.sha256((previous + _encode(values)).encode()).hexdigest()


def record(
    session: Session,
    *,
    actor: str,
    kind: str,
    entity: str,
    field: str,
    old: str | None,
    new: str | None,
    reason: str = "",
) -> None:
    """Note one edit. It is written with the transaction of `session`, all entries in one batch."""
    values: _Values = (moment_text(datetime.now(UTC)), actor, kind, entity, field, old, new, reason)
    session.info.setdefault(_PENDING, []).append(values)


def flush(session: Session) -> None:
    """Write the noted entries; `Store.transaction` calls it just before the commit."""
    pending: list[_Values] = session.info.pop(_PENDING, [])
    if not pending:
        return
    count, previous = _head(session)
    rows = []
    for number, values in enumerate(pending, start=count + 1):
        previous = chained(previous, (number, *values))
        rows.append(_row(number, values, previous))
    session.execute(insert(table(LogRow)), rows)
    session.execute(update(LogHead).values(entries=count + len(rows), hash=previous))


def _row(number: int, values: _Values, digest: str) -> dict[str, object]:
    at, actor, kind, entity, field, old, new, reason = values
    return {
        "id": number,
        "at": at,
        "actor": actor,
        "kind": kind,
        "entity": entity,
        "field": field,
        "old": old,
        "new": new,
        "reason": reason,
        "hash": digest,
    }


def _head(session: Session) -> tuple[int, str]:
    """Number and hash of the last entry; the row is made with the first entry."""
    head = session.execute(select(LogHead.entries, LogHead.hash)).one_or_none()
    if head is None:
        session.execute(insert(table(LogHead)).values(id=1, entries=0, hash=_START))
        return 0, _START
    return head.entries, head.hash


def verify_chain(session: Session, *, newest: int | None = None) -> ChainStatus:
    """Recompute the chain, or only its `newest` entries (their anchor is the hash before them).

    Finds a changed, inserted, removed or cut-off entry and names the first one that does not fit.
    """
    flush(session)
    head = session.execute(select(LogHead.entries, LogHead.hash)).one_or_none()
    count, expected = (head.entries, head.hash) if head else (0, _START)
    kept = session.execute(select(func.count()).select_from(LogRow)).scalar_one()
    first = 1 if newest is None else max(1, count - newest + 1)
    previous = _START
    if first > 1:
        previous = session.execute(select(LogRow.hash).where(LogRow.id == first - 1)).scalar() or ""
    broken, last = _walk(session, first, previous)
    if broken is None and (kept != count or last != expected):
        broken = count if kept >= count else kept + 1
    return ChainStatus(ok=broken is None, entries=kept, broken_at=broken)


def _walk(session: Session, first: int, previous: str) -> tuple[int | None, str]:
    """First entry from `first` on that does not fit, and the last good hash."""
    statement = select(*_COLUMNS, LogRow.hash).where(LogRow.id >= first).order_by(LogRow.id)
    number = first
    for row in session.execute(statement.execution_options(yield_per=5000)):
        *values, digest = row
        if chained(previous, values) != digest:
            return number, previous
        previous = digest
        number += 1
    return None, previous


def entries(
    session: Session, *, limit: int = 200, entity: str | None = None, actor: str | None = None
) -> tuple[LogEntry, ...]:
    """The newest entries first, of one entity or one person when asked."""
    flush(session)
    statement = select(*_COLUMNS, LogRow.hash).order_by(LogRow.id.desc()).limit(limit)
    if entity is not None:
        statement = statement.where(LogRow.entity == entity)
    if actor is not None:
        statement = statement.where(LogRow.actor == actor)
    return tuple(_entries(session.execute(statement).all()))


def _entries(rows: Iterable[Sequence[object]]) -> Iterable[LogEntry]:
    for number, at, actor, kind, entity, field, old, new, reason, digest in rows:
        yield LogEntry(
            id=int(str(number)),
            at=moment(str(at)),
            actor=str(actor),
            kind=str(kind),
            entity=str(entity),
            field=str(field),
            old=None if old is None else str(old),
            new=None if new is None else str(new),
            reason=str(reason),
            hash=str(digest),
        )
