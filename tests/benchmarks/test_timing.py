"""Medians, ratios and the table of the benchmarks."""

from __future__ import annotations

import pytest

from benchmarks.__main__ import cells, scripts
from benchmarks.timing import Row, medians


def test_works_take_turns_after_a_round_that_does_not_count() -> None:
    calls: list[str] = []
    taken = medians([lambda: calls.append("ours"), lambda: calls.append("baseline")], rounds=3)
    assert calls == ["ours", "baseline"] * 4
    assert len(taken) == 2


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        (Row("a", 0.0203, 0.025, "b", 0.01), ("a", "20.3 ms", "25.0 ms within", "b", "10.0 ms", "2.03 ×")),
        (Row("a", 3.5, 3.0), ("a", "3.50 s", "3.00 s OVER", "", "", "")),
        (Row("a", 1.0), ("a", "1.00 s", "", "", "", "")),
    ],
)
def test_a_row_says_whether_its_budget_is_kept(row: Row, texts: tuple[str, ...]) -> None:
    assert cells(row) == texts


def test_an_unknown_benchmark_is_an_error() -> None:
    with pytest.raises(KeyError):
        scripts(["no-such-benchmark"])
