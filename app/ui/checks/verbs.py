"""The verbs of checking and approving."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.models.values import ClassSummary
    from app.workflows.checks import CheckReport
    from app.workflows.gate import StageReport


@dataclass(frozen=True, slots=True)
class Checked:
    """The visible classes and what the rules found in them."""

    classes: tuple[ClassSummary, ...]
    report: CheckReport


def run_checks(desk: Desk) -> Checked:
    """Run every rule over every class this person may check."""
    from app.workflows import checks, classes

    return Checked(
        classes.list_classes(store=desk.store, actor=desk.actor),
        checks.check(store=desk.store, actor=desk.actor),
    )


def approve(desk: Desk, name: str) -> StageReport:
    """The working group approves a class."""
    from app.workflows import gate

    return gate.approve(store=desk.store, actor=desk.actor, class_name=name)


def send_back(desk: Desk, name: str, reason: str, *, approved: bool) -> StageReport:
    """Return a submitted class to its teacher, or open an approved one again, with a reason."""
    from app.workflows import gate

    act = gate.reopen if approved else gate.return_class
    return act(store=desk.store, actor=desk.actor, class_name=name, reason=reason)
