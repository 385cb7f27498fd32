"""Supplementary assessment in summer: whom it concerns, what is assessed again, and what follows.

Circular 27, article 11.2: whoever has not completed the grade is helped and assessed again; a pupil who then
reaches it has completed. Who still has not is for the principal to decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.records.calendar import YEAR_END, plan
from app.records.classification import counted, propose
from app.records.completion import completion, propose_outcome
from app.records.programme import programme_for
from app.records.retest import retested
from app.records.types import (
    ClassYear,
    Period,
    PeriodResults,
    PupilYear,
    Stage,
    SubjectResult,
    SummerStage,
    Supplementary,
    TraitResult,
    YearOutcome,
)

SUBJECT_CELLS = ("level", "score", "first_score", "comment")
TRAIT_CELLS = ("level", "comment")
OUTCOME_FIELDS = ("confirmed", "completed", "promoted", "completed_primary", "decision")


@dataclass(frozen=True, slots=True)
class Replaced:
    """One value that the assessment changes; `code` is empty for a value of the year."""

    code: str
    cell: str
    old: object
    new: object

    @property
    def name(self) -> str:
        """ "TV.score", "confirmed"."""
        return f"{self.code}.{self.cell}" if self.code else self.cell


def is_candidate(klass: ClassYear, entry: PupilYear) -> bool:
    """True for a pupil of an approved class who belongs to it and has not completed the grade."""
    confirmed = entry.outcome.confirmed
    approved = klass.stages.get(Period.CN, Stage.OPEN) is Stage.APPROVED
    return approved and entry.enrolment.status.active and confirmed is not None and not completion(confirmed)


def awaited(entry: PupilYear) -> bool:
    """True while the pupil is on the list and the results of the summer are not approved."""
    found = entry.supplementary
    return found is not None and found.stage is not SummerStage.APPROVED


def first_day(klass: ClassYear, chosen: Mapping[str, date] | None = None) -> date:
    """The first day on which one can be assessed again: the end of the school year.

    `chosen` holds the milestones that the school set itself (`records.calendar`).
    """
    return next(item.ends for item in plan(klass.year, chosen) if item.code == YEAR_END)


def to_assess(klass: ClassYear, entry: PupilYear) -> tuple[str, ...]:
    """What keeps the pupil below the lowest class that completes the grade, in the order of the form.

    Cells ("TV.level", "TV.score", "NL_NN.level"); a value that is not recorded at all is not among them.
    """
    programme = programme_for(klass.year, klass.grade, klass.local)
    lowest = programme.rules.conditions[-1]
    values = counted(programme, entry)
    cells = []
    for code, level in values.levels.items():
        score = values.scores.get(code)
        if level is not None and level not in lowest.levels:
            cells.append(f"{code}.level")
        if score is not None and score < lowest.lowest_score:
            cells.append(f"{code}.score")
    below = (code for code, x in values.traits.items() if x is not None and x not in lowest.traits)
    return (*cells, *(f"{code}.level" for code in below))


def codes_of(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Subject and trait codes of some cells, each once."""
    return tuple(dict.fromkeys(cell.partition(".")[0] for cell in cells))


def missing(cells: tuple[str, ...], found: Supplementary) -> tuple[str, ...]:
    """Those of `cells` that have no new value yet."""
    return tuple(cell for cell in cells if _new_value(found, cell) is None)


def _new_value(found: Supplementary, name: str) -> object:
    code, _, cell = name.partition(".")
    result: object = found.subjects.get(code) or found.traits.get(code)
    return getattr(result, cell, None)


def overlaid(entry: PupilYear) -> PupilYear:
    """The pupil with the new values laid over the results of the year's end; the first scores are kept.

    Once approved the new values stand there already.
    """
    found = entry.supplementary
    if found is None or not awaited(entry):
        return entry
    old = entry.period(Period.CN)
    subjects = {
        code: _subject(old.subjects.get(code, SubjectResult()), new) for code, new in found.subjects.items()
    }
    traits = {code: _trait(old.traits.get(code, TraitResult()), new) for code, new in found.traits.items()}
    results = PeriodResults({**old.subjects, **subjects}, {**old.traits, **traits}, old.group_comments)
    return replace(entry, results={**entry.results, Period.CN: results})


def _subject(old: SubjectResult, new: SubjectResult) -> SubjectResult:
    made = old if new.score is None else retested(old, new.score)
    return replace(made, level=new.level or old.level, comment=new.comment or old.comment)


def _trait(old: TraitResult, new: TraitResult) -> TraitResult:
    return TraitResult(new.level or old.level, new.comment or old.comment)


def settled(klass: ClassYear, entry: PupilYear) -> PupilYear:
    """The pupil as after approval: new values, classified anew, completion and promotion as they follow.

    Whoever completes the grade now needs no decision any more. Who does not is left to the principal: what
    was decided stays.
    """
    made = overlaid(entry)
    code = propose(klass.year, made, klass.local).code
    if code is None:
        return made
    proposed = propose_outcome(code, klass.grade)
    outcome = replace(
        made.outcome,
        confirmed=code,
        completed=proposed.completed,
        completed_primary=proposed.completed_primary,
    )
    if proposed.completed:
        outcome = replace(outcome, promoted=proposed.promoted, decision="")
    return replace(made, outcome=outcome)


def replaced(old: PupilYear, new: PupilYear) -> tuple[Replaced, ...]:
    """Every value of the year's end in which `new` differs from `old`."""
    return tuple(change for change in _changes(old, new) if change.old != change.new)


def _changes(old: PupilYear, new: PupilYear) -> Iterator[Replaced]:
    before, after = old.period(Period.CN), new.period(Period.CN)
    for code, subject in after.subjects.items():
        known = before.subjects.get(code, SubjectResult())
        yield from (Replaced(code, c, getattr(known, c), getattr(subject, c)) for c in SUBJECT_CELLS)
    for code, trait in after.traits.items():
        seen = before.traits.get(code, TraitResult())
        yield from (Replaced(code, c, getattr(seen, c), getattr(trait, c)) for c in TRAIT_CELLS)
    year: tuple[YearOutcome, YearOutcome] = (old.outcome, new.outcome)
    yield from (Replaced("", name, *(getattr(one, name) for one in year)) for name in OUTCOME_FIELDS)
