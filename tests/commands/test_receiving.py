"""The verb `receive`: its JSON keys, its exit codes and its sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import main
from app.transcript.xml import build_xml
from tests.commands.conftest import Run
from tests.transcript.chain import sealed_with_root
from tests.transcript.samples import transcript

KEYS = {"file", "verdict", "code", "name", "year", "action"}


@pytest.fixture
def brought(tmp_path: Path) -> tuple[Path, Path]:
    """A sealed transcript of grade 2 of another school, and the root certificate."""
    xml, root = sealed_with_root(build_xml(transcript(2)))
    file, pem = tmp_path / "hoc-ba.xml", tmp_path / "goc.pem"
    file.write_bytes(xml)
    pem.write_bytes(root)
    return file, pem


def test_receiving_answers_with_what_became_of_each_file(
    school: Run, workbooks: list[Path], brought: tuple[Path, Path], tmp_path: Path
) -> None:
    file, root = brought
    assert school("import", workbooks[0])[0] == 0
    bad = tmp_path / "gia.xml"
    bad.write_bytes(file.read_bytes().replace(b"<diemktdk>9", b"<diemktdk>8", 1))
    code, answer = school("receive", file, bad, "--class", "2A", "--trust", root)
    good, forged = answer["received"]
    assert code == 1
    assert good.keys() >= KEYS
    assert forged.keys() >= KEYS
    assert (good["action"], forged["action"], forged["verdict"]) == ("enrolled", "refused", "invalid")
    assert (good["code"], good["year"], good["class"]) == ("9412345678", "2023-2024", "2A")
    assert good["results_written"] == 0
    listed = school("pupils", "--class", "2A")[1]["pupils"]
    assert "9412345678" in {pupil["code"] for pupil in listed}
    code, answer = school("receive", file, "--trust", root, "--results")
    (again,) = answer["received"]
    assert (again["action"], again["results_written"] > 0) == ("unchanged", True)
    results = school("results", "--class", "2A")[1]["results"]
    (own,) = [item for item in results if item["code"] == "9412345678"]
    assert own["subjects"]["TOAN"]["score"] == 9


def test_a_seal_with_another_name_is_told_and_the_exit_code_says_so(
    school: Run, workbooks: list[Path], brought: tuple[Path, Path]
) -> None:
    file, root = brought
    assert school("import", workbooks[0])[0] == 0
    code, answer = school("receive", file, "--class", "2A", "--trust", root)
    assert code == 1
    assert "TRƯỜNG TIỂU HỌC MẪU" in answer["received"][0]["warnings"][0]


@pytest.mark.parametrize("words", [("--class", "9Z"), ("--year", "x")])
def test_what_does_not_exist_is_wrong_usage(
    school: Run, brought: tuple[Path, Path], words: tuple[str, ...]
) -> None:
    code, answer = school("receive", brought[0], *words)
    assert (code, set(answer)) == (2, {"error"})


def test_the_answer_for_people_is_a_sentence(
    school: Run,
    brought: tuple[Path, Path],
    data_dir: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file, root = brought
    assert school("status")[0] == 0
    assert (
        main(["--data", str(data_dir), "--user", "quantri", "receive", str(file), "--trust", str(root)]) == 1
    )
    assert "chưa có ở trường trong năm học này" in " ".join(capsys.readouterr().out.split())
