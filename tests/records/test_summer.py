"""Whom the assessment in summer concerns, what is assessed again, and what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.records import summer
from app.records.calendar import YEAR_END
from app.records.types import (
    ClassYear,
    Level,
    Period,
    PupilYear,
    Regime,
    Stage,
    Status,
    SubjectResult,
    SummerStage,
    Supplementary,
    TraitLevel,
    TraitResult,
    YearClass,
    YearOutcome,
)
from tests.records.builders import Change, both, changed, enrolment, make_class, outcome, subject, trait

WEAK = both(
    subject("TV", level=Level.C, score=3),
    subject("TOAN", level=Level.H, score=4),
    subject("MT", level=Level.C),
    subject("TIN", level=Level.H, score=5),
    trait("NL_NN", level=TraitLevel.C),
    trait("YN", level=TraitLevel.D),
    outcome(confirmed=YearClass.CHT, completed=False, promoted=None, awards=()),
)
CELLS = ("TV.level", "TV.score", "TOAN.score", "MT.level", "NL_NN.level")
NEW = Supplementary(
    assessed_on=date(2024, 7, 20),
    subjects={
        "TV": SubjectResult(Level.H, 6, "Đọc trôi chảy hơn."),
        "TOAN": SubjectResult(score=5),
        "MT": SubjectResult(Level.H),
    },
    traits={"NL_NN": TraitResult(TraitLevel.D)},
)


def school(
    *changes: Change, grade: int = 3, found: Supplementary | None = None
) -> tuple[ClassYear, PupilYear]:
    """An approved class whose first pupil is weak, and that pupil."""
    klass = changed(make_class(grade), both(WEAK, *changes))
    klass = replace(klass, stages={Period.CN: Stage.APPROVED})
    entry = replace(klass.pupils[0], supplementary=found)
    return replace(klass, pupils=(entry, *klass.pupils[1:])), entry


@pytest.mark.parametrize(
    ("change", "stage", "expected"),
    [
        (both(), Stage.APPROVED, True),
        (both(), Stage.SUBMITTED, False),
        (both(), Stage.OPEN, False),
        (enrolment(status=Status.LEFT_SUMMER), Stage.APPROVED, False),
        (outcome(confirmed=YearClass.HT), Stage.APPROVED, False),
        (outcome(confirmed=None), Stage.APPROVED, False),
    ],
)
def test_who_is_a_candidate(change: Change, stage: Stage, expected: bool) -> None:
    klass, entry = school(change)
    assert summer.is_candidate(replace(klass, stages={Period.CN: stage}), entry) is expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (None, False),
        (Supplementary(), True),
        (Supplementary(SummerStage.SUBMITTED), True),
        (Supplementary(SummerStage.APPROVED), False),
    ],
)
def test_whose_results_are_awaited(found: Supplementary | None, expected: bool) -> None:
    assert summer.awaited(school(found=found)[1]) is expected


def test_what_is_assessed_again() -> None:
    klass, entry = school()
    assert summer.to_assess(klass, entry) == CELLS
    assert summer.codes_of(CELLS) == ("TV", "TOAN", "MT", "NL_NN")
    assert summer.to_assess(klass, klass.pupils[1]) == ()


def test_holes_and_flexible_classes() -> None:
    klass, entry = school(subject("TOAN", score=None), subject("MT", level=None))
    assert summer.to_assess(klass, entry) == ("TV.level", "TV.score", "NL_NN.level")
    klass, entry = school(enrolment(regime=Regime.FLEXIBLE))
    assert summer.to_assess(klass, entry) == ("TV.level", "TV.score", "TOAN.score")


def test_what_has_no_new_value_yet() -> None:
    partly = replace(NEW, subjects={"TV": SubjectResult(score=0)}, traits={})
    assert summer.missing(CELLS, NEW) == ()
    assert summer.missing(CELLS, partly) == ("TV.level", "TOAN.score", "MT.level", "NL_NN.level")


def test_new_values_are_laid_over_and_the_first_scores_kept() -> None:
    old = school(subject("TOAN", first_score=2))[1].period(Period.CN)
    entry = school(subject("TOAN", first_score=2), found=NEW)[1]
    made = summer.overlaid(entry).period(Period.CN)
    assert made.subjects["TV"] == SubjectResult(Level.H, 6, "Đọc trôi chảy hơn.", 3)
    assert made.subjects["TOAN"] == SubjectResult(Level.H, 5, old.subjects["TOAN"].comment, 2)
    assert made.subjects["MT"] == SubjectResult(Level.H, None, old.subjects["MT"].comment)
    assert made.traits["NL_NN"].level is TraitLevel.D
    assert made.subjects["TIN"] == old.subjects["TIN"]
    assert made.group_comments == old.group_comments


def test_approved_values_are_not_laid_over_again() -> None:
    entry = school(found=replace(NEW, stage=SummerStage.APPROVED))[1]
    assert summer.overlaid(entry) == entry


def test_who_completes_moves_up_and_needs_no_decision() -> None:
    klass, entry = school(outcome(promoted=False, decision="Quyết định số 1"), found=NEW)
    made = summer.settled(klass, entry).outcome
    assert made == YearOutcome(YearClass.HT, (), completed=True, promoted=True)


def test_who_still_does_not_is_left_to_the_principal() -> None:
    weaker = replace(NEW, traits={"NL_NN": TraitResult(TraitLevel.C)})
    klass, entry = school(found=weaker)
    made = summer.settled(klass, entry).outcome
    assert (made.confirmed, made.completed, made.promoted) == (YearClass.CHT, False, None)
    klass, entry = school(outcome(promoted=True, decision="Quyết định số 1"), found=weaker)
    made = summer.settled(klass, entry).outcome
    assert (made.promoted, made.decision) == (True, "Quyết định số 1")


@pytest.mark.parametrize(("level", "done"), [(Level.H, True), (Level.C, False)])
def test_grade_five_completes_primary_school(level: Level, done: bool) -> None:
    subjects = {**NEW.subjects, "MT": SubjectResult(level)}
    klass, entry = school(grade=5, found=replace(NEW, subjects=subjects))
    made = summer.settled(klass, entry).outcome
    assert (made.completed, made.completed_primary, made.promoted) == (done, done, None)


def test_what_cannot_be_classified_stays_as_confirmed() -> None:
    klass, entry = school(subject("GDTC", level=None), found=NEW)
    assert summer.settled(klass, entry).outcome == entry.outcome


def test_every_replaced_value_is_named() -> None:
    klass, entry = school(found=NEW)
    found = {one.name: (one.old, one.new) for one in summer.replaced(entry, summer.settled(klass, entry))}
    assert found["TV.score"] == (3, 6)
    assert found["TV.first_score"] == (None, 3)
    assert found["NL_NN.level"] == (TraitLevel.C, TraitLevel.D)
    assert found["confirmed"] == (YearClass.CHT, YearClass.HT)
    assert found["promoted"] == (None, True)
    assert set(found) == {
        *("TV.level", "TV.score", "TV.first_score", "TV.comment", "TOAN.score", "TOAN.first_score"),
        *("MT.level", "NL_NN.level", "confirmed", "completed", "promoted"),
    }


def test_the_first_day_is_the_end_of_the_year() -> None:
    assert summer.first_day(school()[0]) == date(2024, 5, 31)
    assert summer.first_day(school()[0], {YEAR_END: date(2024, 5, 24)}) == date(2024, 5, 24)
