"""Rolling a school over to the next year, as the tests of the years do it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from app.models import results as result_rows
from app.models.base import Base
from app.models.store import Store
from app.workflows import classes, years
from app.workflows.years import RollOver
from tests.world import World

NEW = "2024-2025"
LOGS = frozenset({"change_log", "change_log_head", "step"})


def content(store: Store, but: frozenset[str] = frozenset()) -> Mapping[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with store.reading() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
            if table.name not in but
        }


def plan(world: World, **options: object) -> RollOver:
    return years.plan_roll_over(store=world.store, actor=world.actor(), **options)  # type: ignore[arg-type]


def roll(world: World, made: RollOver | None = None, **options: object) -> years.RollOverReport:
    return years.roll_over(
        store=world.store,
        actor=world.actor(),
        plan=made or plan(world),
        **options,  # type: ignore[arg-type]
    )


def undo(world: World) -> years.Undoable:
    return years.undo_roll_over(store=world.store, actor=world.actor()).undone


def pupil_of(world: World, class_name: str, place: int = 0) -> tuple[int, str]:
    entry = classes.open_class(store=world.store, actor=world.actor(), class_name=class_name).pupils[place]
    return entry.key, entry.pupil.name


def put_outcome(world: World, key: int, **values: object) -> None:
    with world.store.transaction() as session:
        for name, value in values.items():
            result_rows.set_outcome(session, key, name, value, "thu")
