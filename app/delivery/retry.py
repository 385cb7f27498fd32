"""What happens to an outbox item after an attempt: a pure function of outcome, attempts and time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.delivery.destinations import ProblemKind

FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(hours=1)
SPREAD: Final = 0.25
"""The share of a pause that jitter may add, so that many PCs do not come back in the same second."""

_DOUBLINGS: Final = 7  # 30 s doubled seven times is past the longest pause


class ItemState(StrEnum):
    """States of an outbox item (design section 6)."""

    WAITING = "waiting"
    SENDING = "sending"
    STORED = "stored"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Decision:
    """The item's next state and time; whether its queue pauses, and whether this pass ends here."""

    state: ItemState
    next_try: datetime | None = None
    """When to try again by itself; None when only a person or a receipt moves the item on."""
    pause_queue: bool = False
    end_pass: bool = False


def decide(outcome: ProblemKind | None, attempts: int, now: datetime, jitter: float) -> Decision:
    """The decision after attempt number `attempts` (from 1); `outcome` None means stored and proven.

    `now` is aware; `jitter` is between 0 and 1. Waiting never ends: it only slows to LONGEST_PAUSE.
    """
    if outcome is None:
        return Decision(ItemState.STORED)
    if outcome in (ProblemKind.REJECTED, ProblemKind.CONFLICT):
        return Decision(ItemState.REJECTED)
    if outcome is ProblemKind.AUTH:
        return Decision(ItemState.PAUSED, pause_queue=True, end_pass=True)
    next_try = now + pause(attempts, jitter)
    if outcome is ProblemKind.CAPTIVE:
        return Decision(ItemState.PAUSED, next_try, pause_queue=True, end_pass=True)
    return Decision(ItemState.WAITING, next_try, end_pass=outcome is not ProblemKind.SERVER)


def pause(attempts: int, jitter: float) -> timedelta:
    """The pause after `attempts` failures: doubling from FIRST_PAUSE, up to a quarter longer by jitter."""
    doublings = min(max(attempts, 1) - 1, _DOUBLINGS)
    base: timedelta = min(FIRST_PAUSE * 2**doublings, LONGEST_PAUSE)
    return base * (1 + SPREAD * min(max(jitter, 0.0), 1.0))
