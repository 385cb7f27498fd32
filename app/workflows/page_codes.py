"""Looking up the code of a printed page: what the store says of that version, never what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app import messages
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.store import Store
from app.models.values import VersionRecord
from app.records import page_code
from app.records.page_code import CodeStatus, PageCode
from app.records.permissions import Action, Actor, allowed
from app.records.types import TranscriptState

ANSWERS: Final = {status: f"code.{status}" for status in CodeStatus}


@dataclass(frozen=True, slots=True)
class CodeReport:
    """What the store says of one code.

    `pupil` is None unless the person who asks may look the class up; `replaced_by` is the newest version that
    still counts. A version that is not in the store has neither `state` nor `issued_at`.
    """

    code: str
    transcript_id: str
    version: int
    status: CodeStatus
    message: str
    school: str = ""
    pupil: str | None = None
    state: TranscriptState | None = None
    issued_at: datetime | None = None
    replaced_by: int | None = None
    revoked_reason: str = ""


def look_up(*, store: Store, text: str, actor: Actor | None = None) -> CodeReport:
    """What is known of the page that carries `text`, typed or scanned.

    Anyone may ask and is told the state, and why a version was withdrawn, nothing of what it says (domain.md
    4.7); `actor` adds the pupil's name where that person may look up. UserError code.* when the text is no
    code or was misread.
    """
    code = page_code.parse(text)
    with store.reading() as session:
        own_school = settings_store.school(session).code
        number = _identifier(code, transcript_rows.identifiers(session))
        versions = transcript_rows.versions_of(session, number) if number else ()
    if not versions:
        return _not_found(code, own_school)
    found = next((record for record in versions if record.version == code.version), None)
    if found is None:
        message = messages.text("code.no_version", {"version": code.version})
        return CodeReport(code.typed, number, code.version, CodeStatus.UNKNOWN, message, code.school)
    return _found(code, found, versions[-1], actor)


def _identifier(code: PageCode, identifiers: tuple[str, ...]) -> str:
    """The identifier that the code stands for, empty when it is not one of ours."""
    if code.handle in identifiers:
        return code.handle
    return next((one for one in identifiers if page_code.handle_of(one) == code.handle), "")


def _not_found(code: PageCode, own_school: str) -> CodeReport:
    foreign = code.school and code.school.upper() != own_school.upper()
    status = CodeStatus.NOT_ISSUED_HERE if foreign else CodeStatus.UNKNOWN
    message = messages.text(ANSWERS[status], {"school": code.school})
    return CodeReport(code.typed, code.handle, code.version, status, message, code.school)


def _found(code: PageCode, found: VersionRecord, newest: VersionRecord, actor: Actor | None) -> CodeReport:
    status = _status(code, found, newest)
    replaced_by = newest.version if status is CodeStatus.REPLACED else None
    state = messages.text(f"signing.state_{found.state}", {}) if status is CodeStatus.CURRENT else ""
    facts = {"version": found.version, "replaced_by": replaced_by, "state": state}
    named = actor is not None and allowed(actor, Action.LOOK_UP, found.class_name)
    return CodeReport(
        code=code.typed,
        transcript_id=found.transcript_id,
        version=found.version,
        status=status,
        message=messages.text(ANSWERS[status], facts),
        school=code.school,
        pupil=found.pupil_name if named else None,
        state=found.state,
        issued_at=found.issued_at,
        replaced_by=replaced_by,
        revoked_reason=found.revoked_reason,
    )


def _status(code: PageCode, found: VersionRecord, newest: VersionRecord) -> CodeStatus:
    if not found.data_sha256.startswith(code.data):
        return CodeStatus.ALTERED
    if newest.version > found.version and newest.state is not TranscriptState.REVOKED:
        return CodeStatus.REPLACED
    return CodeStatus.REVOKED if found.state is TranscriptState.REVOKED else CodeStatus.CURRENT
