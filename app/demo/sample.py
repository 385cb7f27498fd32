"""Writes the workbooks of the sample school into `resources/sample`: `python -m app.demo.sample`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.demo.school import DemoSchool, make_school
from app.demo.workbooks import write_workbooks
from app.paths import resource

PUPILS: Final = 50


def sample_school() -> DemoSchool:
    """The school that the workbooks hold: five classes of ten invented pupils."""
    return make_school(pupils=PUPILS)


def write_sample(folder: Path) -> tuple[Path, ...]:
    """The pupil list first, then results and comments of each class."""
    return write_workbooks(folder, sample_school())


if __name__ == "__main__":
    write_sample(resource("sample"))
