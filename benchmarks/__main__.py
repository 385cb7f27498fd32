"""Runs every bench_*.py (or those named) and prints one table: work, time, budget, baseline, ratio."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

import benchmarks
from benchmarks.timing import Row

PREFIX = "bench_"


def scripts(wanted: Sequence[str]) -> tuple[str, ...]:
    """The names of the scripts to run, without their prefix; KeyError for one that does not exist."""
    there = sorted(
        found.name.removeprefix(PREFIX)
        for found in pkgutil.iter_modules(benchmarks.__path__)
        if found.name.startswith(PREFIX)
    )
    unknown = set(wanted) - set(there)
    if unknown:
        raise KeyError(f"no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(there)}")
    return tuple(wanted) or tuple(there)


def rows_of(name: str) -> Iterator[Row]:
    """The rows of one script."""
    yield from importlib.import_module(f"benchmarks.{PREFIX}{name}").rows()


def cells(row: Row) -> tuple[str, ...]:
    """One row as text."""
    within = {None: "", True: "within", False: "OVER"}[row.within]
    return (
        row.work,
        duration(row.seconds),
        f"{duration(row.budget)} {within}" if row.budget is not None else "",
        row.baseline,
        duration(row.baseline_seconds) if row.baseline_seconds is not None else "",
        f"{row.ratio:.2f} ×" if row.ratio is not None else "",
    )


def duration(seconds: float) -> str:
    """Seconds for a reader: `12.3 ms`, `4.56 s`."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def main(argv: Sequence[str] | None = None) -> int:
    """Run and print; always 0, because a shared machine's wall time is no test."""
    console = Console(width=None if sys.stdout.isatty() else 140)
    table = Table(title="Budgets")
    for column in ("work", "median", "budget", "baseline", "median", "ratio"):
        table.add_column(column)
    for name in scripts(sys.argv[1:] if argv is None else argv):
        console.print(f"{name} ...", style="dim")
        for row in rows_of(name):
            table.add_row(*cells(row))
    console.print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
