"""The frozen values that the repository functions take and give, beside those of `records`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.records.types import Period, Role, SigningRole, Stage, TranscriptState


class OutboxState(StrEnum):
    """State of one file on its way to one destination (design section 6)."""

    WAITING = "waiting"
    SENDING = "sending"
    STORED = "stored"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """A person who signs in, with the assignments of one year."""

    id: int
    login: str
    name: str
    title: str
    """Lines of the title above a signature, separated by "/"."""
    roles: frozenset[Role]
    classes: frozenset[str]
    """Classes as homeroom teacher."""
    subjects: frozenset[tuple[str, str]]
    """Pairs of class name and subject code."""
    disabled: bool
    password_hash: str
    failed_tries: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class BoundCertificate:
    """Whose certificate signs in which role; `login` is empty for the school's seal."""

    login: str
    role: SigningRole
    fingerprint: str
    """SHA-256 of the DER, hex."""
    subject: str
    not_after: datetime
    der: bytes
    token_serial: str


@dataclass(frozen=True, slots=True)
class ClassSummary:
    """A class as listed; `pupils` counts those who belong to it now."""

    name: str
    grade: int
    pupils: int
    stages: Mapping[Period, Stage]


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """One version of a transcript without its bytes; hashes are hex SHA-256."""

    id: int
    transcript_id: str
    version: int
    state: TranscriptState
    enrolment_key: int
    class_name: str
    year: str
    pupil_code: str
    pupil_name: str
    data_sha256: str
    pdf_sha256: str
    xml_sha256: str
    issued_at: datetime
    replaces: int | None
    revoked_reason: str
    signed_roles: tuple[SigningRole, ...]
    """In the order of signing."""


@dataclass(frozen=True, slots=True)
class Documents:
    """The two documents of a version as they are kept now."""

    xml: bytes
    pdf: bytes


@dataclass(frozen=True, slots=True)
class RevisionRecord:
    """Hash and length in bytes of one revision of a document; 0 is the issued one."""

    media: str
    revision: int
    sha256: str
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SignatureRecord:
    """One signature as it was made."""

    role: SigningRole
    signer_name: str
    certificate_fingerprint: str
    signed_at: datetime
    level: str
    actor: str


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One file on its way; `destination` may be empty (not decided), `version_id` is None for packages."""

    id: int
    key: str
    state: OutboxState
    attempts: int
    next_try: datetime | None
    message: str
    sha256: str
    size: int
    destination: str
    version_id: int | None


@dataclass(frozen=True, slots=True)
class ReceiptRecord:
    """What a receiver wrote about a delivery."""

    destination: str
    key: str
    received_at: datetime
    content: bytes


@dataclass(frozen=True, slots=True)
class DestinationRecord:
    """Where documents are sent: kind "folder" or "s3" and its options."""

    name: str
    kind: str
    options: Mapping[str, str]
    secret: str
    paused: bool


@dataclass(frozen=True, slots=True)
class RemarkRecord:
    """A remark of the working group; open while `resolved_at` is None."""

    id: int
    class_name: str
    period: Period
    key: int
    """Number of the pupil's enrolment; 0 for a remark about the class."""
    pupil_code: str
    pupil: str
    field: str
    content: str
    author: str
    """Login."""
    made_at: datetime
    answer: str
    resolved_by: str
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry of the change log."""

    id: int
    at: datetime
    actor: str
    kind: str
    entity: str
    field: str
    old: str | None
    new: str | None
    reason: str
    hash: str


@dataclass(frozen=True, slots=True)
class ChainStatus:
    """Result of verifying the change log; `broken_at` is the first entry that does not fit."""

    ok: bool
    entries: int
    broken_at: int | None
