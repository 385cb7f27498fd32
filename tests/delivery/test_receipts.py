"""Receipts: read back what a receiver writes, refuse everything that is not quite one."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from app.delivery.folder import FolderDestination
from app.delivery.keys import receipt_key
from app.delivery.receipts import LARGEST, Receipt, ReceiptEntry, build_receipt, parse_receipt, read_receipts
from app.errors import UserError
from app.messages import sentence

GOOD, BAD = "a" * 64, "b" * 64
RECEIPT = Receipt(
    "R-1",
    "94000123",
    "Sở GD&ĐT",
    datetime(2024, 6, 20, 8, 0, tzinfo=timezone(timedelta(hours=7))),
    {GOOD: ReceiptEntry(GOOD, True), BAD: ReceiptEntry(BAD, False, "Sai mã trường")},
)


def test_there_and_back() -> None:
    read = parse_receipt(build_receipt(RECEIPT), school="94000123", name="R-1")
    assert read == RECEIPT
    assert read.accepted == {GOOD}


def changed(**fields: Any) -> bytes:
    value = json.loads(build_receipt(RECEIPT))
    value.update(fields)
    return json.dumps(value).encode()


def line(**fields: Any) -> bytes:
    return changed(documents=[{"sha256": GOOD, "status": "accepted", **fields}])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"<html>Wi-Fi</html>",
        b"[" * 100_000,
        b" " * (LARGEST + 1),
        changed(format="khac"),
        changed(version=2),
        changed(id="R-2"),
        changed(school="94000124"),
        changed(receiver=5),
        changed(received_at="hôm qua"),
        changed(received_at="2024-06-20T08:00:00"),
        changed(documents=None),
        changed(documents="abc"),
        changed(documents=[5]),
        line(sha256=GOOD.upper()),
        line(sha256=None),
        line(status="ok"),
        line(message=5),
        changed(documents=[{"sha256": GOOD, "status": "accepted"}, {"sha256": GOOD, "status": "rejected"}]),
    ],
)
def test_anything_else_is_refused_whole(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        parse_receipt(data, school="94000123", name="R-1")
    assert caught.value.code == "delivery.bad_receipt"
    assert "R-1" in sentence(caught.value)


def test_unknown_fields_are_left_alone() -> None:
    assert parse_receipt(changed(extra=1), school="94000123", name="R-1") == RECEIPT


def test_new_receipts_of_a_destination(tmp_path: Path) -> None:
    folder = FolderDestination(tmp_path)
    for name, data in {"R-1": build_receipt(RECEIPT), "R-2": b"hong", "R-0": b"known"}.items():
        path = tmp_path / receipt_key("94000123", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (tmp_path / "94000123/receipts/ghi-chu.txt").write_bytes(b"x")
    first, second = read_receipts(folder, "94000123", known={"R-0"}.__contains__)
    assert first == RECEIPT
    assert isinstance(second, UserError)
    assert list(read_receipts(folder, "94000999")) == []
