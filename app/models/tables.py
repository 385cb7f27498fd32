"""Every table of the store in one place; importing this module fills `Base.metadata`."""

from __future__ import annotations

from app.models.base import Base, table
from app.models.tables_documents import (
    Document,
    DocumentRevision,
    LogHead,
    LogRow,
    OutboxItem,
    Receipt,
    Signature,
    Transcript,
    TranscriptVersion,
)
from app.models.tables_people import (
    Account,
    AccountRole,
    Assignment,
    Certificate,
    ClassStage,
    Destination,
    Milestone,
    Pkcs11Module,
    School,
    SchoolClass,
    SchoolYear,
    Setting,
    TrustAnchor,
)
from app.models.tables_results import (
    Enrolment,
    GroupComment,
    History,
    Pupil,
    SubjectRow,
    TraitRow,
    YearResult,
)

__all__ = [
    "Account",
    "AccountRole",
    "Assignment",
    "Base",
    "Certificate",
    "ClassStage",
    "Destination",
    "Document",
    "DocumentRevision",
    "Enrolment",
    "GroupComment",
    "History",
    "LogHead",
    "LogRow",
    "Milestone",
    "OutboxItem",
    "Pkcs11Module",
    "Pupil",
    "Receipt",
    "School",
    "SchoolClass",
    "SchoolYear",
    "Setting",
    "Signature",
    "SubjectRow",
    "TraitRow",
    "Transcript",
    "TranscriptVersion",
    "TrustAnchor",
    "YearResult",
    "table",
]
