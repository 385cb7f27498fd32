"""The verbs of the journal screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.interaction import Progress
from app.records.journal import LogGroup
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.workflows.exports import ExportReport
    from app.workflows.journal import JournalCheck, JournalChoices, LogPage, Wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """What the filters say; `login` None is everybody, "" the program itself."""

    login: str | None = None
    class_name: str = ""
    pupil: str = ""
    group: LogGroup | None = None
    first: date | None = None
    last: date | None = None


def _wanted(asked: Asked) -> Wanted:
    from app.workflows.journal import Wanted

    return Wanted(asked.login, asked.class_name, asked.pupil, asked.group, asked.first, asked.last)


def load_choices(desk: Desk) -> JournalChoices:
    """People and classes to filter by."""
    from app.workflows import journal

    return journal.choices(store=desk.store, actor=desk.actor)


def load_page(desk: Desk, asked: Asked, before: int | None = None) -> LogPage:
    """The newest entries, or those older than `before`."""
    from app.workflows import journal

    return journal.journal(store=desk.store, actor=desk.actor, wanted=_wanted(asked), before=before)


def check(desk: Desk, progress: Progress) -> JournalCheck:
    """Recompute the whole chain."""
    from app.workflows import journal

    return journal.check_journal(store=desk.store, actor=desk.actor, progress=progress)


def export(desk: Desk, asked: Asked, target: Path, progress: Progress) -> ExportReport:
    """Write the filtered entries for an inspection."""
    from app.workflows import journal

    return journal.export_journal(
        store=desk.store, actor=desk.actor, target=target, wanted=_wanted(asked), progress=progress
    )
