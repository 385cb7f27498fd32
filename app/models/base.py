"""What all tables share: the declarative base, constraint names, and moments kept as sortable text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final, cast

from sqlalchemy import Dialect, MetaData, String, Table, insert
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

VIETNAM: Final = timezone(timedelta(hours=7))
_MOMENT_LENGTH: Final = 32

NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def moment_text(moment: datetime) -> str:
    """An aware moment as UTC text of fixed width: sorts like time, and is the same on every database."""
    if moment.tzinfo is None:
        raise ValueError("a moment without its offset cannot be stored")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """The moment of stored text, at +07:00."""
    return datetime.fromisoformat(text).astimezone(VIETNAM)


class Moment(TypeDecorator[datetime]):
    """Column of aware moments; read back at +07:00."""

    impl = String(_MOMENT_LENGTH)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else moment_text(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else moment(value)


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMES)


def table(model: type[Base]) -> Table:
    """The table of a model, for statements that move many rows."""
    return cast("Table", model.__table__)


def add_row(session: Session, model: type[Base], **values: object) -> int:
    """Insert one row and return the number it got."""
    made = session.connection().execute(insert(table(model)), values).inserted_primary_key
    return int(made[0]) if made is not None else 0
