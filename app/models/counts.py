"""How many rows the last file brought for each class: the list, and the results of each period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.models import tables as t

LIST: Final = "list"
"""Source of a pupil list; a results file has the code of its period."""


@dataclass(frozen=True, slots=True)
class Count:
    """Rows of pupils of a class, and rows that matched nobody, in one file."""

    found: int
    unmatched: int
    file: str = ""


def put_counts(
    session: Session, *, year: str, source: str, file: str, at: datetime, counts: Mapping[str, Count]
) -> None:
    """Replace what is known of `source` ("list" or a period) for the classes named in `counts`."""
    statement = (
        select(t.SchoolClass.name, t.SchoolClass.id)
        .join(t.SchoolYear, t.SchoolYear.id == t.SchoolClass.year_id)
        .where(t.SchoolYear.name == year, t.SchoolClass.name.in_(counts))
    )
    numbers: dict[str, int] = dict(session.execute(statement).all())
    if not numbers:
        return
    table = t.table(t.ClassCount)
    session.execute(
        delete(table).where(table.c.source == source, table.c.class_id.in_(list(numbers.values())))
    )
    rows = [
        {
            "class_id": number,
            "source": source,
            "found": counts[name].found,
            "unmatched": counts[name].unmatched,
            "file": file,
            "at": at,
        }
        for name, number in numbers.items()
    ]
    session.execute(insert(table), rows)


def forget_counts(session: Session, *, year: str, file: str) -> None:
    """Forget what `file` brought: its import was taken back."""
    own = select(t.SchoolClass.id).join(t.SchoolYear, t.SchoolYear.id == t.SchoolClass.year_id)
    classes = own.where(t.SchoolYear.name == year)
    row = t.ClassCount
    session.execute(delete(row).where(row.file == file, row.class_id.in_(classes)))


def counts_of(session: Session, year: str) -> Mapping[str, Mapping[str, Count]]:
    """Class name → source → what its last file brought."""
    row = t.ClassCount
    statement = (
        select(t.SchoolClass.name, row.source, row.found, row.unmatched, row.file)
        .join(t.SchoolClass, t.SchoolClass.id == row.class_id)
        .join(t.SchoolYear, t.SchoolYear.id == t.SchoolClass.year_id)
        .where(t.SchoolYear.name == year)
    )
    found: defaultdict[str, dict[str, Count]] = defaultdict(dict)
    for name, source, rows, unmatched, file in session.execute(statement):
        found[name][source] = Count(rows, unmatched, file)
    return found
