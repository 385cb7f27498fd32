"""The queue: proof before "stored", a poisoned item, early ends, offline and back, a kill, a relay."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.delivery.destinations import DeliveryProblem, Destination, ProblemKind, Stored
from app.delivery.folder import FolderDestination
from app.delivery.keys import document_key
from app.delivery.queue import SERVER_FAILURES_IN_A_ROW, Item, Outcome, deliver
from app.delivery.retry import ItemState as S
from app.delivery.s3 import S3Destination
from app.demo.s3 import LocalS3
from tests.delivery.faults import FaultServer
from tests.delivery.killing import run_until_killed

NOW = datetime(2024, 6, 17, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Queued:
    id: int
    key: str
    sha256: str
    attempts: int = 0


def bytes_of(number: int) -> bytes:
    return f"<HOC_BA>{number}</HOC_BA>".encode()


def queued(number: int) -> Queued:
    sha = hashlib.sha256(bytes_of(number)).hexdigest()
    return Queued(number, document_key("94000123", "2023-2024", f"HB-{number}", 1, sha, "xml"), sha)


ITEMS = [queued(number) for number in range(8)]


def run(destination: Destination, items: Sequence[Item] = ITEMS) -> list[Outcome]:
    return list(deliver(destination, items, bytes_of, now=lambda: NOW, jitter=lambda: 0.5))


def states(outcomes: Sequence[Outcome]) -> list[S]:
    return [outcome.decision.state for outcome in outcomes]


class Poisoned(FolderDestination):
    """A folder that fails for the keys in `bad`, or lies about what it holds."""

    def __init__(self, root: Path, kind: ProblemKind, bad: set[int]) -> None:
        super().__init__(root)
        self.kind, self.bad = kind, {queued(number).key for number in bad}

    def put(self, key: str, data: bytes, sha256: str) -> None:
        if key in self.bad:
            raise DeliveryProblem(self.kind, "delivery.rejected", place="x", key=key, status=400)
        super().put(key, data, sha256)


@pytest.mark.parametrize("kind", [ProblemKind.REJECTED, ProblemKind.CONFLICT, ProblemKind.SERVER])
def test_one_poisoned_item_never_blocks_the_rest(tmp_path: Path, kind: ProblemKind) -> None:
    outcomes = run(Poisoned(tmp_path, kind, {2}))
    assert [outcome.id for outcome in outcomes] == list(range(8))
    assert [outcome.id for outcome in outcomes if outcome.decision.state is not S.STORED] == [2]
    assert outcomes[2].message
    assert outcomes[1].message == ""


@pytest.mark.parametrize(
    "kind", [ProblemKind.OFFLINE, ProblemKind.AUTH, ProblemKind.CAPTIVE, ProblemKind.DISK_FULL]
)
def test_the_pass_ends_where_going_on_is_useless(tmp_path: Path, kind: ProblemKind) -> None:
    outcomes = run(Poisoned(tmp_path, kind, {2, 3, 4}))
    assert [outcome.id for outcome in outcomes] == [0, 1, 2]
    assert outcomes[2].decision.pause_queue is (kind in (ProblemKind.AUTH, ProblemKind.CAPTIVE))


def test_an_ill_server_is_not_hammered(faults: FaultServer) -> None:
    outcomes = run(faults.destination())
    assert states(outcomes) == [S.WAITING] * SERVER_FAILURES_IN_A_ROW
    assert all(outcome.attempts == 1 and outcome.decision.next_try for outcome in outcomes)
    assert [outcome.decision.end_pass for outcome in outcomes] == [False] * 4 + [True]


def test_a_refusal_pauses_the_queue(faults: FaultServer) -> None:
    faults.s3_error(403, "AccessDenied")
    (outcome,) = run(faults.destination())
    assert outcome.decision.state is S.PAUSED
    assert outcome.decision.pause_queue
    assert outcome.decision.next_try is None


def test_a_login_page_pauses_the_queue_and_comes_back_by_itself(faults: FaultServer) -> None:
    faults.login_page()
    (outcome,) = run(faults.destination())
    assert outcome.kind is ProblemKind.CAPTIVE
    assert outcome.decision.pause_queue
    assert outcome.decision.next_try


def test_not_stored_without_proof(tmp_path: Path) -> None:
    class Liar(FolderDestination):
        def head(self, key: str) -> Stored | None:
            found = super().head(key)
            return None if key == ITEMS[0].key or found is None else replace(found, sha256="0" * 64)

    assert states(run(Liar(tmp_path), ITEMS[:3])) == [S.WAITING] * 3


def test_damaged_content_is_never_sent(tmp_path: Path) -> None:
    items = [replace(ITEMS[0], sha256=ITEMS[1].sha256), ITEMS[2]]
    assert states(run(FolderDestination(tmp_path), items)) == [S.REJECTED, S.STORED]
    assert FolderDestination(tmp_path).list() == (ITEMS[2].key,)


def test_each_item_is_announced_before_it_is_sent(tmp_path: Path) -> None:
    log: list[tuple[str, int]] = []
    outcomes = deliver(
        FolderDestination(tmp_path),
        ITEMS[:2],
        bytes_of,
        now=lambda: NOW,
        jitter=lambda: 0.0,
        report=lambda item: log.append(("sending", item.id)),
    )
    for outcome in outcomes:
        log.append(("done", outcome.id))
    assert log == [("sending", 0), ("done", 0), ("sending", 1), ("done", 1)]


def test_network_away_then_everything_arrives_once(store: LocalS3, s3: S3Destination) -> None:
    store.go_offline()
    assert states(run(s3)) == [S.WAITING]
    store.go_online()
    assert states(run(s3)) == [S.STORED] * 8
    assert states(run(s3)) == [S.STORED] * 8  # again: the same objects, no second copies
    assert s3.list() == tuple(sorted(item.key for item in ITEMS))
    assert all(s3.get(item.key) == bytes_of(item.id) for item in ITEMS)


def test_network_goes_away_in_the_middle(store: LocalS3, s3: S3Destination) -> None:
    outcomes = []
    for outcome in deliver(s3, ITEMS, bytes_of, now=lambda: NOW, jitter=lambda: 0.5):
        outcomes.append(outcome)
        if outcome.id == 3:
            store.go_offline()
    assert states(outcomes) == [S.STORED] * 4 + [S.WAITING]


KILL = """
from tests.delivery.test_queue import ITEMS, run
from app.delivery.s3 import S3Destination
point, endpoint = sys.argv[1:]
die_at(S3Destination, point, calls=4, after=point == "put")
run(S3Destination(endpoint, "hocba", "k", "s"))
"""


@pytest.mark.parametrize("point", ["put", "head", "_write"])
def test_killed_while_sending_then_nothing_lost_or_doubled(
    store: LocalS3, s3: S3Destination, point: str
) -> None:
    run_until_killed(KILL, point, store.endpoint)
    assert states(run(s3)) == [S.STORED] * 8
    assert s3.list() == tuple(sorted(item.key for item in ITEMS))


def test_relay_over_a_stick(tmp_path: Path, s3: S3Destination) -> None:
    """A PC without network exports to a folder, another relays it: same keys, same proof."""
    stick = FolderDestination(tmp_path)
    assert states(run(stick)) == [S.STORED] * 8
    found = [stick.head(key) for key in stick.list()]
    items = [Queued(number, at.key, at.sha256) for number, at in enumerate(found) if at]
    sent = deliver(s3, items, lambda n: stick.get(items[n].key) or b"", now=lambda: NOW, jitter=lambda: 0.0)
    assert states(list(sent)) == [S.STORED] * 8
    assert s3.list() == stick.list()
