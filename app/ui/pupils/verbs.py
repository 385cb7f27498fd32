"""The verbs of classes, pupils and import."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.interaction import Progress
from app.records.types import Period
from app.ui.desk import Desk
from app.workflows.report import Changes

if TYPE_CHECKING:
    from app.workflows.classes import ListedPupil
    from app.workflows.import_preview import ImportPreview
    from app.workflows.import_rows import Difference, RowChoices
    from app.workflows.imports import ImportReport
    from app.workflows.pupil_page import ClassLine, PupilFile
    from app.workflows.steps import LastImport, StepReport


def load_classes(desk: Desk) -> tuple[ClassLine, ...]:
    """The classes this person may see, with their homeroom teachers."""
    from app.workflows import pupil_page

    return pupil_page.list_classes(store=desk.store, actor=desk.actor)


def load_pupils(desk: Desk, class_name: str, search: str) -> tuple[ListedPupil, ...]:
    """Pupils of a class, or of all visible classes when `class_name` is empty."""
    from app.workflows import classes

    return classes.list_pupils(
        store=desk.store, actor=desk.actor, class_name=class_name or None, search=search
    )


def open_pupil(desk: Desk, code: str) -> PupilFile:
    """Everything about one pupil, by any of the codes."""
    from app.workflows import pupil_page

    return pupil_page.open_pupil(store=desk.store, actor=desk.actor, code=code)


def set_field(desk: Desk, code: str, field: str, value: str) -> Changes:
    """Set who the pupil is, or a value of the year, as typed."""
    from app.workflows import fields

    return fields.set_field(store=desk.store, actor=desk.actor, code=code, field=field, value=value)


# --- import ----------------------------------------------------------------------------------------


def look_at(
    desk: Desk,
    paths: Sequence[Path],
    class_name: str,
    period: Period | None,
    choices: RowChoices,
    progress: Progress,
) -> ImportPreview:
    """Read the files, find what they would change and every problem; writes nothing."""
    from app.workflows import import_preview

    return import_preview.preview(
        store=desk.store,
        actor=desk.actor,
        paths=paths,
        class_name=class_name or None,
        period=period,
        choices=choices,
        progress=progress,
    )


def bring_in(
    desk: Desk,
    seen: ImportPreview,
    skip: frozenset[str],
    class_name: str,
    period: Period | None,
    progress: Progress,
) -> ImportReport:
    """Write what was seen and ticked; one file is one transaction."""
    from app.workflows import imports

    return imports.import_files(
        store=desk.store,
        actor=desk.actor,
        paths=[file.file for file in seen.files if not file.refused],
        class_name=class_name or None,
        period=period,
        agreed=seen.agreed(skip),
        progress=progress,
    )


def chosen(differences: Collection[Difference], skip: Collection[str]) -> int:
    """How many differences are written when `skip` is left out."""
    from app.workflows.import_rows import chosen as left

    return len(left(differences, skip))


def no_choices() -> RowChoices:
    """Nothing decided yet."""
    from app.workflows.import_rows import RowChoices

    return RowChoices()


def last_import(desk: Desk) -> LastImport | None:
    """What could be undone as a whole."""
    from app.workflows import steps

    return steps.last_import(store=desk.store, actor=desk.actor)


def undo_import(desk: Desk, place: str, progress: Progress) -> StepReport:
    """Take a whole import back."""
    from app.workflows import steps

    return steps.undo(store=desk.store, actor=desk.actor, place=place, progress=progress)


def column_fields() -> Mapping[str, str]:
    """What a column may be said to hold: field → words."""
    from app.workflows import import_columns

    return import_columns.FIELDS


def remember_columns(desk: Desk, signature: str, fields: Mapping[int, str]) -> Changes:
    """Keep what the columns of such a table hold."""
    from app.workflows import import_columns

    return import_columns.remember(store=desk.store, actor=desk.actor, signature=signature, fields=fields)
