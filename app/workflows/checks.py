"""Running the rules and proposing the year classification."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from app.models.store import Store
from app.records import checks
from app.records.classification import Proposal, propose
from app.records.permissions import Action, Actor
from app.records.programme import out_of_scope_reason
from app.records.types import Finding, Period, PupilYear
from app.workflows.classes import visible_classes
from app.workflows.rules import check_settings


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Findings of every class looked at; `counts` by severity and the number of classes and pupils."""

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
    """Run every rule over one class, or over all the classes this person may see."""
    classes = visible_classes(store=store, actor=actor, class_name=class_name, action=Action.CHECK)
    in_scope = [item for item in classes if out_of_scope_reason(item.year, item.grade) is None]
    findings = checks.run_all(in_scope, period, check_settings(store))
    counts = Counter({"error": 0, "warning": 0, "note": 0})
    counts.update(finding.severity.value for finding in findings)
    counts["classes"] = len(in_scope)
    counts["out_of_scope"] = len(classes) - len(in_scope)
    counts["pupils"] = sum(len(item.pupils) for item in in_scope)
    return CheckReport(findings, dict(counts))


def classify(*, store: Store, actor: Actor, class_name: str | None = None) -> tuple[Classified, ...]:
    """The proposed year classification of each pupil (Circular 27, article 9.2a)."""
    classes = visible_classes(store=store, actor=actor, class_name=class_name, action=Action.CLASSIFY)
    return tuple(
        Classified(klass.name, entry, propose(klass.year, entry, klass.local))
        for klass in classes
        for entry in klass.pupils
        if entry.enrolment.status.active
    )
