"""Who looked through which version of a transcript: noted once, never taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.models import tables as t
from app.models.base import VIETNAM


def mark_seen(session: Session, *, account_id: int, version_id: int) -> bool:
    """Note that a person looked through a version; False when that was noted before (its time stays)."""
    statement = (
        insert(t.table(t.SeenVersion))
        .values(account_id=account_id, version_id=version_id, at=datetime.now(VIETNAM))
        .on_conflict_do_nothing()
    )
    return session.connection().execute(statement).rowcount == 1


def seen_by(session: Session, account_id: int) -> Mapping[int, datetime]:
    """Number in the store of every version that a person looked through, and when."""
    own = t.SeenVersion
    found = session.execute(select(own.version_id, own.at).where(own.account_id == account_id))
    return {row[0]: row[1] for row in found}


def viewers(session: Session, version_id: int) -> tuple[tuple[str, datetime], ...]:
    """Names of the people who looked through a version, and when; the first one first."""
    own = t.SeenVersion
    statement = (
        select(t.Account.name, own.at)
        .join(t.Account, t.Account.id == own.account_id)
        .where(own.version_id == version_id)
        .order_by(own.at)
    )
    return tuple((row[0], row[1]) for row in session.execute(statement))
