"""The gate through the command line: JSON keys, exit codes, and what people read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.commands.gate import new_remark
from app.workflows.remarks import NewRemark
from tests.commands.conftest import Run

REASON = ("--reason", "Có quyết định")


@pytest.fixture
def filled(school: Run, workbooks: list[Path]) -> Run:
    """Results are in; class 1A has its teacher gv1a."""
    assert school("import", *workbooks)[0] == 0
    added = ("account", "add", "gv1a", "--name", "Lý Thị Hoa", "--role", "homeroom", "--class", "1A")
    assert school(*added)[0] == 0
    assert school("account", "add", "to", "--name", "Sơn Văn Tổ", "--role", "checker")[0] == 0
    return school


def pupils(run: Run) -> list[str]:
    return [item["code"] for item in run("pupils", "--class", "1A")[1]["pupils"]]


def warning(run: Run) -> dict[str, Any]:
    """Give the second pupil of 1A, who has no title, one with the wrong name; returns the finding."""
    assert run("set", pupils(run)[1], "award", "Học sinh Giỏi")[0] == 0
    found = run("check", "--class", "1A")[1]["findings"]
    return next(item for item in found if item["rule"] == "award.wording")


def test_check_is_silent_about_what_is_accepted(filled: Run) -> None:
    found = warning(filled)
    assert len(found["id"]) == 10
    assert found["accepted"] is None
    code, answer = filled("check", "--class", "1A")
    assert (code, answer["counts"]["accepted"], answer["counts"]["warning"]) == (1, 0, 1)
    code, answer = filled("accept", found["id"], "--class", "1A", *REASON, user="gv1a")
    assert (code, [item["rule"] for item in answer["findings"]]) == (0, ["award.wording"])
    assert answer["findings"][0]["accepted"].keys() == {"reason", "by", "at"}
    code, answer = filled("check", "--class", "1A")
    assert (code, answer["counts"]["accepted"], answer["counts"]["warning"]) == (0, 1, 1)
    again = next(item for item in answer["findings"] if item["id"] == found["id"])
    assert (again["accepted"]["reason"], again["accepted"]["by"]) == ("Có quyết định", "gv1a")
    whole = filled("check")[1]["findings"]
    assert again in whole
    code, answer = filled("unaccept", found["id"], "--class", "1A", "--reason", "Nhầm", user="to")
    assert (code, answer["findings"][0]["accepted"]) == (0, None)
    assert filled("check", "--class", "1A")[0] == 1


NUMBER = "0123456789"
REFUSALS: tuple[tuple[tuple[str, ...], str, tuple[int, str]], ...] = (
    (("accept", NUMBER, "--class", "1A", *REASON), "quantri", (2, "workflow.no_finding")),
    (("accept", NUMBER, "--class", "1A", "--reason", " "), "quantri", (2, "workflow.reason_missing")),
    (("accept", NUMBER, "--class", "1A"), "quantri", (2, "cli.usage")),
    (("accept", NUMBER, "--class", "2A", *REASON), "gv1a", (3, "account.not_allowed")),
    (("unaccept", NUMBER, "--class", "9Z", *REASON), "quantri", (2, "workflow.no_class")),
    (("return", "--class", "1A", *REASON), "to", (3, "workflow.return_open")),
    (("return", "--class", "1A", *REASON), "gv1a", (3, "account.not_allowed")),
    (("return", "--class", "1A", "--remark", "x"), "to", (2, "cli.usage")),
    (("resolve", "7", "--answer", "Xong"), "gv1a", (2, "workflow.no_remark")),
    (("resolve", "bảy", "--answer", "Xong"), "gv1a", (2, "cli.usage")),
    (("remarks", "--class", "2A"), "gv1a", (3, "account.not_allowed")),
    (("awards", "--class", "2A"), "gv1a", (3, "account.not_allowed")),
)


def test_refusals(filled: Run) -> None:
    for words, user, expected in REFUSALS:
        code, answer = filled(*words, user=user)
        assert (code, answer["error"]["code"]) == expected, words


def test_submit_return_answer_submit_approve(filled: Run) -> None:
    found = warning(filled)
    code, answer = filled("submit", "--class", "1A", user="gv1a")
    assert (code, answer["stage"]) == (0, "submitted")
    assert found in answer["findings"]
    first = pupils(filled)[0]
    told = (f"{first}:TOAN:Xem lại: thiếu ý", "::Cả lớp xem lại ngày nghỉ")
    code, answer = filled("return", "--class", "1A", "--remark", told[0], "--remark", told[1], user="to")
    assert (code, answer["stage"]) == (0, "open")
    listed = filled("remarks", "--class", "1A", user="gv1a")[1]["remarks"]
    assert [(item["pupil_code"], item["field"], item["content"]) for item in listed] == [
        (first, "TOAN", "Xem lại: thiếu ý"),
        ("", "", "Cả lớp xem lại ngày nghỉ"),
    ]
    assert [(item["author"], item["period"], item["resolved_at"]) for item in listed] == [
        ("to", "CN", None)
    ] * 2
    assert [item["rule"] for item in filled("check", "--class", "1A")[1]["findings"]][:2] == [
        "remark.open"
    ] * 2
    number = listed[0]["id"]
    code, answer = filled("resolve", number, "--answer", "Đã viết lại", user="gv1a")
    assert (code, answer["remark"]["answer"], answer["remark"]["resolved_by"]) == (0, "Đã viết lại", "gv1a")
    code, answer = filled("resolve", number, "--answer", "Nữa", user="gv1a")
    assert (code, answer["error"]["code"]) == (3, "workflow.remark_resolved")
    assert len(filled("remarks")[1]["remarks"]) == 1
    assert len(filled("remarks", "--all")[1]["remarks"]) == 2
    assert filled("remarks", "--period", "CK1")[1]["remarks"] == []
    assert filled("submit", "--class", "1A", user="gv1a")[0] == 0
    code, answer = filled("approve", "--class", "1A", user="to")
    assert (code, answer["stage"]) == (0, "approved")
    assert {"id", "accepted"} <= answer["findings"][0].keys()
    code, answer = filled("return", "--class", "1A", *REASON, user="to")
    assert (code, answer["error"]["code"]) == (3, "workflow.return_approved")


def test_what_people_read(filled: Run, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = warning(filled)["id"]
    assert filled("accept", number, "--class", "1A", *REASON)[0] == 0

    def read(*words: str) -> str:
        main(["--data", str(data_dir), "--user", "quantri", *words])
        return " ".join(capsys.readouterr().out.replace("│", " ").split())

    capsys.readouterr()
    shown = read("check", "--class", "1A")
    assert "(đã chấp nhận: Có quyết định)" in shown
    assert "0 lỗi, 1 cảnh báo (1 đã chấp nhận)" in shown
    assert number in shown
    assert number not in read("submit", "--class", "1A")
    assert "Lớp 1A: Đang nhập." in read("return", "--class", "1A", "--remark", "::Xem lại")
    assert "Xem lại" in read("remarks")


def test_awards_lists_the_entitled(filled: Run) -> None:
    code, answer = filled("awards", "--class", "1A", user="gv1a")
    assert code == 0
    assert [
        (item["class"], item["year_class"], item["computed"], item["eligible"], item["recorded"])
        for item in answer["pupils"]
    ] == [
        ("1A", "HTXS", ["Học sinh Xuất sắc"], [], ["Đạt danh hiệu Học sinh Xuất sắc"]),
        ("1A", "HTT", [], ["Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện"], []),
    ]
    assert [item["code"] for item in answer["pupils"]] == pupils(filled)
    assert all(item["name"] for item in answer["pupils"])


def test_a_remark_as_typed() -> None:
    assert new_remark(" 25 : TV : Xem: lại ") == NewRemark("25", "TV", "Xem: lại")
