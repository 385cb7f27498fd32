"""The verbs of the class sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.records import checks
from app.records.programme import out_of_scope_reason
from app.records.types import ClassYear, Finding, Period
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.models.values import ClassSummary
    from app.workflows.gate import StageReport


@dataclass(frozen=True, slots=True)
class OpenClass:
    """A class with what the rules find in it; `outside` is the reason when no rule applies."""

    klass: ClassYear
    period: Period
    findings: tuple[Finding, ...]
    outside: str


def load_classes(desk: Desk) -> tuple[ClassSummary, ...]:
    """The classes this person may see."""
    from app.workflows import classes

    return classes.list_classes(store=desk.store, actor=desk.actor)


def load_class(desk: Desk, name: str, period: Period) -> OpenClass:
    """A class with every result of the year, and the findings of one period."""
    from app.workflows import classes
    from app.workflows.rules import check_settings

    klass = classes.open_class(store=desk.store, actor=desk.actor, class_name=name)
    outside = out_of_scope_reason(klass.year, klass.grade) or ""
    found = () if outside else checks.run(klass, period, check_settings(desk.store))
    return OpenClass(klass, period, found, outside)


def submit(desk: Desk, name: str, period: Period) -> StageReport:
    """Close the class for entry (chốt)."""
    from app.workflows import gate

    return gate.submit(store=desk.store, actor=desk.actor, class_name=name, period=period)
