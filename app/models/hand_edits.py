"""What people typed since a moment: an older file does not overwrite it without being asked to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.models import tables as t
from app.models.base import moment, moment_text
from app.models.steps import BACK, IMPORT

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class HandEdit:
    """When a field was typed, and the text that was typed (None when it was emptied)."""

    at: datetime
    new: str | None


def hand_edits(
    session: Session, entities: Collection[str], since: datetime
) -> Mapping[tuple[str, str], HandEdit]:
    """(entity, field) to what was typed there last after `since`; imports, undo and redo do not count."""
    places = or_(*(t.Step.place.startswith(f"{kind}:") for kind in (IMPORT, BACK)))
    steps = session.execute(select(t.Step.first_entry, t.Step.last_entry).where(places)).all()
    row, names = t.LogRow, sorted(entities)
    found: dict[tuple[str, str], HandEdit] = {}
    for start in range(0, len(names), _AT_ONCE):
        statement = (
            select(row.id, row.entity, row.field, row.at, row.new)
            .where(row.entity.in_(names[start : start + _AT_ONCE]), row.at > moment_text(since))
            .order_by(row.id)
        )
        for number, entity, field, at, new in session.execute(statement):
            if not any(first <= number <= last for first, last in steps):
                found[entity, field] = HandEdit(moment(at), new)
    return found
