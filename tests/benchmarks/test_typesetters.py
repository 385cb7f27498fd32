"""The typesetters beside ours get the data that ours prints; one that is missing is said aloud."""

from __future__ import annotations

import pytest

from benchmarks import bench_typesetters
from benchmarks.__main__ import cells
from benchmarks.material import transcripts


def test_they_print_what_we_print() -> None:
    data = next(transcripts())
    (heads, subjects), (_, traits) = bench_typesetters.tables(data)
    assert len(heads) == 4
    assert [line[0] for line in subjects][:2] == ["Tiếng Việt", "Toán"]
    assert [line[1] for line in subjects] == [data.results.subjects[code].level for code in data.subjects]
    assert len(traits) == len(data.traits)
    assert any(line[3] for line in subjects)


def test_a_missing_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_typesetters, "find_spec", lambda _: None)
    told = [" ".join(cells(row)) for row in bench_typesetters.rows()]
    assert len(told) == 2
    assert all("SKIPPED" in line and "within" not in line for line in told)
