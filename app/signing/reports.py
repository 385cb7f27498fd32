"""What verifying a document answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """The answer for one document; the workflow adds "revoked" for versions that were withdrawn."""

    VALID = "valid"
    VALID_UNKNOWN_STATUS = "valid_unknown_status"
    """Intact and trusted; revocation or time is unproven."""
    UNTRUSTED = "untrusted"
    INVALID = "invalid"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature (circular 15/2025, article 6: what must at least be shown)."""

    role: str
    """"teacher", "leader", "seal", "subject_teacher", or the name of a foreign field."""
    subject: str
    issuer: str
    time: datetime | None
    time_source: str
    """"signer": the clock of the signer's computer; empty when the signature names no time."""
    integrity: str
    """"intact" or "broken"."""
    certificate_status: str
    """"good", "revoked", "expired" (at the signing time), "unknown" (no revocation data), "untrusted"."""
    level: str
    """"B-B", or empty for a signature below the baseline."""
    covers_all: bool
    """Whether everything but later signatures and validation data is under this signature."""
    common_name: str = ""
    fingerprint: str = ""
    """SHA-256 of the signer's certificate in hexadecimal."""
    not_before: datetime | None = None
    not_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """The verdict on one file, with a Vietnamese sentence that says why and in which state it is."""

    file: str
    verdict: Verdict
    signatures: tuple[SignatureReport, ...]
    message: str


@dataclass(frozen=True, slots=True)
class CheckedSignature:
    """One signature after the cryptographic checks, before its certificate is judged."""

    role: str
    intact: bool
    certificate: bytes
    """DER of the signer's certificate, empty when the signature names none."""
    extra: tuple[bytes, ...] = ()
    """DER of the other certificates enclosed."""
    time: datetime | None = None
    level: str = ""
    covers_all: bool = False


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """All signatures of a document in signing order; `problem` is a message code, or empty."""

    signatures: tuple[CheckedSignature, ...]
    problem: str = ""
