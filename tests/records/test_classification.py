"""The year class: tables of cases for every grade, and properties that no case may break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.records.classification import Missing, propose
from app.records.programme import programme_for
from app.records.types import (
    Level,
    LocalRules,
    Period,
    PeriodResults,
    PupilYear,
    Regime,
    SubjectResult,
    TraitLevel,
    TraitResult,
    YearClass,
)
from tests.records.builders import (
    Change,
    both,
    enrolment,
    make_entry,
    make_results,
    period_results,
    subject,
    trait,
)

YEAR = "2024-2025"
GRADES = range(1, 6)
ORDER = (YearClass.CHT, YearClass.HT, YearClass.HTT, YearClass.HTXS)

# All subjects, all traits, all scores alike → class (Circular 27, article 9.2a).
ALIKE = [
    ("T", "T", 10, "HTXS"),
    ("T", "T", 9, "HTXS"),
    ("T", "T", 8, "HTT"),
    ("T", "T", 7, "HTT"),
    ("T", "T", 6, "HT"),
    ("T", "T", 5, "HT"),
    ("T", "T", 4, "CHT"),
    ("T", "T", 0, "CHT"),
    ("H", "T", 10, "HT"),
    ("T", "Đ", 10, "HT"),
    ("H", "Đ", 5, "HT"),
    ("H", "Đ", 4, "CHT"),
    ("C", "T", 10, "CHT"),
    ("T", "C", 10, "CHT"),
    ("C", "C", 0, "CHT"),
]

# One value differs from an all-T pupil with scores of 10 → class.
ONE_LEVEL = {"H": "HT", "C": "CHT"}
ONE_TRAIT = {"Đ": "HT", "C": "CHT"}
ONE_SCORE = {9: "HTXS", 8: "HTT", 7: "HTT", 6: "HT", 5: "HT", 4: "CHT", 0: "CHT"}


def pupil_with(
    grade: int, *changes: Change, level: str = "T", trait_level: str = "T", score: int = 10
) -> PupilYear:
    programme = programme_for(YEAR, grade)
    results = make_results(programme, Period.CN, level=level, trait=trait_level, score=score)
    return both(period_results(results), *changes)(make_entry(0, grade, f"{grade}A", YEAR))


def class_of(entry: PupilYear, *, minority_language_test: bool = False) -> str | None:
    proposal = propose(YEAR, entry, LocalRules(minority_language_test=minority_language_test))
    assert (proposal.status == "classified") is (proposal.code is not None)
    return proposal.code and proposal.code.value


@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize(("level", "trait_level", "score", "expected"), ALIKE)
def test_values_all_alike(grade: int, level: str, trait_level: str, score: int, expected: str) -> None:
    assert class_of(pupil_with(grade, level=level, trait_level=trait_level, score=score)) == expected


def one_value_cases() -> Iterator[tuple[int, str, Change, str]]:
    for grade in GRADES:
        programme = programme_for(YEAR, grade)
        for code in programme.subjects:
            for level, expected in ONE_LEVEL.items():
                yield grade, f"{code}={level}", subject(code, level=Level(level)), expected
        for code in sorted(programme.tests[Period.CN]):
            for score, expected in ONE_SCORE.items():
                yield grade, f"{code}={score}", subject(code, score=score), expected
        for code in programme.traits:
            for level, expected in ONE_TRAIT.items():
                yield grade, f"{code}={level}", trait(code, level=TraitLevel(level)), expected


@pytest.mark.parametrize(
    ("grade", "change", "expected"),
    [
        pytest.param(grade, change, expected, id=f"{grade}-{name}")
        for grade, name, change, expected in one_value_cases()
    ],
)
def test_one_value_decides(grade: int, change: Change, expected: str) -> None:
    assert class_of(pupil_with(grade, change)) == expected


@pytest.mark.parametrize("grade", GRADES)
def test_every_hole_is_named(grade: int) -> None:
    programme = programme_for(YEAR, grade)
    for code in programme.subjects:
        proposal = propose(YEAR, pupil_with(grade, subject(code, level=None)))
        assert (proposal.code, proposal.status) == (None, "missing")
        assert proposal.missing == (Missing(code, Period.CN, "level"),)
    for code in programme.tests[Period.CN]:
        proposal = propose(YEAR, pupil_with(grade, subject(code, score=None)))
        assert proposal.missing == (Missing(code, Period.CN, "score"),)
    for code in programme.traits:
        proposal = propose(YEAR, pupil_with(grade, trait(code, level=None)))
        assert proposal.missing == (Missing(code, Period.CN, "level"),)


def test_nothing_recorded_lists_everything_in_words() -> None:
    proposal = propose(YEAR, pupil_with(2, period_results(PeriodResults())))
    assert len(proposal.missing) == 8 + 2 + 13
    assert proposal.reason.startswith("Chưa đủ dữ liệu: còn thiếu mức đạt được Tiếng Việt; ")
    assert "điểm KTĐK Toán" in proposal.reason


@pytest.mark.parametrize("score", [-1, 11, 95])
def test_an_impossible_score_is_a_hole(score: int) -> None:
    proposal = propose(YEAR, pupil_with(1, subject("TV", score=score)))
    assert proposal.missing == (Missing("TV", Period.CN, "score"),)


@pytest.mark.parametrize(
    ("grade", "change", "expected"),
    [
        (1, subject("NN1", level=Level.T), "HTXS"),
        (1, subject("NN1", level=Level.H), "HT"),
        (2, subject("NN1", level=Level.C), "CHT"),
        (1, subject("NN1", level=None, comment="Phát âm rõ."), "HTXS"),
        (1, subject("NN1", level=None, score=3), "HTXS"),
        (1, subject("NN1", level=Level.T, score=3), "HTXS"),
        (4, subject("TDT", level=Level.H), "HT"),
        (4, subject("TDT", level=Level.T, score=2), "HTXS"),
        (2, subject("TIN", level=Level.C), "HTXS"),
        (2, trait("NL_TIN", level=TraitLevel.C), "HTXS"),
        (5, subject("TNXH", level=Level.C), "HTXS"),
        (3, subject("DD", score=1), "HTXS"),
    ],
)
def test_electives_count_when_a_level_is_recorded_and_strays_never(
    grade: int, change: Change, expected: str
) -> None:
    assert class_of(pupil_with(grade, change)) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (subject("TDT", level=Level.T, score=9), "HTXS"),
        (subject("TDT", level=Level.T, score=7), "HTT"),
        (subject("TDT", level=Level.T, score=4), "CHT"),
        (subject("TDT", level=Level.T), None),
        (subject("TDT", score=2), "HTXS"),
    ],
)
def test_a_minority_language_test_counts_only_when_the_school_sets_one(
    change: Change, expected: str | None
) -> None:
    assert class_of(pupil_with(3, change), minority_language_test=True) == expected
    assert class_of(pupil_with(3, change)) == "HTXS"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (subject("TOAN", score=9), "HTXS"),
        (subject("TOAN", score=7), "HTT"),
        (subject("TV", level=Level.H), "HT"),
        (subject("TV", score=4), "CHT"),
        (subject("MT", level=Level.C), "HTXS"),
        (subject("KH", score=0), "HTXS"),
        (subject("HDTN", level=None), "HTXS"),
        (subject("TDT", level=Level.C), "HTXS"),
        (trait("NA", level=None), "HTXS"),
        (subject("TV", level=None), None),
    ],
)
def test_flexible_classes_count_two_subjects_only(change: Change, expected: str | None) -> None:
    assert class_of(pupil_with(4, change, enrolment(regime=Regime.FLEXIBLE))) == expected


@pytest.mark.parametrize("regime", [Regime.ADJUSTED, Regime.INDIVIDUAL_PLAN])
def test_other_regimes_are_classified_like_everybody(regime: Regime) -> None:
    assert class_of(pupil_with(3, enrolment(regime=regime), score=8)) == "HTT"


def test_a_pupil_who_is_not_assessed_has_no_class() -> None:
    proposal = propose(YEAR, pupil_with(3, enrolment(regime=Regime.NOT_ASSESSED)))
    assert (proposal.code, proposal.status, proposal.missing) == (None, "not_assessed", ())
    assert proposal.reason


@pytest.mark.parametrize(
    ("year", "grade"),
    [("2023-2024", 5), ("2022-2023", 4), ("2021-2022", 3), ("2020-2021", 2), ("2019-2020", 1)],
)
def test_out_of_scope_shows_why(year: str, grade: int) -> None:
    proposal = propose(year, pupil_with(grade))
    assert (proposal.code, proposal.status, proposal.missing) == (None, "out_of_scope", ())
    assert f"Khối {grade} năm học {year}" in proposal.reason


def test_a_bad_year_is_an_error() -> None:
    with pytest.raises(UserError):
        propose("2024", pupil_with(1))


def test_the_reason_names_what_stands_in_the_way() -> None:
    proposal = propose(YEAR, pupil_with(4, subject("MT", level=Level.H), subject("KH", score=8)))
    assert proposal.reason == "Chưa đạt mức Hoàn thành tốt vì: Nghệ thuật (Mĩ thuật) mức H."
    assert propose(YEAR, pupil_with(4)).reason == ""


def test_earlier_periods_do_not_count() -> None:
    entry = pupil_with(4, subject("TV", Period.CK1, level=Level.C, score=0))
    assert class_of(entry) == "HTXS"


@st.composite
def complete(draw: st.DrawFn) -> PupilYear:
    """A pupil with every needed value, mostly good ones so that all four classes occur."""
    grade = draw(st.integers(1, 5))
    programme = programme_for(YEAR, grade)
    levels = st.sampled_from(draw(st.sampled_from([[Level.T], [Level.T, Level.H], list(Level)])))
    marks = st.sampled_from(
        draw(st.sampled_from([[TraitLevel.T], [TraitLevel.T, TraitLevel.D], list(TraitLevel)]))
    )
    scores = st.integers(draw(st.sampled_from([0, 5, 7, 9])), 10)
    tests = programme.tests[Period.CN]
    electives = draw(st.sets(st.sampled_from(programme.electives)))
    subjects = {
        code: SubjectResult(draw(levels), draw(scores) if code in tests else None)
        for code in (*programme.subjects, *sorted(electives))
    }
    traits = {code: TraitResult(draw(marks)) for code in programme.traits}
    return period_results(PeriodResults(subjects, traits))(make_entry(0, grade, f"{grade}A", YEAR))


def rank(entry: PupilYear) -> int:
    code = propose(YEAR, entry).code
    assert code is not None
    return ORDER.index(code)


@given(complete(), st.data())
def test_raising_one_value_never_lowers_the_class(entry: PupilYear, data: st.DataObject) -> None:
    results = entry.period(Period.CN)
    code = data.draw(st.sampled_from([*results.subjects, *results.traits]))
    if code in results.traits:
        raised: Change = trait(code, level=TraitLevel.T)
    elif (score := results.subjects[code].score) is not None and data.draw(st.booleans()):
        raised = subject(code, score=data.draw(st.integers(score, 10)))
    else:
        raised = subject(code, level=data.draw(st.sampled_from([Level.T, results.subjects[code].level])))
    assert rank(raised(entry)) >= rank(entry)


@given(complete(), st.data())
def test_removing_a_compulsory_value_leaves_exactly_that_hole(entry: PupilYear, data: st.DataObject) -> None:
    programme = programme_for(YEAR, entry.enrolment.grade)
    code = data.draw(st.sampled_from([*programme.subjects, *programme.traits]))
    remove = trait(code, level=None) if code in programme.traits else subject(code, level=None)
    assert propose(YEAR, remove(entry)).missing == (Missing(code, Period.CN),)


@given(complete())
def test_the_class_says_what_the_circular_says(entry: PupilYear) -> None:
    results = entry.period(Period.CN)
    levels = {result.level for result in results.subjects.values()}
    traits = {result.level for result in results.traits.values()}
    lowest = min(result.score for result in results.subjects.values() if result.score is not None)
    best = levels == {Level.T} and traits == {TraitLevel.T}
    if best and lowest >= 9:
        expected = YearClass.HTXS
    elif best and lowest >= 7:
        expected = YearClass.HTT
    elif Level.C not in levels and TraitLevel.C not in traits and lowest >= 5:
        expected = YearClass.HT
    else:
        expected = YearClass.CHT
    assert propose(YEAR, entry).code is expected


@given(complete(), st.sampled_from([period for period in Period if period is not Period.CN]))
def test_comments_awards_and_other_periods_change_nothing(entry: PupilYear, period: Period) -> None:
    other = replace(entry, results={**entry.results, period: PeriodResults()})
    assert propose(YEAR, other) == propose(YEAR, entry)
