"""The days of a school year: terms, the plan's milestones, and what a day of arrival says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from app.records.programme import start_year
from app.records.rulesets import RULE_SETS, YearFrame, covering
from app.records.types import Status

Day = tuple[int, int]
"""(month, day)."""

RESULTS: Final = "results"
CHECKING: Final = "checking"
SIGNING: Final = "signing"
TERM_1: Final = "term_1"
YEAR_END: Final = "year_end"
COMPLETION: Final = "completion"

MILESTONE_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        TERM_1: "Kết thúc học kì I",
        RESULTS: "Giáo viên nhập kết quả cuối năm",
        YEAR_END: "Kết thúc năm học",
        CHECKING: "Tổ công tác kiểm tra và tạo học bạ",
        SIGNING: "Ký số học bạ",
        COMPLETION: "Xét hoàn thành chương trình tiểu học",
    }
)
"""Every milestone with its name, in the order of the year."""

_PLANNED: Final[Mapping[str, tuple[Day, Day]]] = MappingProxyType(
    {RESULTS: ((5, 20), (5, 24)), CHECKING: ((6, 3), (6, 15)), SIGNING: ((6, 15), (6, 20))}
)
"""First and last day of each work in the second calendar year (the plan of the pilot, May 2024)."""

_OPENING: Final[Day] = (9, 5)
"""The day on which every school year opens (the Ministry's plan of each year)."""
_HOLIDAY_ENDS: Final[Day] = (8, 1)
"""Nobody begins a term earlier."""
_SETTLED: Final = timedelta(days=56)
"""Pupils who come within eight weeks of the opening are still among those who began the year here."""
_TOLERANCE: Final = timedelta(days=14)
"""A term ends a little earlier or later from place to place."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date of the school's plan; `begins` is None where only the last day counts."""

    code: str
    name: str
    begins: date | None
    ends: date


def plan(year: str, chosen: Mapping[str, date] | None = None) -> tuple[Milestone, ...]:
    """The milestones of a school year; `chosen` holds the last days that the school set itself.

    Frame of the year: domain 1.1; the works between: the plan of the pilot. UserError programme.bad_year.
    """
    second, frame = start_year(year) + 1, frame_of(year)
    last = {TERM_1: frame.term_1_ends, YEAR_END: frame.year_ends, COMPLETION: frame.completion_by}
    own = chosen or {}
    found = []
    for code, name in MILESTONE_NAMES.items():
        begins = date(second, *_PLANNED[code][0]) if code in _PLANNED else None
        ends = own.get(code) or date(second, *(_PLANNED[code][1] if code in _PLANNED else last[code]))
        found.append(Milestone(code, name, min(begins, ends) if begins else None, ends))
    return tuple(found)


def frame_of(year: str) -> YearFrame:
    """The frame of a school year; that of the oldest circular for a year before it."""
    rules = covering(start_year(year), 1) or RULE_SETS[0]
    return rules.frame


def belongs(day: date, year: str) -> bool:
    """True when a milestone of the school year may lie on `day`: from August to the end of the summer."""
    first = start_year(year)
    return date(first, *_HOLIDAY_ENDS) <= day < date(first + 1, *_OPENING)


@lru_cache(maxsize=64)
def _terms(year: str) -> tuple[date, date, date]:
    """Opening, end of term 1, end of the year."""
    first, frame = start_year(year), frame_of(year)
    return (
        date(first, *_OPENING),
        date(first + 1, *frame.term_1_ends),
        date(first + 1, *frame.year_ends),
    )


def arrived_in(day: date, year: str) -> Status | None:
    """The term in which somebody who enrolled on `day` came to the school, once the year had settled.

    ARRIVED_1 or ARRIVED_2; None for whoever was here from the beginning, and for days of another year.
    """
    opening, term_1, over = _terms(year)
    if not opening + _SETTLED < day <= over:
        return None
    return Status.ARRIVED_1 if day <= term_1 else Status.ARRIVED_2


def arrival_window(status: Status, year: str) -> tuple[date, date] | None:
    """First and last day on which a pupil of this status can have arrived; None for other statuses."""
    opening, term_1, over = _terms(year)
    before = date(opening.year, over.month, over.day)
    windows = {
        Status.ARRIVED_SUMMER: (before - _TOLERANCE, opening + _TOLERANCE),
        Status.ARRIVED_1: (date(opening.year, *_HOLIDAY_ENDS), term_1 + _TOLERANCE),
        Status.ARRIVED_2: (term_1 - _TOLERANCE, over + _TOLERANCE),
    }
    return windows.get(status)
