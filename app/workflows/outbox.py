"""The outbox in the hands of a person: look, hold, go on, cancel, send again, and the history of an item."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.errors import UserError
from app.models import changelog, outbox_list
from app.models import outbox as outbox_rows
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.outbox_list import QueuedFile
from app.models.store import Session, Store
from app.models.values import DestinationRecord, LogEntry, OutboxState
from app.records.permissions import Action, Actor, require
from app.records.types import SigningRole
from app.workflows import clock
from app.workflows.report import Changes, changed
from app.workflows.send import held_by_hand, target

S = OutboxState
BEHIND: Final = (S.REJECTED, S.PAUSED, S.SENDING, S.WAITING, S.CANCELLED, S.STORED, S.ACCEPTED)
"""A transcript is as far as the file that is furthest behind; what waits for a person comes first."""
TO_SEND: Final = frozenset({S.WAITING, S.SENDING, S.PAUSED})
CAN_CANCEL: Final = frozenset({S.WAITING, S.PAUSED, S.REJECTED})


class Hold(StrEnum):
    """Why nothing leaves for the destination."""

    NONE = "none"
    HAND = "hand"
    REFUSED = "refused"
    """It did not let us in; a person has to put that right."""
    LOGIN_PAGE = "login_page"
    """A network's login page answered in its place."""
    AWAY = "away"
    """It could not be reached; the next try comes by itself."""
    NO_DESTINATION = "no_destination"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent of one version of a transcript (XML and PDF), or one package; `state`: see BEHIND."""

    files: tuple[QueuedFile, ...]
    state: OutboxState
    carried: bool
    """Stored on a stick that was carried, no receipt yet."""

    @property
    def ids(self) -> tuple[int, ...]:
        """Numbers of its items."""
        return tuple(file.item.id for file in self.files)

    @property
    def unsent(self) -> tuple[int, ...]:
        """Numbers of the items that no destination holds yet."""
        return tuple(f.item.id for f in self.files if f.item.state not in (S.STORED, S.ACCEPTED))

    @property
    def behind(self) -> QueuedFile:
        """The file that gives the parcel its state."""
        return next(file for file in self.files if file.item.state is self.state)

    @property
    def attempts(self) -> int:
        """The most tries any of its files has had."""
        return max(file.item.attempts for file in self.files)

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(file.item.size for file in self.files)


@dataclass(frozen=True, slots=True)
class Queue:
    """The whole outbox and what holds it; `problem` is the sentence of the last failed try."""

    parcels: tuple[Parcel, ...]
    destinations: tuple[str, ...]
    to: str
    hold: Hold
    held_since: datetime | None
    problem: str
    next_try: datetime | None

    @property
    def counts(self) -> Mapping[OutboxState, int]:
        """Parcels by state; they add up to `len(parcels)`."""
        return {state: sum(1 for item in self.parcels if item.state is state) for state in OutboxState}


@dataclass(frozen=True, slots=True)
class Moved:
    """How many files moved, and how many of those asked for did not."""

    moved: int
    left: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class History:
    """When a parcel was sealed and queued (None for packages), and the log of its files, oldest first."""

    queued_at: datetime | None
    entries: tuple[LogEntry, ...]


def queue(*, store: Store, actor: Actor, to: str | None = None) -> Queue:
    """The outbox as the screen shows it, what needs a person first; `to` is the destination looked at."""
    require(actor, Action.OUTBOX)
    with store.reading() as session:
        found = parcels(session)
        places = settings_store.destinations(session)
        place = next((item for item in places if item.name == to), places[0] if places else None)
        hold, since = _hold(session, place, found)
    failed = [
        file
        for parcel in found
        for file in parcel.files
        if file.item.message and file.item.state in (S.WAITING, S.PAUSED)
    ]
    last = max(failed, key=lambda file: file.changed_at, default=None)
    tries = [file.item.next_try for file in failed if file.item.next_try]
    return Queue(
        parcels=found,
        destinations=tuple(item.name for item in places),
        to=place.name if place else "",
        hold=hold,
        held_since=since or (last.changed_at if last else None),
        problem=last.item.message if last else "",
        next_try=min(tries, default=None),
    )


def parcels(session: Session) -> tuple[Parcel, ...]:
    """Every parcel: refused and paused first, then as far as each has come, oldest first."""
    carried = {item.item_id for item in outbox_list.carried(session)}
    groups: defaultdict[str, list[QueuedFile]] = defaultdict(list)
    for file in outbox_list.queued_files(session):
        version = file.item.version_id
        groups[f"v{version}" if version is not None else f"i{file.item.id}"].append(file)
    found = [_parcel(tuple(files), carried) for files in groups.values()]
    return tuple(sorted(found, key=lambda item: BEHIND.index(item.state)))


def parcel_counts(*, store: Store) -> Mapping[str, int]:
    """Number of parcels per state."""
    with store.reading() as session:
        return Counter(parcel.state.value for parcel in parcels(session))


def _parcel(files: tuple[QueuedFile, ...], carried: set[int]) -> Parcel:
    state = min((file.item.state for file in files), key=BEHIND.index)
    return Parcel(files, state, state is S.STORED and any(file.item.id in carried for file in files))


def _hold(
    session: Session, place: DestinationRecord | None, found: Sequence[Parcel]
) -> tuple[Hold, datetime | None]:
    if place is None:
        return Hold.NO_DESTINATION, None
    items = [file.item for parcel in found for file in parcel.files]
    if place.paused:
        log = changelog.entries(session, entity=f"destination:{place.name}", limit=20)
        since = next((entry.at for entry in log if entry.field == "paused"), None)
        if held_by_hand(session, place):
            return Hold.HAND, since
        captive = any(item.state is S.PAUSED and item.next_try for item in items)
        return (Hold.LOGIN_PAGE if captive else Hold.REFUSED), since
    away = any(item.state is S.WAITING and item.next_try for item in items)
    return (Hold.AWAY if away else Hold.NONE), None


def history(*, store: Store, actor: Actor, ids: Sequence[int]) -> History:
    """What happened to these items of one parcel."""
    require(actor, Action.OUTBOX)
    with store.reading() as session:
        entries = outbox_list.history(session, ids)
        version = next((item.version_id for item in outbox_rows.items(session) if item.id in ids), None)
        signed = () if version is None else transcript_rows.signatures(session, version)
    sealed = (item.signed_at for item in signed if item.role is SigningRole.SEAL)
    return History(next(sealed, None), entries)


def pause(*, store: Store, actor: Actor, to: str | None = None) -> Changes:
    """Hold everything; what is in flight arrives, nothing more leaves, also not by itself."""
    return _set_paused(store, actor, to, True)


def resume(*, store: Store, actor: Actor, to: str | None = None) -> Changes:
    """Let the queue go on, after a pause by hand or a refusal of the destination."""
    return _set_paused(store, actor, to, False)


def _set_paused(store: Store, actor: Actor, to: str | None, paused: bool) -> Changes:
    require(actor, Action.SEND)
    record = target(store=store, name=to)
    with store.transaction() as session:
        outbox_rows.release_paused(session, record.name)
        settings_store.set_destination_paused(session, record.name, paused, actor.login)
    return changed("outbox")


def cancel(*, store: Store, actor: Actor, ids: Sequence[int], reason: str) -> Moved:
    """Never send these items; nothing is deleted, here or there. UserError delivery.no_reason, no_item.

    What is on its way, stored or accepted does not move.
    """
    require(actor, Action.SEND)
    if not reason.strip():
        raise UserError("delivery.no_reason")
    with store.transaction() as session:
        _demand(session, ids)
        at = clock.now()
        moved = outbox_rows.cancel(session, ids, reason=reason.strip(), actor=actor.login, at=at)
    return Moved(moved, len(ids) - moved, changed("outbox"))


def put_back(*, store: Store, actor: Actor, ids: Sequence[int]) -> Moved:
    """Have these sent again: refused, cancelled or paused ones, or stored ones (a stick was lost).

    Accepted ones and what is on its way do not move. UserError delivery.no_item.
    """
    require(actor, Action.SEND)
    with store.transaction() as session:
        _demand(session, ids)
        moved = outbox_rows.put_back(session, ids, actor=actor.login, at=clock.now())
    return Moved(moved, len(ids) - moved, changed("outbox"))


def _demand(session: Session, ids: Sequence[int]) -> None:
    known = {item.id for item in outbox_rows.items(session)}
    for number in ids:
        if number not in known:
            raise UserError("delivery.no_item", number=number)
