"""The rules, their settings and the plan of the year, through the command line."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from app.cli import main
from app.demo.school import DemoSchool, make_school
from app.demo.workbooks import write_workbooks
from app.records.checks import RULES
from app.records.local import ACCEPTS
from tests.commands.conftest import INIT, Run
from tests.world import PASSWORD

MADE = make_school(pupils=10, year="2024-2025")
"""A year in which all five grades are assessed."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with everything imported."""
    folder = tmp_path_factory.mktemp("rules")
    files = write_workbooks(folder / "files", MADE)
    here = ["--data", str(folder / "data"), "--user", "quantri", "--quiet"]
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HOCBA_PASSWORD", PASSWORD)
        assert main([*here, *INIT, "--year", MADE.year]) == 0
        assert main([*here, "import", *map(str, files)]) == 0
    return folder / "data"


@pytest.fixture
def full(prepared: Path, data_dir: Path, run: Run) -> Run:
    """A copy of the school for one test."""
    shutil.copytree(prepared, data_dir)
    return run


def first(made: DemoSchool, grade: int) -> tuple[str, str]:
    """Class name and code of the first pupil of a grade."""
    klass = next(klass for klass in made.classes if klass.grade == grade)
    return klass.name, klass.pupils[0].pupil.code


def put(run: Run, *values: tuple[str, str], grade: int = 4) -> None:
    """Set values of the first pupil of a grade."""
    _, code = first(MADE, grade)
    for field, value in values:
        assert run("set", code, field, value)[0] == 0


def found(run: Run, grade: int = 4) -> dict[str, str]:
    """Rule → severity of the findings about the first pupil of a grade."""
    name, code = first(MADE, grade)
    findings = run("check", "--class", name)[1]["findings"]
    return {one["rule"]: one["severity"] for one in findings if one["pupil_code"] == code}


def proposed(run: Run, grade: int = 4) -> dict[str, object]:
    name, code = first(MADE, grade)
    pupils = run("classify", "--class", name)[1]["pupils"]
    (own,) = [pupil for pupil in pupils if pupil["code"] == code]
    return dict(own)


def setting(run: Run, name: str, value: str) -> None:
    code, answer = run("setting", "put", name, value)
    assert (code, answer["settings"][name]) == (0, value)


GOOD_BUT_SIX = (("TV.level", "T"), ("TV.score", "6"), ("NL_NN.level", "T"))
ODD_LANGUAGE = (("TV.level", "T"), ("TV.score", "9"), ("NL_NN.level", "Đ"))


@pytest.mark.parametrize(
    ("values", "name", "value", "rule"),
    [
        (GOOD_BUT_SIX, "check_off", "comment.equal level.score", "level.score"),
        (GOOD_BUT_SIX, "check_level_scores", "T=6-10 H=5-8 C=0-4", "level.score"),
        (GOOD_BUT_SIX, "check_level_scores", "off", "level.score"),
        (ODD_LANGUAGE, "check_competency_gap", "2", "competency.subject"),
        (ODD_LANGUAGE, "check_competency_gap", "0", "competency.subject"),
    ],
)
def test_a_setting_silences_a_rule(
    full: Run, values: Iterable[tuple[str, str]], name: str, value: str, rule: str
) -> None:
    put(full, *values)
    before = found(full)
    assert rule in before
    setting(full, name, value)
    assert found(full) == {one: severity for one, severity in before.items() if one != rule}


def test_a_setting_changes_the_severity_of_a_rule(full: Run) -> None:
    put(full, *GOOD_BUT_SIX)
    before = found(full)
    setting(full, "check_severity", "level.score=error")
    assert found(full) == before | {"level.score": "error"}
    name, _ = first(MADE, 4)
    assert full("submit", "--class", name)[0] == 3


def test_the_test_of_a_minority_language(full: Run) -> None:
    put(full, ("TDT.level", "T"), ("TDT.comment", "Đọc to, rõ ràng."))
    assert "score.missing" not in found(full)
    assert proposed(full)["missing"] == []
    setting(full, "minority_language_test", "1")
    assert found(full)["score.missing"] == "error"
    assert [hole["field"] for hole in proposed(full)["missing"]] == ["TDT"]  # type: ignore[attr-defined]


def test_whether_electives_count(full: Run) -> None:
    before = proposed(full)["proposed"]
    put(full, ("TDT.level", "C"), ("TDT.comment", "Đọc còn chậm."))
    assert (before != "CHT", proposed(full)["proposed"]) == (True, "CHT")
    assert "class.differs" in found(full)
    setting(full, "electives_count", "0")
    assert proposed(full)["proposed"] == before
    assert "class.differs" not in found(full)


