"""Checking documents, signed here or elsewhere; a store, where there is one, adds anchors and revocations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from app import messages
from app.errors import UserError
from app.interaction import Progress
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.store import Store
from app.records.types import TranscriptState
from app.signing.reports import DocumentReport, Verdict
from app.signing.trust import Trust, default_trust, load_pem
from app.signing.verify import verify_bytes
from app.workflows.faults import why

ENDINGS = (".pdf", ".xml")


def verify(
    *, paths: Sequence[Path], trust_files: Sequence[Path] = (), store: Store | None = None, progress: Progress
) -> tuple[DocumentReport, ...]:
    """One report per document; folders are searched for PDF and XML files.

    UserError workflow.no_file, workflow.nothing_to_verify.
    """
    trust = trust_for(trust_files, store)
    files = [file for path in paths for file in files_in(path)]
    if not files:
        raise UserError("workflow.nothing_to_verify", path=paths[0] if paths else "")
    reports = []
    for done, file in enumerate(files, start=1):
        reports.append(_one(file, trust, store))
        progress.step(done, len(files), file.name)
    return tuple(reports)


def trust_for(files: Sequence[Path], store: Store | None) -> Trust:
    """What is believed: the built-in certificates, those of the files and those of the store."""
    extra = [der for file in files for der in load_pem(file)]
    if store is not None:
        with store.reading() as session:
            extra.extend(settings_store.anchors(session))
    return default_trust().including(tuple(extra))


def files_in(path: Path) -> Iterator[Path]:
    """The documents of a folder, or the file itself; UserError workflow.no_file."""
    if path.is_dir():
        yield from sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in ENDINGS)
    elif path.is_file():
        yield path
    else:
        raise UserError("workflow.no_file", file=path)


def _one(file: Path, trust: Trust, store: Store | None) -> DocumentReport:
    return check_bytes(read(file), name=str(file), trust=trust, store=store)


def read(file: Path) -> bytes:
    """The bytes of a file; UserError workflow.no_file, workflow.cannot_read."""
    if not file.is_file():
        raise UserError("workflow.no_file", file=file)
    try:
        return file.read_bytes()
    except OSError as error:
        raise UserError("workflow.cannot_read", file=file, why=why(error)) from None


def check_bytes(data: bytes, *, name: str, trust: Trust, store: Store | None) -> DocumentReport:
    """The report on one document; a store adds that a version of its own was withdrawn."""
    report = verify_bytes(data, name=name, trust=trust)
    if store is None:
        return report
    with store.reading() as session:
        version = transcript_rows.find_by_content(session, data)
    if version is not None and version.state is TranscriptState.REVOKED:
        told = messages.text("workflow.verdict_revoked", {"version": version.version})
        return replace(report, verdict=Verdict.REVOKED, message=told)
    return report
