"""The verbs of school years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.interaction import Progress
from app.ui.desk import Desk
from app.workflows.report import Changes

if TYPE_CHECKING:
    from app.workflows.years import RollOver, RollOverReport, Undoable, UndoReport, YearInfo
    from app.workflows.years_plan import Target

KEEP, FOLLOW, NOBODY = "keep_class", "follow", "none"
"""What becomes of the assignments of teachers (`workflows.years.Teachers`)."""


@dataclass(frozen=True, slots=True)
class Known:
    """The years, and the roll-over that could be taken back."""

    years: tuple[YearInfo, ...]
    undoable: Undoable | None


def known(desk: Desk) -> Known:
    """Every year with its counts."""
    from app.workflows import years

    return Known(
        years.list_years(store=desk.store, actor=desk.actor),
        years.undoable(store=desk.store, actor=desk.actor),
    )


def plan(desk: Desk, choices: Mapping[int, Target]) -> RollOver:
    """Who would go where; nothing is written."""
    from app.workflows import years

    return years.plan_roll_over(store=desk.store, actor=desk.actor, choices=choices)


def target(move: str, class_name: str) -> Target:
    """A choice for one pupil."""
    from app.workflows.years_plan import Move, Target

    return Target(Move(move), class_name)


def roll_over(
    desk: Desk, made: RollOver, teachers: str, progress: Progress, *, activate: bool
) -> RollOverReport:
    """Carry the pupils over as planned."""
    from app.workflows import years

    return years.roll_over(
        store=desk.store,
        actor=desk.actor,
        plan=made,
        teachers=years.Teachers(teachers),
        activate=activate,
        progress=progress,
    )


def undo(desk: Desk) -> UndoReport:
    """Take the newest roll-over back."""
    from app.workflows import years

    return years.undo_roll_over(store=desk.store, actor=desk.actor)


def set_active(desk: Desk, year: str) -> Changes:
    """Let everybody work in another year."""
    from app.workflows import years

    return years.set_active(store=desk.store, actor=desk.actor, year=year)
