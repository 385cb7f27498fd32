"""What rules look at: a class and its pupils in one period, and what a school may choose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final

from app.records.calendar import arrived_in
from app.records.classification import Proposal, propose
from app.records.completion import completion
from app.records.programme import (
    Programme,
    is_recorded,
    out_of_scope_reason,
    programme_for,
    shown_subjects,
    start_year,
)
from app.records.rulesets import RULE_SETS, RuleSet
from app.records.types import (
    ClassYear,
    Enrolment,
    Level,
    Period,
    PeriodResults,
    Pupil,
    PupilYear,
    Regime,
    Severity,
    SigningRole,
    Status,
    SubjectResult,
    TraitResult,
    TranscriptState,
    YearClass,
    YearOutcome,
)

DEFAULT_SCORES: Final[Mapping[Level, tuple[int, int]]] = MappingProxyType(
    {Level.T: (7, 10), Level.H: (5, 8), Level.C: (0, 4)}
)
_NOTHING: Final = SubjectResult()
_NO_TRAIT: Final = TraitResult()


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What a school may choose. Rules named in `disabled` do not run; `severities` overrides by rule."""

    compare_scores: bool = True
    level_scores: Mapping[Level, tuple[int, int]] = field(default_factory=lambda: DEFAULT_SCORES)
    """Lowest and highest test score that fits a level (practice, not law)."""
    competency_gap: int = 1
    """Steps between a subject's level and its competency's that are reported (T–Đ is one); 0 is off."""
    equal_comment_length: int = 20
    """Comments shorter than this many characters may be alike."""
    measure: Callable[[str, str], tuple[int, int]] | None = None
    """(comment, field code) → lines it takes and lines that its box on the form holds; None: not measured."""
    disabled: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """What the store knows beside a class; rules that need it are silent without it."""

    listed: int | None = None
    """Pupils of the class in the last list that was imported; None when none was."""
    strays: Mapping[Period, tuple[int, str]] = field(default_factory=dict)
    """Period → rows of its last results file that matched no pupil, and the file's name."""
    transcripts: Mapping[int, TranscriptState] = field(default_factory=dict)
    """Key of the enrolment → state of its newest version; revoked ones are left out."""
    certificates: Mapping[SigningRole, date] = field(default_factory=dict)
    """Last day of the certificate that would sign the class in each role; no entry: none is bound."""
    binding_begun: bool = False
    """Any certificate is bound in the store."""
    signing_ends: date | None = None
    """Last day of signing, never before today."""


_FROM_TERM: Final[Mapping[Status, frozenset[Period]]] = MappingProxyType(
    {
        Status.STUDYING: frozenset(Period),
        Status.ARRIVED_SUMMER: frozenset(Period),
        Status.ARRIVED_1: frozenset({Period.CK1, Period.GK2, Period.CN}),
        Status.RETURNED_1: frozenset({Period.CK1, Period.GK2, Period.CN}),
        Status.ARRIVED_2: frozenset({Period.CN}),
        Status.RETURNED_2: frozenset({Period.CN}),
    }
)
"""Periods in which results are due; none for a pupil who left."""


@dataclass(frozen=True)
class PupilView:
    """One pupil in one period as rules see it; costly values are worked out once."""

    klass: ClassYear
    entry: PupilYear
    period: Period
    settings: CheckSettings

    @property
    def pupil(self) -> Pupil:
        return self.entry.pupil

    @property
    def enrolment(self) -> Enrolment:
        return self.entry.enrolment

    @property
    def outcome(self) -> YearOutcome:
        return self.entry.outcome

    @property
    def grade(self) -> int:
        return self.klass.grade

    @cached_property
    def programme(self) -> Programme | None:
        """None when the grade and year are outside every rule set."""
        year, local = self.klass.year, self.klass.local
        return None if out_of_scope_reason(year, self.grade) else programme_for(year, self.grade, local)

    @property
    def rules(self) -> RuleSet:
        """The circular that applies; the newest one where none has begun."""
        return self.programme.rules if self.programme else RULE_SETS[-1]

    @cached_property
    def results(self) -> PeriodResults:
        return self.entry.period(self.period)

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """Subjects of the pupil's form in this period."""
        return shown_subjects(self.programme, self.entry, self.period) if self.programme else ()

    @cached_property
    def taught(self) -> tuple[str, ...]:
        """Compulsory and elective subjects of the grade."""
        programme = self.programme
        return (*programme.subjects, *programme.electives) if programme else ()

    @cached_property
    def traits(self) -> tuple[str, ...]:
        """Traits that need a level; none in flexible classes."""
        flexible = self.enrolment.regime is Regime.FLEXIBLE
        return () if flexible or self.programme is None else self.programme.traits

    @cached_property
    def tests(self) -> frozenset[str]:
        """Subjects with a test in this period."""
        return self.programme.tests[self.period] if self.programme else frozenset()

    @cached_property
    def proposal(self) -> Proposal:
        return propose(self.klass.year, self.entry, self.klass.local)

    @property
    def year_class(self) -> YearClass | None:
        """The confirmed class, else the proposed one."""
        return self.outcome.confirmed or self.proposal.code

    @property
    def completed(self) -> bool | None:
        """Completion as recorded, else as it follows from the class."""
        if self.outcome.completed is not None or self.year_class is None:
            return self.outcome.completed
        return completion(self.year_class)

    @cached_property
    def due(self) -> bool:
        """True when results of this period are due for this pupil: not those of before the arrival."""
        assessed = self.programme is not None and self.enrolment.regime is not Regime.NOT_ASSESSED
        status, day = self.enrolment.status, self.enrolment.enrolled_on
        if assessed and status is Status.STUDYING and day is not None:
            status = arrived_in(day, self.klass.year) or status
        return assessed and self.period in _FROM_TERM.get(status, frozenset())

    @cached_property
    def recorded(self) -> bool:
        """True when any level, score or comment of this period is recorded."""
        return any_recorded(self.results)

    def subject(self, code: str) -> SubjectResult:
        return self.results.subjects.get(code, _NOTHING)

    @property
    def age(self) -> int | None:
        """Age as schools count it: first calendar year of the school year less the birth year."""
        birth = self.pupil.birth_date
        return None if birth is None else start_year(self.klass.year) - birth.year

    def trait(self, code: str) -> TraitResult:
        return self.results.traits.get(code, _NO_TRAIT)


def any_recorded(results: PeriodResults) -> bool:
    """True when anything is recorded in a period."""
    return (
        any(is_recorded(result) for result in results.subjects.values())
        or any(result.level is not None or result.comment.strip() for result in results.traits.values())
        or any(text.strip() for text in results.group_comments.values())
    )


@dataclass(frozen=True)
class ClassView:
    """One class in one period with the views of all its pupils."""

    klass: ClassYear
    period: Period
    settings: CheckSettings
    pupils: tuple[PupilView, ...]
    facts: ClassFacts | None = None


def view_class(
    klass: ClassYear, period: Period, settings: CheckSettings, facts: ClassFacts | None = None
) -> ClassView:
    """The views of a class and its pupils."""
    pupils = tuple(PupilView(klass, entry, period, settings) for entry in klass.pupils)
    return ClassView(klass, period, settings, pupils, facts)
