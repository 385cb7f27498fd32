"""Retry: the whole table, and properties over a thousand drawn cases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.delivery.destinations import ProblemKind as K
from app.delivery.retry import FIRST_PAUSE, LONGEST_PAUSE, Decision, decide, pause
from app.delivery.retry import ItemState as S

NOW = datetime(2024, 6, 17, 8, 0, tzinfo=UTC)
SOON = NOW + timedelta(seconds=30)

TABLE = [
    (None, Decision(S.STORED)),
    (K.OFFLINE, Decision(S.WAITING, SOON, end_pass=True)),
    (K.DISK_FULL, Decision(S.WAITING, SOON, end_pass=True)),
    (K.SERVER, Decision(S.WAITING, SOON)),
    (K.AUTH, Decision(S.PAUSED, None, pause_queue=True, end_pass=True)),
    (K.CAPTIVE, Decision(S.PAUSED, SOON, pause_queue=True, end_pass=True)),
    (K.REJECTED, Decision(S.REJECTED)),
    (K.CONFLICT, Decision(S.REJECTED)),
]

PAUSES = [
    (0, 30),
    (1, 30),
    (2, 60),
    (3, 120),
    (4, 240),
    (5, 480),
    (6, 960),
    (7, 1920),
    (8, 3600),
    (9999, 3600),
]

drawn = settings(max_examples=1000, deadline=None)
jitters = st.floats(0, 1)
attempts_made = st.integers(1, 10**9)


def test_the_table_is_complete() -> None:
    assert {outcome for outcome, _ in TABLE} == {None, *K}


@pytest.mark.parametrize(("outcome", "decision"), TABLE)
def test_first_attempt(outcome: K | None, decision: Decision) -> None:
    assert decide(outcome, 1, NOW, 0.0) == decision


@pytest.mark.parametrize(("attempts", "seconds"), PAUSES)
def test_pauses(attempts: int, seconds: int) -> None:
    assert pause(attempts, 0.0) == timedelta(seconds=seconds)
    assert pause(attempts, 1.0) == timedelta(seconds=seconds * 1.25)


@drawn
@given(st.sampled_from([K.OFFLINE, K.SERVER, K.DISK_FULL]), attempts_made, jitters)
def test_waiting_never_gives_up_and_never_hammers(kind: K, attempts: int, jitter: float) -> None:
    decision = decide(kind, attempts, NOW, jitter)
    assert decision.state is S.WAITING
    assert decision.next_try is not None
    assert FIRST_PAUSE <= decision.next_try - NOW <= LONGEST_PAUSE * 1.25


@drawn
@given(attempts_made, jitters, jitters)
def test_pauses_grow_whatever_the_jitter(attempts: int, first: float, second: float) -> None:
    at_most_capped = pause(attempts + 1, second) >= LONGEST_PAUSE
    assert pause(attempts + 1, second) > pause(attempts, first) or at_most_capped


@drawn
@given(st.sampled_from([None, *K]), attempts_made, jitters)
def test_only_auth_and_captive_pause_the_queue(kind: K | None, attempts: int, jitter: float) -> None:
    decision = decide(kind, attempts, NOW, jitter)
    assert decision.pause_queue is (kind in (K.AUTH, K.CAPTIVE))
    assert (decision.state is S.STORED) is (kind is None)
    assert decision.state in (S.STORED, S.WAITING, S.PAUSED, S.REJECTED)
