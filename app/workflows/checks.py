"""Running the rules and proposing the year classification."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.models.store import Store
from app.records import checks
from app.records.classification import Proposal, propose
from app.records.permissions import Action, Actor
from app.records.programme import out_of_scope_reason
from app.records.types import Finding, Period, PupilYear
from app.workflows.classes import visible_classes, visible_in
from app.workflows.findings import look


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Findings of every class looked at.

    `counts`: by severity, `accepted` (warnings among them that somebody let stand), and the number of classes
    and pupils.
    """

    findings: tuple[Finding, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Classified:
    """One pupil with the class the rules propose and the one that was confirmed."""

    class_name: str
    entry: PupilYear
    proposal: Proposal


def check(
    *, store: Store, actor: Actor, class_name: str | None = None, period: Period = Period.CN
) -> CheckReport:
    """Run every rule over one class, or over all the classes this person may see; open remarks come first."""
    with store.reading() as session:
        classes = visible_in(session, actor, class_name, Action.CHECK)
        in_scope = [item for item in classes if out_of_scope_reason(item.year, item.grade) is None]
        findings = look(session, in_scope, period)
    counts = checks.counts(findings)
    counts["accepted"] = sum(1 for item in findings if item.accepted is not None)
    counts["classes"] = len(in_scope)
    counts["out_of_scope"] = len(classes) - len(in_scope)
    counts["pupils"] = sum(len(item.pupils) for item in in_scope)
    return CheckReport(findings, counts)


def classify(*, store: Store, actor: Actor, class_name: str | None = None) -> tuple[Classified, ...]:
    """The proposed year classification of each pupil (Circular 27, article 9.2a)."""
    classes = visible_classes(store=store, actor=actor, class_name=class_name, action=Action.CLASSIFY)
    return tuple(
        Classified(klass.name, entry, propose(klass.year, entry, klass.local))
        for klass in classes
        for entry in klass.pupils
        if entry.enrolment.status.active
    )
