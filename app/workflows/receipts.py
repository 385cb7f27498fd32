"""The receipts that came back: who received what and when, in words and as the receiver wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.delivery.receipts import parse_receipt
from app.models import outbox as outbox_rows
from app.models import outbox_list
from app.models import settings as settings_store
from app.models.outbox_list import QueuedFile
from app.models.store import Store
from app.records.names import sort_key
from app.records.permissions import Action, Actor, require


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """The receiver's word on one file; `pupil` is empty for a package and for files that are not ours."""

    sha256: str
    accepted: bool
    message: str
    pupil: str
    class_name: str
    media: str


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One receipt; `destination` is empty when it came on a stick."""

    id: str
    destination: str
    receiver: str
    received_at: datetime
    lines: tuple[ReceiptLine, ...]
    evidence: str
    """The text of the receipt as it is kept."""

    @property
    def accepted(self) -> int:
        """Files that were accepted."""
        return sum(1 for line in self.lines if line.accepted)

    @property
    def refused(self) -> int:
        """Files that were refused."""
        return len(self.lines) - self.accepted


def list_receipts(*, store: Store, actor: Actor) -> tuple[ReceiptRow, ...]:
    """Every receipt, the newest first."""
    require(actor, Action.OUTBOX)
    with store.reading() as session:
        code = settings_store.school(session).code
        found = outbox_rows.receipts(session)
        files = {file.item.sha256: file for file in outbox_list.queued_files(session)}
    return tuple(
        _row(record.destination, record.key, record.content, code, files) for record in reversed(found)
    )


def _row(
    destination: str, key: str, content: bytes, school: str, files: Mapping[str, QueuedFile]
) -> ReceiptRow:
    name = key.rpartition("/")[2].removesuffix(".json")
    receipt = parse_receipt(content, school=school, name=name)
    lines = []
    for entry in receipt.entries.values():
        file = files.get(entry.sha256)
        about = (file.pupil, file.class_name, file.media) if file else ("", "", "")
        lines.append(ReceiptLine(entry.sha256, entry.accepted, entry.message, *about))
    lines.sort(key=lambda line: (line.accepted, line.class_name, sort_key(line.pupil), line.media))
    text = content.decode("utf-8-sig")
    return ReceiptRow(name, destination, receipt.receiver, receipt.received_at, tuple(lines), text)
