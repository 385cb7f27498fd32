"""How time is taken: medians of interleaved rounds, so that a busy machine slows both sides alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; all times in seconds."""

    work: str
    seconds: float
    budget: float | None = None
    baseline: str = ""
    """What was measured beside it in the same run; empty when there is nothing comparable."""
    baseline_seconds: float | None = None

    @property
    def ratio(self) -> float | None:
        """Our time as a multiple of the baseline's."""
        return self.seconds / self.baseline_seconds if self.baseline_seconds else None

    @property
    def within(self) -> bool | None:
        """Whether the budget is kept; None when there is none."""
        return None if self.budget is None else self.seconds <= self.budget


def medians(works: Sequence[Callable[[], object]], *, rounds: int = 9) -> tuple[float, ...]:
    """The median seconds of each of `works`: one unmeasured round, then `rounds` rounds of each in turn."""
    for work in works:
        work()
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, times in zip(works, taken, strict=True):
            times.append(_once(work))
    return tuple(statistics.median(times) for times in taken)


def _once(work: Callable[[], object]) -> float:
    gc.collect()
    enabled = gc.isenabled()
    gc.disable()
    try:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start
    finally:
        if enabled:
            gc.enable()
