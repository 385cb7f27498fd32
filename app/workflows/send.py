"""Delivering the outbox: everything waits while the network is away and arrives once when it is back."""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app import messages
from app.delivery.destinations import Destination
from app.delivery.keys import receipt_key
from app.delivery.queue import deliver
from app.delivery.receipts import build_receipt, read_receipts
from app.delivery.retry import ItemState
from app.errors import UserError
from app.interaction import Progress
from app.models import outbox as outbox_rows
from app.models import settings as settings_store
from app.models.store import Session, Store
from app.models.values import DestinationRecord, OutboxItem, OutboxState
from app.records.permissions import Action, Actor, require
from app.workflows import clock
from app.workflows.report import NOTHING, Changes, changed
from app.workflows.settings import connect, destinations

_log = logging.getLogger(__name__)

OPEN_STATES: Final = frozenset({"waiting", "sending", "paused"})


@dataclass(frozen=True, slots=True)
class SendReport:
    """The queue after the run; `problem` is the sentence that stopped it, empty when nothing did."""

    items: tuple[OutboxItem, ...]
    sent: int
    accepted: int
    problem: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Taken:
    """Receipts that lie there, new ones among them, items they moved, sentences of unreadable ones."""

    found: int
    new: int
    moved: int
    unreadable: tuple[str, ...]


def list_outbox(*, store: Store, actor: Actor) -> tuple[OutboxItem, ...]:
    """Everything in the queue, with its state."""
    require(actor, Action.OUTBOX)
    with store.reading() as session:
        return outbox_rows.items(session)


def outbox_counts(*, store: Store) -> Mapping[str, int]:
    """Number of items per state."""
    with store.reading() as session:
        return Counter(item.state.value for item in outbox_rows.items(session))


def target(*, store: Store, name: str | None = None) -> DestinationRecord:
    """The destination so named, else the first. UserError workflow.no_destination, no_destination_yet."""
    known = destinations(store=store)
    if not known:
        raise UserError("workflow.no_destination_yet")
    if name is None:
        return known[0]
    found = next((item for item in known if item.name == name), None)
    if found is None:
        raise UserError("workflow.no_destination", name=name)
    return found


def held_by_hand(session: Session, record: DestinationRecord) -> bool:
    """True when a person stopped sending there; a refusal or a login page leaves paused items instead."""
    return record.paused and not any(
        item.state is OutboxState.PAUSED and item.destination in ("", record.name)
        for item in outbox_rows.items(session)
    )


def send(
    *,
    store: Store,
    actor: Actor,
    once: bool = False,
    to: str | None = None,
    only: Collection[int] | None = None,
    progress: Progress,
) -> SendReport:
    """Deliver what is open to the destination named `to`, or to the first one.

    A person who asks for it does not wait for the pause of the last failure; only a pause made by hand holds.
    Works until nothing is due or the network is gone; with `once` one pass, with `only` one pass
    over the items so numbered. Receipts are fetched at the end.
    """
    require(actor, Action.SEND)
    record = target(store=store, name=to)
    with store.reading() as session:
        held = held_by_hand(session, record)
    if held:
        problem = messages.text("delivery.held", {"place": record.name})
        return SendReport(list_items(store), 0, 0, problem, NOTHING)
    _release(store, actor, record)
    with store.reading() as session:
        due = [item for item in outbox_rows.items(session) if item.state.value in OPEN_STATES]
    if only is not None:
        due = [item for item in due if item.id in only]
    return _deliver(store, actor, record, due, once or only is not None, progress)


def send_due(*, store: Store, actor: Actor, to: str | None = None, progress: Progress) -> SendReport | None:
    """Try again by itself what failed before and whose pause is over, and all that waits behind it.

    None when nothing is due, or when a person or the destination has stopped the queue.
    """
    require(actor, Action.SEND)
    record = target(store=store, name=to)
    now = clock.now()
    with store.reading() as session:
        again = [item for item in outbox_rows.items(session) if item.next_try and item.next_try <= now]
        stopped = record.paused and not any(item.state is OutboxState.PAUSED for item in again)
    if stopped or not again:
        return None
    _release(store, actor, record)
    with store.reading() as session:
        due = outbox_rows.due(session, now)
    return _deliver(store, actor, record, due, False, progress)


