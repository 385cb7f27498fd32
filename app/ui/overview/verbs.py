"""The verb of the overview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.workflows.overview import Overview


def load(desk: Desk) -> Overview:
    """The plan's dates, the board, and what waits for this person."""
    from app.workflows import overview

    return overview.overview(store=desk.store, actor=desk.actor)
