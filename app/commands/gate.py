"""Verbs of the gate: check, accept, submit, approve, return, reopen, remarks and their answers, awards."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.commands.answer import Answer, Grid
from app.commands.context import Context
from app.commands.entry import SEVERITY_TEXT
from app.records.codes import PERIOD_TEXT, STAGE_TEXT, YEAR_CLASS_TEXT
from app.records.findings import FIELD_TEXT
from app.records.types import Acceptance, Finding, Severity
from app.workflows import awards as award_verbs
from app.workflows import checks as check_verbs
from app.workflows import gate as gate_verbs
from app.workflows import remarks as remark_verbs
from app.workflows.gate import StageReport
from app.workflows.remarks import NewRemark

if TYPE_CHECKING:
    from app.models.values import RemarkRecord


def _finding(item: Finding) -> dict[str, object]:
    return {
        "id": item.id,
        "rule": item.rule,
        "severity": item.severity,
        "class": item.class_name,
        "pupil": item.pupil,
        "pupil_code": item.pupil_code,
        "field": item.field,
        "period": item.period,
        "message": item.message,
        "accepted": _acceptance(item.accepted),
    }


def _acceptance(found: Acceptance | None) -> dict[str, object] | None:
    return None if found is None else {"reason": found.reason, "by": found.by, "at": found.at}


def _told(item: Finding) -> str:
    return f"{item.message} (đã chấp nhận: {item.accepted.reason})" if item.accepted else item.message


def _findings_grid(found: Sequence[Finding]) -> tuple[Grid, ...]:
    rows = [
        (SEVERITY_TEXT[item.severity], item.class_name, item.pupil, item.rule, item.id, _told(item))
        for item in found
    ]
    heads = ("Mức", "Lớp", "Học sinh", "Quy tắc", "Mã", "Chuyện gì và làm gì tiếp")
    return (Grid(heads, rows),) if rows else ()


def check(context: Context) -> Answer:
    """Run every rule; exit 1 when there are errors, or warnings that nobody has accepted."""
    args = context.args
    report = check_verbs.check(
        store=context.store, actor=context.actor, class_name=args.class_name, period=args.period
    )
    counts = report.counts
    accepted = f" ({counts['accepted']} đã chấp nhận)" if counts["accepted"] else ""
    line = (
        f"{PERIOD_TEXT[args.period]}: {counts['classes']} lớp, {counts['pupils']} học sinh; "
        f"{counts['error']} lỗi, {counts['warning']} cảnh báo{accepted}, {counts['note']} gợi ý."
    )
    data = {"findings": [_finding(item) for item in report.findings], "counts": counts}
    return Answer(data, (line,), _findings_grid(report.findings), 1 if _loud(report.findings) else 0)


def _loud(findings: Sequence[Finding]) -> bool:
    quiet = (item.severity is Severity.NOTE or item.accepted is not None for item in findings)
    return not all(quiet)


def accept(context: Context) -> Answer:
    """Let warnings stand, with a reason."""
    args = context.args
    report = gate_verbs.accept(
        store=context.store,
        actor=context.actor,
        class_name=args.class_name,
        period=args.period,
        ids=args.ids,
        reason=args.reason,
    )
    line = f"Lớp {args.class_name}: đã chấp nhận {len(report.findings)} cảnh báo."
    return Answer({"findings": [_finding(item) for item in report.findings]}, (line,))


def unaccept(context: Context) -> Answer:
    """Take acceptances back, with a reason."""
    args = context.args
    report = gate_verbs.unaccept(
        store=context.store,
        actor=context.actor,
        class_name=args.class_name,
        period=args.period,
        ids=args.ids,
        reason=args.reason,
    )
    line = f"Lớp {args.class_name}: đã rút lại {len(report.findings)} cảnh báo từng chấp nhận."
    return Answer({"findings": [_finding(item) for item in report.findings]}, (line,))


def _staged(context: Context, report: StageReport) -> Answer:
    """The stage, and what is still open: accepted warnings stay in the data only."""
    line = f"Lớp {context.args.class_name}: {STAGE_TEXT[report.stage]}."
    data = {"stage": report.stage, "findings": [_finding(item) for item in report.findings]}
    left = [item for item in report.findings if item.accepted is None]
    return Answer(data, (line,), _findings_grid(left))


def submit(context: Context) -> Answer:
    """Close a class for entry."""
    args = context.args
    report = gate_verbs.submit(
        store=context.store, actor=context.actor, class_name=args.class_name, period=args.period
    )
    return _staged(context, report)


def approve(context: Context) -> Answer:
    """Approve a submitted class."""
    args = context.args
    report = gate_verbs.approve(
        store=context.store, actor=context.actor, class_name=args.class_name, period=args.period
    )
    return _staged(context, report)


def reopen(context: Context) -> Answer:
    """Open a class again, with a reason."""
    args = context.args
    report = gate_verbs.reopen(
        store=context.store,
        actor=context.actor,
        class_name=args.class_name,
        period=args.period,
        reason=args.reason,
    )
    return _staged(context, report)


def new_remark(text: str) -> NewRemark:
    """A remark typed as CODE:FIELD:TEXT; CODE and FIELD may be empty, TEXT may hold colons."""
    parts = text.split(":", 2)
    if len(parts) < 3:
        raise argparse.ArgumentTypeError(text)
    return NewRemark(parts[0].strip(), parts[1].strip(), parts[2].strip())


def return_class(context: Context) -> Answer:
    """Send a submitted class back with a reason and remarks."""
    args = context.args
    report = gate_verbs.return_class(
        store=context.store,
        actor=context.actor,
        class_name=args.class_name,
        period=args.period,
        reason=args.reason,
        remarks=args.remarks,
    )
    return _staged(context, report)


def remarks(context: Context) -> Answer:
    """Open remarks, with --all the answered ones too."""
    args = context.args
    found = remark_verbs.remarks(
        store=context.store,
        actor=context.actor,
        class_name=args.class_name,
        period=args.period,
        everything=args.all,
    )
    rows = [
        (str(item.id), item.class_name, item.pupil, FIELD_TEXT.get(item.field, ""), item.content, item.answer)
        for item in found
    ]
    heads = ("Số", "Lớp", "Học sinh", "Mục", "Nhắc nhở", "Trả lời")
    return Answer({"remarks": [_remark(item) for item in found]}, grids=(Grid(heads, rows),))


def _remark(item: RemarkRecord) -> dict[str, object]:
    return {
        "id": item.id,
        "class": item.class_name,
        "period": item.period,
        "pupil": item.pupil,
        "pupil_code": item.pupil_code,
        "field": item.field,
        "content": item.content,
        "author": item.author,
        "made_at": item.made_at,
        "answer": item.answer,
        "resolved_by": item.resolved_by,
        "resolved_at": item.resolved_at,
    }


def resolve(context: Context) -> Answer:
    """Answer a remark."""
    args = context.args
    report = remark_verbs.resolve(
        store=context.store, actor=context.actor, id=args.number, answer=args.answer
    )
    return Answer({"remark": _remark(report.remark)}, (f"Đã trả lời nhắc nhở số {report.remark.id}.",))


def awards(context: Context) -> Answer:
    """Pupils entitled to a year-end title."""
    found = award_verbs.awards(store=context.store, actor=context.actor, class_name=context.args.class_name)
    data = [
        {
            "code": item.entry.pupil.code,
            "name": item.entry.pupil.name,
            "class": item.class_name,
            "year_class": item.year_class,
            "computed": list(item.computed),
            "eligible": list(item.eligible),
            "recorded": list(item.entry.outcome.awards),
        }
        for item in found
    ]
    rows = [
        (
            item.class_name,
            item.entry.pupil.name,
            YEAR_CLASS_TEXT[item.year_class],
            "; ".join(item.computed),
            "; ".join(item.eligible),
            "; ".join(item.entry.outcome.awards),
        )
        for item in found
    ]
    heads = ("Lớp", "Họ và tên", "Kết quả", "Đương nhiên được", "Lớp bình chọn thì được", "Đã ghi")
    return Answer({"pupils": data}, grids=(Grid(heads, rows),))
