"""The verbs of the transcripts screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.interaction import Progress
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.models.values import ClassSummary, VersionRecord
    from app.workflows.issue import IssueReport
    from app.workflows.previews import ClassSheet, SheetCard


def load_classes(desk: Desk) -> tuple[ClassSummary, ...]:
    """The classes this person may see."""
    from app.workflows import classes

    return classes.list_classes(store=desk.store, actor=desk.actor)


def load_sheet(desk: Desk, class_name: str) -> ClassSheet:
    """A class with its pupils in Vietnamese order, what was issued, and what is still to be repaired."""
    from app.workflows import previews

    return previews.open_sheet(store=desk.store, actor=desk.actor, class_name=class_name)


def load_pdf(desk: Desk, sheet: ClassSheet, card: SheetCard, *, draft: bool = False) -> bytes:
    """The newest version's PDF as it is kept; a draft from the data of the sheet without one, or on wish."""
    from app.workflows import previews

    if card.version is None or draft:
        return previews.draft(sheet, card.entry)
    return previews.stored_pdf(store=desk.store, actor=desk.actor, version=card.version)


def save_pdf(desk: Desk, version: VersionRecord, target: Path) -> Path:
    """Write the kept PDF, unchanged."""
    from app.workflows import previews

    return previews.save_pdf(store=desk.store, actor=desk.actor, version=version, target=target)


def issue_class(desk: Desk, class_name: str, progress: Progress) -> IssueReport:
    """Issue every transcript of an approved class."""
    from app.workflows import issue

    return issue.issue(store=desk.store, actor=desk.actor, class_name=class_name, progress=progress)
