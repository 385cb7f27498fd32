"""The year-end classification: proposed, with what is missing (Circular 27, article 9.2a)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.records.programme import SUBJECT_NAMES, TRAIT_NAMES, OutOfScope, Programme, programme_for
from app.records.rulesets import Condition
from app.records.types import (
    STANDARD,
    Level,
    LocalRules,
    Period,
    PeriodResults,
    PupilYear,
    Regime,
    TraitLevel,
    YearClass,
)

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


def counted(programme: Programme, pupil: PupilYear) -> Counted:
    """What counts at the end of the year.

    Flexible classes count Tiếng Việt and Toán only (article 8); an elective counts when a level is
    recorded and the school counts electives. A score outside 0-10 is a hole.
    """
    results = pupil.period(Period.CN)
    flexible = pupil.enrolment.regime is Regime.FLEXIBLE
    subjects = programme.rules.flexible if flexible else (*programme.subjects, *_taken(programme, results))
    scores = {code: _score(results, code) for code in subjects if code in programme.tests[Period.CN]}
    levels = {code: _level(results, code) for code in subjects}
    traits = {} if flexible else {code: _trait(results, code) for code in programme.traits}
    return Counted(levels, traits, scores)


def _taken(programme: Programme, results: PeriodResults) -> list[str]:
    if not programme.local.electives_count:
        return []
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


def propose(year: str, pupil: PupilYear, local: LocalRules = STANDARD) -> Proposal:
    """Propose the year class of `pupil` in the school year `year` ("2023-2024"), by the school's own rules.

    Raises UserError `programme.bad_year` when `year` is not a school year.
    """
    try:
        programme = programme_for(year, pupil.enrolment.grade, local)
    except OutOfScope as outside:
        return Proposal(None, (), "out_of_scope", outside.reason)
    if pupil.enrolment.regime is Regime.NOT_ASSESSED:
        return Proposal(None, (), "not_assessed", "Học sinh khuyết tật thuộc diện không đánh giá.")
    values = counted(programme, pupil)
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


def obstacles(values: Counted, wanted: Condition) -> tuple[str, ...]:
    """What keeps complete values below a class, as Vietnamese words; empty when it is reached."""
    lowest = wanted.lowest_score
    return (
        *(f"{SUBJECT_NAMES[code]} mức {x}" for code, x in values.levels.items() if x not in wanted.levels),
        *(f"{TRAIT_NAMES[code]} mức {x}" for code, x in values.traits.items() if x not in wanted.traits),
        *(f"{SUBJECT_NAMES[c]} {x} điểm" for c, x in values.scores.items() if x is not None and x < lowest),
    )


def _classified(programme: Programme, values: Counted) -> Proposal:
    """The highest class without an obstacle; complete values always reach one."""
    reason = ""
    for wanted in programme.rules.conditions:
        against = obstacles(values, wanted)
        if not against:
            return Proposal(wanted.code, (), "classified", reason)
        reason = f"Chưa đạt mức {CLASS_NAMES[wanted.code]} vì: {'; '.join(against)}."
    return Proposal(programme.rules.otherwise, (), "classified", reason)