def list_items(store: Store) -> tuple[OutboxItem, ...]:
    """The whole queue, without asking who looks."""
    with store.reading() as session:
        return outbox_rows.items(session)


def _release(store: Store, actor: Actor, record: DestinationRecord) -> None:
    """What a crash left in flight and what a refusal had paused waits again."""
    with store.transaction() as session:
        outbox_rows.requeue_sending(session)
        outbox_rows.release_paused(session, record.name)
        settings_store.set_destination_paused(session, record.name, False, actor.login)


def _deliver(
    store: Store,
    actor: Actor,
    record: DestinationRecord,
    due: Sequence[OutboxItem],
    once: bool,
    progress: Progress,
) -> SendReport:
    destination = connect(record)
    sent, problem = 0, ""
    while due:
        delivered, problem = _pass(store, actor, record, destination, due, progress)
        sent += delivered
        if once or problem:
            break
        with store.reading() as session:
            due = outbox_rows.due(session, clock.now())
    accepted = 0 if problem else take_receipts(store, record.name, destination).moved
    return SendReport(list_items(store), sent, accepted, problem, changed("outbox"))


def _pass(
    store: Store,
    actor: Actor,
    record: DestinationRecord,
    destination: Destination,
    due: Sequence[OutboxItem],
    progress: Progress,
) -> tuple[int, str]:
    """One pass over `due`; returns how many are stored, and the sentence that ended the pass early."""

    def payload(item_id: int) -> bytes:
        with store.reading() as session:
            return outbox_rows.payload(session, item_id)

    problem = ""

    def claimed() -> Iterator[OutboxItem]:
        """Each item as it is now free to go: others may cancel it or pause the queue at any moment."""
        nonlocal problem
        for item in due:
            with store.transaction() as session:
                if settings_store.destination(session, record.name).paused:
                    problem = messages.text("delivery.held", {"place": record.name})
                    return
                free = outbox_rows.claim(session, item.id, at=clock.now())
            if free:
                yield item

    stored = 0
    outcomes = deliver(destination, claimed(), payload, now=clock.now, jitter=random.random)
    for done, outcome in enumerate(outcomes, start=1):
        decision = outcome.decision
        with store.transaction() as session:
            state = OutboxState(decision.state.value)
            if state is OutboxState.PAUSED and settings_store.destination(session, record.name).paused:
                state = OutboxState.WAITING  # a person paused meanwhile: that holds, a refusal is not it
            outbox_rows.finish(
                session,
                outcome.id,
                state=state,
                attempts=outcome.attempts,
                next_try=decision.next_try,
                message=outcome.message,
                actor=actor.login,
                at=outcome.at,
            )
            if decision.pause_queue:
                settings_store.set_destination_paused(session, record.name, True, actor.login)
        stored += decision.state is ItemState.STORED
        problem = outcome.message if decision.end_pass else problem
        progress.step(done, len(due), outcome.key)
    return stored, problem


def take_receipts(store: Store, name: str, destination: Destination) -> Taken:
    """Keep the receipts that lie at a destination and move what they name.

    `name` is the destination's, empty for a stick that was carried. Unreadable receipts are left there.
    """
    with store.reading() as session:
        code = settings_store.school(session).code
        known = {item.key for item in outbox_rows.receipts(session)}
    found, new, moved = 0, 0, 0
    unreadable: list[str] = []

    def seen(receipt: str) -> bool:
        nonlocal found
        found += 1
        return receipt_key(code, receipt) in known

    for receipt in read_receipts(destination, code, known=seen):
        if isinstance(receipt, UserError):
            unreadable.append(messages.sentence(receipt))
            _log.warning("receipt refused: %s", unreadable[-1])
            continue
        with store.transaction() as session:
            moved += outbox_rows.apply_receipt(
                session,
                destination=name,
                key=receipt_key(code, receipt.id),
                received_at=receipt.received_at,
                verdicts={sha: (entry.accepted, entry.message) for sha, entry in receipt.entries.items()},
                content=build_receipt(receipt),
            )
        new += 1
    return Taken(found, new, moved, tuple(unreadable))
