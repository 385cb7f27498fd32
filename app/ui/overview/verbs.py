"""The verb of the overview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.workflows.classes import ClassProgress


def load_board(desk: Desk) -> tuple[ClassProgress, ...]:
    """How far each visible class has come."""
    from app.workflows import classes

    return classes.board(store=desk.store, actor=desk.actor)
