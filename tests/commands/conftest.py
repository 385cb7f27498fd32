"""Verbs called as from a terminal, on a school that the test makes itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.demo.school import make_school
from app.demo.workbooks import write_workbooks
from tests.world import PASSWORD

Run = Callable[..., tuple[int, Any]]
"""A verb with its words, and `user`; gives the exit code and the JSON answer."""
INIT = (
    *("init", "--school", "Trường Tiểu học Thử", "--code", "94722001", "--commune", "Xã Thử"),
    *("--province", "Cần Thơ", "--year", "2023-2024", "--admin", "quantri"),
)


@pytest.fixture
def run(data_dir: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a verb as the administrator with --json; returns exit code and answer."""
    monkeypatch.setenv("HOCBA_PASSWORD", PASSWORD)
    monkeypatch.setenv("HOCBA_NEW_PASSWORD", PASSWORD)

    def call(*words: object, user: str = "quantri") -> tuple[int, Any]:
        code = main(["--data", str(data_dir), "--user", user, "--json", "--quiet", *map(str, words)])
        out = capsys.readouterr().out
        assert out.count("\n") == 1, out
        return code, json.loads(out)

    return call


@pytest.fixture
def school(run: Run) -> Run:
    """An empty school."""
    code, answer = run(*INIT)
    assert code == 0
    assert answer["recovery_code"]
    return run


@pytest.fixture
def workbooks(tmp_path: Path) -> list[Path]:
    return list(write_workbooks(tmp_path / "tep", make_school(pupils=10)))
