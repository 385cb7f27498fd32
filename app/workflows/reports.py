"""Reports to look at, print and write: progress of transcripts, quality of results (domain 4.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.excel import writing
from app.models import classes as class_rows
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.store import Store
from app.models.values import VersionRecord
from app.records import quality, reports
from app.records.class_table import class_table
from app.records.classification import propose
from app.records.permissions import Action, Actor, allowed
from app.records.programme import field_name, out_of_scope_reason
from app.records.reports import SCHOOL, WHOLE, Scope, Sheet, Table
from app.records.types import ClassYear, Period
from app.transcript.tables import render_table
from app.workflows.classes import open_class, visible_classes
from app.workflows.exports import ExportReport, current_school, demand_export, write_bytes

PROGRESS: Final = "progress"
QUALITY: Final = "quality"
SUBJECTS: Final = "subjects"
TRAITS: Final = "traits"
YEAR: Final = "year"
REPORT_KINDS: Final = (PROGRESS, QUALITY, SUBJECTS, TRAITS, YEAR)


@dataclass(frozen=True, slots=True)
class Report:
    """A report to look at. `items`: (code, name) of the subjects or traits that its scope may name."""

    kind: str
    sheets: tuple[Sheet, ...]
    caption: str
    items: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReportClass:
    """A class that this person may report on, or write files of."""

    name: str
    grade: int
    reported: bool
    exported: bool


def report_classes(*, store: Store, actor: Actor) -> tuple[ReportClass, ...]:
    """The classes of the active year that this person may choose in a report or for a file."""
    with store.reading() as session:
        summaries = class_rows.summaries(session, settings_store.active_year(session))
    found = (
        ReportClass(
            item.name,
            item.grade,
            allowed(actor, Action.REPORT, class_name=item.name),
            allowed(actor, Action.EXPORT, class_name=item.name),
        )
        for item in summaries
    )
    return tuple(item for item in found if item.reported or item.exported)


def make_report(*, store: Store, actor: Actor, kind: str, scope: Scope = WHOLE) -> Report:
    """The numbers of the classes that this person may report on; every table ends with its caption.

    Homeroom teachers get their own classes only. NotAllowed account.not_allowed; UserError
    workflow.no_report.
    """
    make = _MAKERS.get(kind)
    if make is None:
        raise UserError("workflow.no_report", kind=kind, known=", ".join(REPORT_KINDS))
    if kind in (PROGRESS, YEAR):
        scope = replace(scope, item="", period=Period.CN)
    classes = visible_classes(store=store, actor=actor, action=Action.REPORT)
    whole = allowed(actor, Action.REPORT)
    if not whole and len(classes) == 1:
        scope = replace(scope, class_name=classes[0].name)
    chosen = reports.in_scope(classes, scope)
    told = reports.caption(chosen, scope)
    sheets = tuple(
        replace(one, table=replace(one.table, notes=(told, *one.table.notes)))
        for one in make(store, classes, scope, whole)
    )
    return Report(kind, sheets, told, _items(kind, classes, scope))


def report(*, store: Store, actor: Actor, kind: str, target: Path, scope: Scope = WHOLE) -> ExportReport:
    """Write a report as .xlsx (one sheet per table) or .pdf; `make_report` says which errors there are."""
    tables = tuple(one.table for one in make_report(store=store, actor=actor, kind=kind, scope=scope).sheets)
    return write_tables(store, tables, target)


def report_pdf(*, store: Store, actor: Actor, kind: str, scope: Scope = WHOLE) -> bytes:
    """The report on paper."""
    made = make_report(store=store, actor=actor, kind=kind, scope=scope)
    return render_table(*(one.table for one in made.sheets), school=current_school(store))


def class_preview(*, store: Store, actor: Actor, class_name: str, period: Period = Period.CN) -> Table:
    """What the files of a class will hold, one row per pupil. NotAllowed, UserError workflow.no_class."""
    klass = open_class(store=store, actor=actor, class_name=class_name)
    demand_export(actor, klass)
    return class_table(klass, period)


def write_tables(store: Store, tables: Sequence[Table], target: Path) -> ExportReport:
    """Write tables as .xlsx or .pdf; UserError workflow.report_ending for anything else."""
    ending = target.suffix.lower()
    rows = sum(len(table.rows) for table in tables)
    if ending == ".pdf":
        pdf = render_table(*tables, school=current_school(store))
        return ExportReport(write_bytes(target, pdf), rows=rows)
    if ending == ".xlsx":
        return ExportReport(target, sheets=writing.write_table(target, *tables), rows=rows)
    raise UserError("workflow.report_ending", file=target)


def _items(kind: str, classes: Sequence[ClassYear], scope: Scope) -> tuple[tuple[str, str], ...]:
    if kind not in (SUBJECTS, TRAITS):
        return ()
    codes = quality.items_of(classes, scope, traits=kind == TRAITS)
    return tuple((code, field_name(code)) for code in codes)


def _quality(_: Store, classes: Sequence[ClassYear], scope: Scope, whole: bool) -> tuple[Sheet, ...]:
    made = (
        *quality.subject_sheets(classes, scope, whole=whole),
        *quality.trait_sheets(classes, scope, whole=whole),
    )
    if scope.period is not Period.CN:
        return made
    return (*made, *quality.year_sheets(classes, scope, whole=whole))


def _subjects(_: Store, classes: Sequence[ClassYear], scope: Scope, whole: bool) -> tuple[Sheet, ...]:
    return quality.subject_sheets(classes, scope, whole=whole)


def _traits(_: Store, classes: Sequence[ClassYear], scope: Scope, whole: bool) -> tuple[Sheet, ...]:
    return quality.trait_sheets(classes, scope, whole=whole)


def _year(_: Store, classes: Sequence[ClassYear], scope: Scope, whole: bool) -> tuple[Sheet, ...]:
    return quality.year_sheets(classes, scope, whole=whole)


def _progress(store: Store, classes: Sequence[ClassYear], scope: Scope, whole: bool) -> tuple[Sheet, ...]:
    chosen = [
        one
        for one in reports.in_scope(classes, scope)
        if not scope.approved_only or reports.is_approved(one, scope.period)
    ]
    with store.reading() as session:
        year = settings_store.active_year(session)
        versions = transcript_rows.current_versions(session, year)
        delivered = transcript_rows.delivered(session)
    by_class: dict[str, list[VersionRecord]] = {klass.name: [] for klass in chosen}
    for version in versions:
        if version.class_name in by_class:
            by_class[version.class_name].append(version)
    found = [_class_progress(klass, by_class[klass.name], delivered) for klass in chosen]
    total = SCHOOL if whole and scope.grade is None and not scope.class_name else "Cộng"
    table = reports.progress_table(year, found, total=total, tail=reports.scope_words(scope))
    table = replace(table, notes=reports.outside_reasons(chosen))
    return (Sheet(table, reports.progress_chart(found)),)


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
        asked=out_of_scope_reason(klass.year, klass.grade) is None,
    )


_Maker = Callable[[Store, Sequence[ClassYear], Scope, bool], tuple[Sheet, ...]]
_MAKERS: Final[Mapping[str, _Maker]] = {
    PROGRESS: _progress,
    QUALITY: _quality,
    SUBJECTS: _subjects,
    TRAITS: _traits,
    YEAR: _year,
}
