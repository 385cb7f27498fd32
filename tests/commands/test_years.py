"""The verbs of school years as a person types them."""

from __future__ import annotations

from pathlib import Path

from tests.commands.conftest import Run


def test_the_roll_over_and_back(school: Run, workbooks: list[Path]) -> None:
    school("import", *workbooks)
    before = school("year", "list")[1]["years"]
    assert [(one["name"], one["active"]) for one in before] == [("2023-2024", True)]
    code, told = school("year", "roll-over", "--dry-run")
    assert (code, told["dry_run"], told["to"]) == (0, True, "2024-2025")
    assert sum(told["counts"].values()) == len(told["pupils"])
    assert school("year", "list")[1]["years"] == before
    code, told = school("year", "roll-over", "--activate", "--teachers", "follow")
    assert (code, told["classes_made"], Path(told["backup"]).is_file()) == (0, 4, True)
    assert [one["active"] for one in school("year", "list")[1]["years"]] == [True, False]
    assert {one["name"] for one in school("classes")[1]["classes"]} == {"2A", "3A", "4A", "5A"}
    assert school("year", "open", "2023-2024")[1]["years"][1]["active"]
    assert school("year", "undo")[1]["classes"] == 4
    assert school("year", "list")[1]["years"] == before


def test_undecided_pupils_are_listed_with_exit_1(school: Run, workbooks: list[Path]) -> None:
    school("import", *workbooks)
    pupil = school("pupils", "--class", "1A")[1]["pupils"][0]["code"]
    assert school("set", pupil, "promoted", "")[0] == 0
    code, told = school("year", "roll-over", "--dry-run")
    assert (code, told["counts"]["open"]) == (1, 1)
    found = next(one for one in told["pupils"] if one["code"] == pupil)
    assert (found["move"], found["target"]) == ("open", "")
    assert "Chưa ghi được lên lớp" in found["reason"]


def test_a_year_that_is_not_there(school: Run) -> None:
    code, told = school("year", "open", "2030-2031")
    assert (code, told["error"]["code"]) == (2, "workflow.no_year")
    assert school("year", "open", "2030-2031", "--new")[1]["years"][0]["active"]
