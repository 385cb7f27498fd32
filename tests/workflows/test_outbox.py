"""The outbox in the hands of a person: pause, go on, cancel, send again, races, retries, history."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.delivery.destinations import DeliveryProblem, ProblemKind
from app.delivery.folder import FolderDestination
from app.delivery.receipts import Receipt, ReceiptEntry, build_receipt
from app.errors import Cancelled, NotAllowed, UserError
from app.models import changelog
from app.models import outbox as outbox_rows
from app.models import settings as settings_rows
from app.models.values import OutboxItem, OutboxState
from app.workflows import clock, outbox, receipts, send, settings
from app.workflows.outbox import Hold
from tests.delivery.killing import run_until_killed
from tests.world import QUIET, World

S = OutboxState
READERS = ("tocongtac", "phohieutruong")


def items(world: World) -> tuple[OutboxItem, ...]:
    return send.list_outbox(store=world.store, actor=world.actor())


def states(world: World) -> Counter[OutboxState]:
    return Counter(item.state for item in items(world))


def deliver(world: World, login: str = "vanthu") -> send.SendReport:
    return send.send(store=world.store, actor=world.actor(login), progress=QUIET)


def look(world: World, login: str = "vanthu") -> outbox.Queue:
    return outbox.queue(store=world.store, actor=world.actor(login))


def stored_files(world: World) -> list[str]:
    return sorted(path.name for path in world.destination.rglob("*.*"))


def test_the_strip_counts_transcripts_and_not_their_files(sealed_world: World) -> None:
    counts = outbox.parcel_counts(store=sealed_world.store)
    assert counts == {"waiting": len(look(sealed_world).parcels)}
    assert 2 * counts["waiting"] == len(items(sealed_world))


class At:
    """Progress that does something after the first file."""

    def __init__(self, do: Callable[[], object]) -> None:
        self._do = do
        self.steps = 0

    def step(self, done: int, total: int, text: str) -> None:
        self.steps += 1
        if self.steps == 1:
            self._do()


def test_a_parcel_holds_both_files_and_the_numbers_add_up(sealed_world: World) -> None:
    queue = look(sealed_world)
    assert len(queue.parcels) == sealed_world.pupils_in_scope
    assert {len(parcel.files) for parcel in queue.parcels} == {2}
    assert sum(queue.counts.values()) == len(queue.parcels)
    assert (queue.counts[S.WAITING], queue.hold, queue.to) == (len(queue.parcels), Hold.NONE, "usb")
    first = queue.parcels[0]
    assert first.files[0].pupil in {p.pupil.name for c in sealed_world.made.classes for p in c.pupils}
    assert first.files[0].class_name in sealed_world.classes
    assert first.files[0].version == 1


def test_a_parcel_is_as_far_as_its_slowest_file_and_refused_ones_come_first(sealed_world: World) -> None:
    last = items(sealed_world)[-1]
    with sealed_world.store.transaction() as session:
        outbox_rows.mark(
            session, last.id, state=S.REJECTED, attempts=1, next_try=None, message="Không", at=clock.now()
        )
        other = items(sealed_world)[0]
        outbox_rows.mark(
            session, other.id, state=S.STORED, attempts=1, next_try=None, message="", at=clock.now()
        )
    queue = look(sealed_world)
    assert (queue.parcels[0].state, last.id in queue.parcels[0].ids) == (S.REJECTED, True)
    assert queue.parcels[0].behind.item.id == last.id
    assert queue.counts[S.STORED] == 0


def test_paused_by_hand_holds_until_somebody_goes_on(sealed_world: World) -> None:
    total = len(items(sealed_world))
    clerk = sealed_world.actor("vanthu")
    outbox.pause(store=sealed_world.store, actor=clerk)
    assert look(sealed_world).hold is Hold.HAND
    assert look(sealed_world).held_since is not None
    report = deliver(sealed_world)
    assert (report.sent, states(sealed_world)) == (0, {S.WAITING: total})
    assert "tạm dừng" in report.problem
    assert stored_files(sealed_world) == []
    assert send.send_due(store=sealed_world.store, actor=clerk, progress=QUIET) is None
    outbox.resume(store=sealed_world.store, actor=clerk)
    assert deliver(sealed_world).sent == total


def test_pausing_while_sending_stops_before_the_next_file(sealed_world: World) -> None:
    clerk = sealed_world.actor("vanthu")
    progress = At(lambda: outbox.pause(store=sealed_world.store, actor=clerk))
    report = send.send(store=sealed_world.store, actor=clerk, progress=progress)
    assert (report.sent, progress.steps) == (1, 1)
    assert "tạm dừng" in report.problem
    assert states(sealed_world)[S.SENDING] == 0
    assert look(sealed_world).hold is Hold.HAND
    assert len(stored_files(sealed_world)) == 1


def test_cancelling_while_sending_keeps_the_cancelled_ones_here(sealed_world: World) -> None:
    clerk = sealed_world.actor("vanthu")
    later = [item.id for item in items(sealed_world)][2:]
    moved: list[outbox.Moved] = []
    progress = At(
        lambda: moved.append(
            outbox.cancel(store=sealed_world.store, actor=clerk, ids=later, reason="Sai ngày sinh")
        )
    )
    report = send.send(store=sealed_world.store, actor=clerk, progress=progress)
    assert (moved[0].moved, moved[0].left, report.sent) == (len(later), 0, 2)
    assert states(sealed_world) == {S.STORED: 2, S.CANCELLED: len(later)}
    assert len(stored_files(sealed_world)) == 2


def test_stopping_loses_nothing_and_going_on_doubles_nothing(sealed_world: World) -> None:
    total = len(items(sealed_world))

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        send.send(store=sealed_world.store, actor=sealed_world.actor("vanthu"), progress=At(stop))
    assert states(sealed_world) == {S.STORED: 1, S.WAITING: total - 1}
    assert deliver(sealed_world).sent == total - 1
    assert len(stored_files(sealed_world)) == total


def test_what_arrived_is_never_called_cancelled(sealed_world: World) -> None:
    deliver(sealed_world)
    ids = [item.id for item in items(sealed_world)]
    moved = outbox.cancel(
        store=sealed_world.store, actor=sealed_world.actor("vanthu"), ids=ids, reason="Muộn rồi"
    )
    assert (moved.moved, moved.left) == (0, len(ids))
    assert set(states(sealed_world)) == {S.STORED}


def test_proof_beats_a_cancellation_that_came_too_late(sealed_world: World) -> None:
    """Another run put the item back and a person cancelled it while its bytes were on the way."""
    item = items(sealed_world)[0]
    now = clock.now()
    with sealed_world.store.transaction() as session:
        assert outbox_rows.claim(session, item.id, at=now)
        assert not outbox_rows.claim(session, item.id, at=now)
        outbox_rows.requeue_sending(session)
        assert outbox_rows.cancel(session, [item.id], reason="Nhầm", actor="vanthu", at=now) == 1

        def ended(state: OutboxState) -> bool:
            return outbox_rows.finish(
                session, item.id, state=state, attempts=1, next_try=None, message="", actor="vanthu", at=now
            )

        assert not ended(S.WAITING)
        assert ended(S.STORED)
        assert not ended(S.STORED)
    assert states(sealed_world)[S.STORED] == 1


def test_cancelling_needs_a_reason_is_logged_and_deletes_nothing(sealed_world: World) -> None:
    clerk = sealed_world.actor("vanthu")
    parcel = look(sealed_world).parcels[0]
    with pytest.raises(UserError) as caught:
        outbox.cancel(store=sealed_world.store, actor=clerk, ids=parcel.ids, reason="  ")
    assert caught.value.code == "delivery.no_reason"
    outbox.cancel(store=sealed_world.store, actor=clerk, ids=parcel.ids, reason="Sai tên đệm")
    told = outbox.history(store=sealed_world.store, actor=clerk, ids=parcel.ids)
    assert [(e.kind, e.actor, e.new, e.reason) for e in told.entries] == [
        ("cancel", "vanthu", "cancelled", "Sai tên đệm")
    ] * 2
    assert told.queued_at is not None
    with sealed_world.store.reading() as session:
        assert all(outbox_rows.payload(session, number) for number in parcel.ids)
        assert changelog.verify_chain(session).ok
    outbox.put_back(store=sealed_world.store, actor=clerk, ids=parcel.ids)
    assert set(states(sealed_world)) == {S.WAITING}


def test_an_unknown_item_is_an_error(sealed_world: World) -> None:
    store, admin = sealed_world.store, sealed_world.actor()
    acts: tuple[Callable[[], object], ...] = (
        lambda: outbox.cancel(store=store, actor=admin, ids=[999], reason="x"),
        lambda: outbox.put_back(store=store, actor=admin, ids=[999]),
    )
    for act in acts:
        with pytest.raises(UserError) as caught:
            act()
        assert caught.value.code == "delivery.no_item"


def test_away_tries_again_by_itself_only_when_its_time_has_come(
    sealed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    total, clerk = len(items(sealed_world)), sealed_world.actor("vanthu")
    shutil.rmtree(sealed_world.destination)

    def by_itself() -> send.SendReport | None:
        return send.send_due(store=sealed_world.store, actor=clerk, progress=QUIET)

    assert by_itself() is None, "the first sending is a person's"
    deliver(sealed_world)
    queue = look(sealed_world)
    assert (queue.hold, queue.counts[S.WAITING]) == (Hold.AWAY, sealed_world.pupils_in_scope)
    assert queue.next_try is not None
    assert "kho-nhan" in queue.problem
    sealed_world.destination.mkdir()
    assert by_itself() is None
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    report = by_itself()
    assert report is not None
    assert report.sent == total
    assert look(sealed_world).hold is Hold.NONE


def test_nothing_is_tried_by_itself_while_a_person_holds_it(
    sealed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = sealed_world.actor("vanthu")
    shutil.rmtree(sealed_world.destination)
    deliver(sealed_world)
    outbox.pause(store=sealed_world.store, actor=clerk)
    sealed_world.destination.mkdir()
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert send.send_due(store=sealed_world.store, actor=clerk, progress=QUIET) is None
    assert stored_files(sealed_world) == []
    assert look(sealed_world).hold is Hold.HAND


def test_a_receipt_that_was_carried_speaks_of_every_destination(sealed_world: World) -> None:
    with sealed_world.store.transaction() as session:
        outbox_rows.enqueue_bytes(session, key="a/goi.xml", content=b"<GOI/>", destination="usb")
        package = outbox_rows.items(session)[-1]
        outbox_rows.mark(
            session, package.id, state=S.STORED, attempts=1, next_try=None, message="", at=clock.now()
        )
        moved = outbox_rows.apply_receipt(
            session,
            destination="",
            key="receipts/1.json",
            received_at=clock.now(),
            verdicts={package.sha256: (True, "")},
            content=b"{}",
        )
    assert moved == 1
    parcel = look(sealed_world).parcels[-1]
    assert (parcel.state, parcel.files[0].pupil, parcel.files[0].version) == (S.ACCEPTED, "", 0)


def test_every_failed_try_is_in_the_history(sealed_world: World) -> None:
    shutil.rmtree(sealed_world.destination)
    deliver(sealed_world)
    deliver(sealed_world)
    parcel = next(p for p in look(sealed_world).parcels if p.attempts)
    told = outbox.history(store=sealed_world.store, actor=sealed_world.actor(), ids=parcel.ids)
    assert parcel.attempts == 2
    assert [entry.new for entry in told.entries] == ["waiting", "waiting"]
    assert all(entry.reason for entry in told.entries)


def test_a_refusal_stops_the_queue_until_a_person_sends_again(
    sealed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DeliveryProblem(ProblemKind.AUTH, "delivery.folder_denied", place="kho")

    total = len(items(sealed_world))
    with monkeypatch.context() as patch:
        patch.setattr(FolderDestination, "put", refuse)
        assert deliver(sealed_world).problem
    assert look(sealed_world).hold is Hold.REFUSED
    assert states(sealed_world) == {S.PAUSED: 1, S.WAITING: total - 1}
    assert deliver(sealed_world).sent == total
    with sealed_world.store.reading() as session:
        assert not settings_rows.destination(session, "usb").paused


def test_a_login_page_comes_back_by_itself_but_never_over_a_pause_by_hand(
    sealed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = sealed_world.actor("vanthu")

    def login_page(*_: object) -> None:
        raise DeliveryProblem(ProblemKind.CAPTIVE, "delivery.captive", place="kho")

    with monkeypatch.context() as patch:
        patch.setattr(FolderDestination, "put", login_page)
        deliver(sealed_world)
    assert look(sealed_world).hold is Hold.LOGIN_PAGE
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    outbox.pause(store=sealed_world.store, actor=clerk)
    assert look(sealed_world).hold is Hold.HAND
    assert send.send_due(store=sealed_world.store, actor=clerk, progress=QUIET) is None
    outbox.resume(store=sealed_world.store, actor=clerk)
    assert deliver(sealed_world).sent == len(items(sealed_world))


def test_one_parcel_alone_can_be_tried(sealed_world: World) -> None:
    parcel = look(sealed_world).parcels[0]
    clerk = sealed_world.actor("vanthu")
    report = send.send(store=sealed_world.store, actor=clerk, only=parcel.ids, progress=QUIET)
    assert (report.sent, states(sealed_world)[S.STORED]) == (2, 2)


KILL = """
import os
from pathlib import Path
from app.delivery.folder import FolderDestination
from app.workflows import send, store as store_verbs
from app.interaction import SilentProgress
from tests.world import PASSWORD
die_at(FolderDestination, sys.argv[2], calls=3, after=sys.argv[2] == "put")
store = store_verbs.open_store(Path(sys.argv[1]))
actor = store_verbs.login(store=store, login="vanthu", password=PASSWORD)
send.send(store=store, actor=actor, progress=SilentProgress())
"""


@pytest.mark.parametrize("point", ["put", "head"])
def test_killed_while_sending_then_nothing_lost_or_doubled(sealed_world: World, point: str) -> None:
    total = len(items(sealed_world))
    run_until_killed(KILL, sealed_world.folder, point)
    assert states(sealed_world) == {S.STORED: 2, S.SENDING: 1, S.WAITING: total - 3}
    assert deliver(sealed_world).sent == total - 2
    assert states(sealed_world) == {S.STORED: total}
    assert len(stored_files(sealed_world)) == total


@pytest.mark.parametrize("login", READERS)
def test_readers_look_and_touch_nothing(sealed_world: World, login: str) -> None:
    actor, store = sealed_world.actor(login), sealed_world.store
    parcel = look(sealed_world, login).parcels[0]
    outbox.history(store=store, actor=actor, ids=parcel.ids)
    before = items(sealed_world)
    acts: tuple[Callable[[], object], ...] = (
        lambda: outbox.pause(store=store, actor=actor),
        lambda: outbox.resume(store=store, actor=actor),
        lambda: outbox.cancel(store=store, actor=actor, ids=parcel.ids, reason="x"),
        lambda: outbox.put_back(store=store, actor=actor, ids=parcel.ids),
        lambda: send.send_due(store=store, actor=actor, progress=QUIET),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert items(sealed_world) == before
    with pytest.raises(NotAllowed):
        look(sealed_world, "gv3a")


def test_receipts_are_listed_with_pupils_and_evidence(sealed_world: World) -> None:
    deliver(sealed_world)
    first, second = items(sealed_world)[:2]
    code = sealed_world.made.school.code
    receipt = Receipt(
        "bn-01",
        code,
        "Sở Giáo dục và Đào tạo",
        clock.now(),
        {
            first.sha256: ReceiptEntry(first.sha256, True),
            second.sha256: ReceiptEntry(second.sha256, False, "Sai mã"),
        },
    )
    folder = sealed_world.destination / code / "receipts"
    folder.mkdir(parents=True)
    (folder / "bn-01.json").write_bytes(build_receipt(receipt))
    assert deliver(sealed_world).accepted == 2
    (row,) = receipts.list_receipts(store=sealed_world.store, actor=sealed_world.actor("tocongtac"))
    assert (row.accepted, row.refused, row.destination, row.id) == (1, 1, "usb", "bn-01")
    assert [(line.accepted, line.message) for line in row.lines] == [(False, "Sai mã"), (True, "")]
    assert all(line.pupil and line.class_name for line in row.lines)
    assert first.sha256 in row.evidence
    queue = look(sealed_world)
    assert (queue.counts[S.REJECTED], queue.counts[S.ACCEPTED]) == (1, 0)


def test_without_a_destination_the_queue_says_so(sealed_world: World, tmp_path: Path) -> None:
    with sealed_world.store.reading() as session:
        assert settings_rows.destinations(session)
    queue = outbox.queue(store=sealed_world.store, actor=sealed_world.actor(), to="lạ")
    assert queue.to == "usb"
    settings.add_destination(
        store=sealed_world.store,
        actor=sealed_world.actor(),
        name="ổ chung",
        kind="folder",
        options={"path": str(tmp_path)},
    )
    assert outbox.queue(store=sealed_world.store, actor=sealed_world.actor(), to="ổ chung").to == "ổ chung"
