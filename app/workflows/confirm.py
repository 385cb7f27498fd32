"""What a teacher confirms by closing a class: classification, title, completion, promotion still open."""

from __future__ import annotations

from collections.abc import Mapping

from app.records.awards import award_text, computed
from app.records.classification import propose
from app.records.completion import propose_outcome
from app.records.programme import programme_for
from app.records.types import ClassYear, PupilYear, YearClass


def open_values(klass: ClassYear, entry: PupilYear) -> Mapping[str, object]:
    """Year-end values that the teacher left to the proposal (Circular 27, articles 9.2, 11 and 13.1a).

    Never overrides what a person has set, never decides what the principal or the class has to; empty when
    there is nothing to confirm. The class is in scope.
    """
    if not entry.enrolment.status.active:
        return {}
    outcome = entry.outcome
    code = outcome.confirmed or propose(klass.year, entry, klass.local).code
    proposed = propose_outcome(code, klass.grade)
    pairs = (
        ("confirmed", outcome.confirmed, code),
        ("completed", outcome.completed, proposed.completed),
        ("promoted", outcome.promoted, proposed.promoted),
        ("completed_primary", outcome.completed_primary, proposed.completed_primary),
    )
    values: dict[str, object] = {
        name: value for name, now, value in pairs if now is None and value is not None
    }
    if not outcome.awards and (titles := _titles(klass, code)):
        values["awards"] = titles
    return values


def _titles(klass: ClassYear, code: YearClass | None) -> tuple[str, ...]:
    """The titles that follow from the class alone, as written on the form."""
    rules = programme_for(klass.year, klass.grade, klass.local).rules
    return tuple(award_text(title) for title in computed(code, rules))
