"""What a teacher confirms by closing a class: classification, completion and promotion still open."""

from __future__ import annotations

from collections.abc import Mapping

from app.records.classification import propose
from app.records.completion import propose_outcome
from app.records.types import ClassYear, PupilYear


def open_values(klass: ClassYear, entry: PupilYear) -> Mapping[str, object]:
    """Year-end values that the teacher left to the proposal (Circular 27, articles 9.2 and 11).

    Never overrides what a person has set, never decides what the principal has to; empty when there is
    nothing to confirm.
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
    return {name: value for name, now, value in pairs if now is None and value is not None}
