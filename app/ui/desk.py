"""What a screen works with: the store, the signed-in person, the lanes, and how things look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.records.permissions import Actor
from app.ui.look import Look
from app.ui.preferences import Preferences
from app.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from app.workflows.store import Store


@dataclass(frozen=True, slots=True)
class School:
    """Name, year ("2023-2024") and whether the change log is whole; read once when the store opens."""

    name: str
    year: str
    chain_ok: bool = True
    sample: bool = False
    """Everything here is invented, to play with."""
    past: bool = False
    """This desk looks at another year than the one the school works in."""

    @property
    def year_text(self) -> str:
        """The year as people write it: 2023–2024."""
        return self.year.replace("-", "–")


@dataclass(frozen=True, slots=True)
class Desk:
    """Handed to every screen of one signed-in person."""

    store: Store
    actor: Actor
    school: School
    runner: TaskRunner
    look: Look
    preferences: Preferences
