"""Which classes were written to since a number of the change log; every edit of a class is logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from app.models import tables as t
from app.models.store import Session
from app.records.types import Period

_OF_PERIOD: Final = frozenset(period.value for period in Period)
_ASIDE: Final = frozenset({"outbox", "transcript", "destination", "phrase", "module", "trust"})
"""Entities of the log that are no part of a class as it is loaded."""


@dataclass(frozen=True, slots=True)
class Touched:
    """`classes` by name, None when any may have changed; `results_only`: nobody's list or data changed."""

    classes: frozenset[str] | None
    results_only: bool


def head(session: Session) -> int:
    """Number of the newest entry of the change log, 0 when it is empty."""
    return session.execute(select(t.LogHead.entries)).scalar() or 0


def since(session: Session, number: int, year: str) -> Touched:
    """The classes of `year` that entries after `number` are about."""
    row = t.LogRow
    found = session.execute(select(row.entity, row.field).where(row.id > number).distinct())
    enrolments, pupils, names = set[int](), set[int](), set[str]()
    results_only = True
    for entity, field in found:
        kind, _, rest = entity.partition(":")
        if kind in _ASIDE:
            continue
        results_only &= field.partition(".")[0] in _OF_PERIOD
        if kind == "enrolment" and rest.isdecimal():
            enrolments.add(int(rest))
        elif kind == "pupil" and rest.isdecimal():
            pupils.add(int(rest))
        elif kind == "class":
            written, _, name = rest.partition(":")
            names |= {name} if written == year else set()
        else:
            return Touched(None, results_only=False)
    return Touched(frozenset(names | _of_pupils(session, year, enrolments, pupils)), results_only)


def _of_pupils(session: Session, year: str, enrolments: set[int], pupils: set[int]) -> set[str]:
    """Classes of `year` in which these stand, also by another enrolment of the same pupil."""
    if not enrolments and not pupils:
        return set()
    own = t.Enrolment
    everyone = session.execute(
        select(own.id, own.pupil_id, t.SchoolClass.name, t.SchoolYear.name)
        .join(t.SchoolClass, t.SchoolClass.id == own.class_id)
        .join(t.SchoolYear, t.SchoolYear.id == t.SchoolClass.year_id)
    ).all()
    pupils = pupils | {pupil for key, pupil, _, _ in everyone if key in enrolments}
    return {name for _, pupil, name, of_year in everyone if of_year == year and pupil in pupils}
