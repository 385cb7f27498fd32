"""Runs a piece of code in a process of its own that dies at a given point, as a pulled plug would do it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

KILLED = 9

_PROLOGUE = """
import os, sys
def die_at(holder, name, *, calls=1, after=False):
    original = getattr(holder, name)
    left = [calls]
    def dying(*args, **more):
        left[0] -= 1
        if left[0] == 0 and not after:
            os._exit({killed})
        result = original(*args, **more)
        if left[0] == 0:
            os._exit({killed})
        return result
    setattr(holder, name, dying)
"""


def run_until_killed(code: str, *arguments: str | Path) -> None:
    """Run `code` (which calls `die_at(holder, name)` first); AssertionError unless it died there."""
    script = _PROLOGUE.format(killed=KILLED) + code
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == KILLED, done.stderr
