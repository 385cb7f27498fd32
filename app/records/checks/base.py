"""How a rule is written: one small function with identifier, severity, source and sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from app.records.checks.views import ClassView, PupilView
from app.records.types import Severity

ERROR: Final = Severity.ERROR
WARNING: Final = Severity.WARNING
NOTE: Final = Severity.NOTE


class Scope(StrEnum):
    """What a rule looks at, and when."""

    ANYONE = "anyone"
    """Every pupil of the class, also one who left."""
    PUPIL = "pupil"
    """Pupils who belong to the class."""
    RESULTS = "results"
    """Pupils with results due in the period and at least one recorded."""
    YEAR_END = "year_end"
    """Pupils assessed at the end of the year; only for CN."""
    CLASS = "class"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Hit:
    """One finding of a rule: the field, what fills the sentence, and the pupil where the rule saw many."""

    field: str
    facts: Mapping[str, object]
    view: PupilView | None = None


def hit(field: str, view: PupilView | None = None, /, **facts: object) -> Hit:
    """A `Hit` with its facts as keywords; `view` only from rules about a class or the school."""
    return Hit(field, facts, view)


V = TypeVar("V", PupilView, ClassView, Sequence[ClassView])
Check = Callable[[V], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table of rules. `message` is a Vietnamese sentence with the facts of its hits."""

    id: str
    severity: Severity
    source: str
    message: str
    scope: Scope
    check_pupil: Check[PupilView] | None = None
    check_class: Check[ClassView] | None = None
    check_school: Check[Sequence[ClassView]] | None = None


class RuleBook:
    """The rules of one module, in the order of writing."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def pupil(
        self, id: str, severity: Severity, source: str, message: str, scope: Scope = Scope.PUPIL
    ) -> Callable[[Check[PupilView]], Check[PupilView]]:
        """Add a rule about one pupil; {name} and {period} are always filled in."""

        def add(check: Check[PupilView]) -> Check[PupilView]:
            self.rules.append(Rule(id, severity, source, message, scope, check_pupil=check))
            return check

        return add

    def klass(
        self, id: str, severity: Severity, source: str, message: str
    ) -> Callable[[Check[ClassView]], Check[ClassView]]:
        """Add a rule about one class; {class_name} is always filled in."""

        def add(check: Check[ClassView]) -> Check[ClassView]:
            self.rules.append(Rule(id, severity, source, message, Scope.CLASS, check_class=check))
            return check

        return add

    def school(
        self, id: str, severity: Severity, source: str, message: str
    ) -> Callable[[Check[Sequence[ClassView]]], Check[Sequence[ClassView]]]:
        """Add a rule that compares classes; its hits name a pupil."""

        def add(check: Check[Sequence[ClassView]]) -> Check[Sequence[ClassView]]:
            self.rules.append(Rule(id, severity, source, message, Scope.SCHOOL, check_school=check))
            return check

        return add
