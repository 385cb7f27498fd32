"""The verbs of the first start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.records.types import School


@dataclass(frozen=True, slots=True)
class Answers:
    """What the steps asked for."""

    school: School
    year: str
    login: str
    name: str
    password: str


def create(folder: Path, answers: Answers) -> str:
    """Create the data and the first administrator; returns the recovery code."""
    from app.workflows import store as verbs

    report = verbs.init_school(
        folder=folder,
        school=answers.school,
        year=answers.year,
        admin_login=answers.login,
        admin_name=answers.name,
        password=answers.password,
    )
    return report.recovery_code
