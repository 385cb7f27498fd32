"""Invented results of a pupil that follow Circular 27: levels, scores, traits and comments that agree."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import product
from random import Random
from typing import Final

from app.paths import resource
from app.records.programme import GENERAL, QUALITIES, SPECIFIC, Programme
from app.records.types import Level, Period, PeriodResults, SubjectResult, TraitLevel, TraitResult, YearClass

_SCORES: Final[Mapping[YearClass, tuple[int, ...]]] = {
    YearClass.HTXS: (9, 10),
    YearClass.HTT: (7, 8, 9),
}
_LOW_SCORES: Final = (3, 4)
_SHARES: Final = {YearClass.HTXS: 34, YearClass.HTT: 28, YearClass.HT: 36, YearClass.CHT: 2}


class Comments:
    """Hands out comments of a class so that no two pupils get the same sentence."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._bank = json.loads(resource("comment_bank", "phrases.json").read_text(encoding="utf-8"))
        self._left: dict[tuple[str, str], list[str]] = {}

    def subject(self, code: str, level: Level) -> str:
        """A comment on one subject that suits the level."""
        return self._take((code, level.value), self._bank["openings"][level], self._bank["subjects"][code])

    def group(self, code: str) -> str:
        """A comment on a group of qualities or competencies."""
        group = self._bank["groups"][code]
        return self._take((code, ""), group["openings"], group["endings"])

    def _take(self, key: tuple[str, str], first: Sequence[str], second: Sequence[str]) -> str:
        if not self._left.get(key):
            made = [f"{a}; {b}." for a, b in product(first, second)]
            self._random.shuffle(made)
            self._left[key] = made
        return self._left[key].pop()


def year_results(random: Random, programme: Programme, comments: Comments) -> PeriodResults:
    """Complete results of the end of the year that lead to one of the four classes."""
    goal = random.choices(list(_SHARES), list(_SHARES.values()))[0]
    subjects: dict[str, SubjectResult] = {}
    weak = random.choice(("TV", "TOAN")) if goal is YearClass.CHT else ""
    for code in programme.subjects:
        level = _level(random, goal, code, weak)
        score = _score(random, goal, level) if code in programme.tests[Period.CN] else None
        subjects[code] = SubjectResult(level, score, comments.subject(code, level))
    traits = {code: TraitResult(_trait(random, goal, code, subjects)) for code in programme.traits}
    return PeriodResults(subjects, traits, {code: comments.group(code) for code in ("PC", "NLC", "NLDT")})


def _level(random: Random, goal: YearClass, code: str, weak: str) -> Level:
    if code == weak:
        return Level.C
    if goal in (YearClass.HTXS, YearClass.HTT):
        return Level.T
    return Level.H if code in ("TV", "TOAN") or random.random() < 0.4 else Level.T


def _score(random: Random, goal: YearClass, level: Level) -> int:
    if level is Level.C:
        return random.choice(_LOW_SCORES)
    if level is Level.H:
        return random.choice((5, 6))
    return random.choice(_SCORES[goal] if goal in (YearClass.HTXS, YearClass.HTT) else (7, 8, 9))


_SAME_MIND: Final[Mapping[str, tuple[str, ...]]] = {
    "NL_NN": ("TV",),
    "NL_TT": ("TOAN",),
    "NL_KH": ("KH", "TNXH"),
    "NL_CN": ("CN",),
    "NL_TIN": ("TIN",),
    "NL_TM": ("AN", "MT"),
    "NL_TC": ("GDTC",),
}


def _trait(random: Random, goal: YearClass, code: str, subjects: Mapping[str, SubjectResult]) -> TraitLevel:
    """Specific competencies follow their subjects (D1.3); the others follow the goal."""
    if code in SPECIFIC:
        levels = [subjects[s].level for s in _SAME_MIND[code] if s in subjects]
        if Level.C in levels:
            return TraitLevel.C
        return TraitLevel.T if all(level is Level.T for level in levels) else TraitLevel.D
    assert code in QUALITIES or code in GENERAL
    if goal in (YearClass.HTXS, YearClass.HTT):
        return TraitLevel.T
    return TraitLevel.D if random.random() < 0.4 else TraitLevel.T
