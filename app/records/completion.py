"""Completing a grade and moving up: two separate decisions (Circular 27, article 11)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.records.names import nfc
from app.records.types import YearClass, YearOutcome

LAST_GRADE: Final = 5
DECISION: Final = "Quyết định"
_NUMBER: Final = re.compile(r"\d[^\s;()]{0,39}")
_DECISION: Final = re.compile(rf"{DECISION} số (\S+) ngày (\d{{2}})/(\d{{2}})/(\d{{4}})")


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


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of the principal on who moves up (article 11.2): its number ("12/QĐ-THTH") and day."""

    number: str
    on: date


def decision_number(text: str) -> str | None:
    """The number of a decision as typed, without the words before it; None when it is none."""
    bare = re.sub(rf"^({DECISION}\s+)?(số\s+)?", "", nfc(text).strip(), flags=re.IGNORECASE)
    return bare if _NUMBER.fullmatch(bare) else None


def decision_text(decision: Decision) -> str:
    """ "Quyết định số 12/QĐ-THTH ngày 20/08/2024", as it is kept in `YearOutcome.decision`."""
    return f"{DECISION} số {decision.number} ngày {decision.on:%d/%m/%Y}"


def parse_decision(text: str) -> Decision | None:
    """The decision that `decision_text` wrote; None for any other words."""
    found = _DECISION.fullmatch(nfc(text).strip())
    if found is None:
        return None
    try:
        return Decision(found[1], date(int(found[4]), int(found[3]), int(found[2])))
    except ValueError:
        return None
