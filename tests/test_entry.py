"""Where a call of `hocba` goes: the window or the command line, and nothing of Qt for a verb."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from app.__main__ import main, window_data


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        ([], (True, None)),
        (["--data", "x"], (True, Path("x"))),
        (["--data=x"], (True, Path("x"))),
        (["--data"], (False, None)),
        (["--data", "x", "status"], (False, None)),
        (["--data=x", "status"], (False, None)),
        (["status"], (False, None)),
        (["--help"], (False, None)),
        (["--json", "status"], (False, None)),
    ],
)
def test_the_window_opens_without_a_verb_only(arguments: list[str], answer: tuple[bool, Path | None]) -> None:
    window, data = window_data(arguments)
    assert window is answer[0]
    assert not window or data == answer[1]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"hocba {__version__}\n"


def test_a_verb_never_loads_qt() -> None:
    script = "import sys, app.cli\nsys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    subprocess.run([sys.executable, "-c", script], check=True)
