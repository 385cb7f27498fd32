"""The outbox: frozen content, one item for each key, pauses, crashes and receipts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.errors import UserError
from app.models import changelog, outbox, settings, transcripts
from app.models.store import Store
from app.models.values import OutboxItem, OutboxState
from tests.models.samples import NOW, add_pupil, add_version, seal


@pytest.fixture
def queued(store: Store) -> int:
    """A sealed version whose two documents wait for the destination "kho"; its number."""
    with store.transaction() as session:
        version_id = add_version(session, add_pupil(session))
        settings.add_destination(
            session, name="kho", kind="folder", options={"root": "/kho"}, secret="", actor="admin"
        )
    seal(store, version_id)
    enqueue(store, version_id)
    return version_id


def enqueue(store: Store, version_id: int, destination: str = "kho") -> int:
    with store.transaction() as session:
        record = transcripts.version(session, version_id)
        wanted = [("t1.xml", record.xml_sha256, ".xml"), ("t1.pdf", record.pdf_sha256, "pdf")]
        return outbox.enqueue(session, version_id=version_id, items=wanted, destination=destination)


def items(store: Store) -> tuple[OutboxItem, ...]:
    with store.reading() as session:
        return outbox.items(session)


def mark(store: Store, item: OutboxItem, state: OutboxState, *, minutes: int | None = None) -> None:
    next_try = None if minutes is None else NOW + timedelta(minutes=minutes)
    with store.transaction() as session:
        outbox.mark(session, item.id, state=state, attempts=1, next_try=next_try, message="x", at=NOW)


def due(store: Store, minutes: int = 0) -> list[str]:
    with store.reading() as session:
        return [item.key for item in outbox.due(session, NOW + timedelta(minutes=minutes))]


def test_documents_wait_with_their_bytes(store: Store, queued: int) -> None:
    found = items(store)
    with store.reading() as session:
        kept = transcripts.documents(session, queued)
        assert [outbox.payload(session, item.id) for item in found] == [kept.xml, kept.pdf]
    assert [(item.key, item.state, item.attempts) for item in found] == [
        ("t1.xml", OutboxState.WAITING, 0),
        ("t1.pdf", OutboxState.WAITING, 0),
    ]
    assert {item.destination for item in found} == {"kho"}
    assert {item.version_id for item in found} == {queued}
    assert found[1].size == len(kept.pdf)


def test_queuing_again_doubles_nothing(store: Store, queued: int) -> None:
    assert enqueue(store, queued) == 0
    assert len(items(store)) == 2
    with store.transaction() as session:
        settings.add_destination(session, name="usb", kind="folder", options={}, secret="", actor="a")
    assert enqueue(store, queued, "usb") == 2
    with pytest.raises(UserError) as caught:
        enqueue(store, queued, "không có")
    assert caught.value.code == "workflow.no_destination"


def test_only_the_bytes_of_the_version_are_queued(store: Store, queued: int) -> None:
    with store.transaction() as session, pytest.raises(ValueError, match="is not the pdf"):
        outbox.enqueue(session, version_id=queued, items=[("a", "0" * 64, "pdf")], destination="kho")


def test_a_pdf_that_grew_is_sent_as_it_was_queued(store: Store, queued: int) -> None:
    item = items(store)[1]
    with store.transaction() as session:
        before = outbox.payload(session, item.id)
        session.execute(
            text(
                "UPDATE document SET content = CAST(content || x'00' AS BLOB), size = size + 1 "
                "WHERE media = 'pdf'"
            )
        )
        assert outbox.payload(session, item.id) == before


def test_packages_have_their_own_bytes(store: Store, queued: int) -> None:
    with store.transaction() as session:
        assert outbox.enqueue_bytes(session, key="p.xml", content=b"<package/>", destination="kho")
        assert not outbox.enqueue_bytes(session, key="p.xml", content=b"<package/>", destination="kho")
        with pytest.raises(ValueError, match="other bytes"):
            outbox.enqueue_bytes(session, key="p.xml", content=b"<other/>", destination="kho")
        item = outbox.items(session)[-1]
        assert outbox.payload(session, item.id) == b"<package/>"
        assert (item.version_id, item.size) == (None, 10)
        session.execute(text("UPDATE outbox_item SET content = x'00'"))
        with pytest.raises(ValueError, match="not those"):
            outbox.payload(session, item.id)


def test_what_is_due_waits_its_time(store: Store, queued: int) -> None:
    first, second = items(store)
    assert due(store) == ["t1.xml", "t1.pdf"]
    mark(store, first, OutboxState.WAITING, minutes=10)
    assert due(store) == ["t1.pdf"]
    assert due(store, 10) == ["t1.xml", "t1.pdf"]
    mark(store, second, OutboxState.REJECTED)
    assert due(store, 10) == ["t1.xml"]


def test_a_paused_destination_holds_everything(store: Store, queued: int) -> None:
    for paused, expected in ((True, []), (False, ["t1.xml", "t1.pdf"])):
        with store.transaction() as session:
            settings.set_destination_paused(session, "kho", paused, "gv")
        assert due(store) == expected


def test_after_a_crash_what_was_being_sent_waits_again(store: Store, queued: int) -> None:
    first, second = items(store)
    mark(store, first, OutboxState.SENDING)
    mark(store, second, OutboxState.STORED)
    assert due(store) == []
    with store.transaction() as session:
        assert outbox.requeue_sending(session) == 1
        assert outbox.requeue_sending(session) == 0
    assert due(store) == ["t1.xml"]
    assert items(store)[1].state is OutboxState.STORED


def test_delivery_is_known_by_version_and_logged(store: Store, queued: int) -> None:
    for item, state in zip(items(store), (OutboxState.STORED, OutboxState.ACCEPTED), strict=True):
        mark(store, item, state)
    with store.reading() as session:
        assert transcripts.delivered(session) == {queued}
        logged = changelog.entries(session, limit=2)
    assert [(entry.old, entry.new) for entry in logged] == [("waiting", "accepted"), ("waiting", "stored")]


def test_an_item_without_destination_is_due_anywhere(store: Store, queued: int) -> None:
    enqueue(store, queued, "")
    with store.transaction() as session:
        settings.set_destination_paused(session, "kho", True, "gv")
        assert [item.destination for item in outbox.due(session, NOW)] == ["", ""]


def apply(store: Store, verdicts: dict[str, tuple[bool, str]], destination: str = "kho") -> int:
    with store.transaction() as session:
        return outbox.apply_receipt(
            session,
            destination=destination,
            key="receipts/1.json",
            received_at=NOW,
            verdicts=verdicts,
            content=b"{}",
        )


def test_a_receipt_accepts_or_refuses_what_is_stored(store: Store, queued: int) -> None:
    first, second = items(store)
    mark(store, first, OutboxState.STORED)
    mark(store, second, OutboxState.STORED)
    verdicts = {first.sha256: (True, ""), second.sha256: (False, "Sai mã"), "0" * 64: (True, "")}
    assert apply(store, verdicts) == 2
    found = items(store)
    assert [(item.state, item.message) for item in found] == [
        (OutboxState.ACCEPTED, ""),
        (OutboxState.REJECTED, "Sai mã"),
    ]
    assert apply(store, {second.sha256: (True, "")}) == 0
    assert items(store) == found


def test_a_receipt_moves_only_what_that_destination_stores(store: Store, queued: int) -> None:
    with store.transaction() as session:
        settings.add_destination(session, name="usb", kind="folder", options={}, secret="", actor="a")
    first, second = items(store)
    mark(store, first, OutboxState.STORED)
    verdicts = {first.sha256: (True, ""), second.sha256: (True, "")}
    assert apply(store, verdicts, "usb") == 0
    assert apply(store, verdicts) == 1
    assert [item.state for item in items(store)] == [OutboxState.ACCEPTED, OutboxState.WAITING]


def test_receipts_are_kept_for_good(store: Store, queued: int) -> None:
    apply(store, {})
    with store.reading() as session:
        (found,) = outbox.receipts(session)
    assert (found.destination, found.content, found.received_at) == ("kho", b"{}", NOW)
    with pytest.raises(IntegrityError, match="append-only"), store.transaction() as session:
        session.execute(text("DELETE FROM receipt"))
