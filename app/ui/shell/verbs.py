"""The verbs of the window itself: what strip, nav and search show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.records.permissions import Actor

if TYPE_CHECKING:
    from app.signing.discovery import TokenInfo
    from app.workflows.badges import Badge
    from app.workflows.search import Hit
    from app.workflows.store import Store
    from app.workflows.years import Seat, YearInfo


def outbox_counts(store: Store) -> Mapping[str, int]:
    """Transcripts in the outbox by state, as the screen of the outbox counts them."""
    from app.workflows import outbox

    return outbox.parcel_counts(store=store)


def active_year(store: Store) -> str:
    """The year the school works in, as stored now."""
    return str(store.status()["year"])


def tokens(store: Store) -> tuple[TokenInfo, ...]:
    """USB tokens plugged in now; asks for no PIN."""
    from app.workflows import settings

    return settings.tokens(store=store)


def changed_outside(store: Store) -> bool:
    """True when another window or command wrote since the last look."""
    return store.changed_outside()


def badges(store: Store, actor: Actor) -> Mapping[str, Badge]:
    """What waits for this person, by screen."""
    from app.workflows import badges as counting

    return counting.badges(store=store, actor=actor)


def search(store: Store, actor: Actor, text: str) -> tuple[Hit, ...]:
    """Pupils, classes and codes that fit what was typed."""
    from app.workflows import search as searching

    return searching.search(store=store, actor=actor, text=text)


def list_years(store: Store, actor: Actor) -> tuple[YearInfo, ...]:
    """Every school year, the newest first."""
    from app.workflows import years

    return years.list_years(store=store, actor=actor)


def look_at_year(store: Store, actor: Actor, year: str) -> Seat:
    """A store and a person that look at another year."""
    from app.workflows import years

    return years.look_at(store=store, actor=actor, year=year)
