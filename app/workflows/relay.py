"""Without a network: the outbox goes out on a USB stick, the receipts come back the same way."""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app import messages
from app.delivery.destinations import DeliveryProblem, ProblemKind
from app.delivery.folder import FolderDestination
from app.delivery.queue import send_one
from app.errors import UserError
from app.interaction import Progress
from app.models import outbox as outbox_rows
from app.models import outbox_list
from app.models.store import Session, Store
from app.models.values import OutboxItem, OutboxState
from app.records.permissions import Action, Actor, require
from app.workflows import clock
from app.workflows.outbox import parcels
from app.workflows.report import Changes, changed
from app.workflows.send import take_receipts

_OPEN = frozenset({OutboxState.WAITING, OutboxState.SENDING, OutboxState.PAUSED})
_END = frozenset({ProblemKind.OFFLINE, ProblemKind.AUTH, ProblemKind.DISK_FULL, ProblemKind.SERVER})


@dataclass(frozen=True, slots=True)
class Load:
    """What an export would write: transcripts (or packages), files, bytes; `free` bytes of a folder."""

    parcels: int
    files: int
    size: int
    free: int | None = None


@dataclass(frozen=True, slots=True)
class CarriedBatch:
    """What went out on one stick on one day and has no receipt yet; `ids` of the items."""

    day: datetime
    place: str
    parcels: int
    files: int
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Relay:
    """The screen of the stick: what would go out, what is out."""

    load: Load
    batches: tuple[CarriedBatch, ...]


@dataclass(frozen=True, slots=True)
class ExportReport:
    """How many files the stick now proves to hold, how many were refused, and what ended the run early."""

    written: int
    refused: tuple[str, ...]
    left: int
    problem: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class ReceiptReport:
    """Receipts that lie on the stick, new ones among them, unreadable ones, and how many files they moved."""

    found: int
    new: int
    moved: int
    unreadable: tuple[str, ...]
    changes: Changes


def overview(*, store: Store, actor: Actor, folder: Path | None = None) -> Relay:
    """What an export would write into `folder`, and what was carried out without a receipt yet.

    UserError delivery.folder_missing when the stick is not there.
    """
    require(actor, Action.OUTBOX)
    with store.reading() as session:
        waiting = [item for item in parcels(session) if any(f.item.state in _OPEN for f in item.files)]
        open_files = [f.item for item in waiting for f in item.files if f.item.state in _OPEN]
        batches = _batches(outbox_list.carried(session), {f.id: f for f in outbox_rows.items(session)})
    free = None if folder is None else free_bytes(folder)
    size = sum(item.size for item in open_files)
    return Relay(Load(len(waiting), len(open_files), size, free), batches)


def _batches(
    carried: tuple[outbox_list.Carried, ...], items: dict[int, OutboxItem]
) -> tuple[CarriedBatch, ...]:
    groups: defaultdict[tuple[datetime, str], list[int]] = defaultdict(list)
    for one in carried:
        day = one.at.replace(hour=0, minute=0, second=0, microsecond=0)
        groups[day, one.place].append(one.item_id)
    return tuple(
        CarriedBatch(
            day, place, len({items[number].version_id or -number for number in ids}), len(ids), tuple(ids)
        )
        for (day, place), ids in sorted(groups.items(), reverse=True)
    )


def free_bytes(folder: Path) -> int:
    """Room on the stick. UserError delivery.folder_missing, delivery.folder_denied."""
    FolderDestination(folder).check()
    try:
        return shutil.disk_usage(folder).free
    except OSError as error:
        raise UserError("delivery.folder_missing", place=folder) from error


def export_outbox(*, store: Store, actor: Actor, folder: Path, progress: Progress) -> ExportReport:
    """Write everything that still has to go out into `folder`, under the keys of every destination.

    An item is stored only when the stick, read back, holds exactly its bytes. A full or pulled stick ends the
    run: what was proved stays proved, the rest waits as before. UserError delivery.nothing_to_carry,
    delivery.stick_small, delivery.folder_missing, delivery.folder_denied.
    """
    require(actor, Action.SEND)
    stick = FolderDestination(folder.absolute())
    free = free_bytes(stick.root)
    with store.transaction() as session:
        outbox_rows.requeue_sending(session)
    with store.reading() as session:
        items = [item for item in outbox_rows.items(session) if item.state in _OPEN]
    if not items:
        raise UserError("delivery.nothing_to_carry")
    missing = [item for item in items if not _holds(stick, item)]
    if sum(item.size for item in missing) > free:
        needed = sum(item.size for item in missing)
        raise UserError(
            "delivery.stick_small", place=folder, needed=_megabytes(needed), free=_megabytes(free)
        )
    return _write(store, actor, stick, items, progress)


def _holds(stick: FolderDestination, item: OutboxItem) -> bool:
    """Whether a file of this key and length lies there already; its bytes are proved when it is written."""
    path = stick.root / item.key
    return path.is_file() and path.stat().st_size == item.size


def _write(
    store: Store, actor: Actor, stick: FolderDestination, items: list[OutboxItem], progress: Progress
) -> ExportReport:
    written, gone, refused, problem = 0, 0, [], ""
    for done, item in enumerate(items, start=1):
        with store.reading() as session:
            data = outbox_rows.payload(session, item.id) if _still_open(session, item.id) else None
        if data is None:  # cancelled or sent since the run began
            gone += 1
            continue
        failure = send_one(stick, item, data)
        if failure is None:
            with store.transaction() as session:
                outbox_rows.relayed(
                    session, item.id, place=str(stick.root), actor=actor.login, at=clock.now()
                )
            written += 1
        elif failure.kind in _END:
            problem = _stick_words(failure, stick.root)
            break
        else:
            refused.append(messages.sentence(failure))
        progress.step(done, len(items), item.key)
    left = len(items) - written - gone - len(refused)
    return ExportReport(written, tuple(refused), left, problem, changed("outbox"))


def _still_open(session: Session, item_id: int) -> bool:
    return outbox_rows.state(session, item_id) in _OPEN


def _stick_words(failure: DeliveryProblem, place: Path) -> str:
    """The sentence of a failing stick: here nothing is paused and nothing is sent by itself."""
    codes = {
        ProblemKind.OFFLINE: "delivery.stick_pulled",
        ProblemKind.AUTH: "delivery.stick_denied",
        ProblemKind.DISK_FULL: "delivery.stick_full",
    }
    code = codes.get(failure.kind, "delivery.stick_failed")
    return messages.text(code, {"place": place, "reason": "đọc lại không đúng tệp đã ghi", **failure.facts})


def import_receipts(*, store: Store, actor: Actor, folder: Path) -> ReceiptReport:
    """Read the receipts on the stick; each counts once, an unreadable one is named and left.

    UserError delivery.folder_missing, delivery.no_receipts.
    """
    require(actor, Action.SEND)
    taken = take_receipts(store, "", FolderDestination(folder.absolute()))
    if not taken.found:
        raise UserError("delivery.no_receipts", place=folder)
    return ReceiptReport(taken.found, taken.new, taken.moved, taken.unreadable, changed("outbox"))


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")