@pytest.mark.parametrize("grade", range(1, 6))
def test_the_competencies_that_a_grade_shows(full: Run, grade: int) -> None:
    before = found(full, grade)
    setting(full, f"competencies_{grade}", "NL_NN NL_TT NL_KH NL_CN NL_TM")
    assert found(full, grade)["trait.not_shown"] == "warning"
    holes = [hole["field"] for hole in proposed(full, grade)["missing"]]  # type: ignore[attr-defined]
    assert holes == (["NL_CN"] if grade <= 2 else [])
    other = 2 if grade == 1 else 1
    assert "trait.not_shown" not in found(full, other)
    setting(full, f"competencies_{grade}", "")
    assert found(full, grade) == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("check_off", "no.such.rule"),
        ("check_severity", "no.such.rule=note"),
        ("check_severity", "level.score=loud"),
        ("check_level_scores", "T=9-10"),
        ("check_competency_gap", "3"),
        ("electives_count", "có"),
        ("competencies_1", "NL_XX"),
    ],
)
def test_what_a_setting_does_not_accept(school: Run, name: str, value: str) -> None:
    code, answer = school("setting", "put", name, value)
    assert (code, answer["error"]["code"]) == (2, "workflow.bad_setting")
    assert school("setting", "list")[1]["settings"][name] == ""


def test_every_setting_of_the_rules_is_listed(school: Run) -> None:
    assert set(ACCEPTS) <= set(school("setting", "list")[1]["settings"])


def test_rules_are_listed_without_data_and_login(run: Run) -> None:
    code, answer = run("rules", user="")
    assert code == 0
    assert [one["rule"] for one in answer["rules"]] == list(RULES)
    for one in answer["rules"]:
        rule = RULES[one["rule"]]
        assert one["enabled"] is True
        assert (one["severity"], one["source"], one["message"]) == (
            rule.severity.value,
            rule.source,
            rule.message,
        )
        assert one["basis"]


def test_rules_are_listed_as_the_school_has_set_them(school: Run) -> None:
    setting(school, "check_off", "comment.equal")
    setting(school, "check_severity", "score.zero=note")
    setting(school, "check_level_scores", "off")
    setting(school, "check_competency_gap", "0")
    listed = {one["rule"]: one for one in school("rules")[1]["rules"]}
    off = {rule for rule, one in listed.items() if not one["enabled"]}
    assert off == {"comment.equal", "level.score", "competency.subject"}
    assert listed["score.zero"]["severity"] == "note"


def test_the_table_of_rules_is_for_reading(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(data_dir), "rules"]) == 0
    out = capsys.readouterr().out
    assert "Căn cứ" in out
    assert "{" not in out
    assert "Circular" not in out


def test_the_plan_of_the_year(school: Run) -> None:
    code, answer = school("milestone", "list", user="")
    assert (code, answer["year"]) == (0, "2023-2024")
    plan = {one["code"]: one for one in answer["milestones"]}
    assert plan["signing"] == {
        "code": "signing",
        "name": "Ký số học bạ",
        "begins": "2024-06-15",
        "ends": "2024-06-20",
    }
    assert plan["completion"]["begins"] is None
    for day in ("25/6/2024", "2024-06-26"):
        answer = school("milestone", "set", "signing", day)[1]
    assert [one["ends"] for one in answer["milestones"] if one["code"] == "signing"] == ["2024-06-26"]


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("milestone", "list", "--year", "2030-2031"), 2, "workflow.no_year"),
        (("milestone", "set", "holiday", "2024-06-20"), 2, "workflow.no_milestone"),
        (("milestone", "set", "signing", "2025-06-20"), 2, "workflow.milestone_day"),
        (("milestone", "set", "signing", "20-6"), 2, "cli.usage"),
    ],
)
def test_what_no_plan_has(school: Run, words: tuple[str, ...], code: int, error: str) -> None:
    found, answer = school(*words)
    assert (found, answer["error"]["code"]) == (code, error)


def test_only_the_administrator_changes_the_plan(full: Run) -> None:
    assert full("account", "add", "gv", "--name", "Lý Thị Hoa", "--role", "clerk")[0] == 0
    found, answer = full("milestone", "set", "signing", "2025-06-25", user="gv")
    assert found == 3
    assert "cài đặt" in answer["error"]["message"]
