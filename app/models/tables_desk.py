"""Tables of working at a desk: what was looked through, steps that can be undone, phrases for comments."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment


class SeenVersion(Base):
    """A person looked through a version of a transcript; noted once per person and version."""

    __tablename__ = "seen_version"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("transcript_version.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


class Step(Base):
    """One step of one person that can be undone: the entries `first_entry` to `last_entry` of the log.

    Those are all entries of one transaction. `state` is done, undone, or gone (a newer step made redoing it
    impossible).
    """

    __tablename__ = "step"
    __table_args__ = (Index(None, "actor", "place", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    actor: Mapped[str] = mapped_column(String(80))
    """Login."""
    place: Mapped[str] = mapped_column(String(60))
    """Where it can be undone from: "class:<year>:<name>" (the grid), "import:<year>:<n>",
    "rollover:<year>"."""
    title: Mapped[str] = mapped_column(Text)
    """What was done, as people read it in Hoàn tác."""
    state: Mapped[str] = mapped_column(String(8))
    first_entry: Mapped[int]
    last_entry: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)


class Phrase(Base):
    """A sentence of the comment bank: of the school (no account) or of one person.

    `subject` is a code of a subject or trait, or empty for any; `level` likewise. A phrase that is taken away
    is hidden, so that the log stays explained.
    """

    __tablename__ = "phrase"
    __table_args__ = (UniqueConstraint("account_id", "subject", "level", "content"), Index(None, "subject"))

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    subject: Mapped[str] = mapped_column(String(10))
    level: Mapped[str] = mapped_column(String(1))
    content: Mapped[str] = mapped_column(Text)
    hidden: Mapped[bool] = mapped_column(default=False)
    row_version: Mapped[int] = mapped_column(default=1)
