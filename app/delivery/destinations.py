"""Where documents go: the protocol of a destination, and the kinds of failure it may report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.errors import UserError


class ProblemKind(StrEnum):
    """Why a destination did not do what it was asked; `retry.decide` turns each into a next step."""

    OFFLINE = "offline"
    """No way to the destination: no network, no name, time-out, USB stick pulled."""
    SERVER = "server"
    """The destination is there but fails for now (5xx, 429, damaged write)."""
    AUTH = "auth"
    """The whole destination refuses us: 401, 403, wrong bucket, wrong clock, read-only folder."""
    REJECTED = "rejected"
    """This one item is refused (any other 4xx)."""
    CONFLICT = "conflict"
    """Other bytes already lie under the same key; nothing was replaced."""
    CAPTIVE = "captive"
    """A network's login page answers in place of the destination."""
    DISK_FULL = "disk_full"
    """No room left at the destination."""


class DeliveryProblem(UserError):
    """A failure at the destination: its `kind` for the retry table, a code and facts for the sentence."""

    def __init__(self, kind: ProblemKind, code: str, /, **facts: object) -> None:
        super().__init__(code, **facts)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Stored:
    """What the destination itself says about one key: size in bytes, SHA-256 in lower-case hex."""

    key: str
    size: int
    sha256: str


class Destination(Protocol):
    """Four operations on keys; each raises `DeliveryProblem`, never a library's own error."""

    def put(self, key: str, data: bytes, sha256: str) -> None:
        """Write `data` whole or not at all; the same bytes again are fine, other bytes are a conflict."""

    def head(self, key: str) -> Stored | None:
        """What lies under `key` as the destination reports it, None when nothing does."""

    def list(self, prefix: str = "") -> tuple[str, ...]:
        """All keys that start with `prefix`, sorted."""

    def get(self, key: str) -> bytes | None:
        """The bytes under `key`, None when there are none."""

    def check(self) -> None:
        """Raise `DeliveryProblem` when the destination cannot be reached or used."""
