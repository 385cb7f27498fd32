"""Shows documents of every state to every judge, prints one table, and fails when one is not satisfied."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from conformance.java_tools import Unavailable
from conformance.judges import JUDGES, Judge
from conformance.verdicts import Folder, Verdict, read_folder


@dataclass(frozen=True, slots=True)
class Outcome:
    """All verdicts of one judge, or the reason why it was not asked."""

    judge: Judge
    verdicts: tuple[Verdict, ...]
    skipped: str = ""

    @property
    def good(self) -> tuple[Verdict, ...]:
        """Verdicts on documents that must pass."""
        return tuple(verdict for verdict in self.verdicts if verdict.expected)

    @property
    def spoiled(self) -> tuple[Verdict, ...]:
        """Verdicts on documents that must be refused."""
        return tuple(verdict for verdict in self.verdicts if not verdict.expected)

    @property
    def failed(self) -> bool:
        """True when a verdict is wrong, or when the judge saw no good or no spoiled document at all."""
        if self.skipped:
            return False
        return not self.good or not self.spoiled or not all(verdict.right for verdict in self.verdicts)


def ask(judge: Judge, folder: Folder, work: Path) -> Outcome:
    """All of one judge's verdicts; a judge that is not there is skipped with its reason."""
    try:
        return Outcome(judge, tuple(judge.examine(folder, work)))
    except Unavailable as reason:
        return Outcome(judge, (), skipped=str(reason))


def show(outcomes: Sequence[Outcome], console: Console) -> None:
    """Print the table, every wrong verdict, and what was skipped."""
    table = Table(title="Conformance")
    for column in ("judge", "question", "documents passed", "spoiled refused", "result"):
        table.add_column(column, overflow="fold")
    for outcome in outcomes:
        table.add_row(*_cells(outcome))
    console.print(table)
    for verdict in (verdict for outcome in outcomes for verdict in outcome.verdicts if not verdict.right):
        wanted = "pass" if verdict.expected else "be refused"
        console.print(
            f"WRONG: {verdict.judge}, {verdict.file} should {wanted}: {verdict.detail}", markup=False
        )
    for outcome in (outcome for outcome in outcomes if outcome.skipped):
        console.print(
            f"SKIPPED, not checked here: {outcome.judge.name} ({outcome.judge.question}), "
            f"because {outcome.skipped}",
            markup=False,
        )


def _cells(outcome: Outcome) -> Iterable[str]:
    judge = outcome.judge
    if outcome.skipped:
        return judge.name, judge.question, "-", "-", "SKIPPED"
    passed = sum(verdict.accepted for verdict in outcome.good)
    refused = sum(not verdict.accepted for verdict in outcome.spoiled)
    counts = f"{passed} of {len(outcome.good)}", f"{refused} of {len(outcome.spoiled)}"
    return judge.name, judge.question, *counts, "FAILED" if outcome.failed else "passed"


def main(argv: Sequence[str] | None = None) -> int:
    """Judge a folder of samples, or samples made now; 0 when every judge that was asked is satisfied."""
    parser = argparse.ArgumentParser(prog="conformance", description=__doc__)
    parser.add_argument("--samples", type=Path, help="a folder of {name}.{0..3}.pdf|xml and root.pem")
    arguments = parser.parse_args(argv)
    console = Console(width=None if sys.stdout.isatty() else 120)
    with tempfile.TemporaryDirectory(prefix="hocba-conformance-") as temporary:
        work = Path(temporary)
        samples = arguments.samples
        if samples is None:
            from conformance.samples import make_samples

            samples = make_samples(work / "samples")
        folder = read_folder(samples)
        outcomes = [ask(judge, folder, work) for judge in JUDGES]
    show(outcomes, console)
    return 1 if any(outcome.failed for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
