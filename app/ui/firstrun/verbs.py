"""The verbs of the first start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.interaction import Progress
from app.records.types import School

if TYPE_CHECKING:
    from app.workflows.backups import BackupContent


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


def look_into(folder: Path, file: Path, code: str) -> BackupContent:
    """What is in a backup; nothing is replaced."""
    from app.workflows import backups

    return backups.look_before_opening(folder=folder, file=file, recovery_code=code)


def restore(folder: Path, file: Path, code: str) -> None:
    """Bring a backup into a folder that has no data, or none that can be opened."""
    from app.workflows import store as verbs

    verbs.restore(file=file, folder=folder, login_name="", password=lambda: "", recovery_code=lambda: code)


@dataclass(frozen=True, slots=True)
class SampleState:
    """The sample school of a data folder: is it there, where, and how to get in."""

    there: bool
    folder: Path
    login: str
    password: str


def sample_state(folder: Path) -> SampleState:
    """The sample school that belongs to this data folder."""
    from app.workflows import sample

    return SampleState(sample.has_sample(folder), sample.sample_folder(folder), sample.ADMIN, sample.PASSWORD)


def make_sample(folder: Path, progress: Progress) -> SampleState:
    """Make the sample school beside a data folder."""
    from app.workflows import sample

    sample.make_sample(folder=folder, progress=progress)
    return sample_state(folder)


def throw_away(folder: Path) -> SampleState:
    """Delete the sample school beside a data folder."""
    from app.workflows import sample

    sample.throw_away(folder=folder)
    return sample_state(folder)
