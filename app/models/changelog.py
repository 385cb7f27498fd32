"""The change log: every edit with who, when, old and new, chained by SHA-256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, insert, or_, select, update
from sqlalchemy.orm import Session

from app.models.base import moment, moment_text
from app.models.tables import LogHead, LogRow, table
from app.models.values import ChainStatus, LogEntry

_PENDING: Final = "change_log_pending"
_WRITTEN: Final = "change_log_written"
_START: Final = "0" * 64
_BATCH: Final = 5000
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
    first, _ = session.info.get(_WRITTEN, (count + 1, 0))
    session.info[_WRITTEN] = (first, count + len(rows))


def noted(session: Session, start: int = 0) -> tuple[tuple[str, str, str, str | None, str | None], ...]:
    """(kind, entity, field, old, new) of the entries noted and not yet written, from number `start` on."""
    return tuple(values[2:7] for values in session.info.get(_PENDING, ())[start:])


def forget_noted(session: Session, start: int) -> None:
    """Drop the noted entries from number `start` on: what they tell was rolled back to a savepoint."""
    del session.info.get(_PENDING, [])[start:]


def written(session: Session) -> tuple[int, int] | None:
    """Numbers of the first and last entry of this transaction, None when it noted nothing."""
    flush(session)
    found: tuple[int, int] | None = session.info.get(_WRITTEN)
    return found


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


def _unheard(done: int, total: int) -> None:
    """Nobody follows the check."""


def verify_chain(
    session: Session, *, newest: int | None = None, step: Callable[[int, int], object] = _unheard
) -> ChainStatus:
    """Recompute the chain, or only its `newest` entries (their anchor is the hash before them).

    Finds a changed, inserted, removed or cut-off entry and names the first one that does not fit. `step`
    hears entries checked and entries in all, now and then; it may raise to stop.
    """
    flush(session)
    head = session.execute(select(LogHead.entries, LogHead.hash)).one_or_none()
    count, expected = (head.entries, head.hash) if head else (0, _START)
    kept = session.execute(select(func.count()).select_from(LogRow)).scalar_one()
    first = 1 if newest is None else max(1, count - newest + 1)
    previous = _START
    if first > 1:
        previous = session.execute(select(LogRow.hash).where(LogRow.id == first - 1)).scalar() or ""
    broken, last = _walk(session, first, previous, lambda done: step(done, kept))
    if broken is None and (kept != count or last != expected):
        broken = count if kept >= count else kept + 1
    return ChainStatus(ok=broken is None, entries=kept, broken_at=broken)


def _walk(
    session: Session, first: int, previous: str, step: Callable[[int], object]
) -> tuple[int | None, str]:
    """First entry from `first` on that does not fit, and the last good hash; `step` hears how far it is."""
    statement = select(*_COLUMNS, LogRow.hash).where(LogRow.id >= first).order_by(LogRow.id)
    number = first
    for row in session.execute(statement.execution_options(yield_per=_BATCH)):
        *values, digest = row
        if chained(previous, values) != digest:
            return number, previous
        previous = digest
        number += 1
        if number % _BATCH == 0:
            step(number)
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


def between(session: Session, first: int, last: int) -> tuple[LogEntry, ...]:
    """The entries `first` to `last` in the order they were written."""
    statement = select(*_COLUMNS, LogRow.hash).where(LogRow.id.between(first, last)).order_by(LogRow.id)
    return tuple(_entries(session.execute(statement).all()))


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which entries are wanted; empty values leave nothing out. `until` is not included any more."""

    actor: str | None = None
    kinds: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    """First words of entities, such as "enrolment"."""
    entities: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]] | None = None
    """A statement of the entities that are wanted."""
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The filter in SQL."""
        found: list[ColumnElement[bool]] = []
        if self.actor is not None:
            found.append(LogRow.actor == self.actor)
        if self.kinds:
            found.append(LogRow.kind.in_(sorted(self.kinds)))
        if self.families:
            families = sorted(self.families)
            found.append(
                or_(LogRow.entity.in_(families), *(LogRow.entity.startswith(f"{one}:") for one in families))
            )
        if self.entities is not None:
            found.append(LogRow.entity.in_(self.entities))
        if self.since is not None:
            found.append(LogRow.at >= moment_text(self.since))
        if self.until is not None:
            found.append(LogRow.at < moment_text(self.until))
        return found


def page(
    session: Session, wanted: LogFilter, *, before: int | None = None, limit: int = 200
) -> tuple[LogEntry, ...]:
    """The newest entries that are wanted, those older than entry `before` when it is given."""
    flush(session)
    statement = select(*_COLUMNS, LogRow.hash).where(*wanted.conditions())
    if before is not None:
        statement = statement.where(LogRow.id < before)
    return tuple(_entries(session.execute(statement.order_by(LogRow.id.desc()).limit(limit)).all()))


def count(session: Session, wanted: LogFilter) -> int:
    """How many entries are wanted."""
    flush(session)
    statement = select(func.count()).select_from(LogRow).where(*wanted.conditions())
    return session.execute(statement).scalar_one()


def actors(session: Session) -> tuple[str, ...]:
    """Logins that stand in the log, the program's own empty one among them."""
    flush(session)
    return tuple(session.execute(select(LogRow.actor).distinct().order_by(LogRow.actor)).scalars())


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
