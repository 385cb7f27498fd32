"""The last days of the plan that the school set itself; the others are as in `records.calendar`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models import changelog, settings
from app.models import tables as t
from app.models.base import add_row


def milestones(session: Session, year: str) -> Mapping[str, date]:
    """Code → last day, of those that the school set for `year`."""
    statement = (
        select(t.Milestone.code, t.Milestone.due_on)
        .join(t.SchoolYear, t.SchoolYear.id == t.Milestone.year_id)
        .where(t.SchoolYear.name == year)
    )
    return dict(session.execute(statement).all())


def set_milestone(
    session: Session, *, year: str, code: str, due_on: date, description: str, actor: str
) -> None:
    """Set the last day of a milestone; logged when it changes."""
    old = milestones(session, year).get(code)
    if old == due_on:
        return
    year_id = settings.ensure_year(session, year)
    if old is None:
        add_row(session, t.Milestone, year_id=year_id, code=code, due_on=due_on, description=description)
    else:
        here = (t.Milestone.year_id == year_id, t.Milestone.code == code)
        session.execute(update(t.Milestone).where(*here).values(due_on=due_on, description=description))
    changelog.record(
        session,
        actor=actor,
        kind="milestone",
        entity=f"year:{year}",
        field=code,
        old=None if old is None else old.isoformat(),
        new=due_on.isoformat(),
    )
