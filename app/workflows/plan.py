"""The plan of a school year: its milestones, and the last days that the school sets itself."""

from __future__ import annotations

from datetime import date

from app.errors import UserError
from app.models import milestones as milestone_rows
from app.models import settings as settings_store
from app.models.store import Session, Store
from app.records.calendar import MILESTONE_NAMES, Milestone, belongs, plan
from app.records.permissions import Action, Actor, require
from app.workflows.report import Changes, changed


def list_milestones(*, store: Store, year: str | None = None) -> tuple[str, tuple[Milestone, ...]]:
    """A year of the store (the active one when none is named) and its plan. UserError workflow.no_year."""
    with store.reading() as session:
        known = _year(session, year)
        return known, plan(known, milestone_rows.milestones(session, known))


def set_milestone(*, store: Store, actor: Actor, code: str, day: date, year: str | None = None) -> Changes:
    """Set the last day of a milestone.

    UserError workflow.no_milestone, workflow.no_year, workflow.milestone_day (a day of another year).
    """
    require(actor, Action.SETTINGS)
    name = MILESTONE_NAMES.get(code)
    if name is None:
        raise UserError("workflow.no_milestone", code=code, known=", ".join(MILESTONE_NAMES))
    with store.transaction() as session:
        known = _year(session, year)
        if not belongs(day, known):
            raise UserError("workflow.milestone_day", day=f"{day:%d/%m/%Y}", name=name, year=known)
        milestone_rows.set_milestone(
            session, year=known, code=code, due_on=day, description=name, actor=actor.login
        )
    return changed("settings")


def _year(session: Session, year: str | None) -> str:
    if year is None:
        return settings_store.active_year(session)
    if year not in settings_store.years(session):
        raise UserError("workflow.no_year", year=year)
    return year
