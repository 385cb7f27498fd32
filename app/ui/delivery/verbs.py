"""The verbs of archive and delivery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.interaction import Progress
from app.ui.desk import Desk
from app.workflows.report import changed

if TYPE_CHECKING:
    from app.workflows.archive import ArchiveOverview, ArchiveReport
    from app.workflows.outbox import History, Moved, Queue
    from app.workflows.receipts import ReceiptRow
    from app.workflows.relay import ExportReport, ReceiptReport, Relay
    from app.workflows.report import Changes
    from app.workflows.send import SendReport


def queue(desk: Desk, to: str) -> Queue:
    """The outbox, looked at for one destination."""
    from app.workflows import outbox

    return outbox.queue(store=desk.store, actor=desk.actor, to=to or None)


def history(desk: Desk, ids: Sequence[int]) -> History:
    """What happened to these items."""
    from app.workflows import outbox

    return outbox.history(store=desk.store, actor=desk.actor, ids=ids)


def send(desk: Desk, to: str, progress: Progress) -> SendReport:
    """Send everything that waits."""
    from app.workflows import send

    return send.send(store=desk.store, actor=desk.actor, to=to or None, progress=progress)


def send_on(desk: Desk, to: str, progress: Progress) -> SendReport:
    """End the pause and send everything that waits."""
    from app.workflows import outbox

    outbox.resume(store=desk.store, actor=desk.actor, to=to or None)
    return send(desk, to, progress)


def send_due(desk: Desk, to: str, progress: Progress) -> SendReport | None:
    """Try again what is due by itself."""
    from app.workflows import send

    return send.send_due(store=desk.store, actor=desk.actor, to=to or None, progress=progress)


def try_now(desk: Desk, to: str, ids: Sequence[int], progress: Progress) -> SendReport:
    """Put these back and try them at once, and nothing else."""
    from app.workflows import outbox, send

    outbox.put_back(store=desk.store, actor=desk.actor, ids=ids)
    report = send.send(store=desk.store, actor=desk.actor, to=to or None, only=ids, progress=progress)
    return replace(report, changes=changed("outbox"))


def pause(desk: Desk, to: str) -> Changes:
    """Hold everything."""
    from app.workflows import outbox

    return outbox.pause(store=desk.store, actor=desk.actor, to=to or None)


def cancel(desk: Desk, ids: Sequence[int], reason: str) -> Moved:
    """Never send these."""
    from app.workflows import outbox

    return outbox.cancel(store=desk.store, actor=desk.actor, ids=ids, reason=reason)


def put_back(desk: Desk, ids: Sequence[int]) -> Moved:
    """Queue these again."""
    from app.workflows import outbox

    return outbox.put_back(store=desk.store, actor=desk.actor, ids=ids)


def relay(desk: Desk, folder: Path | None) -> Relay:
    """What an export would write and what is out."""
    from app.workflows import relay

    return relay.overview(store=desk.store, actor=desk.actor, folder=folder)


def export_outbox(desk: Desk, folder: Path, progress: Progress) -> ExportReport:
    """Write the outbox to a stick."""
    from app.workflows import relay

    return relay.export_outbox(store=desk.store, actor=desk.actor, folder=folder, progress=progress)


def import_receipts(desk: Desk, folder: Path) -> ReceiptReport:
    """Read the receipts on a stick."""
    from app.workflows import relay

    return relay.import_receipts(store=desk.store, actor=desk.actor, folder=folder)


def archives(desk: Desk) -> ArchiveOverview:
    """What can be archived, and the last archive."""
    from app.workflows import archive

    return archive.notes(store=desk.store, actor=desk.actor)


def write_archive(desk: Desk, folder: Path, year: str, progress: Progress) -> ArchiveReport:
    """Write the archive of a year."""
    from app.workflows import archive

    return archive.archive(store=desk.store, actor=desk.actor, folder=folder, year=year, progress=progress)


def check_archive(desk: Desk, folder: Path, progress: Progress) -> ArchiveReport:
    """Compare an archive with its manifests."""
    from app.workflows import archive

    return archive.check(store=desk.store, actor=desk.actor, folder=folder, progress=progress)


def receipts(desk: Desk) -> tuple[ReceiptRow, ...]:
    """Every receipt."""
    from app.workflows import receipts

    return receipts.list_receipts(store=desk.store, actor=desk.actor)
