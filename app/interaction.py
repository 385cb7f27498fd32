"""What the core asks of the person: progress with cancel, and a PIN. No Qt, no terminal here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class PinState(StrEnum):
    """PIN tries as the token itself reports them; a number of tries is never invented."""

    NORMAL = "normal"
    TRIED = "tried"
    FINAL_TRY = "final_try"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class PinRequest:
    """One question for a PIN: whose token, which serial, how many documents."""

    holder: str
    token_label: str
    token_serial: str
    documents: int
    state: PinState


class PinPrompt(Protocol):
    """Asks the person for the PIN of one token."""

    def ask_pin(self, request: PinRequest) -> str:
        """Return the PIN as typed; raise `Cancelled` when the person declines."""


class Progress(Protocol):
    """Told after each finished item; the place where a person's cancel arrives."""

    def step(self, done: int, total: int, text: str) -> None:
        """Report `done` of `total` items; may raise `Cancelled`, so call it at safe points only."""


class SilentProgress:
    """Progress for callers who do not watch."""

    def step(self, done: int, total: int, text: str) -> None:
        return None
