"""From a class and a pupil to the frozen data of one transcript version, and to its two documents."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.models.values import AccountRecord
from app.records.programme import programme_for, shown_subjects
from app.records.types import (
    ClassYear,
    HistoryRow,
    Period,
    PupilYear,
    School,
    Signatory,
    TranscriptData,
)
from app.transcript.pdf import render_pdf
from app.transcript.xml import build_xml

TEACHER_TITLE: Final = ("Giáo viên chủ nhiệm",)
PRINCIPAL_TITLE: Final = ("HIỆU TRƯỞNG",)


@dataclass(frozen=True, slots=True)
class Frame:
    """What all transcripts of a batch share: the school, who leads it, and the moment of issue."""

    school: School
    leader: Signatory
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Rendered:
    """The documents of one version; `data_sha256` is what is approved and signed."""

    xml: bytes
    pdf: bytes
    data_sha256: str


def leader_of(accounts: tuple[AccountRecord, ...], chosen: str) -> Signatory:
    """The leader printed on the form: the one set by the school, else the only one there is."""
    leaders = [a for a in accounts if a.login == chosen] or [a for a in accounts if not a.disabled]
    if len(leaders) != 1:
        return Signatory(PRINCIPAL_TITLE, "")
    title = tuple(line.strip() for line in leaders[0].title.split("/") if line.strip())
    return Signatory(title or PRINCIPAL_TITLE, leaders[0].name)


def new_transcript_id(school: School, year: str, key: int, pupil_code: str) -> str:
    """Identifier of a pupil's transcript of one year: 16 hexadecimal digits, the same on every run."""
    text = f"{school.code}/{year}/{pupil_code or key}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def freeze(
    *,
    frame: Frame,
    klass: ClassYear,
    entry: PupilYear,
    transcript_id: str,
    version: int,
    replaces: int | None,
) -> TranscriptData:
    """Everything this version says. UserError programme.out_of_scope for a year outside the rules."""
    programme = programme_for(klass.year, klass.grade, klass.local)
    return TranscriptData(
        transcript_id=transcript_id,
        version=version,
        replaces=replaces,
        issued_at=frame.issued_at,
        school=frame.school,
        place=frame.school.commune,
        year=klass.year,
        pupil=entry.pupil,
        enrolment=entry.enrolment,
        history=entry.history or (_this_year(frame.school, klass, entry),),
        subjects=shown_subjects(programme, entry, Period.CN),
        traits=programme.traits,
        results=entry.period(Period.CN),
        outcome=entry.outcome,
        teacher=Signatory(TEACHER_TITLE, klass.homeroom_teacher),
        leader=frame.leader,
    )


def _this_year(school: School, klass: ClassYear, entry: PupilYear) -> HistoryRow:
    return HistoryRow(
        year=klass.year,
        class_name=klass.name,
        school=school.name,
        register_number=entry.enrolment.register_number,
        date=entry.enrolment.enrolled_on,
    )


def data_sha256(data: TranscriptData) -> str:
    """SHA-256 (hex) of the data file with empty signature slots."""
    return hashlib.sha256(build_xml(data)).hexdigest()


def render(data: TranscriptData) -> Rendered:
    """XML and PDF of one version; a plain function, so that worker processes can run it."""
    xml = build_xml(data)
    return Rendered(xml, render_pdf(data, xml=xml), hashlib.sha256(xml).hexdigest())
