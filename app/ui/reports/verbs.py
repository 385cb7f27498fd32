"""The verbs of the reports screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.records.reports import Scope, Table
from app.records.types import Period
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.excel.filling import FillReport
    from app.workflows.exports import ExportReport
    from app.workflows.reports import Report, ReportClass


def load_classes(desk: Desk) -> tuple[ReportClass, ...]:
    """The classes to choose from."""
    from app.workflows import reports

    return reports.report_classes(store=desk.store, actor=desk.actor)


def load_report(desk: Desk, kind: str, scope: Scope) -> Report:
    """The numbers of a report."""
    from app.workflows import reports

    return reports.make_report(store=desk.store, actor=desk.actor, kind=kind, scope=scope)


def load_class(desk: Desk, class_name: str, period: Period) -> Table:
    """What the files of a class will hold."""
    from app.workflows import reports

    return reports.class_preview(store=desk.store, actor=desk.actor, class_name=class_name, period=period)


def write_report(desk: Desk, kind: str, scope: Scope, target: Path) -> ExportReport:
    """Write a report as .xlsx or .pdf."""
    from app.workflows import reports

    return reports.report(store=desk.store, actor=desk.actor, kind=kind, target=target, scope=scope)


def write_class(desk: Desk, kind: str, class_name: str, period: Period, target: Path) -> ExportReport:
    """Write a file of a class."""
    from app.workflows import exports

    return exports.export(
        store=desk.store, actor=desk.actor, kind=kind, class_name=class_name, target=target, period=period
    )


def report_pdf(desk: Desk, kind: str, scope: Scope) -> bytes:
    """A report on paper."""
    from app.workflows import reports

    return reports.report_pdf(store=desk.store, actor=desk.actor, kind=kind, scope=scope)


def class_pdf(desk: Desk, class_name: str, period: Period) -> bytes:
    """The class summary on paper."""
    from app.workflows import exports

    return exports.summary_pdf(store=desk.store, actor=desk.actor, class_name=class_name, period=period)


def fill(desk: Desk, original: Path, target: Path, period: Period) -> FillReport:
    """Fill a workbook of a neighbouring system."""
    from app.workflows import exports

    return exports.fill(store=desk.store, actor=desk.actor, original=original, target=target, period=period)
