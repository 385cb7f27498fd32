"""Files for people and neighbouring systems: workbooks, the class summary, filled originals, reports."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.excel import writing
from app.excel.filling import FillReport, fill_original
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.store import Store
from app.models.values import VersionRecord
from app.records import reports
from app.records.classification import propose
from app.records.permissions import Action, Actor, require
from app.records.reports import Table
from app.records.types import ClassYear, Period, School
from app.transcript.summary import render_class_summary
from app.transcript.tables import render_table
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
REPORT_KINDS: Final = ("progress", "quality")


@dataclass(frozen=True, slots=True)
class ExportReport:
    """The file that was written; `note` tells when its format is not the one asked for."""

    file: Path
    note: str = ""


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
    require(actor, Action.EXPORT, class_name=klass.name)
    if kind == "class-summary" and target.suffix.lower() == ".pdf":
        return ExportReport(write_bytes(target, render_class_summary(klass, period, _school(store))))
    note = ""
    if target.suffix.lower() != ".xlsx":
        asked, target = target, target.with_suffix(".xlsx")
        note = f"Đã ghi {target.name} thay cho {asked.name}: cùng bố cục, định dạng .xlsx."
    _WORKBOOKS[kind](target, klass, period)
    return ExportReport(target, note)


def _school(store: Store) -> School:
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


def report(*, store: Store, actor: Actor, kind: str, target: Path) -> ExportReport:
    """Write a progress or quality report as .xlsx or .pdf."""
    require(actor, Action.REPORT)
    tables = _tables(store, actor, kind)
    ending = target.suffix.lower()
    if ending == ".pdf":
        return ExportReport(write_bytes(target, render_table(*tables, school=_school(store))))
    if ending == ".xlsx":
        writing.write_table(target, *tables)
        return ExportReport(target)
    raise UserError("workflow.report_ending", file=target)


def _tables(store: Store, actor: Actor, kind: str) -> tuple[Table, ...]:
    if kind == "quality":
        classes = visible_classes(store=store, actor=actor)
        return tuple(reports.quality_tables(classes))
    if kind == "progress":
        return (_progress_table(store, actor),)
    raise UserError("workflow.no_report", kind=kind, known=", ".join(REPORT_KINDS))


def _progress_table(store: Store, actor: Actor) -> Table:
    classes = visible_classes(store=store, actor=actor)
    with store.reading() as session:
        year = settings_store.active_year(session)
        versions = transcript_rows.current_versions(session, year)
        delivered = transcript_rows.delivered(session)
    by_class: dict[str, list[VersionRecord]] = {klass.name: [] for klass in classes}
    for version in versions:
        if version.class_name in by_class:
            by_class[version.class_name].append(version)
    return reports.progress_table(
        year, [_class_progress(klass, by_class[klass.name], delivered) for klass in classes]
    )


def _class_progress(
    klass: ClassYear, versions: Sequence[VersionRecord], delivered: frozenset[int]
) -> reports.ClassProgress:
    active = [entry for entry in klass.pupils if entry.enrolment.status.active]
    known = [propose(klass.year, entry, klass.local).status for entry in active]
    return reports.ClassProgress(
        class_name=klass.name,
        grade=klass.grade,
        pupils=len(active),
        states=tuple(version.state for version in versions),
        delivered=sum(1 for version in versions if version.id in delivered),
        blocked=sum(1 for status in known if status in {"missing", "out_of_scope"}),
    )
