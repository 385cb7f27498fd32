"""Tables of pupils: who they are, where they are enrolled, and everything assessed."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base

CLUSTERED: Final = {"sqlite_with_rowid": False}
"""Rows of one enrolment lie side by side, so that a class is read in few pages."""


class Pupil(Base):
    """A pupil as on the birth certificate. The three codes are text; a missing one is NULL (code) or empty.

    Only the sector's code is unique: the other two arrive with copying mistakes, which the checks report
    instead of losing a row.
    """

    __tablename__ = "pupil"
    __table_args__ = (
        UniqueConstraint("code"),
        Index(None, "personal_id"),
        Index(None, "vnedu_code"),
        Index(None, "name", "birth_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str | None] = mapped_column(String(20))
    vnedu_code: Mapped[str] = mapped_column(String(20))
    personal_id: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(Text)
    birth_date: Mapped[date | None]
    sex: Mapped[str | None] = mapped_column(String(5))
    ethnicity: Mapped[str] = mapped_column(Text)
    nationality: Mapped[str] = mapped_column(Text)
    birth_place: Mapped[str] = mapped_column(Text)
    hometown: Mapped[str] = mapped_column(Text)
    residence: Mapped[str] = mapped_column(Text)
    father: Mapped[str] = mapped_column(Text)
    mother: Mapped[str] = mapped_column(Text)
    guardian: Mapped[str] = mapped_column(Text)
    row_version: Mapped[int] = mapped_column(default=1)


class History(Base):
    """A row of "Quá trình học tập" that comes from outside this store (another school, earlier years)."""

    __tablename__ = "history"
    __table_args__ = (UniqueConstraint("pupil_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    position: Mapped[int]
    year: Mapped[str] = mapped_column(String(9))
    class_name: Mapped[str] = mapped_column(String(40))
    school: Mapped[str] = mapped_column(Text)
    register_number: Mapped[str] = mapped_column(String(40))
    since: Mapped[date | None]


class Enrolment(Base):
    """A pupil's place in one class and year. Heights in cm, weights in kg, absences in days."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("pupil_id", "year_id"),
        Index(None, "class_id"),
        Index(None, "year_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    year_id: Mapped[int] = mapped_column(ForeignKey("school_year.id"))
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"))
    status: Mapped[str] = mapped_column(String(2))
    regime: Mapped[str] = mapped_column(String(20))
    register_number: Mapped[str] = mapped_column(String(40))
    enrolled_on: Mapped[date | None]
    height_cm: Mapped[float | None]
    weight_kg: Mapped[float | None]
    absent_excused: Mapped[int | None]
    absent_unexcused: Mapped[int | None]
    row_version: Mapped[int] = mapped_column(default=1)


class SubjectRow(Base):
    """Result of one subject in one period."""

    __tablename__ = "subject_result"
    __table_args__ = (
        CheckConstraint("score BETWEEN 0 AND 10", name="score"),
        CheckConstraint("first_score BETWEEN 0 AND 10", name="first_score"),
        CLUSTERED,
    )

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    period: Mapped[str] = mapped_column(String(3), primary_key=True)
    subject: Mapped[str] = mapped_column(String(10), primary_key=True)
    level: Mapped[str | None] = mapped_column(String(1))
    score: Mapped[int | None]
    first_score: Mapped[int | None]
    comment: Mapped[str] = mapped_column(Text)
    row_version: Mapped[int] = mapped_column(default=1)


class TraitRow(Base):
    """Result of one quality or competency in one period."""

    __tablename__ = "trait_result"
    __table_args__ = (CLUSTERED,)

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    period: Mapped[str] = mapped_column(String(3), primary_key=True)
    trait: Mapped[str] = mapped_column(String(10), primary_key=True)
    level: Mapped[str | None] = mapped_column(String(1))
    comment: Mapped[str] = mapped_column(Text)
    row_version: Mapped[int] = mapped_column(default=1)


class GroupComment(Base):
    """One comment for all qualities (PC), general (NLC) or specific competencies (NLDT)."""

    __tablename__ = "group_comment"
    __table_args__ = (CLUSTERED,)

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    period: Mapped[str] = mapped_column(String(3), primary_key=True)
    topic: Mapped[str] = mapped_column(String(10), primary_key=True)
    comment: Mapped[str] = mapped_column(Text)
    row_version: Mapped[int] = mapped_column(default=1)


class YearResult(Base):
    """What the year ended with; `awards` is a JSON list of text."""

    __tablename__ = "year_result"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    confirmed: Mapped[str | None] = mapped_column(String(4))
    awards: Mapped[str] = mapped_column(Text)
    completed: Mapped[bool | None]
    promoted: Mapped[bool | None]
    completed_primary: Mapped[bool | None]
    decision: Mapped[str] = mapped_column(Text)
    row_version: Mapped[int] = mapped_column(default=1)
