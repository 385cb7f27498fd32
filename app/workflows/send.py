"""Delivering the outbox: everything waits while the network is away and arrives once when it is back."""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app import messages
from app.delivery.destinations import Destination
from app.delivery.keys import receipt_key
from app.delivery.queue import Item, deliver
from app.delivery.receipts import build_receipt, read_receipts
from app.delivery.retry import ItemState
from app.errors import UserError
from app.interaction import Progress
from app.models import outbox as outbox_rows
from app.models import settings as settings_store
from app.models.store import Store
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


def list_outbox(*, store: Store, actor: Actor) -> tuple[OutboxItem, ...]:
    """Everything in the queue, with its state."""
    require(actor, Action.OUTBOX)
    with store.reading() as session:
        return outbox_rows.items(session)


def outbox_counts(*, store: Store) -> Mapping[str, int]:
    """Number of items per state."""
    with store.reading() as session:
        return Counter(item.state.value for item in outbox_rows.items(session))


def _target(store: Store, name: str | None) -> DestinationRecord:
    known = destinations(store=store)
    if not known:
        raise UserError("workflow.no_destination_yet")
    if name is None:
        return known[0]
    found = next((item for item in known if item.name == name), None)
    if found is None:
        raise UserError("workflow.no_destination", name=name)
    return found


def send(
    *, store: Store, actor: Actor, once: bool = False, to: str | None = None, progress: Progress
) -> SendReport:
    """Deliver what is due to the destination named `to`, or to the first one.

    A person who asks for it does not wait for the pause of the last failure.
    Works until nothing is due or the network is gone; with `once` one pass. Receipts are fetched at the end.
    """
    require(actor, Action.SEND)
    record = _target(store, to)
    destination = connect(record)
    with store.transaction() as session:
        outbox_rows.requeue_sending(session)
    with store.reading() as session:
        due = tuple(item for item in outbox_rows.items(session) if item.state.value in OPEN_STATES)
    sent, problem = 0, ""
    while due:
        delivered, problem = _pass(store, actor, record, destination, due, progress)
        sent += delivered
        if once or problem:
            break
        with store.reading() as session:
            due = outbox_rows.due(session, clock.now())
    accepted = 0 if problem else _take_receipts(store, record, destination)
    with store.reading() as session:
        items = outbox_rows.items(session)
    return SendReport(items, sent, accepted, problem, changed("outbox") if sent or accepted else NOTHING)


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

    def sending(item: Item) -> None:
        with store.transaction() as session:
            outbox_rows.mark(
                session,
                item.id,
                state=OutboxState.SENDING,
                attempts=item.attempts,
                next_try=None,
                message="",
                at=clock.now(),
            )

    stored, problem = 0, ""
    outcomes = deliver(destination, due, payload, now=clock.now, jitter=random.random, report=sending)
    for done, outcome in enumerate(outcomes, start=1):
        decision = outcome.decision
        with store.transaction() as session:
            outbox_rows.mark(
                session,
                outcome.id,
                state=OutboxState(decision.state.value),
                attempts=outcome.attempts,
                next_try=decision.next_try,
                message=outcome.message,
                at=outcome.at,
            )
            if decision.pause_queue != record.paused:
                settings_store.set_destination_paused(session, record.name, decision.pause_queue, actor.login)
                record = replace(record, paused=decision.pause_queue)
        stored += decision.state is ItemState.STORED
        problem = outcome.message if decision.end_pass else problem
        progress.step(done, len(due), outcome.key)
    return stored, problem


def _take_receipts(store: Store, record: DestinationRecord, destination: Destination) -> int:
    """Take the receiver's receipts; returns how many items became accepted or refused by them."""
    with store.reading() as session:
        code = settings_store.school(session).code
        known = {item.key for item in outbox_rows.receipts(session)}
    moved = 0
    found = read_receipts(destination, code, known=lambda name: receipt_key(code, name) in known)
    for receipt in found:
        if isinstance(receipt, UserError):
            _log.warning("receipt refused: %s", messages.sentence(receipt))
            continue
        with store.transaction() as session:
            moved += outbox_rows.apply_receipt(
                session,
                destination=record.name,
                key=receipt_key(code, receipt.id),
                received_at=receipt.received_at,
                verdicts={sha: (entry.accepted, entry.message) for sha, entry in receipt.entries.items()},
                content=build_receipt(receipt),
            )
    return moved
