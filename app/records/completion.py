"""Completing a grade and moving up: two separate decisions (Circular 27, article 11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.records.types import YearClass, YearOutcome

LAST_GRADE: Final = 5


@dataclass(frozen=True, slots=True)
class OutcomeProposal:
    """Proposed completion and promotion; None where a person has to decide."""

    completed: bool | None
    promoted: bool | None
    completed_primary: bool | None


def completion(year_class: YearClass) -> bool:
    """Hoàn thành chương trình lớp học: one of the three upper classes (article 11.1)."""
    return year_class is not YearClass.CHT


def propose_outcome(year_class: YearClass | None, grade: int) -> OutcomeProposal:
    """Completion follows the class. Whoever completes moves up; else the principal decides (article 11.2).

    After grade 5 nobody moves up within the school: completing it completes primary school.
    """
    if year_class is None:
        return OutcomeProposal(None, None, None)
    completed = completion(year_class)
    if grade == LAST_GRADE:
        return OutcomeProposal(completed, None, completed)
    return OutcomeProposal(completed, True if completed else None, None)


def completion_text(outcome: YearOutcome, grade: int) -> str:
    """Section 6 of the form: "Hoàn thành chương trình lớp 2; Được lên lớp 3". Empty while undecided."""
    parts = (_completion_part(outcome, grade), _promotion_part(outcome, grade))
    return "; ".join(part for part in parts if part)


def _completion_part(outcome: YearOutcome, grade: int) -> str:
    primary = outcome.completed_primary
    if grade == LAST_GRADE and (primary or (primary is None and outcome.completed)):
        return "Hoàn thành chương trình tiểu học"
    if outcome.completed is None:
        return ""
    return f"{'Hoàn' if outcome.completed else 'Chưa hoàn'} thành chương trình lớp {grade}"


def _promotion_part(outcome: YearOutcome, grade: int) -> str:
    if outcome.promoted is None:
        return ""
    if not outcome.promoted:
        return "Chưa được lên lớp"
    return "" if grade == LAST_GRADE else f"Được lên lớp {grade + 1}"
