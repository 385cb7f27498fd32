"""The last step of each class through the gate, as the change log tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.models import tables as t
from app.models.base import moment
from app.models.store import Session
from app.records.types import Period, Stage


@dataclass(frozen=True, slots=True)
class StageMove:
    """Who moved a class last, when, and why where a reason is asked for."""

    before: Stage
    after: Stage
    actor: str
    """Login."""
    name: str
    """Name of that person; the login when the account is gone."""
    at: datetime
    reason: str

    @property
    def returned(self) -> bool:
        """True when the class is open because it was returned or opened again."""
        return self.after is Stage.OPEN and self.before is not Stage.OPEN


def last_moves(session: Session, year: str, period: Period) -> Mapping[str, StageMove]:
    """Class name → its last step in this period; a class nobody moved has none."""
    row = t.LogRow
    start = f"class:{year}:"
    newest = (
        select(func.max(row.id))
        .where(row.kind == "stage", row.field == period.value, row.entity.startswith(start, autoescape=True))
        .group_by(row.entity)
    )
    statement = (
        select(row.entity, row.old, row.new, row.actor, t.Account.name, row.at, row.reason)
        .outerjoin(t.Account, t.Account.login == row.actor)
        .where(row.id.in_(newest))
    )
    return {
        entity.removeprefix(start): StageMove(
            Stage(old or ""), Stage(new or ""), actor, name or actor, moment(at), reason
        )
        for entity, old, new, actor, name, at, reason in session.execute(statement)
    }
