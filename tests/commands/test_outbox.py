"""outbox pause, resume, cancel, retry and relay export, import, as from a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models import outbox
from app.workflows import store as store_verbs
from tests.commands.conftest import Run


@pytest.fixture
def queued(school: Run, data_dir: Path, tmp_path: Path) -> Run:
    """One package waits for a folder."""
    place = tmp_path / "kho"
    place.mkdir()
    assert school("destination", "add", "kho", "folder", place)[0] == 0
    store = store_verbs.open_store(data_dir)
    with store.transaction() as session:
        outbox.enqueue_bytes(
            session, key="94722001/2023-2024/packages/g1.xml", content=b"<G/>", destination=""
        )
    store.close()
    return school


def states(answer: dict[str, list[dict[str, object]]]) -> list[object]:
    return [item["state"] for item in answer["items"]]


def test_the_queue_in_a_persons_hands(queued: Run) -> None:
    code, answer = queued("outbox")
    assert (code, states(answer)) == (0, ["waiting"])
    number = answer["items"][0]["id"]
    assert queued("outbox", "pause")[0] == 0
    code, answer = queued("send")
    assert (code, answer["sent"], states(answer)) == (1, 0, ["waiting"])
    assert answer["problem"]
    assert queued("outbox", "resume")[0] == 0
    code, answer = queued("outbox", "cancel", number)
    assert (code, answer["error"]["code"]) == (2, "delivery.no_reason")
    code, answer = queued("outbox", "cancel")
    assert (code, answer["error"]["code"]) == (2, "delivery.ids_needed")
    assert states(queued("outbox", "cancel", number, "--reason", "Nhầm")[1]) == ["cancelled"]
    assert states(queued("outbox", "retry", number)[1]) == ["waiting"]
    code, answer = queued("send")
    assert (code, states(answer)) == (0, ["stored"])


def test_the_stick(queued: Run, tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    code, answer = queued("relay", "export", stick)
    assert (code, answer["error"]["code"]) == (2, "delivery.folder_missing")
    stick.mkdir()
    code, answer = queued("relay", "export", stick)
    assert (code, answer["written"], answer["left"]) == (0, 1, 0)
    assert (stick / "94722001/2023-2024/packages/g1.xml").read_bytes() == b"<G/>"
    code, answer = queued("relay", "import", stick)
    assert (code, answer["error"]["code"]) == (2, "delivery.no_receipts")
