"""The tables of each circular: a later amendment is one more `RuleSet`, not a change of logic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from app.records.types import Level, Period, TraitLevel, YearClass

ByGrade = Mapping[int, str]
"""Grade → codes separated by spaces."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What one year class asks for: every level and trait level among these, every test at least so high."""

    code: YearClass
    levels: frozenset[Level]
    traits: frozenset[TraitLevel]
    lowest_score: int


@dataclass(frozen=True, slots=True)
class YearFrame:
    """The school year: weeks and the latest days, each as (month, day) of the second calendar year."""

    weeks: tuple[int, int]
    """Weeks of study in each term."""
    days_a_week: int
    term_1_ends: tuple[int, int]
    year_ends: tuple[int, int]
    completion_by: tuple[int, int]
    """Completing primary school is considered by then."""

    @property
    def school_days(self) -> int:
        """Days of study in the whole year."""
        return sum(self.weeks) * self.days_a_week


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One circular as tables. `first_year`: grade → calendar year in which its first school year begins."""

    name: str
    first_year: Mapping[int, int]
    subjects: ByGrade
    electives: ByGrade
    specific: ByGrade
    """Specific competencies shown; all systems show 5 in grades 1-2 and 7 in grades 3-5 (practice)."""
    tests: Mapping[Period, ByGrade]
    conditions: tuple[Condition, ...]
    """The year classes that ask for something, highest first."""
    otherwise: YearClass
    """The class of whoever reaches none of them."""
    flexible: tuple[str, ...]
    """All that flexible classes are assessed in."""
    titles: Mapping[str, YearClass]
    """Year-end titles in their exact words, and the class each asks for."""
    computed_titles: frozenset[str]
    """Titles that follow from the class alone; people decide on the others."""
    frame: YearFrame


_LOW = "TV TOAN DD TNXH GDTC AN MT HDTN"
_MIDDLE = "TV TOAN NN1 TIN CN DD TNXH GDTC AN MT HDTN"
_HIGH = "TV TOAN NN1 LSDL KH TIN CN DD GDTC AN MT HDTN"
_END_OF_TERM: Final[ByGrade] = {
    1: "TV TOAN",
    2: "TV TOAN",
    3: "TV TOAN NN1 TIN CN",
    4: "TV TOAN NN1 LSDL KH TIN CN",
    5: "TV TOAN NN1 LSDL KH TIN CN",
}
_MID_TERM: Final[ByGrade] = {4: "TV TOAN", 5: "TV TOAN"}
_FIVE = "NL_NN NL_TT NL_KH NL_TM NL_TC"
_SEVEN = "NL_NN NL_TT NL_KH NL_CN NL_TIN NL_TM NL_TC"

_ALL_GOOD: Final = frozenset({Level.T})
_DONE: Final = frozenset({Level.T, Level.H})
_ALL_WELL: Final = frozenset({TraitLevel.T})
_REACHED: Final = frozenset({TraitLevel.T, TraitLevel.D})

EXCELLENT: Final = "Học sinh Xuất sắc"
OUTSTANDING: Final = "Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện"

CIRCULAR_27: Final = RuleSet(
    name="TT27/2020",
    first_year=MappingProxyType({1: 2020, 2: 2021, 3: 2022, 4: 2023, 5: 2024}),
    subjects=MappingProxyType({1: _LOW, 2: _LOW, 3: _MIDDLE, 4: _HIGH, 5: _HIGH}),
    electives=MappingProxyType({1: "NN1 TDT", 2: "NN1 TDT", 3: "TDT", 4: "TDT", 5: "TDT"}),
    specific=MappingProxyType({1: _FIVE, 2: _FIVE, 3: _SEVEN, 4: _SEVEN, 5: _SEVEN}),
    tests=MappingProxyType(
        {Period.GK1: _MID_TERM, Period.CK1: _END_OF_TERM, Period.GK2: _MID_TERM, Period.CN: _END_OF_TERM}
    ),
    conditions=(
        Condition(YearClass.HTXS, _ALL_GOOD, _ALL_WELL, 9),
        Condition(YearClass.HTT, _ALL_GOOD, _ALL_WELL, 7),
        Condition(YearClass.HT, _DONE, _REACHED, 5),
    ),
    otherwise=YearClass.CHT,
    flexible=("TV", "TOAN"),
    titles=MappingProxyType({EXCELLENT: YearClass.HTXS, OUTSTANDING: YearClass.HTT}),
    computed_titles=frozenset({EXCELLENT}),
    frame=YearFrame((18, 17), 5, term_1_ends=(1, 18), year_ends=(5, 31), completion_by=(6, 30)),
)
"""Articles 7 (tests), 8 (flexible classes), 9.2a (classes), 13.1a (titles); the frame is each year's plan."""

RULE_SETS: Final[tuple[RuleSet, ...]] = (CIRCULAR_27,)
"""Oldest first; the newest that has begun for the grade applies."""


def covering(begins: int, grade: int) -> RuleSet | None:
    """The rule set of a grade in the school year that begins in `begins`; None when none has begun."""
    fitting = [rules for rules in RULE_SETS if begins >= rules.first_year[grade]]
    return fitting[-1] if fitting else None
