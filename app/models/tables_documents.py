"""Tables of what is issued: transcripts, their documents and signatures, and their delivery."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment


class Transcript(Base):
    """A pupil's transcript of one year; its versions carry the documents."""

    __tablename__ = "transcript"
    __table_args__ = (UniqueConstraint("number"), Index(None, "enrolment_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(64))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))


class TranscriptVersion(Base):
    """One version: frozen data (by hash) and how far it is signed. Never deleted."""

    __tablename__ = "transcript_version"
    __table_args__ = (UniqueConstraint("transcript_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    transcript_id: Mapped[int] = mapped_column(ForeignKey("transcript.id"))
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    data_sha256: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime] = mapped_column(Moment)
    replaces: Mapped[int | None]
    revoked_reason: Mapped[str] = mapped_column(Text)


class Document(Base):
    """The latest bytes of one version's XML or PDF; earlier revisions of a PDF are its beginning."""

    __tablename__ = "document"

    version_id: Mapped[int] = mapped_column(ForeignKey("transcript_version.id"), primary_key=True)
    media: Mapped[str] = mapped_column(String(4), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class DocumentRevision(Base):
    """Hash and length of every revision a document went through; append-only."""

    __tablename__ = "document_revision"
    __table_args__ = (Index(None, "sha256"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("transcript_version.id"), primary_key=True)
    media: Mapped[str] = mapped_column(String(4), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)


class Signature(Base):
    """Who signed a version in which role, with which certificate; append-only."""

    __tablename__ = "signature"

    version_id: Mapped[int] = mapped_column(ForeignKey("transcript_version.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(10), primary_key=True)
    signer_name: Mapped[str] = mapped_column(Text)
    certificate_fingerprint: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime] = mapped_column(Moment)
    level: Mapped[str] = mapped_column(String(20))
    actor: Mapped[str] = mapped_column(String(80))


class OutboxItem(Base):
    """One file on its way to one destination; an empty `destination` means whichever is sent to next.

    The bytes are those of a version's document (`version_id`, `media`), or `content` for anything else.
    """

    __tablename__ = "outbox_item"
    __table_args__ = (
        UniqueConstraint("destination", "key"),
        Index(None, "state", "next_try"),
        Index(None, "version_id"),
        Index(None, "sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    destination: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(Text)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("transcript_version.id"))
    media: Mapped[str] = mapped_column(String(4))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column(default=0)
    next_try: Mapped[datetime | None] = mapped_column(Moment)
    message: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class Receipt(Base):
    """What a receiver wrote about a delivery; append-only."""

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("destination", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    destination: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class LogRow(Base):
    """An edit: who, when, what, old and new; each row is hashed together with the one before it."""

    __tablename__ = "change_log"
    __table_args__ = (Index(None, "entity"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(40))
    entity: Mapped[str] = mapped_column(String(80))
    field: Mapped[str] = mapped_column(String(80))
    old: Mapped[str | None] = mapped_column(Text)
    new: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))


class LogHead(Base):
    """Number and hash of the last entry of the change log, so that a cut-off end is seen."""

    __tablename__ = "change_log_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    entries: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
