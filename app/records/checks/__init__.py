"""Every mistake a person could find on paper, found by the program: a table of small rules.

A new rule is one function in the module of its subject, with identifier, severity, source and sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from app.records.checks import (
    classes,
    comments,
    duplicates,
    enrolment,
    identity,
    outcome,
    pupil_names,
    results,
    scores,
)
from app.records.checks.base import Hit, Rule, Scope
from app.records.checks.views import CheckSettings, ClassView, PupilView, view_class
from app.records.codes import PERIOD_PHRASE
from app.records.types import ClassYear, Finding, Period, Severity

__all__ = ["RULES", "CheckSettings", "Rule", "Scope", "counts", "run", "run_all"]

_MODULES = (pupil_names, identity, duplicates, enrolment, results, scores, outcome, comments, classes)
RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {rule.id: rule for module in _MODULES for rule in module.book.rules}
)
"""Every rule by its identifier, in the order in which findings are shown."""

_OF_PERIOD: Final = frozenset({Scope.RESULTS, Scope.YEAR_END})
_BY_SCOPE: Final = {scope: tuple(rule for rule in RULES.values() if rule.scope is scope) for scope in Scope}


def run(klass: ClassYear, period: Period, settings: CheckSettings | None = None) -> tuple[Finding, ...]:
    """All findings about one class in one period: the class first, then pupil by pupil.

    Pure; a clean, complete class gives none. Rules that compare classes run in `run_all` only.
    """
    return tuple(_class_findings(view_class(klass, period, settings or CheckSettings())))


def run_all(
    school: Sequence[ClassYear], period: Period, settings: CheckSettings | None = None
) -> tuple[Finding, ...]:
    """All findings about several classes, with the rules that compare classes, class by class."""
    views = tuple(view_class(klass, period, settings or CheckSettings()) for klass in school)
    within = (finding for view in views for finding in _class_findings(view))
    return (*within, *_school_findings(views))


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Number of findings per severity; every severity is present."""
    found = [finding.severity for finding in findings]
    return {severity.value: found.count(severity) for severity in Severity}


def _class_findings(view: ClassView) -> Iterator[Finding]:
    for rule in _enabled(Scope.CLASS, view.settings):
        if rule.check_class is not None:
            for found in rule.check_class(view):
                yield _finding(rule, found, view)
    for pupil in view.pupils:
        yield from _pupil_findings(view, pupil)


def _pupil_findings(view: ClassView, pupil: PupilView) -> Iterator[Finding]:
    for scope in _scopes(pupil):
        for rule in _enabled(scope, view.settings):
            if rule.check_pupil is not None:
                for found in rule.check_pupil(pupil):
                    yield _finding(rule, Hit(found.field, found.facts, pupil), view)


def _scopes(pupil: PupilView) -> tuple[Scope, ...]:
    if not pupil.enrolment.status.active:
        return (Scope.ANYONE,)
    if not (pupil.due and pupil.recorded):
        return (Scope.ANYONE, Scope.PUPIL)
    if pupil.period is Period.CN:
        return (Scope.ANYONE, Scope.PUPIL, Scope.RESULTS, Scope.YEAR_END)
    return (Scope.ANYONE, Scope.PUPIL, Scope.RESULTS)


def _school_findings(views: Sequence[ClassView]) -> Iterator[Finding]:
    by_name = {view.klass.name: view for view in views}
    for rule in _enabled(Scope.SCHOOL, views[0].settings) if views else ():
        if rule.check_school is not None:
            for found in rule.check_school(views):
                if found.view is not None:
                    yield _finding(rule, found, by_name[found.view.klass.name])


def _enabled(scope: Scope, settings: CheckSettings) -> Iterable[Rule]:
    rules = _BY_SCOPE[scope]
    return [rule for rule in rules if rule.id not in settings.disabled] if settings.disabled else rules


def _finding(rule: Rule, found: Hit, view: ClassView) -> Finding:
    pupil = found.view.pupil if found.view else None
    facts: dict[str, object] = {
        "name": pupil.name if pupil else "",
        "class_name": view.klass.name,
        "period": PERIOD_PHRASE[view.period],
        **found.facts,
    }
    of_period = rule.scope in _OF_PERIOD or "{period}" in rule.message
    return Finding(
        rule=rule.id,
        severity=view.settings.severities.get(rule.id, rule.severity),
        class_name=view.klass.name,
        pupil_code=pupil.code if pupil else "",
        pupil=pupil.name if pupil else "",
        field=found.field,
        message=rule.message.format_map(facts),
        period=view.period if of_period else None,
    )
