"""Which findings are shown, and in which groups; no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from app.records.checks import RULES
from app.records.checks.titles import title_of
from app.records.programme import SUBJECT_NAMES, TRAIT_NAMES, field_name
from app.records.types import Finding, Severity

if TYPE_CHECKING:
    from app.workflows.kept import ClassState

REMARK: Final = "remark.open"
OTHER: Final = "*"
"""Findings that are about no subject and no trait."""
_SEVERITIES: Final = tuple(Severity)
_RULES: Final = {rule: place for place, rule in enumerate((REMARK, "rule.failed", *RULES))}
_GRADED: Final = (*SUBJECT_NAMES, *TRAIT_NAMES)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a person wants to see; empty texts let everything through."""

    severities: frozenset[Severity]
    accepted: bool = False
    rule: str = ""
    subject: str = ""
    person: str = ""
    closed: bool = False
    """Only classes that are closed and wait for approval."""

    @property
    def narrow(self) -> bool:
        """True when more than the severity is chosen."""
        return bool(self.rule or self.subject or self.person or self.closed)


@dataclass(frozen=True, slots=True)
class Group:
    """The head of the findings of one rule."""

    rule: str
    severity: Severity
    count: int

    @property
    def title(self) -> str:
        """The rule's name."""
        return title_of(self.rule)


Line = Group | Finding


@dataclass(frozen=True, slots=True)
class Sifted:
    """The lines to show, how many findings of each severity there are, and how many were accepted."""

    lines: tuple[Line, ...]
    counts: Mapping[Severity, int]
    accepted: int


def subject_of(finding: Finding) -> str:
    """The subject or trait a finding is about; OTHER when it is about something else."""
    return finding.field if finding.field in _GRADED else OTHER


def in_charge(finding: Finding, people: Mapping[tuple[str, str], str]) -> str:
    """Who has to look: the subject teacher, else the homeroom teacher; empty when the class has nobody."""
    place = (finding.class_name, finding.field)
    return people.get(place) or people.get((finding.class_name, ""), "")


def sift(findings: Iterable[Finding], filters: Filters, people: Mapping[tuple[str, str], str]) -> Sifted:
    """Apply the filters; the counts are those before the severity is chosen, so that they stay in sight."""
    fitting = [item for item in findings if _fits(item, filters, people)]
    counts = Counter(item.severity for item in fitting if item.accepted is None)
    shown = [
        item
        for item in fitting
        if (item.severity in filters.severities if item.accepted is None else filters.accepted)
    ]
    accepted = sum(item.accepted is not None for item in fitting)
    return Sifted(tuple(_grouped(shown)), {s: counts[s] for s in Severity}, accepted)


def _fits(finding: Finding, filters: Filters, people: Mapping[tuple[str, str], str]) -> bool:
    return (
        (not filters.rule or finding.rule == filters.rule)
        and (not filters.subject or subject_of(finding) == filters.subject)
        and (not filters.person or in_charge(finding, people) == filters.person)
    )


def _order(finding: Finding) -> tuple[int, int]:
    return _SEVERITIES.index(finding.severity), _RULES.get(finding.rule, len(_RULES))


def _grouped(findings: Sequence[Finding]) -> Iterator[Line]:
    """Errors first, then by rule in the order of the rules; inside a rule as they came, class by class."""
    ordered = sorted(findings, key=_order)
    for (severity, rule), members in groupby(ordered, key=lambda item: (item.severity, item.rule)):
        found = list(members)
        yield Group(rule, severity, len(found))
        yield from found


def counted(findings: Iterable[Finding]) -> Counter[Severity]:
    """Findings by severity, without those that somebody let stand."""
    return Counter(item.severity for item in findings if item.accepted is None)


def rules_in(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """(rule, name) of what was found, in the order of the rules."""
    found = sorted({item.rule for item in findings}, key=lambda rule: _RULES.get(rule, len(_RULES)))
    return [(rule, title_of(rule)) for rule in found]


def subjects_in(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """(code, name) of what was found, in the form's order, OTHER last."""
    found = {subject_of(item) for item in findings}
    named = [(code, field_name(code)) for code in _GRADED if code in found]
    return [*named, *([(OTHER, "Ngoài môn học")] if OTHER in found else [])]


def people_in(findings: Iterable[Finding], people: Mapping[tuple[str, str], str]) -> list[tuple[str, str]]:
    """(name, name) of those in charge, in the order of their classes."""
    return [(name, name) for name in dict.fromkeys(in_charge(item, people) for item in findings) if name]


def in_order(states: Iterable[ClassState], returned: frozenset[str]) -> list[ClassState]:
    """Classes that came back first, then as in the school."""
    return sorted(states, key=lambda state: state.summary.name not in returned)
