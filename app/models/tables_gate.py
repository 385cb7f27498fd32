"""Tables of the gate: what was accepted, remarked and counted, and the assessment in summer."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment
from app.models.tables_results import CLUSTERED


class AcceptedFinding(Base):
    """A warning that a person looked at and accepted, with the reason; `fingerprint` names the finding."""

    __tablename__ = "accepted_finding"
    __table_args__ = (UniqueConstraint("class_id", "period", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"))
    period: Mapped[str] = mapped_column(String(3))
    fingerprint: Mapped[str] = mapped_column(String(64))
    rule: Mapped[str] = mapped_column(String(40))
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"))
    field: Mapped[str] = mapped_column(String(40))
    message: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment)


class Remark(Base):
    """A remark of the working group on a class, a pupil or one field; open until somebody resolves it."""

    __tablename__ = "remark"
    __table_args__ = (Index(None, "class_id", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"))
    period: Mapped[str] = mapped_column(String(3))
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"))
    field: Mapped[str] = mapped_column(String(40))
    content: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(Text)
    resolved_by: Mapped[str] = mapped_column(String(80))
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
    row_version: Mapped[int] = mapped_column(default=1)


class ClassCount(Base):
    """Rows that the last file brought for a class: `source` is "list" or a period."""

    __tablename__ = "class_count"

    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), primary_key=True)
    source: Mapped[str] = mapped_column(String(4), primary_key=True)
    found: Mapped[int]
    """Rows of pupils who belong to the class."""
    unmatched: Mapped[int]
    """Rows that matched no pupil."""
    file: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)


class SupplementaryRow(Base):
    """Assessment in summer of one pupil; `before` is a JSON object of the values it replaced."""

    __tablename__ = "supplementary"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    stage: Mapped[str] = mapped_column(String(20))
    assessed_on: Mapped[date | None]
    before: Mapped[str] = mapped_column(Text)
    row_version: Mapped[int] = mapped_column(default=1)


class SupplementaryResult(Base):
    """What was assessed again in one subject or trait."""

    __tablename__ = "supplementary_result"
    __table_args__ = (CheckConstraint("score BETWEEN 0 AND 10", name="score"), CLUSTERED)

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    level: Mapped[str | None] = mapped_column(String(1))
    score: Mapped[int | None]
    comment: Mapped[str] = mapped_column(Text)
    row_version: Mapped[int] = mapped_column(default=1)
