"""Sends what is due to one destination, item by item, and says what became of each. No database here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Protocol

from app.delivery.destinations import DeliveryProblem, Destination, ProblemKind
from app.delivery.retry import Decision, decide
from app.messages import text

SERVER_FAILURES_IN_A_ROW: Final = 5
"""After so many 5xx answers in a row the whole server is ill; the pass ends and nothing is hammered."""


class Item(Protocol):
    """What sending needs to know of an outbox item; `attempts` counts those already made."""

    @property
    def id(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def attempts(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item: to be kept in a transaction of its own before the next item is sent."""

    id: int
    key: str
    decision: Decision
    attempts: int
    at: datetime
    code: str = ""
    """Code of the sentence; "" when stored."""
    facts: Mapping[str, object] = field(default_factory=dict)
    kind: ProblemKind | None = None

    @property
    def message(self) -> str:
        """The Vietnamese sentence, "" when stored."""
        return text(self.code, self.facts) if self.code else ""


def deliver(
    destination: Destination,
    items: Iterable[Item],
    payload: Callable[[int], bytes],
    *,
    now: Callable[[], datetime],
    jitter: Callable[[], float],
    report: Callable[[Item], None] | None = None,
) -> Iterator[Outcome]:
    """Send each item and yield its outcome; `report(item)` is called just before each is sent.

    `stored` only when the destination itself reports the item's SHA-256 afterwards. The pass ends early
    where going on makes no sense: no network, no permission, no room, a server that fails again and again.
    """
    failures = 0
    for item in items:
        if report is not None:
            report(item)
        problem = send_one(destination, item, payload(item.id))
        outcome = _outcome(item, problem, now(), jitter())
        failures = failures + 1 if outcome.kind is ProblemKind.SERVER else 0
        if failures >= SERVER_FAILURES_IN_A_ROW:
            outcome = replace(outcome, decision=replace(outcome.decision, end_pass=True))
        yield outcome
        if outcome.decision.end_pass:
            return


def send_one(destination: Destination, item: Item, data: bytes) -> DeliveryProblem | None:
    """Put one item and demand the proof; None when the destination reports exactly these bytes."""
    if hashlib.sha256(data).hexdigest() != item.sha256:
        return DeliveryProblem(ProblemKind.REJECTED, "delivery.damaged", key=item.key)
    try:
        destination.put(item.key, data, item.sha256)
        proof = destination.head(item.key)
    except DeliveryProblem as problem:
        return problem
    if proof is None or proof.sha256 != item.sha256:
        return DeliveryProblem(ProblemKind.SERVER, "delivery.no_proof", key=item.key)
    return None


def _outcome(item: Item, problem: DeliveryProblem | None, at: datetime, jitter: float) -> Outcome:
    attempts = item.attempts + 1
    if problem is None:
        return Outcome(item.id, item.key, decide(None, attempts, at, jitter), attempts, at)
    decision = decide(problem.kind, attempts, at, jitter)
    return Outcome(item.id, item.key, decision, attempts, at, problem.code, problem.facts, problem.kind)
