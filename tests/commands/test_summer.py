"""The verbs of the summer and `set` as a person types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import main
from tests.commands.conftest import Run

WEAK = {
    "TV.level": "C",
    "TV.score": "3",
    "NL_NN.level": "C",
    **dict.fromkeys(("confirmed", "completed", "promoted", "award"), ""),
}


@pytest.fixture
def code(school: Run, workbooks: list[Path]) -> str:
    """A pupil of the approved class 3A who has not completed the grade."""
    school("import", *workbooks)
    code = str(school("pupils", "--class", "3A")[1]["pupils"][0]["code"])
    for field, value in WEAK.items():
        assert school("set", code, field, value)[0] == 0
    assert school("submit", "--class", "3A")[0] == 0
    assert school("approve", "--class", "3A")[0] == 0
    return code


def test_set_takes_cells_periods_and_empty_values(school: Run, workbooks: list[Path]) -> None:
    school("import", *workbooks)
    code = school("pupils", "--class", "3A")[1]["pupils"][0]["code"]
    answer = school("set", code, "TV.score", "4", "--period", "CK1")
    assert answer == (0, {"code": code, "field": "TV.score", "value": "4"})
    assert school("set", code, "TV.retest", "7", "--period", "CK1")[0] == 0
    found = {one["code"]: one for one in school("results", "--class", "3A", "--period", "CK1")[1]["results"]}
    assert found[code]["subjects"]["TV"]["score"] == 7
    assert school("set", code, "TV.comment", "")[0] == 0
    refused, told = school("set", code, "TV.score", "7,5")
    assert (refused, told["error"]["code"]) == (2, "typed.score_decimal")
    assert "phần thập phân" in told["error"]["message"]


def test_the_way_of_a_pupil_through_the_summer(school: Run, code: str) -> None:
    (found,) = school("summer", "list", "--class", "3A")[1]["pupils"]
    assert found["to_assess"] == ["TV", "NL_NN"]
    assert (found["code"], found["class"], found["stage"], found["proposed"]) == (code, "3A", None, "CHT")
    assert (found["assessed_on"], found["subjects"], found["traits"], found["transcript"]) == (
        None,
        {},
        {},
        None,
    )
    assert school("summer", "add", "--class", "3A")[1]["pupils"][0]["stage"] == "listed"
    assert school("issue", "--class", "3A")[1]["skipped"][0]["reason"].startswith(
        "Em đang chờ đánh giá bổ sung"
    )
    new = {"date": "20/07/2024", "TV.level": "H", "TV.score": "6", "NL_NN.level": "D"}
    for field, value in new.items():
        status, answer = school("summer", "set", code, field, value)
        assert status == 0, answer
    assert answer["pupils"][0]["subjects"] == {"TV": {"level": "H", "score": 6, "comment": ""}}
    assert answer["pupils"][0]["assessed_on"] == "2024-07-20"
    assert answer["pupils"][0]["missing"] == []
    assert school("summer", "submit", code)[1]["pupils"][0]["stage"] == "submitted"
    assert school("summer", "return", code, "--reason", "Thiếu bài")[1]["pupils"][0]["stage"] == "listed"
    assert school("summer", "submit", "--class", "3A")[0] == 0
    done = school("summer", "approve", code)[1]["pupils"][0]
    assert (done["stage"], done["proposed"], done["before"]["TV.score"]) == ("approved", "HT", "3")
    assert school("issue", "--class", "3A")[1]["issued"] == 1
    assert school("summer", "list")[1]["pupils"][0]["transcript"] == {"version": 1, "state": "issued"}


def test_off_the_list_and_decided(school: Run, code: str) -> None:
    decide = ("decide", code, "--number", "12/QĐ-THTH", "--date", "20/08/2024", "--promote")
    assert school("summer", "add", code)[0] == 0
    assert school(*decide, "yes")[1]["error"]["code"] == "decision.summer_first"
    assert school("summer", "remove", code, "--reason", "Không dự")[1]["pupils"][0]["stage"] is None
    status, answer = school(*decide, "no")
    assert (status, answer) == (
        0,
        {
            "code": code,
            "promoted": False,
            "decision": "Quyết định số 12/QĐ-THTH ngày 20/08/2024",
            "notes": [],
        },
    )


@pytest.mark.parametrize(
    ("words", "status", "problem"),
    [
        (("summer", "add"), 2, "summer.whom"),
        (("summer", "add", "khong-co"), 2, "workflow.no_pupil"),
        (("summer", "submit", "--class", "2A"), 2, "summer.nobody"),
        (("summer", "approve", "--class", "9Z"), 2, "workflow.no_class"),
        (("summer", "remove", "x"), 2, "cli.usage"),
        (("decide", "x", "--promote", "maybe", "--number", "1", "--date", "2024-08-20"), 2, "cli.usage"),
        (("decide", "x", "--promote", "no", "--number", "1", "--date", "hôm qua"), 2, "cli.usage"),
    ],
)
def test_what_is_refused(
    school: Run, workbooks: list[Path], words: tuple[str, ...], status: int, problem: str
) -> None:
    school("import", workbooks[0])
    code, answer = school(*words)
    assert (code, answer["error"]["code"]) == (status, problem)


def test_people_read_a_table(
    school: Run, code: str, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(data_dir), "--user", "quantri", "summer", "list"]) == 0
    out = capsys.readouterr().out
    assert "Chưa vào danh sách" in out
    assert "Tiếng Việt, Ngôn ngữ" in out
    assert code in out
    assert main(["--data", str(data_dir), "--user", "quantri", "summer", "list", "--class", "2A"]) == 0
    assert "Không có em nào" in capsys.readouterr().out
