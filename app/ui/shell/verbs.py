"""The verbs of the window itself: what the strip shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.signing.discovery import TokenInfo
    from app.workflows.store import Store


def outbox_counts(store: Store) -> Mapping[str, int]:
    """Documents in the outbox by state."""
    from app.workflows import send

    return send.outbox_counts(store=store)


def tokens(store: Store) -> tuple[TokenInfo, ...]:
    """USB tokens plugged in now; asks for no PIN."""
    from app.workflows import settings

    return settings.tokens(store=store)
