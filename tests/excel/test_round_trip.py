"""What we write, we read back: equal values for every kind, grade and period."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.excel.parse import parse_file
from app.excel.parsed import FileKind, ResultRow
from app.excel.result_cells import comment_text
from app.excel.values import is_exempt
from app.excel.writing import (
    write_class_summary,
    write_csdl_comments,
    write_csdl_pupils,
    write_csdl_results,
    write_our_template,
    write_our_templates,
)
from app.records.types import (
    ClassYear,
    Enrolment,
    Period,
    PeriodResults,
    Pupil,
    PupilYear,
    Severity,
    SubjectResult,
)
from tests.excel.people import YEAR, klass

CLASSES = ("1A", "2B", "3C", "4A")


def levels(results: PeriodResults) -> dict[str, tuple[object, object]]:
    return {code: (result.level, result.score) for code, result in results.subjects.items()}


def read_levels(row: ResultRow) -> dict[str, tuple[object, object]]:
    return {code: (result.level, result.score) for code, result in row.subjects.items()}


@pytest.mark.parametrize("name", CLASSES)
def test_csdl_results(tmp_path: Path, name: str) -> None:
    written = klass(name, 5)
    path = tmp_path / "ket-qua.xlsx"
    write_csdl_results(path, written, Period.CN)
    parsed = parse_file(path, year=YEAR)
    assert (parsed.kind, parsed.period, parsed.rows_read) == (FileKind.CSDL_RESULTS, Period.CN, 5)
    assert not [finding for finding in parsed.findings if finding.severity is Severity.ERROR]
    for pupil, row in zip(written.pupils, parsed.results, strict=True):
        assert (row.code, row.name, row.birth_date) == (
            pupil.pupil.code,
            pupil.pupil.name,
            pupil.pupil.birth_date,
        )
        assert row.class_name == name
        assert read_levels(row) == levels(pupil.period(Period.CN))
        assert row.traits == dict(pupil.period(Period.CN).traits)
        assert row.year["confirmed"] is pupil.outcome.confirmed
        assert row.year.get("completed", False) is pupil.outcome.completed
        assert row.year.get("promoted", False) is pupil.outcome.promoted


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("period", list(Period))
def test_comments(tmp_path: Path, name: str, period: Period) -> None:
    written = klass(name, 3, period=period)
    path = tmp_path / "nhan-xet.xlsx"
    write_csdl_comments(path, written, period)
    parsed = parse_file(path, year=YEAR, period=period)
    assert (parsed.kind, parsed.period, parsed.rows_read) == (FileKind.CSDL_COMMENTS, period, 3)
    for pupil, row in zip(written.pupils, parsed.results, strict=True):
        assert row.subjects == dict(pupil.period(period).subjects)
        assert row.traits == dict(pupil.period(period).traits)
        assert row.group_comments == dict(pupil.period(period).group_comments)


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("period", [Period.GK1, Period.CN])
def test_our_template(tmp_path: Path, name: str, period: Period) -> None:
    written = klass(name, 4, period=period)
    path = tmp_path / "mau.xlsx"
    write_our_template(path, written, period)
    parsed = parse_file(path, year=YEAR)
    assert (parsed.kind, parsed.period) == (FileKind.OUR_TEMPLATE, period)
    for pupil, row in zip(written.pupils, parsed.results, strict=True):
        assert row.class_name == name
        assert row.subjects == dict(pupil.period(period).subjects)
        assert row.traits == dict(pupil.period(period).traits)
        assert row.group_comments == dict(pupil.period(period).group_comments)
        for field in ("height_cm", "weight_kg", "absent_excused", "absent_unexcused"):
            assert row.enrolment[field] == getattr(pupil.enrolment, field)
        if period is Period.CN:
            assert row.year["completed"] is pupil.outcome.completed
            assert row.year["promoted"] is pupil.outcome.promoted
            assert row.year.get("awards", ()) == pupil.outcome.awards


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("period", [Period.CK1, Period.CN])
def test_class_summary(tmp_path: Path, name: str, period: Period) -> None:
    written = klass(name, 4, period=period)
    path = tmp_path / "tong-hop.xlsx"
    write_class_summary(path, written, period, school="Trường Tiểu học Hoa Sen")
    parsed = parse_file(path, year=YEAR)
    assert (parsed.kind, parsed.period) == (FileKind.VNEDU_SUMMARY, period)
    for pupil, row in zip(written.pupils, parsed.results, strict=True):
        assert (row.class_name, row.name) == (name, pupil.pupil.name)
        assert read_levels(row) == levels(pupil.period(period))
        assert row.traits == dict(pupil.period(period).traits)
        if period is Period.CN:
            assert row.year["confirmed"] is pupil.outcome.confirmed


def test_pupil_list(tmp_path: Path) -> None:
    written = [klass("1A", 3), klass("4B", 3)]
    path = tmp_path / "hoc-sinh.xlsx"
    write_csdl_pupils(path, written)
    parsed = parse_file(path, year=YEAR)
    assert (parsed.kind, parsed.period, parsed.rows_read) == (FileKind.CSDL_PUPILS, None, 6)
    assert parsed.findings == ()
    pupils = [pupil for one in written for pupil in one.pupils]
    for pupil, row in zip(pupils, parsed.pupils, strict=True):
        assert row.class_name == pupil.enrolment.class_name
        assert_all_fields(row.fields, pupil)


def assert_all_fields(read: object, pupil: PupilYear) -> None:
    """Every field of Pupil and Enrolment that is not empty, except the regime that is the usual one."""
    assert isinstance(read, dict)
    expected: dict[str, object] = {}
    for value, names in ((pupil.pupil, fields(Pupil)), (pupil.enrolment, fields(Enrolment))):
        expected |= {one.name: getattr(value, one.name) for one in names}
    kept = {name: value for name, value in expected.items() if value not in (None, "")}
    for unwritten in ("class_name", "regime"):
        kept.pop(unwritten)
    assert read == kept


def test_several_classes_in_one_template(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    write_our_templates(path, [klass("1A", 2), klass("3B", 2)], Period.CN)
    parsed = parse_file(path, year=YEAR)
    assert [row.class_name for row in parsed.results] == ["1A", "1A", "3B", "3B"]


@pytest.mark.parametrize("comment", ["=1+1", "=HYPERLINK(1)", "+84", "@x y", "25/09/2014", "007"])
def test_a_text_that_looks_like_something_else_stays_a_text(tmp_path: Path, comment: str) -> None:
    one = klass("4A", 1)
    pupil = one.pupils[0]
    told = replace(pupil, results={Period.CN: PeriodResults({"TOAN": SubjectResult(comment=comment)})})
    path = tmp_path / "nx.xlsx"
    write_csdl_comments(path, replace(one, pupils=(told,)), Period.CN)
    assert parse_file(path, year=YEAR).results[0].subjects["TOAN"].comment == comment
    kinds = {cell.data_type for cell in load_workbook(path)["Toán"]["I"] if cell.value == comment}
    assert kinds == {"s"}


TEXTS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")),
    min_size=1,
    max_size=40,
).map(lambda text: " ".join(text.split()))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(comment=TEXTS, score=st.integers(0, 10))
def test_any_comment_and_score_survive(tmp_path: Path, comment: str, score: int) -> None:
    """Also texts that Excel would take for a formula, a number or a date."""
    one = klass("4A", 1)
    pupil = one.pupils[0]
    results = pupil.period(Period.CN)
    changed = dict(results.subjects) | {"TOAN": SubjectResult(results.subjects["TOAN"].level, score, comment)}
    replaced = PupilYear(
        pupil.pupil,
        pupil.enrolment,
        {Period.CN: PeriodResults(changed, results.traits, results.group_comments)},
        pupil.outcome,
    )
    path = tmp_path / "mau.xlsx"
    write_our_template(path, ClassYear("4A", 4, YEAR, "", (replaced,)), Period.CN)
    row = parse_file(path, year=YEAR).results[0]
    assert row.subjects["TOAN"].score == score
    expected = "" if is_exempt(comment) else comment_text(comment)
    assert row.subjects["TOAN"].comment == expected
