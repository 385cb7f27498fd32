"""The verbs of classes, pupils and import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.interaction import Progress
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.models.values import ClassSummary
    from app.workflows.classes import ListedPupil
    from app.workflows.imports import ImportReport


def load_classes(desk: Desk) -> tuple[ClassSummary, ...]:
    """The classes this person may see."""
    from app.workflows import classes

    return classes.list_classes(store=desk.store, actor=desk.actor)


def load_pupils(desk: Desk, class_name: str, search: str) -> tuple[ListedPupil, ...]:
    """Pupils of a class, or of all visible classes when `class_name` is empty."""
    from app.workflows import classes

    return classes.list_pupils(
        store=desk.store, actor=desk.actor, class_name=class_name or None, search=search
    )


def look_at(desk: Desk, paths: Sequence[Path], progress: Progress) -> ImportReport:
    """Read the files and find every problem; writes nothing."""
    from app.workflows import imports

    return imports.import_files(
        store=desk.store, actor=desk.actor, paths=paths, dry_run=True, progress=progress
    )


def bring_in(desk: Desk, paths: Sequence[Path], progress: Progress) -> ImportReport:
    """Write the files; one file is one transaction."""
    from app.workflows import imports

    return imports.import_files(store=desk.store, actor=desk.actor, paths=paths, progress=progress)
