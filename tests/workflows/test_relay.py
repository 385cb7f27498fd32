"""The way by USB stick: out with proof, back with receipts, failing sticks; the notes on the archive."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.delivery.destinations import DeliveryProblem, ProblemKind
from app.delivery.folder import FolderDestination
from app.delivery.receipts import Receipt, ReceiptEntry, build_receipt
from app.errors import Cancelled, NotAllowed, UserError
from app.models.values import OutboxState
from app.workflows import archive, clock, outbox, receipts, relay, send
from tests.delivery.killing import run_until_killed
from tests.workflows.test_outbox import At, items, states
from tests.world import QUIET, World

S = OutboxState


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "USB" / "hoc-ba"
    folder.mkdir(parents=True)
    return folder


def export(world: World, stick: Path) -> relay.ExportReport:
    return relay.export_outbox(store=world.store, actor=world.actor("vanthu"), folder=stick, progress=QUIET)


def overview(world: World, folder: Path | None = None) -> relay.Relay:
    return relay.overview(store=world.store, actor=world.actor("tocongtac"), folder=folder)


def put_receipt(world: World, stick: Path, name: str = "bn-7", accepted: bool = True) -> None:
    code = world.made.school.code
    entries = {item.sha256: ReceiptEntry(item.sha256, accepted) for item in items(world)}
    folder = stick / code / "receipts"
    folder.mkdir(parents=True, exist_ok=True)
    data = build_receipt(Receipt(name, code, "Sở", clock.now(), entries))
    (folder / f"{name}.json").write_bytes(data)


def import_(world: World, stick: Path) -> relay.ReceiptReport:
    return relay.import_receipts(store=world.store, actor=world.actor("vanthu"), folder=stick)


def test_out_and_back(sealed_world: World, stick: Path) -> None:
    total = len(items(sealed_world))
    before = overview(sealed_world, stick)
    assert (before.load.parcels, before.load.files) == (sealed_world.pupils_in_scope, total)
    assert before.load.free is not None
    report = export(sealed_world, stick)
    assert (report.written, report.left, report.problem, report.refused) == (total, 0, "", ())
    keys = {path.relative_to(stick).as_posix() for path in stick.rglob("*.*")}
    assert keys == {item.key for item in items(sealed_world)}, "the same keys as on every destination"
    after = overview(sealed_world)
    (batch,) = after.batches
    assert (after.load.files, batch.files, batch.parcels) == (0, total, sealed_world.pupils_in_scope)
    assert batch.place == str(stick)
    assert all(p.carried for p in outbox.queue(store=sealed_world.store, actor=sealed_world.actor()).parcels)
    put_receipt(sealed_world, stick)
    taken = import_(sealed_world, stick)
    assert (taken.found, taken.new, taken.moved) == (1, 1, total)
    assert states(sealed_world) == {S.ACCEPTED: total}
    assert overview(sealed_world).batches == ()
    again = import_(sealed_world, stick)
    assert (again.found, again.new, again.moved) == (1, 0, 0)
    (row,) = receipts.list_receipts(store=sealed_world.store, actor=sealed_world.actor())
    assert (row.destination, row.accepted) == ("", total)


def test_nothing_is_accepted_without_a_receipt(sealed_world: World, stick: Path) -> None:
    export(sealed_world, stick)
    with pytest.raises(UserError) as caught:
        import_(sealed_world, stick)
    assert caught.value.code == "delivery.no_receipts"
    assert set(states(sealed_world)) == {S.STORED}


def test_a_damaged_receipt_is_named_and_left(sealed_world: World, stick: Path) -> None:
    export(sealed_world, stick)
    put_receipt(sealed_world, stick)
    bad = stick / sealed_world.made.school.code / "receipts" / "bn-8.json"
    bad.write_bytes(b"{")
    taken = import_(sealed_world, stick)
    assert (taken.found, taken.new) == (2, 1)
    assert "bn-8" in taken.unreadable[0]
    assert bad.exists()


def test_a_stick_that_is_too_small_is_refused_before_anything(
    sealed_world: World, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "free_bytes", lambda _: 1000)
    with pytest.raises(UserError) as caught:
        export(sealed_world, stick)
    assert caught.value.code == "delivery.stick_small"
    assert list(stick.iterdir()) == []
    assert set(states(sealed_world)) == {S.WAITING}


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (ProblemKind.DISK_FULL, "Hết chỗ"),
        (ProblemKind.OFFLINE, "Không còn thấy"),
        (ProblemKind.AUTH, "Mở khóa"),
    ],
)
def test_a_stick_that_fails_midway_loses_nothing(
    sealed_world: World, stick: Path, monkeypatch: pytest.MonkeyPatch, kind: ProblemKind, word: str
) -> None:
    total, original, calls = len(items(sealed_world)), FolderDestination.put, iter(range(100))

    def put(self: FolderDestination, key: str, data: bytes, sha256: str) -> None:
        if next(calls) == 3:
            raise DeliveryProblem(kind, "delivery.destination_full", place=self.root)
        original(self, key, data, sha256)

    with monkeypatch.context() as patch:
        patch.setattr(FolderDestination, "put", put)
        report = export(sealed_world, stick)
    assert (report.written, report.left) == (3, total - 3)
    assert word in report.problem
    assert "sẽ tự gửi" not in report.problem
    assert states(sealed_world) == {S.STORED: 3, S.WAITING: total - 3}
    assert {item.attempts for item in items(sealed_world)} == {0}, "a stick is no try at the destination"
    assert export(sealed_world, stick).written == total - 3


def test_not_stored_when_the_stick_reads_back_other_bytes(
    sealed_world: World, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FolderDestination, "head", lambda *_: None)
    report = export(sealed_world, stick)
    assert report.written == 0
    assert report.problem
    assert set(states(sealed_world)) == {S.WAITING}


def test_other_bytes_on_the_stick_are_kept_and_do_not_block(sealed_world: World, stick: Path) -> None:
    first = items(sealed_world)[0]
    taken = stick / first.key
    taken.parent.mkdir(parents=True)
    taken.write_bytes(b"other bytes")
    report = export(sealed_world, stick)
    assert (len(report.refused), report.written) == (1, len(items(sealed_world)) - 1)
    assert taken.read_bytes() == b"other bytes"
    assert states(sealed_world)[S.WAITING] == 1


def test_stopping_keeps_what_is_proved(sealed_world: World, stick: Path) -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        relay.export_outbox(
            store=sealed_world.store, actor=sealed_world.actor(), folder=stick, progress=At(stop)
        )
    assert states(sealed_world)[S.STORED] == 1


def test_what_is_cancelled_meanwhile_is_not_carried(sealed_world: World, stick: Path) -> None:
    last = items(sealed_world)[-1]
    clerk = sealed_world.actor("vanthu")
    cancel = At(lambda: outbox.cancel(store=sealed_world.store, actor=clerk, ids=[last.id], reason="Nhầm"))
    report = relay.export_outbox(store=sealed_world.store, actor=clerk, folder=stick, progress=cancel)
    assert (report.written, report.left) == (len(items(sealed_world)) - 1, 0)
    assert not (stick / last.key).exists()
    assert states(sealed_world)[S.CANCELLED] == 1


def test_a_pulled_stick_and_an_empty_queue_are_said(sealed_world: World, stick: Path) -> None:
    export(sealed_world, stick)
    with pytest.raises(UserError) as caught:
        export(sealed_world, stick)
    assert caught.value.code == "delivery.nothing_to_carry"
    shutil.rmtree(stick)
    for act in (lambda: overview(sealed_world, stick), lambda: import_(sealed_world, stick)):
        with pytest.raises(UserError) as caught:
            act()
        assert caught.value.code == "delivery.folder_missing"


def test_a_lost_stick_is_sent_again_and_no_longer_counted_as_carried(
    sealed_world: World, stick: Path
) -> None:
    export(sealed_world, stick)
    total = len(items(sealed_world))
    (batch,) = overview(sealed_world).batches
    moved = outbox.put_back(store=sealed_world.store, actor=sealed_world.actor("vanthu"), ids=batch.ids)
    assert (moved.moved, overview(sealed_world).batches) == (total, ())
    sent = send.send(store=sealed_world.store, actor=sealed_world.actor("vanthu"), progress=QUIET)
    assert (sent.sent, overview(sealed_world).batches) == (total, ())


KILL = """
from pathlib import Path
from app.delivery.folder import FolderDestination
from app.workflows import relay, store as store_verbs
from app.interaction import SilentProgress
from tests.world import PASSWORD
die_at(FolderDestination, "put", calls=3, after=True)
store = store_verbs.open_store(Path(sys.argv[1]))
actor = store_verbs.login(store=store, login="vanthu", password=PASSWORD)
relay.export_outbox(store=store, actor=actor, folder=Path(sys.argv[2]), progress=SilentProgress())
"""


def test_killed_while_exporting_then_nothing_lost_or_doubled(sealed_world: World, stick: Path) -> None:
    total = len(items(sealed_world))
    run_until_killed(KILL, sealed_world.folder, stick)
    assert states(sealed_world) == {S.STORED: 2, S.WAITING: total - 2}
    assert export(sealed_world, stick).written == total - 2
    assert sum(1 for _ in stick.rglob("*.*")) == total


@pytest.mark.parametrize("login", ["tocongtac", "phohieutruong"])
def test_readers_do_not_carry(sealed_world: World, stick: Path, login: str) -> None:
    actor = sealed_world.actor(login)
    with pytest.raises(NotAllowed):
        relay.export_outbox(store=sealed_world.store, actor=actor, folder=stick, progress=QUIET)
    with pytest.raises(NotAllowed):
        relay.import_receipts(store=sealed_world.store, actor=actor, folder=stick)
    assert list(stick.iterdir()) == []


def test_the_archive_remembers_where_and_when_it_was_checked(sealed_world: World, tmp_path: Path) -> None:
    store, actor, folder = sealed_world.store, sealed_world.actor("vanthu"), tmp_path / "kho"
    seen = archive.notes(store=store, actor=actor)
    assert (seen.last, seen.sealed[seen.year]) == (None, sealed_world.pupils_in_scope)
    archive.archive(store=store, actor=actor, folder=folder, progress=QUIET)
    note = archive.notes(store=store, actor=actor).last
    assert note is not None
    assert (note.folder, note.documents, note.failed) == (str(folder), sealed_world.pupils_in_scope, 0)
    assert (note.written_at is None, note.checked_at) == (False, None)
    assert note.size > 10_000
    next(folder.rglob("*.pdf")).write_bytes(b"")
    steps = At(lambda: None)
    report = archive.check(store=store, actor=actor, folder=folder, progress=steps)
    checked = archive.notes(store=store, actor=actor).last
    assert checked is not None
    assert (len(report.failed), checked.failed) == (1, 1)
    assert checked.checked_at is not None
    assert checked.written_at == note.written_at
    assert steps.steps == 2 * sealed_world.pupils_in_scope
    with pytest.raises(NotAllowed):
        archive.check(store=store, actor=sealed_world.teacher("3A"), folder=folder, progress=QUIET)
