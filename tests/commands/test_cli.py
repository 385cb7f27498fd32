"""The command line's contract: JSON keys, exit codes, messages, global options on either side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main
from app.commands.answer import Answer, Grid, show
from tests.commands.conftest import INIT, Run


def test_init_twice_is_refused(school: Run) -> None:
    code, answer = school(*INIT)
    assert code == 2
    assert answer["error"]["code"].startswith("store.")


def test_lists_after_import(school: Run, workbooks: list[Path]) -> None:
    code, answer = school("import", *workbooks)
    assert code == 0, answer
    assert [file["kind"] for file in answer["files"]][:2] == ["csdl-pupils", "csdl-results"]
    assert answer["files"][0]["rows_written"] == answer["files"][0]["rows_read"] == 10
    _, classes = school("classes")
    assert classes["classes"][0]["stages"]["CN"] == "open"
    assert {"name", "grade", "pupils", "stages"} <= classes["classes"][0].keys()
    _, pupils = school("pupils", "--class", "1A")
    assert {"code", "personal_id", "name", "birth_date", "sex", "class", "status"} <= pupils["pupils"][
        0
    ].keys()
    assert pupils["pupils"][0]["status"] == "Đang học"
    assert pupils["pupils"][0]["sex"] in {"nam", "nữ"}
    assert isinstance(pupils["pupils"][0]["code"], str)
    _, results = school("results", "--class", "1A", "--period", "CK2")
    assert results["period"] == "CN"
    assert set(results["results"][0]["subjects"]["TOAN"]) == {"level", "score", "comment"}
    assert results["results"][0]["traits"]["YN"] in {"T", "Đ", "C"}
    _, classified = school("classify", "--class", "5A")
    assert {item["proposed"] for item in classified["pupils"]} == {"out_of_scope"}


def test_the_way_to_issue_through_the_command_line(
    school: Run, workbooks: list[Path], tmp_path: Path
) -> None:
    assert school("import", *workbooks)[0] == 0
    code, answer = school("check")
    assert (code, answer["findings"]) == (1, answer["findings"])  # nobody is assigned to a class yet
    assert answer["counts"]["error"] == 0
    assert school("submit", "--class", "1A")[1]["stage"] == "submitted"
    assert school("approve", "--class", "1A")[1]["stage"] == "approved"
    code, answer = school("issue", "--class", "1A")
    assert (code, answer["issued"], answer["skipped"]) == (0, 2, [])
    code, answer = school("issue", "--class", "1A")
    assert (code, answer["issued"], len(answer["skipped"])) == (0, 0, 2)
    pupil = school("pupils", "--class", "1A")[1]["pupils"][0]["personal_id"]
    draft = tmp_path / "nhap.pdf"
    assert school("preview", pupil, "-o", draft)[1]["file"] == str(draft)
    assert draft.read_bytes().startswith(b"%PDF-")
    code, answer = school("revoke", pupil, "--reason", "Thử")
    assert (code, answer["version"]) == (0, 1)
    assert school("reopen", "--class", "1A", "--reason", "Thử")[1]["stage"] == "open"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("results", "--class", "9Z"), 2),
        (("check", "--class", "9Z"), 2),
        (("issue", "--class", "9Z"), 2),
        (("sign", "--role", "seal", "--class", "9Z"), 2),
        (("preview", "0000", "-o", "x.pdf"), 2),
        (("export", "csdl-results", "--class", "9Z", "-o", "x.xlsx"), 2),
        (("check", "--period", "HK3"), 2),
        (("khong-co-lenh",), 2),
        (("destination", "test", "khong-co"), 2),
        (("import", "khong-co.xlsx"), 2),
        (("module", "add", "/khong/co.so"), 2),
    ],
)
def test_what_does_not_exist_is_an_error(school: Run, words: tuple[str, ...], code: int) -> None:
    found, answer = school(*words)
    assert found == code
    told = answer["error"]["message"] if "error" in answer else answer["files"][0]["findings"][0]["message"]
    assert told[0].isupper()
    assert "Traceback" not in told


def test_login_is_demanded(
    school: Run, data_dir: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["--data", str(data_dir), "classes"]) == 3
    assert "--user" in capsys.readouterr().err
    monkeypatch.setenv("HOCBA_PASSWORD", "sai-mat-khau")
    code, answer = school("classes")
    assert (code, answer["error"]["code"]) == (3, "account.wrong_password")


def test_roles_and_accounts(school: Run, workbooks: list[Path]) -> None:
    school("import", workbooks[0])
    code, answer = school(
        "account", "add", "gv1a", "--name", "Lý Thị Hoa", "--role", "homeroom", "--class", "1A"
    )
    assert code == 0
    added = next(item for item in answer["accounts"] if item["login"] == "gv1a")
    assert (added["roles"], added["classes"], added["certificate"]) == (["homeroom"], ["1A"], None)
    assert school("account", "add", "gv1a", "--name", "Hai", "--role", "clerk")[0] == 2
    assert school("classes", user="gv1a")[1]["classes"][0]["name"] == "1A"
    assert school("approve", "--class", "1A", user="gv1a")[0] == 3
    assert school("results", "--class", "2A", user="gv1a")[0] == 3
    assert school("account", "disable", "gv1a")[0] == 0
    assert school("classes", user="gv1a")[0] == 3


def test_global_options_stand_on_either_side(
    school: Run, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", "--data", str(data_dir), "--json"]) == 0
    behind = json.loads(capsys.readouterr().out)
    assert main(["--data", str(data_dir), "--json", "status"]) == 0
    assert json.loads(capsys.readouterr().out) == behind
    assert {"schema", "key_store", "audit_chain", "counts"} <= behind["status"].keys()


def test_status_without_data_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path / "trong"), "--json", "status"]) == 0
    assert json.loads(capsys.readouterr().out)["status"]["schema"] is None


def test_readable_answers_are_vietnamese(
    school: Run, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(data_dir), "--user", "quantri", "check"]) == 0
    assert "0 lỗi" in capsys.readouterr().out


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    for words, shown in ((["--help"], "Tùy chọn"), (["sign", "--help"], "--role"), (["--version"], "hocba ")):
        with pytest.raises(SystemExit) as caught:
            main(words)
        assert caught.value.code == 0
        assert shown in capsys.readouterr().out


def test_unforeseen_failure_shows_no_traceback(school: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("app.workflows.classes.list_classes", explode)
    code, answer = school("classes")
    assert (code, answer["error"]["code"]) == (70, "bug")


def test_backup_and_restore(school: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "sao-luu.hocba"
    assert school("backup", file)[0] == 0
    assert school("restore", file)[0] == 0
    monkeypatch.setenv("HOCBA_PASSWORD", "sai-mat-khau")
    assert school("restore", file)[0] == 3


def test_settings(school: Run) -> None:
    assert (
        school("setting", "put", "minority_language_test", "1")[1]["settings"]["minority_language_test"]
        == "1"
    )
    assert school("setting", "put", "minority_language_test", "có")[0] == 2
    assert school("setting", "put", "khong_co", "1")[0] == 2


def test_destinations(school: Run, tmp_path: Path) -> None:
    folder = tmp_path / "usb"
    folder.mkdir()
    code, answer = school("destination", "add", "usb", "folder", folder)
    assert (code, answer["destinations"][0]["reachable"]) == (0, True)
    folder.rmdir()
    code, answer = school("destination", "test", "usb")
    assert (code, answer["destinations"][0]["reachable"]) == (1, False)
    code, answer = school("destination", "list")
    assert (code, answer["destinations"][0]["reachable"]) == (0, False)


def test_square_brackets_are_text_and_not_markup(capsys: pytest.CaptureFixture[str]) -> None:
    answer = Answer({}, ("dòng [bold]đậm[/bold]",), (Grid(("Mục [1]",), [("tệp [bold].xlsx",)]),))
    show(answer, as_json=False, quiet=False)
    out = capsys.readouterr().out
    assert "Mục [1]" in out
    assert "tệp [bold].xlsx" in out
    assert "dòng [bold]đậm[/bold]" in out


def test_classify_says_why_there_is_no_class(
    school: Run, workbooks: list[Path], data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school("import", workbooks[0])
    assert main(["--data", str(data_dir), "--user", "quantri", "classify", "--class", "5A"]) == 0
    out = capsys.readouterr().out
    assert "còn thiếu 0 ô" not in out
    assert "Thông tư" in out
