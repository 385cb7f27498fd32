"""Files of a class for people and neighbouring systems: workbooks, the class summary, filled originals."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.excel import writing
from app.excel.filling import FillReport, fill_original
from app.models import settings as settings_store
from app.models.store import Store
from app.records.permissions import Action, Actor, require
from app.records.types import ClassYear, Period, School
from app.transcript.summary import render_class_summary
from app.workflows.classes import open_class, visible_classes
from app.workflows.faults import why
from app.workflows.issue import frame_for

_WORKBOOKS: Final[Mapping[str, Callable[[Path, ClassYear, Period], None]]] = {
    "csdl-results": writing.write_csdl_results,
    "csdl-comments": writing.write_csdl_comments,
    "class-summary": writing.write_class_summary,
    "our-template": writing.write_our_template,
}
EXPORT_KINDS: Final = tuple(_WORKBOOKS)


@dataclass(frozen=True, slots=True)
class ExportReport:
    """The file that was written; `note` tells when its format is not the one asked for.

    `sheets` are the names of a workbook's sheets, `rows` the rows of content on all of them.
    """

    file: Path
    note: str = ""
    sheets: tuple[str, ...] = ()
    rows: int = 0

    @property
    def said(self) -> str:
        """One sentence: the file, its sheets and how many rows were written."""
        what = [f"trang tính {', '.join(self.sheets)}"] if self.sheets else []
        return f"Đã ghi {self.file.name}: {', '.join((*what, f'{self.rows} dòng'))}."


def write_bytes(target: Path, data: bytes) -> Path:
    """Write a whole file or nothing; UserError workflow.cannot_write."""
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, target)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise UserError("workflow.cannot_write", file=target, why=why(error)) from None
    return target


def export(
    *, store: Store, actor: Actor, kind: str, class_name: str, target: Path, period: Period = Period.CN
) -> ExportReport:
    """Write one workbook of a class, or the class summary as PDF when the file ends so.

    A file asked for as .xls is written as .xlsx in the same layout, and the report says so.
    """
    if kind not in _WORKBOOKS:
        raise UserError("workflow.no_export", kind=kind, known=", ".join(EXPORT_KINDS))
    klass = open_class(store=store, actor=actor, class_name=class_name)
    demand_export(actor, klass)
    rows = sum(entry.enrolment.status.active for entry in klass.pupils)
    if kind == "class-summary" and target.suffix.lower() == ".pdf":
        pdf = render_class_summary(klass, period, current_school(store))
        return ExportReport(write_bytes(target, pdf), rows=rows)
    note = ""
    if target.suffix.lower() != ".xlsx":
        asked, target = target, target.with_suffix(".xlsx")
        note = f"Đã ghi {target.name} thay cho {asked.name}: cùng bố cục, định dạng .xlsx."
    _WORKBOOKS[kind](target, klass, period)
    return ExportReport(target, note, writing.sheet_names(target), rows)


def summary_pdf(*, store: Store, actor: Actor, class_name: str, period: Period = Period.CN) -> bytes:
    """The class summary on paper. NotAllowed, UserError workflow.no_class."""
    klass = open_class(store=store, actor=actor, class_name=class_name)
    demand_export(actor, klass)
    return render_class_summary(klass, period, current_school(store))


def demand_export(actor: Actor, klass: ClassYear) -> None:
    """NotAllowed account.not_allowed unless this person may write files of the class."""
    require(actor, Action.EXPORT, class_name=klass.name)


def current_school(store: Store) -> School:
    """The school as the papers of the active year name it."""
    frame = frame_for(store)
    with store.reading() as session:
        return frame.school(settings_store.active_year(session))


def fill(
    *, store: Store, actor: Actor, original: Path, target: Path, period: Period = Period.CN
) -> FillReport:
    """Fill a workbook of vnEdu or CSDL ngành, leaving its codes and hidden columns alone."""
    classes = visible_classes(store=store, actor=actor, action=Action.EXPORT)
    return fill_original(original, target, classes, period)
