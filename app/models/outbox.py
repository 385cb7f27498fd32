"""The outbox: what waits for a destination, how far each file is, and the receipts that came back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from app.models import changelog, settings
from app.models import tables as t
from app.models.base import add_row
from app.models.values import OutboxItem, OutboxState, ReceiptRecord

_AnySelect = Select[*tuple[Any, ...]]

RELAY: Final = "relay"
"""Kind of the log entry of a file that was carried out on a stick."""
_SENDABLE: Final = frozenset({OutboxState.WAITING.value, OutboxState.PAUSED.value})
_HELD_BACK: Final = _SENDABLE | {OutboxState.REJECTED.value}
_ARRIVED: Final = frozenset({OutboxState.STORED.value, OutboxState.ACCEPTED.value})
_CAN_GO_BACK: Final = _HELD_BACK | {OutboxState.CANCELLED.value, OutboxState.STORED.value}


def enqueue(
    session: Session, *, version_id: int, items: Sequence[tuple[str, str, str]], destination: str
) -> int:
    """Queue documents of a version: (key, SHA-256, "xml" or "pdf") each; returns how many are new.

    An empty `destination` leaves open where they go. Queuing the same key with the same bytes again changes
    nothing. UserError workflow.no_destination; ValueError (a bug) when the bytes are not those of the
    version, or the key is taken by others.
    """
    _demand_destination(session, destination)
    source = t.table(t.Document)
    statement = select(source.c.media, source.c.sha256, source.c.size)
    rows = session.execute(statement.where(source.c.version_id == version_id))
    kept = {media: (sha256, size) for media, sha256, size in rows}
    new = 0
    for key, sha256, ending in items:
        media = ending.lstrip(".")
        if media not in kept or kept[media][0] != sha256:
            raise ValueError(f"{key} is not the {media} of version {version_id}")
        if _known(session, destination, key, sha256):
            continue
        _add(session, destination, key, sha256, kept[media][1], version_id=version_id, media=media)
        new += 1
    return new


def enqueue_bytes(session: Session, *, key: str, content: bytes, destination: str) -> bool:
    """Queue bytes that are no document of a version (a package); False when they are queued already."""
    _demand_destination(session, destination)
    sha256 = hashlib.sha256(content).hexdigest()
    if _known(session, destination, key, sha256):
        return False
    _add(session, destination, key, sha256, len(content), media="", content=content)
    return True


def _demand_destination(session: Session, name: str) -> None:
    if name:
        settings.destination(session, name)


def _known(session: Session, destination: str, key: str, sha256: str) -> bool:
    row = t.OutboxItem
    found = session.execute(select(row.sha256).where(row.destination == destination, row.key == key)).scalar()
    if found is not None and found != sha256:
        raise ValueError(f"{key} is queued with other bytes")
    return found is not None


def _add(session: Session, destination: str, key: str, sha256: str, size: int, **values: object) -> None:
    add_row(
        session,
        t.OutboxItem,
        destination=destination,
        key=key,
        sha256=sha256,
        size=size,
        state=OutboxState.WAITING.value,
        message="",
        changed_at=datetime.now(UTC),
        **values,
    )


def _items() -> _AnySelect:
    row = t.OutboxItem
    return select(
        row.id,
        row.key,
        row.state,
        row.attempts,
        row.next_try,
        row.message,
        row.sha256,
        row.size,
        row.destination,
        row.version_id,
    )


def _records(session: Session, statement: _AnySelect) -> tuple[OutboxItem, ...]:
    rows = session.execute(statement.order_by(t.OutboxItem.id))
    return tuple(OutboxItem(number, key, OutboxState(state), *rest) for number, key, state, *rest in rows)


def items(session: Session) -> tuple[OutboxItem, ...]:
    """Everything that was ever queued, oldest first."""
    return _records(session, _items())


def due(session: Session, now: datetime) -> tuple[OutboxItem, ...]:
    """What may be sent now: waiting, its pause over, its own destination not paused; oldest first."""
    row = t.OutboxItem
    paused = select(t.Destination.name).where(t.Destination.paused.is_(True))
    return _records(
        session,
        _items().where(
            row.state == OutboxState.WAITING.value,
            or_(row.next_try.is_(None), row.next_try <= now),
            row.destination.not_in(paused),
        ),
    )


def payload(session: Session, item_id: int) -> bytes:
    """The frozen bytes of an item, proved by their hash. ValueError (a bug) when they are not the same.

    A PDF that grew since (a later revision) is cut back to what was queued.
    """
    row, source = t.table(t.OutboxItem), t.table(t.Document)
    statement = (
        select(row.c.sha256, row.c.size, row.c.content, source.c.content)
        .outerjoin(source, (source.c.version_id == row.c.version_id) & (source.c.media == row.c.media))
        .where(row.c.id == item_id)
    )
    sha256, size, own, document = session.execute(statement).one()
    content = bytes((own if own is not None else document or b"")[:size])
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(f"the bytes of outbox item {item_id} are not those that were queued")
    return content


def mark(
    session: Session,
    item_id: int,
    *,
    state: OutboxState,
    attempts: int,
    next_try: datetime | None,
    message: str,
    at: datetime,
) -> None:
    """Note how an attempt ended; a change of state other than into sending is logged."""
    old, key = _state_and_key(session, item_id)
    _put(session, item_id, state=state.value, attempts=attempts, next_try=next_try, message=message, at=at)
    if state is not OutboxState.SENDING and state is not OutboxState.WAITING:
        _log(session, item_id, key, old, state, reason=message)


def claim(session: Session, item_id: int, *, at: datetime) -> bool:
    """Take an item for sending; False when somebody cancelled, sent or held it since it was listed."""
    old, _ = _state_and_key(session, item_id)
    if old not in _SENDABLE:
        return False
    values = {"state": OutboxState.SENDING.value, "next_try": None, "message": "", "changed_at": at}
    session.execute(update(t.OutboxItem).where(t.OutboxItem.id == item_id).values(values))
    return True


def finish(
    session: Session,
    item_id: int,
    *,
    state: OutboxState,
    attempts: int,
    next_try: datetime | None,
    message: str,
    actor: str,
    at: datetime,
) -> bool:
    """Note how the attempt of a claimed item ended, failures too; False when it had moved on meanwhile.

    `actor` is the login of the person who sent it, or who was signed in when it was tried again by itself.
    A proof that the destination holds the bytes counts whatever happened meanwhile, except over a receipt.
    """
    old, key = _state_and_key(session, item_id)
    proved = state is OutboxState.STORED and old not in _ARRIVED
    if old != OutboxState.SENDING.value and not proved:
        return False
    _put(session, item_id, state=state.value, attempts=attempts, next_try=next_try, message=message, at=at)
    _log(session, item_id, key, old, state, reason=message, actor=actor)
    return True


def relayed(session: Session, item_id: int, *, place: str, actor: str, at: datetime) -> bool:
    """Note that a carried folder holds these bytes, read back; False when the item had moved on meanwhile."""
    old, key = _state_and_key(session, item_id)
    if old in _ARRIVED:
        return False
    attempts = session.execute(select(t.OutboxItem.attempts).where(t.OutboxItem.id == item_id)).scalar_one()
    stored = OutboxState.STORED
    _put(session, item_id, state=stored.value, attempts=attempts, next_try=None, message="", at=at)
    _log(session, item_id, key, old, stored, reason=place, actor=actor, kind=RELAY)
    return True


def cancel(session: Session, ids: Sequence[int], *, reason: str, actor: str, at: datetime) -> int:
    """Never send these; what is on its way or has arrived stays as it is. How many were cancelled."""
    cancelled = OutboxState.CANCELLED
    moved = 0
    for item_id, key, old, attempts in _in_states(session, ids, _HELD_BACK):
        _put(session, item_id, cancelled.value, attempts, next_try=None, message=reason, at=at)
        _log(session, item_id, key, old, cancelled, reason=reason, actor=actor, kind="cancel")
        moved += 1
    return moved


def put_back(session: Session, ids: Sequence[int], *, actor: str, at: datetime) -> int:
    """Let a person have these sent again: refused, cancelled, paused, or stored without a receipt."""
    waiting = OutboxState.WAITING
    moved = 0
    for item_id, key, old, attempts in _in_states(session, ids, _CAN_GO_BACK):
        _put(session, item_id, waiting.value, attempts, next_try=None, message="", at=at)
        _log(session, item_id, key, old, waiting, reason="", actor=actor, kind="requeue")
        moved += 1
    return moved


def release_paused(session: Session, destination: str) -> int:
    """What a refusal of this destination had paused waits again. How many."""
    row = t.OutboxItem
    held = (row.state == OutboxState.PAUSED.value) & row.destination.in_(("", destination))
    count = len(session.execute(select(row.id).where(held)).all())
    if count:
        session.execute(update(row).where(held).values(state=OutboxState.WAITING.value, next_try=None))
    return count


def state(session: Session, item_id: int) -> OutboxState:
    """How far an item is now."""
    return OutboxState(_state_and_key(session, item_id)[0])


def _state_and_key(session: Session, item_id: int) -> tuple[str, str]:
    row = t.OutboxItem
    state, key = session.execute(select(row.state, row.key).where(row.id == item_id)).one()
    return state, key


def _in_states(
    session: Session, ids: Sequence[int], states: frozenset[str]
) -> Sequence[tuple[int, str, str, int]]:
    row = t.OutboxItem
    wanted = row.id.in_(ids) & row.state.in_(states)
    rows = session.execute(select(row.id, row.key, row.state, row.attempts).where(wanted).order_by(row.id))
    return [(number, key, state, attempts) for number, key, state, attempts in rows]


def _put(
    session: Session,
    item_id: int,
    state: str,
    attempts: int,
    *,
    next_try: datetime | None,
    message: str,
    at: datetime,
) -> None:
    values = {
        "state": state,
        "attempts": attempts,
        "next_try": next_try,
        "message": message,
        "changed_at": at,
    }
    session.execute(update(t.OutboxItem).where(t.OutboxItem.id == item_id).values(values))


def _log(
    session: Session,
    item_id: int,
    key: str,
    old: str,
    new: OutboxState,
    *,
    reason: str,
    actor: str = "",
    kind: str = "deliver",
) -> None:
    changelog.record(
        session,
        actor=actor,
        kind=kind,
        entity=f"outbox:{item_id}",
        field=key[-80:],
        old=old,
        new=new.value,
        reason=reason,
    )


def requeue_sending(session: Session) -> int:
    """After a crash: what was being sent waits again (sending it twice is harmless). How many."""
    row = t.OutboxItem
    stuck = row.state == OutboxState.SENDING.value
    count = len(session.execute(select(row.id).where(stuck)).all())
    if count:
        session.execute(update(row).where(stuck).values(state=OutboxState.WAITING.value, next_try=None))
    return count


def apply_receipt(
    session: Session,
    *,
    destination: str,
    key: str,
    received_at: datetime,
    verdicts: Mapping[str, tuple[bool, str]],
    content: bytes,
) -> int:
    """Keep a receiver's receipt and move what it names; returns how many items moved.

    `verdicts`: by SHA-256, accepted or not and the receiver's words. Only stored items move, and a receipt
    (same destination and key) counts once. Without a `destination` it came by hand and speaks of any.
    UserError workflow.no_destination.
    """
    _demand_destination(session, destination)
    known = select(t.Receipt.id).where(t.Receipt.destination == destination, t.Receipt.key == key)
    if session.execute(known).scalar() is not None:
        return 0
    add_row(session, t.Receipt, destination=destination, key=key, received_at=received_at, content=content)
    row = t.OutboxItem
    stored = select(row.id, row.sha256, row.attempts).where(
        row.sha256.in_(list(verdicts)), row.state == OutboxState.STORED.value
    )
    if destination:
        stored = stored.where(row.destination.in_(("", destination)))
    moved = session.execute(stored).all()
    for item_id, sha256, attempts in moved:
        accepted, message = verdicts[sha256]
        state = OutboxState.ACCEPTED if accepted else OutboxState.REJECTED
        mark(session, item_id, state=state, attempts=attempts, next_try=None, message=message, at=received_at)
    return len(moved)


def receipts(session: Session) -> tuple[ReceiptRecord, ...]:
    """Every receipt, oldest first."""
    row = t.Receipt
    statement = select(row.destination, row.key, row.received_at, row.content).order_by(row.id)
    return tuple(ReceiptRecord(*values) for values in session.execute(statement))
