"""Who goes where at the roll-over to the next school year: worked out from the classes, never written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app import messages
from app.errors import UserError
from app.records.codes import STATUS_TEXT
from app.records.completion import LAST_GRADE
from app.records.programme import out_of_scope_reason
from app.records.summer import awaited
from app.records.types import ClassYear, Period, PupilYear, Stage, YearClass


class Move(StrEnum):
    """What becomes of a pupil in the next year."""

    UP = "up"
    STAYS = "stays"
    LEAVES = "leaves"
    OPEN = "open"
    """Not decided: the pupil is left out, and can be carried over later."""
    THERE = "there"
    """Has a place in the next year already."""


MOVING: Final = frozenset({Move.UP, Move.STAYS})


@dataclass(frozen=True, slots=True)
class Target:
    """Where a person sends a pupil: a class of the next year for UP and STAYS, none for LEAVES and OPEN."""

    move: Move
    class_name: str = ""


@dataclass(frozen=True, slots=True)
class PupilMove:
    """One pupil of the year: `key` numbers the enrolment, `target` is the class of the next year."""

    key: int
    code: str
    name: str
    class_name: str
    grade: int
    move: Move
    target: str
    reason: str
    """One short sentence; empty for a plain promotion."""
    assumed: bool = False
    """Nothing recorded here says so: it follows the grade alone."""
    chosen: bool = False
    """A person chose it."""

    @property
    def target_grade(self) -> int:
        """Grade of the next year of a pupil who has a class there."""
        return self.grade + 1 if self.move is Move.UP else self.grade

    @property
    def plain(self) -> bool:
        """True when there is nothing to look at: moves up as recorded."""
        return self.move is Move.UP and not (self.assumed or self.chosen)


@dataclass(frozen=True, slots=True)
class ClassMove:
    """One class of the year; `target` is empty after the last grade."""

    name: str
    grade: int
    target: str
    teacher: str
    """Homeroom teacher of this year, not carried over unless asked for."""
    approved: bool
    """The year's end is approved, or the class is outside the rules of this program."""
    counts: Mapping[Move, int]

    @property
    def pupils(self) -> int:
        """Everybody on the list of the class."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class RollOver:
    """The plan: one move for every pupil of `year`."""

    year: str
    to: str
    classes: tuple[ClassMove, ...]
    pupils: tuple[PupilMove, ...]
    targets: Mapping[int, tuple[str, ...]]
    """Classes of the next year that may be chosen, by grade."""
    choices: Mapping[int, Target]
    """What a person chose, by enrolment."""

    @property
    def counts(self) -> Mapping[Move, int]:
        """How many pupils of each kind; they add up to the pupils of the year."""
        found = Counter(pupil.move for pupil in self.pupils)
        return {move: found[move] for move in Move}

    @property
    def moving(self) -> int:
        """Pupils who get a place in the next year."""
        return sum(self.counts[move] for move in MOVING)

    @property
    def problems(self) -> tuple[PupilMove, ...]:
        """The pupils who are not decided, each with its reason."""
        return tuple(pupil for pupil in self.pupils if pupil.move is Move.OPEN)


NO_CHOICES: Final[Mapping[int, Target]] = MappingProxyType({})


def next_year(year: str) -> str:
    """ "2024-2025" after "2023-2024"."""
    first = int(year[:4]) + 1
    return f"{first}-{first + 1}"


def next_name(name: str, grade: int) -> str:
    """Name of the class one grade higher: 1A → 2A, Lớp 4/2 → Lớp 5/2; without a number it is put before."""
    made, count = re.subn(rf"(?<!\d){grade}(?!\d)", str(grade + 1), name, count=1)
    return made if count else f"{grade + 1} {name}"


def make_plan(
    classes: Sequence[ClassYear],
    *,
    year: str,
    to: str,
    there: Mapping[int, str],
    known: Mapping[str, int],
    choices: Mapping[int, Target] = NO_CHOICES,
) -> RollOver:
    """The plan for these classes of `year`.

    `there`: enrolment → class of everybody who has a place in `to` already; `known`: classes of `to` with
    their grade. UserError years.bad_choice for a choice that does not fit the pupil's grade.
    """
    targets = _targets(classes, known)
    moves = tuple(
        _chosen(_moved(klass, entry, there), choices.get(entry.key), targets)
        for klass in classes
        for entry in klass.pupils
    )
    rows = tuple(_class_move(klass, [m for m in moves if m.class_name == klass.name]) for klass in classes)
    return RollOver(year, to, rows, moves, targets, dict(choices))


def _targets(classes: Sequence[ClassYear], known: Mapping[str, int]) -> Mapping[int, tuple[str, ...]]:
    found: dict[int, dict[str, None]] = {grade: {} for grade in range(1, LAST_GRADE + 1)}
    for klass in classes:
        if klass.grade < LAST_GRADE:
            found[klass.grade + 1][next_name(klass.name, klass.grade)] = None
    for klass in classes:
        found.setdefault(klass.grade, {})[klass.name] = None
    for name, grade in known.items():
        found.setdefault(grade, {})[name] = None
    return {grade: tuple(names) for grade, names in found.items()}


def _class_move(klass: ClassYear, moves: Sequence[PupilMove]) -> ClassMove:
    counts = Counter(move.move for move in moves)
    outside = out_of_scope_reason(klass.year, klass.grade) is not None
    return ClassMove(
        name=klass.name,
        grade=klass.grade,
        target=next_name(klass.name, klass.grade) if klass.grade < LAST_GRADE else "",
        teacher=klass.homeroom_teacher,
        approved=outside or klass.stages.get(Period.CN, Stage.OPEN) is Stage.APPROVED,
        counts={move: counts[move] for move in Move},
    )


def _moved(klass: ClassYear, entry: PupilYear, there: Mapping[int, str]) -> PupilMove:
    move, reason, assumed = _decided(klass, entry)
    if entry.key in there:
        move, reason, assumed = Move.THERE, messages.text("years.reason_there", {}), False
    target = {
        Move.UP: next_name(klass.name, klass.grade),
        Move.STAYS: klass.name,
        Move.THERE: there.get(entry.key, ""),
    }.get(move, "")
    pupil = entry.pupil
    return PupilMove(
        entry.key, pupil.code, pupil.name, klass.name, klass.grade, move, target, reason, assumed
    )


def _decided(klass: ClassYear, entry: PupilYear) -> tuple[Move, str, bool]:
    """What is recorded of the pupil (Circular 27, article 11): move, reason, whether it is assumed."""
    status, outcome, last = entry.enrolment.status, entry.outcome, klass.grade == LAST_GRADE
    if not status.active:
        return Move.LEAVES, f"{STATUS_TEXT[status]}.", False
    if out_of_scope_reason(klass.year, klass.grade) is not None:
        facts = {"grade": klass.grade}
        reason = messages.text("years.reason_assumed_last" if last else "years.reason_assumed", facts)
        return (Move.LEAVES if last else Move.UP), reason, True
    if awaited(entry):
        return Move.OPEN, messages.text("years.reason_summer", {}), False
    if last and (outcome.completed_primary or (outcome.completed_primary is None and outcome.completed)):
        return Move.LEAVES, messages.text("years.reason_primary", {}), False
    if outcome.promoted is False:
        return Move.STAYS, outcome.decision or messages.text("years.reason_stays", {}), False
    if outcome.promoted and not last:
        return Move.UP, outcome.decision, False
    return Move.OPEN, _why_open(klass, entry), False


def _why_open(klass: ClassYear, entry: PupilYear) -> str:
    confirmed = entry.outcome.confirmed
    if confirmed is None:
        return messages.text("years.reason_no_class", {})
    code = "years.reason_not_completed" if confirmed is YearClass.CHT else "years.reason_no_promotion"
    return messages.text(code, {"grade": klass.grade})


def _chosen(found: PupilMove, choice: Target | None, targets: Mapping[int, tuple[str, ...]]) -> PupilMove:
    """The move as a person chose it; whoever has a place already stays there."""
    if (
        choice is None
        or found.move is Move.THERE
        or (choice.move, choice.class_name) == (found.move, found.target)
    ):
        return found
    grade = {Move.UP: found.grade + 1, Move.STAYS: found.grade}.get(choice.move)
    good = choice.class_name in targets.get(grade, ()) if grade is not None else not choice.class_name
    if not good or choice.move is Move.THERE:
        raise UserError("years.bad_choice", name=found.name, class_name=choice.class_name)
    reason = messages.text("years.reason_chosen", {"before": found.reason}).strip()
    return replace(
        found, move=choice.move, target=choice.class_name, reason=reason, assumed=False, chosen=True
    )
