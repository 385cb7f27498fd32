"""Table of the transcripts that other schools issued and pupils brought along."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment


class ReceivedTranscript(Base):
    """A signed data file as it came, with what verifying it said that day; append-only."""

    __tablename__ = "received_transcript"
    __table_args__ = (UniqueConstraint("sha256"), Index(None, "pupil_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    year: Mapped[str] = mapped_column(String(9))
    number: Mapped[str] = mapped_column(Text)
    """Identifier of the transcript at the school that issued it."""
    version: Mapped[int]
    school_code: Mapped[str] = mapped_column(String(20))
    school: Mapped[str] = mapped_column(Text)
    issued_at: Mapped[datetime] = mapped_column(Moment)
    sealed_by: Mapped[str] = mapped_column(Text)
    """Common name of the seal's certificate."""
    verdict: Mapped[str] = mapped_column(String(24))
    received_at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(80))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
