"""The year-end classification: proposed, with what is missing (Circular 27, article 9.2a)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.records.programme import (
    FLEXIBLE_SUBJECTS,
    SUBJECT_NAMES,
    TRAIT_NAMES,
    OutOfScope,
    Programme,
    programme_for,
    subjects_with_test,
)
from app.records.types import Level, Period, PeriodResults, PupilYear, Regime, TraitLevel, YearClass

ProposalStatus = Literal["classified", "missing", "out_of_scope", "not_assessed"]
CLASS_NAMES = {
    YearClass.HTXS: "Hoàn thành xuất sắc",
    YearClass.HTT: "Hoàn thành tốt",
    YearClass.HT: "Hoàn thành",
    YearClass.CHT: "Chưa hoàn thành",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One value that the classification needs: subject or trait code, period, and which of its cells."""

    field: str
    period: Period
    what: Literal["level", "score"] = "level"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the program proposes; a teacher confirms. `code` is None unless `status` is "classified".

    `reason` is Vietnamese: what stands between the pupil and the next higher class, or why there is none.
    """

    code: YearClass | None
    missing: tuple[Missing, ...]
    status: ProposalStatus
    reason: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The values that count for one pupil: levels, trait levels and scores, by code; None is a hole."""

    levels: dict[str, Level | None]
    traits: dict[str, TraitLevel | None]
    scores: dict[str, int | None]


def counted(programme: Programme, pupil: PupilYear, *, minority_language_test: bool = False) -> Counted:
    """What counts at the end of the year.

    Flexible classes count Tiếng Việt and Toán only (article 8); an elective counts when a level is
    recorded; Tiếng dân tộc has a test only where the school sets one. A score outside 0-10 is a hole.
    """
    results = pupil.period(Period.CN)
    flexible = pupil.enrolment.regime is Regime.FLEXIBLE
    subjects = FLEXIBLE_SUBJECTS if flexible else (*programme.subjects, *_taken(programme, results))
    tests = subjects_with_test(programme, Period.CN, minority_language_test=minority_language_test)
    scores = {code: _score(results, code) for code in subjects if code in tests}
    levels = {code: _level(results, code) for code in subjects}
    traits = {} if flexible else {code: _trait(results, code) for code in programme.traits}
    return Counted(levels, traits, scores)


def _taken(programme: Programme, results: PeriodResults) -> list[str]:
    return [code for code in programme.electives if _level(results, code) is not None]


def _level(results: PeriodResults, code: str) -> Level | None:
    result = results.subjects.get(code)
    return None if result is None else result.level


def _trait(results: PeriodResults, code: str) -> TraitLevel | None:
    result = results.traits.get(code)
    return None if result is None else result.level


def _score(results: PeriodResults, code: str) -> int | None:
    result = results.subjects.get(code)
    if result is None or result.score is None or not 0 <= result.score <= 10:
        return None
    return result.score


def propose(year: str, pupil: PupilYear, *, minority_language_test: bool = False) -> Proposal:
    """Propose the year class of `pupil` in the school year `year` ("2023-2024").

    Raises UserError `programme.bad_year` when `year` is not a school year.
    """
    try:
        programme = programme_for(year, pupil.enrolment.grade)
    except OutOfScope as outside:
        return Proposal(None, (), "out_of_scope", outside.reason)
    if pupil.enrolment.regime is Regime.NOT_ASSESSED:
        return Proposal(None, (), "not_assessed", "Học sinh khuyết tật thuộc diện không đánh giá.")
    values = counted(programme, pupil, minority_language_test=minority_language_test)
    missing = _holes(values)
    if missing:
        return Proposal(None, missing, "missing", f"Chưa đủ dữ liệu: còn thiếu {_name_holes(missing)}.")
    return _classified(programme, values)


def _holes(values: Counted) -> tuple[Missing, ...]:
    levels = [Missing(code, Period.CN) for code, level in values.levels.items() if level is None]
    scores = [Missing(code, Period.CN, "score") for code, score in values.scores.items() if score is None]
    traits = [Missing(code, Period.CN) for code, trait in values.traits.items() if trait is None]
    return (*levels, *scores, *traits)


def _name_holes(missing: Iterable[Missing]) -> str:
    names = {**SUBJECT_NAMES, **TRAIT_NAMES}
    words = {"level": "mức đạt được", "score": "điểm KTĐK"}
    return "; ".join(f"{words[hole.what]} {names[hole.field]}" for hole in missing)


def obstacles(programme: Programme, values: Counted, target: YearClass) -> tuple[str, ...]:
    """What keeps complete values below `target`, as Vietnamese words; empty when `target` is reached."""
    high = target in (YearClass.HTXS, YearClass.HTT)
    level_ok = (Level.T,) if high else (Level.T, Level.H)
    trait_ok = (TraitLevel.T,) if high else (TraitLevel.T, TraitLevel.D)
    mark = programme.pass_marks[target]
    return (
        *(f"{SUBJECT_NAMES[code]} mức {x}" for code, x in values.levels.items() if x not in level_ok),
        *(f"{TRAIT_NAMES[code]} mức {x}" for code, x in values.traits.items() if x not in trait_ok),
        *(f"{SUBJECT_NAMES[c]} {x} điểm" for c, x in values.scores.items() if x is not None and x < mark),
    )


def _classified(programme: Programme, values: Counted) -> Proposal:
    """The highest class without an obstacle; complete values always reach one."""
    reason = ""
    for target in (YearClass.HTXS, YearClass.HTT, YearClass.HT):
        against = obstacles(programme, values, target)
        if not against:
            return Proposal(target, (), "classified", reason)
        reason = f"Chưa đạt mức {CLASS_NAMES[target]} vì: {'; '.join(against)}."
    return Proposal(YearClass.CHT, (), "classified", reason)
