"""Tables of the school: years, classes, accounts, certificates, settings and where documents go."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment


class School(Base):
    """The one school of this store."""

    __tablename__ = "school"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(Text)
    commune: Mapped[str] = mapped_column(Text)
    district: Mapped[str] = mapped_column(Text)
    province: Mapped[str] = mapped_column(Text)
    row_version: Mapped[int] = mapped_column(default=1)


class SchoolNames(Base):
    """The school's name and places from a day on; before the first such day those of `School` hold."""

    __tablename__ = "school_names"

    valid_from: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    commune: Mapped[str] = mapped_column(Text)
    district: Mapped[str] = mapped_column(Text)
    province: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    row_version: Mapped[int] = mapped_column(default=1)


class Picture(Base):
    """Picture (PNG) of a person's signature or of the seal; `holder` is a login key, empty for the seal."""

    __tablename__ = "picture"

    holder: Mapped[str] = mapped_column(String(80), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    row_version: Mapped[int] = mapped_column(default=1)


class SchoolYear(Base):
    """A school year such as "2023-2024"."""

    __tablename__ = "school_year"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(9))


class Milestone(Base):
    """A date of the school's plan for one year."""

    __tablename__ = "milestone"
    __table_args__ = (UniqueConstraint("year_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year_id: Mapped[int] = mapped_column(ForeignKey("school_year.id"))
    code: Mapped[str] = mapped_column(String(40))
    due_on: Mapped[date]
    description: Mapped[str] = mapped_column(Text)


class SchoolClass(Base):
    """A class of one year, such as 3A."""

    __tablename__ = "school_class"
    __table_args__ = (UniqueConstraint("year_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year_id: Mapped[int] = mapped_column(ForeignKey("school_year.id"))
    name: Mapped[str] = mapped_column(String(40))
    grade: Mapped[int]


class ClassStage(Base):
    """Stage of a class in one period; no row means open."""

    __tablename__ = "class_stage"
    __table_args__ = (UniqueConstraint("class_id", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"))
    period: Mapped[str] = mapped_column(String(3))
    stage: Mapped[str] = mapped_column(String(20))
    row_version: Mapped[int] = mapped_column(default=1)


class Account(Base):
    """A person who signs in; `login_key` is the login without regard to case."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("login_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(80))
    login_key: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str] = mapped_column(Text)
    disabled: Mapped[bool] = mapped_column(default=False)
    failed_tries: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Moment)
    row_version: Mapped[int] = mapped_column(default=1)


class AccountRole(Base):
    """A role that an account holds."""

    __tablename__ = "account_role"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)


class Assignment(Base):
    """Who teaches what: the class as homeroom teacher (empty subject), or one subject in it."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("account_id", "class_id", "subject"),
        Index(None, "class_id", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"))
    subject: Mapped[str] = mapped_column(String(10))


class Certificate(Base):
    """A certificate bound to a person and a signing role; no account means the school's seal.

    A newer binding closes the older one (`unbound_at`), so that old signatures stay explained.
    """

    __tablename__ = "certificate"
    __table_args__ = (Index(None, "role", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str] = mapped_column(String(10))
    fingerprint: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(Text)
    not_after: Mapped[datetime] = mapped_column(Moment)
    token_serial: Mapped[str] = mapped_column(Text)
    bound_at: Mapped[datetime] = mapped_column(Moment)
    unbound_at: Mapped[datetime | None] = mapped_column(Moment)
    der: Mapped[bytes] = mapped_column(LargeBinary)


class Setting(Base):
    """A setting of the school, as text."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    row_version: Mapped[int] = mapped_column(default=1)


class TrustAnchor(Base):
    """A root or intermediate certificate that the school trusts beside the built-in ones."""

    __tablename__ = "trust_anchor"
    __table_args__ = (UniqueConstraint("fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    der: Mapped[bytes] = mapped_column(LargeBinary)


class Pkcs11Module(Base):
    """A PKCS#11 library beside the known ones."""

    __tablename__ = "pkcs11_module"
    __table_args__ = (UniqueConstraint("path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(Text)


class Destination(Base):
    """Where signed documents are sent; `options` is a JSON object of text."""

    __tablename__ = "destination"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    options: Mapped[str] = mapped_column(Text)
    secret: Mapped[str] = mapped_column(Text)
    paused: Mapped[bool] = mapped_column(default=False)
    row_version: Mapped[int] = mapped_column(default=1)
