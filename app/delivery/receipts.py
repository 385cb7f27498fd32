"""The receiver's receipts: JSON files that say which documents were accepted and which were not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.delivery.destinations import Destination
from app.delivery.keys import SAFE_PART, SHA256, receipt_prefix
from app.errors import UserError

FORMAT: Final = "hocba-receipt"
FORMAT_VERSION: Final = 1
LARGEST: Final = 8 * 1024 * 1024
"""Bytes; a receipt of a hundred thousand documents is about that large."""


@dataclass(frozen=True, slots=True)
class ReceiptEntry:
    """The receiver's word on one document."""

    sha256: str
    accepted: bool
    message: str = ""
    """The receiver's reason, in its own words."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt: who received, when (aware), and a word on each document, keyed by SHA-256."""

    id: str
    school: str
    receiver: str
    received_at: datetime
    entries: Mapping[str, ReceiptEntry]

    @property
    def accepted(self) -> frozenset[str]:
        """SHA-256 of the documents that were accepted."""
        return frozenset(sha for sha, entry in self.entries.items() if entry.accepted)


def read_receipts(
    destination: Destination, school: str, *, known: Callable[[str], bool] = lambda _: False
) -> Iterator[Receipt | UserError]:
    """The receipts of `school` that are not `known` by id; an unreadable one comes as its error.

    Raises `DeliveryProblem` when the destination itself cannot be read.
    """
    for key in destination.list(receipt_prefix(school)):
        receipt_id = key.rpartition("/")[2].removesuffix(".json")
        if not key.endswith(".json") or known(receipt_id):
            continue
        try:
            yield parse_receipt(destination.get(key) or b"", school=school, name=receipt_id)
        except _BadReceipt as error:
            yield error


def parse_receipt(data: bytes, *, school: str, name: str) -> Receipt:
    """The receipt in `data`; UserError delivery.bad_receipt unless every part of it is sound.

    `name` is the id in its key, `school` the school it must be for.
    """
    if len(data) > LARGEST:
        raise _BadReceipt(name, "quá lớn")
    try:
        raw = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _BadReceipt(name, "không phải JSON") from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT or raw.get("version") != FORMAT_VERSION:
        raise _BadReceipt(name, "không đúng mẫu biên nhận")
    if raw.get("id") != name or not SAFE_PART.fullmatch(name):
        raise _BadReceipt(name, "mã bên trong khác tên tệp")
    if raw.get("school") != school:
        raise _BadReceipt(name, "của trường khác")
    return Receipt(name, school, _text(raw, "receiver", name), _time(raw, name), _entries(raw, name))


def build_receipt(receipt: Receipt) -> bytes:
    """The file a receiver writes; used by the receiving side of the demo and by tests."""
    documents = [
        {
            "sha256": entry.sha256,
            "status": "accepted" if entry.accepted else "rejected",
            "message": entry.message,
        }
        for entry in sorted(receipt.entries.values(), key=lambda entry: entry.sha256)
    ]
    value = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "id": receipt.id,
        "school": receipt.school,
        "receiver": receipt.receiver,
        "received_at": receipt.received_at.isoformat(),
        "documents": documents,
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")


class _BadReceipt(UserError):
    def __init__(self, name: str, reason: str) -> None:
        super().__init__("delivery.bad_receipt", name=name, reason=reason)


def _text(raw: Mapping[str, Any], field: str, name: str) -> str:
    value = raw.get(field, "")
    if not isinstance(value, str):
        raise _BadReceipt(name, f"mục {field} không phải chữ")
    return value


def _time(raw: Mapping[str, Any], name: str) -> datetime:
    try:
        value = datetime.fromisoformat(_text(raw, "received_at", name))
    except ValueError as error:
        raise _BadReceipt(name, "ngày giờ nhận không đọc được") from error
    if value.tzinfo is None:
        raise _BadReceipt(name, "ngày giờ nhận thiếu múi giờ")
    return value


def _entries(raw: Mapping[str, Any], name: str) -> Mapping[str, ReceiptEntry]:
    documents = raw.get("documents")
    if not isinstance(documents, Sequence) or isinstance(documents, str):
        raise _BadReceipt(name, "thiếu danh sách học bạ")
    entries: dict[str, ReceiptEntry] = {}
    for document in documents:
        entry = _entry(document, name)
        if entries.setdefault(entry.sha256, entry).accepted != entry.accepted:
            raise _BadReceipt(name, "vừa nhận vừa từ chối cùng một tệp")
    return entries


def _entry(document: object, name: str) -> ReceiptEntry:
    if not isinstance(document, dict) or document.get("status") not in ("accepted", "rejected"):
        raise _BadReceipt(name, "có dòng không rõ đã nhận hay chưa")
    sha256 = document.get("sha256")
    if not isinstance(sha256, str) or not SHA256.fullmatch(sha256):
        raise _BadReceipt(name, "có dòng thiếu mã SHA-256")
    return ReceiptEntry(sha256, document["status"] == "accepted", _text(document, "message", name))
