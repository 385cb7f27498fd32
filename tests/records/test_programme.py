"""Subjects, tests and competencies per grade and year, against the tables of the circulars."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import UserError
from app.messages import sentence
from app.records import rulesets
from app.records.awards import computed, title_in
from app.records.classification import propose
from app.records.programme import (
    FIELD_NAMES,
    GENERAL,
    QUALITIES,
    SPECIFIC,
    SUBJECT_NAMES,
    TRAIT_NAMES,
    OutOfScope,
    out_of_scope_reason,
    programme_for,
    shown_subjects,
    start_year,
)
from app.records.types import Level, LocalRules, Period, PupilYear, Regime, YearClass
from tests.records.builders import enrolment, make_entry, subject

# Columns: grades 1 to 5. ● compulsory, ○ elective, + with a test at the end of term.
TAUGHT = {
    "TV": ("●+", "●+", "●+", "●+", "●+"),
    "TOAN": ("●+", "●+", "●+", "●+", "●+"),
    "NN1": ("○", "○", "●+", "●+", "●+"),
    "LSDL": ("", "", "", "●+", "●+"),
    "KH": ("", "", "", "●+", "●+"),
    "TIN": ("", "", "●+", "●+", "●+"),
    "CN": ("", "", "●+", "●+", "●+"),
    "DD": ("●", "●", "●", "●", "●"),
    "TNXH": ("●", "●", "●", "", ""),
    "GDTC": ("●", "●", "●", "●", "●"),
    "AN": ("●", "●", "●", "●", "●"),
    "MT": ("●", "●", "●", "●", "●"),
    "HDTN": ("●", "●", "●", "●", "●"),
    "TDT": ("○", "○", "○", "○", "○"),
}
GRADES = range(1, 6)


@pytest.mark.parametrize("grade", GRADES)
def test_subjects_and_tests_follow_the_table(grade: int) -> None:
    programme = programme_for("2024-2025", grade)
    column = {code: marks[grade - 1] for code, marks in TAUGHT.items()}
    assert programme.subjects == tuple(code for code, mark in column.items() if "●" in mark)
    assert programme.electives == tuple(code for code, mark in column.items() if "○" in mark)
    for period in (Period.CK1, Period.CN):
        assert programme.tests[period] == {code for code, mark in column.items() if "+" in mark}
    for period in (Period.GK1, Period.GK2):
        assert programme.tests[period] == ({"TV", "TOAN"} if grade >= 4 else set())


@pytest.mark.parametrize("grade", GRADES)
def test_competencies_shown(grade: int) -> None:
    traits = programme_for("2024-2025", grade).traits
    assert traits[:8] == (*QUALITIES, *GENERAL)
    assert len(traits) == (13 if grade <= 2 else 15)
    assert set(SPECIFIC) - set(traits) == ({"NL_CN", "NL_TIN"} if grade <= 2 else set())


@pytest.mark.parametrize(("grade", "first"), [(1, 2020), (2, 2021), (3, 2022), (4, 2023), (5, 2024)])
def test_each_grade_begins_in_its_year(grade: int, first: int) -> None:
    assert out_of_scope_reason(f"{first}-{first + 1}", grade) is None
    assert programme_for(f"{first + 9}-{first + 10}", grade).grade == grade
    before = f"{first - 1}-{first}"
    reason = out_of_scope_reason(before, grade)
    assert reason is not None
    assert f"Khối {grade} năm học {before} đánh giá theo Thông tư 30/2014 và 22/2016" in reason
    with pytest.raises(OutOfScope) as refused:
        programme_for(before, grade)
    assert refused.value.reason == reason == sentence(refused.value)


def test_grade_5_of_2023_is_out_of_scope_with_its_reason() -> None:
    reason = out_of_scope_reason("2023-2024", 5)
    assert reason is not None
    assert reason.startswith(
        "Khối 5 năm học 2023-2024 đánh giá theo Thông tư 30/2014 và 22/2016, chưa làm học bạ số"
    )


@pytest.mark.parametrize("grade", [0, 6, -1])
def test_other_grades_are_not_primary(grade: int) -> None:
    with pytest.raises(OutOfScope, match=r"programme\.out_of_scope"):
        programme_for("2024-2025", grade)


@pytest.mark.parametrize("year", ["2023", "2023-2025", "2024-2023", "2023 - 2024", "", "٢٠٢٣-٢٠٢٤"])
def test_a_bad_year_is_refused_with_a_sentence(year: str) -> None:
    with pytest.raises(UserError) as refused:
        start_year(year)
    assert f"“{year}”" in sentence(refused.value)


def test_a_later_circular_is_one_more_table(monkeypatch: pytest.MonkeyPatch) -> None:
    later = replace(
        rulesets.CIRCULAR_27,
        name="sửa đổi",
        first_year=dict.fromkeys(GRADES, 2030),
        electives=dict.fromkeys(GRADES, ""),
    )
    monkeypatch.setattr(rulesets, "RULE_SETS", (rulesets.CIRCULAR_27, later))
    programme_for.cache_clear()
    assert programme_for("2029-2030", 1).rule_set == "TT27/2020"
    assert programme_for("2030-2031", 1).rule_set == "sửa đổi"
    assert programme_for("2030-2031", 1).electives == ()
    programme_for.cache_clear()


def test_a_later_circular_may_ask_for_other_classes_titles_and_days(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = replace(rulesets.CIRCULAR_27.conditions[0], lowest_score=8)
    later = replace(
        rulesets.CIRCULAR_27,
        name="sửa đổi",
        first_year=dict.fromkeys(GRADES, 2030),
        conditions=(wanted, *rulesets.CIRCULAR_27.conditions[1:]),
        titles={"Học sinh Toàn diện": YearClass.HTXS},
        computed_titles=frozenset({"Học sinh Toàn diện"}),
        frame=replace(rulesets.CIRCULAR_27.frame, weeks=(16, 16)),
    )
    monkeypatch.setattr(rulesets, "RULE_SETS", (rulesets.CIRCULAR_27, later))
    programme_for.cache_clear()
    entry = subject("TV", score=8)(make_entry(0, 1, "1A", "2030-2031"))
    assert propose("2029-2030", entry).code == "HTT"
    assert propose("2030-2031", entry).code == "HTXS"
    rules = programme_for("2030-2031", 1).rules
    assert computed(YearClass.HTXS, rules) == ("Học sinh Toàn diện",)
    assert title_in("Đạt danh hiệu Học sinh Toàn diện", rules) == "Học sinh Toàn diện"
    assert rules.frame.school_days == 160
    programme_for.cache_clear()


def test_the_frame_of_circular_27() -> None:
    frame = programme_for("2024-2025", 1).rules.frame
    assert (sum(frame.weeks), frame.school_days) == (35, 175)
    assert (frame.term_1_ends, frame.year_ends, frame.completion_by) == ((1, 18), (5, 31), (6, 30))


def entry_of(grade: int) -> PupilYear:
    return make_entry(0, grade, f"{grade}A", "2024-2025")


def test_recorded_electives_stand_at_their_place_of_the_form() -> None:
    programme = programme_for("2024-2025", 1)
    entry = subject("NN1", level=Level.T)(subject("TDT", comment="Đọc tốt.")(entry_of(1)))
    assert shown_subjects(programme, entry, Period.CN) == (
        *("TV", "TOAN", "NN1", "DD", "TNXH", "GDTC", "AN", "MT", "HDTN", "TDT"),
    )
    assert shown_subjects(programme, entry, Period.CK1) == programme.subjects


def test_flexible_classes_show_two_subjects() -> None:
    entry = enrolment(regime=Regime.FLEXIBLE)(entry_of(4))
    assert shown_subjects(programme_for("2024-2025", 4), entry, Period.CN) == ("TV", "TOAN")


def test_the_school_may_set_a_test_in_the_minority_language() -> None:
    usual = programme_for("2024-2025", 3).tests
    local = programme_for("2024-2025", 3, LocalRules(minority_language_test=True)).tests
    for period, has_test in {Period.GK1: False, Period.CK1: True, Period.GK2: False, Period.CN: True}.items():
        assert ("TDT" in local[period]) is has_test
        assert "TDT" not in usual[period]


def test_every_code_has_a_name() -> None:
    assert tuple(SUBJECT_NAMES) == tuple(TAUGHT)
    assert tuple(TRAIT_NAMES) == (*QUALITIES, *GENERAL, *SPECIFIC)
    assert {"PC", "NLC", "NLDT", *SUBJECT_NAMES, *TRAIT_NAMES} == set(FIELD_NAMES)
