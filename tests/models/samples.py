"""Invented people and documents for the tests of the store."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy.orm import Session

from app.models import classes, transcripts
from app.models.store import Store
from app.records.types import PupilYear, School, Sex, SigningRole

YEAR = "2023-2024"
SCHOOL = School("94000001", "Trường Tiểu học Hoa Sen", "Mỹ Tú", "Mỹ Tú", "Sóc Trăng")
VIETNAM = timezone(timedelta(hours=7))
NOW = datetime(2024, 5, 31, 8, 30, 15, tzinfo=VIETNAM)
PUPIL = {
    "code": "2500000001",
    "vnedu_code": "1500000001",
    "personal_id": "094214000001",
    "name": "Thạch Thị Sóc Kha",
    "birth_date": date(2014, 3, 9),
    "sex": Sex.FEMALE,
    "ethnicity": "Khmer",
    "register_number": "17",
    "height_cm": 128.5,
}


def add_pupil(session: Session, class_name: str = "3A", **fields: object) -> PupilYear:
    """One pupil in a class that is made when needed."""
    values = {**PUPIL, **fields}
    classes.ensure_class(session, YEAR, class_name, int(class_name[0]), "admin")
    classes.save_pupil(session, year=YEAR, class_name=class_name, fields=values, actor="admin")
    return classes.find_pupil(session, YEAR, str(values["code"]))[1]


def add_version(session: Session, entry: PupilYear, *, number: str = "t1", version: int = 1) -> int:
    """An issued version with small documents."""
    return transcripts.add_version(
        session,
        transcript_id=number,
        version=version,
        enrolment_key=entry.key,
        xml=b"<xml/>",
        pdf=b"%PDF-1",
        data_sha256="d" * 64,
        issued_at=NOW,
        replaces=version - 1 or None,
        actor="checker",
    )


def sign(session: Session, version_id: int, role: SigningRole) -> None:
    """A signature that adds some bytes to both documents."""
    kept = transcripts.documents(session, version_id)
    transcripts.add_signature(
        session,
        version_id=version_id,
        role=role,
        xml=kept.xml + b"<signature/>",
        pdf=kept.pdf + b" signed by " + role.value.encode(),
        certificate_fingerprint="f" * 64,
        signer_name="Lý Minh Ái",
        signed_at=NOW,
        level="B-B",
        actor="leader",
    )


def seal(store: Store, version_id: int) -> None:
    """All three signatures."""
    with store.transaction() as session:
        for role in SigningRole:
            sign(session, version_id, role)


@contextmanager
def other_process(script: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A second Python process that runs `script` with the folder as its argument; killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(process: subprocess.Popen[str], word: str) -> None:
    """Wait until the other process says `word`."""
    assert process.stdout is not None
    assert process.stdout.readline().strip() == word
