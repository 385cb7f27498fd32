"""Every mistake a person could find on paper, found by the program: a table of small rules.

A new rule is one function in the module of its subject, with identifier, severity, source and sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from app.records.checks import (
    classes,
    comments,
    comments_class,
    comments_meaning,
    comments_names,
    comments_style,
    duplicates,
    enrolment,
    identity,
    outcome,
    pupil_names,
    results,
    scores,
    signing_ready,
)
from app.records.checks.base import Check, Hit, Rule, Scope, V, hit
from app.records.checks.titles import title_of
from app.records.checks.views import CheckSettings, ClassFacts, ClassView, PupilView, view_class
from app.records.codes import PERIOD_PHRASE
from app.records.types import ClassYear, Finding, Period, Severity

__all__ = [
    "GROUPS",
    "RULES",
    "CheckSettings",
    "ClassFacts",
    "Rule",
    "Scope",
    "counts",
    "run",
    "run_across",
    "run_all",
]

_COMMENTS = (comments, comments_style, comments_meaning, comments_names, comments_class)
_GROUPED = {
    "Họ tên": (pupil_names,),
    "Trang thông tin": (identity,),
    "Trùng lặp": (duplicates,),
    "Lớp, trạng thái, sức khoẻ, ngày nghỉ": (enrolment,),
    "Kết quả đánh giá": (results,),
    "Điểm và mức đạt được": (scores,),
    "Kết quả cuối năm": (outcome,),
    "Nhận xét": _COMMENTS,
    "Lớp và các số đếm": (classes,),
    "Chuẩn bị ký số": (signing_ready,),
}
_MODULES = tuple(module for modules in _GROUPED.values() for module in modules)
GROUPS: Final[Mapping[str, tuple[Rule, ...]]] = MappingProxyType(
    {
        title: tuple(rule for module in modules for rule in module.book.rules)
        for title, modules in _GROUPED.items()
    }
)
"""The rules by subject, with the Vietnamese title of each group, in the order in which findings are shown."""
RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {rule.id: rule for rules in GROUPS.values() for rule in rules}
)
"""Every rule by its identifier, in the order in which findings are shown."""

_FAULTS: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What a mistake in a rule raises."""
_FAILED_PUPIL: Final = Rule(
    "rule.failed",
    Severity.WARNING,
    "practice",
    "Quy tắc “{title}” chưa chạy được với em {name} ({fault}). "
    "Xem lại em này bằng mắt và báo người quản trị.",
    Scope.PUPIL,
)
_FAILED_CLASS: Final = replace(
    _FAILED_PUPIL,
    message="Quy tắc “{title}” chưa chạy được ở lớp {class_name} ({fault}). "
    "Xem lại lớp này bằng mắt và báo người quản trị.",
)
_NO_FACTS: Final[Mapping[str, ClassFacts]] = MappingProxyType({})
_OF_PERIOD: Final = frozenset({Scope.RESULTS, Scope.YEAR_END})
_BY_SCOPE: Final = {scope: tuple(rule for rule in RULES.values() if rule.scope is scope) for scope in Scope}


def run(
    klass: ClassYear,
    period: Period,
    settings: CheckSettings | None = None,
    facts: ClassFacts | None = None,
) -> tuple[Finding, ...]:
    """All findings about one class in one period: the class first, then pupil by pupil.

    Pure; a clean, complete class gives none. Rules that compare classes run in `run_all` only.
    """
    return tuple(_class_findings(view_class(klass, period, settings or CheckSettings(), facts)))


def run_all(
    school: Sequence[ClassYear],
    period: Period,
    settings: CheckSettings | None = None,
    facts: Mapping[str, ClassFacts] = _NO_FACTS,
) -> tuple[Finding, ...]:
    """All findings about several classes, with the rules that compare classes, class by class.

    `facts` by class name, as far as they are known.
    """
    chosen = settings or CheckSettings()
    views = tuple(view_class(klass, period, chosen, facts.get(klass.name)) for klass in school)
    within = (finding for view in views for finding in _class_findings(view))
    return (*within, *_school_findings(views))


def run_across(
    school: Sequence[ClassYear], period: Period, settings: CheckSettings | None = None
) -> tuple[Finding, ...]:
    """Findings of the rules that compare classes, and nothing else.

    They look at who the pupils are: the classes may come without results.
    """
    chosen = settings or CheckSettings()
    return tuple(_school_findings([view_class(klass, period, chosen) for klass in school]))


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Number of findings per severity; every severity is present."""
    found = [finding.severity for finding in findings]
    return {severity.value: found.count(severity) for severity in Severity}


def _class_findings(view: ClassView) -> Iterator[Finding]:
    for rule in _enabled(Scope.CLASS, view.settings):
        if rule.check_class is not None:
            for about, found in _hits(rule, rule.check_class, view, _FAILED_CLASS):
                yield _finding(about, found, view)
    for pupil in view.pupils:
        yield from _pupil_findings(view, pupil)


def _pupil_findings(view: ClassView, pupil: PupilView) -> Iterator[Finding]:
    for scope in _scopes(pupil):
        for rule in _enabled(scope, view.settings):
            if rule.check_pupil is not None:
                for about, found in _hits(rule, rule.check_pupil, pupil, _FAILED_PUPIL):
                    yield _finding(about, replace(found, view=pupil), view)


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
            for about, found in _hits(rule, rule.check_school, views, _FAILED_CLASS):
                where = views[0].klass.name if found.view is None else found.view.klass.name
                yield _finding(about, found, by_name[where])


def _hits(rule: Rule, check: Check[V], looked_at: V, failed: Rule) -> Sequence[tuple[Rule, Hit]]:
    """What a rule found; that it cannot run is itself a finding, so that people look with their own eyes."""
    try:
        return [(rule, found) for found in check(looked_at)]
    except _FAULTS as fault:
        return [(failed, hit("", title=title_of(rule.id), fault=type(fault).__name__))]


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
        key=found.view.entry.key if found.view else 0,
    )
