"""Verifies signed documents offline: PDF and XML, signed here or elsewhere."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.messages import text
from app.records.types import TranscriptState
from app.signing.certificates import describe
from app.signing.chains import altered, certificate_status, utc_now
from app.signing.flow import state_of
from app.signing.reports import CheckedDocument, CheckedSignature, DocumentReport, SignatureReport, Verdict
from app.signing.trust import Trust
from app.signing.verify_pdf import check_pdf
from app.signing.verify_xml import check_xml

__all__ = ["DocumentReport", "SignatureReport", "Verdict", "verify_bytes", "verify_path"]

ENDINGS: Final = (".pdf", ".xml")
PDF_BEGINNING: Final = 1024
"""A PDF's header stands within its first bytes."""
VERDICTS: Final = {
    "revoked": Verdict.INVALID,
    "expired": Verdict.INVALID,
    "untrusted": Verdict.UNTRUSTED,
    "unknown": Verdict.VALID_UNKNOWN_STATUS,
    "good": Verdict.VALID,
}
"""What the worst certificate of a document makes of it, worst first."""
STATES: Final = {
    TranscriptState.ISSUED: "signing.state_issued",
    TranscriptState.TEACHER_SIGNED: "signing.state_teacher_signed",
    TranscriptState.LEADER_SIGNED: "signing.state_leader_signed",
    TranscriptState.SEALED: "signing.state_sealed",
}


def verify_path(path: Path, trust: Trust) -> tuple[DocumentReport, ...]:
    """Verify a file, or every .pdf and .xml file below a folder, in the order of their names.

    UserError signing.file_missing when there is no such file or folder.
    """
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.suffix.lower() in ENDINGS and file.is_file())
    elif path.is_file():
        files = [path]
    else:
        raise UserError("signing.file_missing", file=str(path))
    return tuple(_verify_file(file, trust) for file in files)


def verify_bytes(data: bytes, *, name: str, trust: Trust, at: datetime | None = None) -> DocumentReport:
    """Verify one document; `at` is the moment of verifying (now by default). Never raises for bad input."""
    try:
        checked = check_pdf(data) if b"%PDF-" in data[:PDF_BEGINNING] else check_xml(data)
    except UserError:
        return _report(name, Verdict.UNREADABLE, "signing.report_unreadable")
    return _judge(name, checked, trust, at or utc_now())


def _verify_file(file: Path, trust: Trust) -> DocumentReport:
    try:
        data = file.read_bytes()
    except OSError:
        return _report(str(file), Verdict.UNREADABLE, "signing.report_unreadable")
    return verify_bytes(data, name=str(file), trust=trust)


def _judge(name: str, checked: CheckedDocument, trust: Trust, now: datetime) -> DocumentReport:
    signatures = tuple(_signature(item, trust, now) for item in checked.signatures)
    if checked.problem:
        return _report(name, Verdict.INVALID, checked.problem, signatures)
    if not signatures:
        return _report(name, Verdict.UNSIGNED, "signing.report_unsigned")
    if any(item.integrity == "broken" for item in signatures):
        return _report(name, Verdict.INVALID, "signing.report_broken", signatures)
    status = {item.certificate_status: item for item in reversed(signatures)}
    worst = next(state for state in VERDICTS if state in status)
    return _report(name, VERDICTS[worst], f"signing.report_{worst}", signatures, status[worst].common_name)


def _report(
    name: str,
    verdict: Verdict,
    code: str,
    signatures: tuple[SignatureReport, ...] = (),
    holder: str = "",
) -> DocumentReport:
    state = text(STATES[state_of(tuple(item.role for item in signatures))], {})
    message = text(code, {"file": name, "holder": holder, "state": state})
    return DocumentReport(name, verdict, signatures, message)


def _signature(item: CheckedSignature, trust: Trust, now: datetime) -> SignatureReport:
    try:
        info = describe(item.certificate)
    except UserError:
        return SignatureReport(item.role, "", "", item.time, _source(item), "broken", "untrusted", "", False)
    return SignatureReport(
        role=item.role,
        subject=info.subject,
        issuer=info.issuer,
        time=item.time,
        time_source=_source(item),
        integrity="intact" if item.intact and not altered(item.extra, trust) else "broken",
        certificate_status=certificate_status(item.certificate, item.extra, trust, item.time, now),
        level=item.level,
        covers_all=item.covers_all,
        common_name=info.common_name,
        fingerprint=info.fingerprint,
        not_before=info.not_before,
        not_after=info.not_after,
    )


def _source(item: CheckedSignature) -> str:
    return "signer" if item.time else ""
