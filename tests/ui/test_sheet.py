"""The sheet of a class: columns of each grade, states of cells, what is read out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.records import checks
from app.records.types import (
    ClassYear,
    Enrolment,
    Level,
    Period,
    PeriodResults,
    Pupil,
    PupilYear,
    Regime,
    SubjectResult,
    TraitLevel,
    TraitResult,
)
from app.ui.results.sheet import Cell, Sheet, State, Tab, make_sheet, progress, spoken

TESTED = ("TV", "TOAN", "NN1", "LSDL", "KH", "TIN", "CN")
ALL = (*TESTED, "DD", "GDTC", "AN", "MT", "HDTN")


def pupil(
    subjects: dict[str, SubjectResult] | None = None,
    traits: dict[str, TraitResult] | None = None,
    regime: Regime = Regime.NORMAL,
    name: str = "Thạch Ngọc Hân",
) -> PupilYear:
    results = PeriodResults(subjects=subjects or {}, traits=traits or {})
    return PupilYear(Pupil("1", name), Enrolment("4A", 4, regime=regime), {Period.CN: results})


def full() -> dict[str, SubjectResult]:
    return {code: SubjectResult(Level.T, 9 if code in TESTED else None, "Tốt.") for code in ALL}


def sheet(entry: PupilYear, tab: Tab = Tab.SUBJECTS, grade: int = 4, year: str = "2023-2024") -> Sheet:
    klass = ClassYear(f"{grade}A", grade, year, "GV", (entry,))
    return make_sheet(klass, Period.CN, tab, checks.run(klass, Period.CN))


def cell(made: Sheet, code: str, part: str) -> Cell:
    place = next(i for i, spec in enumerate(made.specs) if (spec.code, spec.part) == (code, part))
    return made.cells[0][place]


def test_grade_4_has_the_form_s_subjects_in_its_order() -> None:
    made = sheet(pupil(full()))
    assert [group.text for group in made.groups][:4] == ["Tiếng Việt", "Toán", "N. ngữ 1", "LS&ĐL"]
    assert [spec.part for spec in made.specs[:2]] == ["level", "score"]
    assert [group.tip for group in made.groups][-1] == "Hoạt động trải nghiệm"
    assert len(made.specs) == 7 * 2 + 5


def test_a_subject_without_test_has_no_score_column() -> None:
    made = sheet(pupil(full()))
    assert [spec.part for spec in made.specs if spec.code == "DD"] == ["level"]


def test_an_elective_shows_when_somebody_takes_it() -> None:
    assert "TDT" not in {spec.code for spec in sheet(pupil(full())).specs}
    taken = {**full(), "TDT": SubjectResult(Level.H)}
    assert "TDT" in {spec.code for spec in sheet(pupil(taken)).specs}


def test_what_is_missing_is_a_hole_and_counted() -> None:
    subjects = full()
    subjects["TOAN"] = SubjectResult(Level.T, None)
    subjects["DD"] = SubjectResult()
    made = sheet(pupil(subjects, _traits()))
    assert cell(made, "TOAN", "score").state is State.HOLE
    assert cell(made, "TOAN", "level").state is State.PLAIN
    assert cell(made, "DD", "level").state is State.HOLE
    assert made.holes == (2,)
    assert progress([made]) == (17, 19)


def test_a_pupil_without_any_result_is_all_holes() -> None:
    made = sheet(pupil())
    assert {one.state for one in made.cells[0]} == {State.HOLE}


def test_a_pupil_who_is_not_assessed_is_hatched() -> None:
    made = sheet(pupil(regime=Regime.NOT_ASSESSED))
    assert {one.state for one in made.cells[0]} == {State.EXEMPT}
    assert progress([made]) == (0, 0)


def test_a_doubtful_score_is_a_warning_with_its_sentence() -> None:
    subjects = {**full(), "TOAN": SubjectResult(Level.T, 5)}
    found = cell(sheet(pupil(subjects, _traits())), "TOAN", "score")
    assert found.state is State.WARNING
    assert "Toán" in found.sentence


def test_an_impossible_score_is_an_error() -> None:
    subjects = {**full(), "TOAN": SubjectResult(Level.T, 11)}
    assert cell(sheet(pupil(subjects)), "TOAN", "score").state is State.ERROR


def _traits() -> dict[str, TraitResult]:
    codes = ("YN", "NA", "CC", "TT", "TN", "TCTH", "GTHT", "GQVD")
    specific = ("NL_NN", "NL_TT", "NL_KH", "NL_CN", "NL_TIN", "NL_TM", "NL_TC")
    return {code: TraitResult(TraitLevel.D) for code in (*codes, *specific)}


def test_traits_stand_in_their_three_groups_with_the_real_d() -> None:
    made = sheet(pupil(full(), _traits()), Tab.TRAITS)
    assert [group.text for group in made.groups] == [
        "Phẩm chất chủ yếu",
        "Năng lực chung",
        "Năng lực đặc thù",
    ]
    assert {one.text for one in made.cells[0]} == {"\u0110"}


def test_comments_are_not_required_cells() -> None:
    made = sheet(pupil(full()), Tab.COMMENTS)
    assert cell(made, "TV", "comment").text == "Tốt."
    assert cell(made, "PC", "group").state is State.EMPTY
    assert progress([made]) == (0, 0)


def test_a_grade_outside_the_rules_has_no_columns() -> None:
    entry = replace(pupil(), enrolment=Enrolment("5A", 5))
    klass = ClassYear("5A", 5, "2023-2024", "GV", (entry,))
    made = make_sheet(klass, Period.CN, Tab.SUBJECTS, ())
    assert made.specs == ()
    assert made.pupils == (entry,)


@pytest.mark.parametrize(
    ("code", "part", "words"),
    [
        ("TOAN", "level", "Thạch Ngọc Hân, Toán, mức, Hoàn thành tốt"),
        ("TOAN", "score", "Thạch Ngọc Hân, Toán, điểm, 9"),
    ],
)
def test_a_cell_reads_out(code: str, part: str, words: str) -> None:
    made = sheet(pupil(full(), _traits()))
    spec = next(spec for spec in made.specs if (spec.code, spec.part) == (code, part))
    assert spoken(made.pupils[0], spec, cell(made, code, part)) == words
