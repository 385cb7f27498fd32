"""Verbs about documents: export, fill, report, issue, preview, sign, revoke, verify."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app import messages
from app.commands.answer import Answer, Grid
from app.commands.context import Context, TerminalPin, progress
from app.errors import TokenProblem, UserError
from app.records.codes import VERDICT_TEXT
from app.records.page_code import STATUS_TEXT, CodeStatus, looks_like_code
from app.records.types import TranscriptState
from app.workflows import booklet as booklets
from app.workflows import exports, page_codes, reports, signing
from app.workflows import issue as issue_verbs
from app.workflows import verify as verify_verbs

if TYPE_CHECKING:
    from app.signing.reports import DocumentReport
    from app.workflows.page_codes import CodeReport

_FINE = frozenset({"unchanged", "out_of_scope", "not_approved", "left"})
"""Reasons for skipping that nobody has to act on after an issue of the whole school."""


def export(context: Context) -> Answer:
    """Write one file of a class."""
    args = context.args
    report = exports.export(
        store=context.store,
        actor=context.actor,
        kind=args.kind,
        class_name=args.class_name,
        target=args.output,
        period=args.period,
    )
    return _file(report)


def _file(report: exports.ExportReport) -> Answer:
    lines = [report.said, *([report.note] if report.note else [])]
    data = {"file": report.file, "note": report.note, "sheets": list(report.sheets), "rows": report.rows}
    return Answer(data, lines)


def fill(context: Context) -> Answer:
    """Fill an original of a neighbouring system."""
    args = context.args
    report = exports.fill(
        store=context.store,
        actor=context.actor,
        original=args.original,
        target=args.output,
        period=args.period,
    )
    lines = [f"Đã điền {report.cells_written} ô vào {report.file}.", *([report.note] if report.note else [])]
    lines += [f"Chưa ghép được: {name}" for name in report.unmatched]
    data = {
        "cells_written": report.cells_written,
        "unmatched": list(report.unmatched),
        "file": report.file,
        "note": report.note,
    }
    return Answer(data, lines, code=1 if report.unmatched else 0)


def report(context: Context) -> Answer:
    """Write a report."""
    args = context.args
    return _file(reports.report(store=context.store, actor=context.actor, kind=args.kind, target=args.output))


def issue(context: Context) -> Answer:
    """Make the transcripts of approved classes."""
    actor = context.actor
    with progress(context.args) as bar:
        made = issue_verbs.issue(
            store=context.store, actor=actor, class_name=context.args.class_name, progress=bar
        )
    skipped = [
        {"pupil": item.pupil, "class": item.class_name, "code": item.code, "reason": item.reason}
        for item in made.skipped
    ]
    rows = [(item.class_name, item.pupil, item.reason) for item in made.skipped]
    grids = (Grid(("Lớp", "Học sinh", "Vì sao không tạo"), rows),) if rows else ()
    code = 0 if all(item.code in _FINE for item in made.skipped) else 1
    line = f"Đã tạo {made.issued} học bạ, không tạo {len(made.skipped)}."
    return Answer({"issued": made.issued, "skipped": skipped}, (line,), grids, code)


def preview(context: Context) -> Answer:
    """A marked draft of one pupil's transcript."""
    args = context.args
    pdf = issue_verbs.preview(store=context.store, actor=context.actor, code=args.code)
    file = exports.write_bytes(args.output, pdf)
    return Answer({"file": file}, (f"Đã ghi bản nháp vào {file}.",))


def booklet(context: Context) -> Answer:
    """The sealed transcripts of all years of one pupil as one PDF."""
    args = context.args
    made = booklets.booklet(store=context.store, actor=context.actor, code=args.code)
    file = exports.write_bytes(args.output, made.pdf)
    lines = [f"Đã ghi tập học bạ năm học {', '.join(made.years)} vào {file}."]
    if made.left_out:
        lines.append(f"Chưa đóng dấu nên không có trong tập: năm học {', '.join(made.left_out)}.")
    return Answer({"file": file, "years": list(made.years), "left_out": list(made.left_out)}, lines)


