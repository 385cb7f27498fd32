"""The verb `receive`: transcripts that pupils bring from other schools."""

from __future__ import annotations

from pathlib import Path

from app.commands.answer import Answer, Grid
from app.commands.context import Context, progress
from app.records.codes import VERDICT_TEXT
from app.workflows import receiving
from app.workflows.receiving import Received


def receive(context: Context) -> Answer:
    """Verify data files and bring their pupils in; exit 1 when one was refused or needs a look."""
    args = context.args
    actor = context.actor
    with progress(args) as bar:
        report = receiving.receive(
            store=context.store,
            actor=actor,
            paths=args.files,
            class_name=args.class_name,
            trust_files=args.trust,
            with_results=args.results,
            progress=bar,
        )
    rows = [
        (Path(item.file).name, VERDICT_TEXT.get(item.verdict, item.verdict), item.message)
        for item in report.received
    ]
    warnings = [line for item in report.received for line in item.warnings]
    good = not warnings and all(item.action != "refused" for item in report.received)
    return Answer(
        {"received": [_received(item) for item in report.received]},
        warnings,
        (Grid(("Tệp", "Kết luận", "Đã làm gì"), rows),),
        code=0 if good else 1,
    )


def _received(item: Received) -> dict[str, object]:
    return {
        "file": item.file,
        "verdict": item.verdict,
        "code": item.code,
        "name": item.name,
        "year": item.year,
        "action": item.action,
        "message": item.message,
        "school": item.school,
        "sealed_by": item.sealed_by,
        "class": item.class_name,
        "history_added": item.history_added,
        "results_written": item.results_written,
        "warnings": list(item.warnings),
    }
