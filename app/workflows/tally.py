"""Counting the rows of one file by class while it is imported."""

from __future__ import annotations

from collections import Counter

from app.models import counts as count_rows
from app.models.counts import Count
from app.models.store import Session
from app.records.types import Period, Status
from app.workflows import clock


class Tally:
    """Rows of one file: pupils listed, rows of results that found their pupil, and rows that found nobody."""

    def __init__(self) -> None:
        self._listed: Counter[str] = Counter()
        self._matched: Counter[str] = Counter()
        self._strays: Counter[str] = Counter()

    def listed(self, class_name: str, status: object) -> None:
        """A row of a pupil list; only pupils who belong to the class count."""
        self._listed[class_name] += not isinstance(status, Status) or status.active

    def matched(self, class_name: str) -> None:
        """A row of results with its pupil."""
        self._matched[class_name] += 1

    def stray(self, class_name: str) -> None:
        """A row of results of nobody; `class_name` is empty when neither file nor caller says a class."""
        self._strays[class_name] += 1

    def keep(self, session: Session, *, year: str, period: Period, file: str) -> None:
        """Replace what the store knows of these classes; at most two statements for each kind of rows.

        Rows without a class belong to the file's class when it is about one class, else to none. Only classes
        with a matched row are counted: a file in which nobody is found is about another school.
        """
        at = clock.now()
        if self._listed:
            listed = {name: Count(rows, 0) for name, rows in self._listed.items()}
            count_rows.put_counts(session, year=year, source=count_rows.LIST, file=file, at=at, counts=listed)
        if self._matched:
            alone = len(self._matched) == 1
            results = {
                name: Count(rows, self._strays[name] + (self._strays[""] if alone else 0))
                for name, rows in self._matched.items()
            }
            count_rows.put_counts(session, year=year, source=period.value, file=file, at=at, counts=results)