def sign(context: Context) -> Answer:
    """Sign what is ready for a role; exit 4 when the token or the PIN stopped it."""
    args = context.args
    actor = context.actor
    with progress(args) as bar:
        done = signing.sign_transcripts(
            store=context.store,
            actor=actor,
            role=args.role,
            pin=TerminalPin(),
            token=args.token,
            class_name=args.class_name,
            progress=bar,
        )
    failed = [{"pupil": item.pupil, "code": item.code, "message": item.message} for item in done.failed]
    stopped = None
    if done.stopped is not None:
        stopped = {"code": done.stopped.code, "message": messages.sentence(done.stopped)}
    lines = [
        f"Đã ký {done.signed}, đã ký từ trước {done.already}, không ký {len(failed)}, còn lại {done.left}."
    ]
    if stopped:
        lines.append(stopped["message"])
    rows = [(item.pupil, item.message) for item in done.failed]
    data = {
        "signed": done.signed,
        "already": done.already,
        "failed": failed,
        "left": done.left,
        "stopped": stopped,
    }
    code = 4 if isinstance(done.stopped, TokenProblem) else 1 if stopped or failed else 0
    grids = (Grid(("Học sinh", "Vì sao không ký"), rows),) if rows else ()
    return Answer(data, lines, grids, code)


def revoke(context: Context) -> Answer:
    """Withdraw the current version."""
    args = context.args
    version = issue_verbs.revoke(store=context.store, actor=context.actor, code=args.code, reason=args.reason)
    line = f"Đã thu hồi bản {version.version} học bạ của {version.pupil_name}. Bản mới phải ký lại."
    data = {
        "version": version.version,
        "transcript_id": version.transcript_id,
        "state": TranscriptState.REVOKED,
    }
    return Answer(data, (line,))


def verify(context: Context) -> Answer:
    """Check documents and codes of printed pages; exit 0 only when every document is valid or of unknown
    revocation status and every code is that of a current version.
    """
    given = context.args.paths
    codes = [path for path in given if not path.exists() and looks_like_code(str(path))]
    paths = [path for path in given if path not in codes]
    documents = _verify_files(context, paths) if paths else ()
    pages = _look_up(context, map(str, codes)) if codes else ()
    good = all(item.verdict in {"valid", "valid_unknown_status"} for item in documents)
    rows = [(item.file, VERDICT_TEXT.get(item.verdict, item.verdict), item.message) for item in documents]
    page_rows = [(item.code, STATUS_TEXT[item.status], item.message) for item in pages]
    grids = (("Tệp", rows), ("Mã trên trang in", page_rows))
    return Answer(
        {"documents": [_document(item) for item in documents], "codes": [_page(item) for item in pages]},
        grids=tuple(Grid((head, "Kết luận", "Vì sao"), found) for head, found in grids if found),
        code=0 if good and all(item.status is CodeStatus.CURRENT for item in pages) else 1,
    )


def _verify_files(context: Context, paths: Sequence[Path]) -> tuple[DocumentReport, ...]:
    with progress(context.args) as bar:
        return verify_verbs.verify(
            paths=paths, trust_files=context.args.trust, store=context.store_if_any(), progress=bar
        )


def _look_up(context: Context, codes: Iterable[str]) -> tuple[CodeReport, ...]:
    store = context.store_if_any()
    if store is None:
        raise UserError("code.needs_store")
    actor = context.actor if context.args.user else None
    return tuple(page_codes.look_up(store=store, text=text, actor=actor) for text in codes)


def _page(item: CodeReport) -> dict[str, object]:
    return {
        "code": item.code,
        "transcript_id": item.transcript_id,
        "version": item.version,
        "status": item.status,
        "school": item.school,
        "pupil": item.pupil,
        "state": item.state,
        "issued_at": item.issued_at,
        "replaced_by": item.replaced_by,
        "revoked_reason": item.revoked_reason,
        "message": item.message,
    }


def _document(item: DocumentReport) -> dict[str, object]:
    return {
        "file": item.file,
        "verdict": item.verdict,
        "message": item.message,
        "signatures": [
            {
                "role": one.role,
                "subject": one.subject,
                "issuer": one.issuer,
                "time": one.time,
                "time_source": one.time_source,
                "integrity": one.integrity,
                "certificate_status": one.certificate_status,
                "level": one.level,
                "covers_all": one.covers_all,
            }
            for one in item.signatures
        ],
    }
