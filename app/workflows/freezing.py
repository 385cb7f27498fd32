"""From a class and a pupil to the frozen data of one transcript version, and to its two documents."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from app import messages
from app.errors import UserError
from app.models.values import AccountRecord
from app.records.calendar import frame_of
from app.records.places import Named, date_line_place, named_on
from app.records.programme import programme_for, rows_of_form, shown_subjects, start_year
from app.records.types import (
    STANDARD_FORM,
    ClassYear,
    FormOptions,
    HistoryRow,
    Period,
    PupilYear,
    School,
    Signatory,
    SummerStage,
    Supplementary,
    TranscriptData,
)
from app.transcript.pdf import render_pdf
from app.transcript.xml import build_xml

TEACHER_TITLE: Final = ("Giáo viên chủ nhiệm",)
PRINCIPAL_TITLE: Final = ("HIỆU TRƯỞNG",)


@dataclass(frozen=True, slots=True)
class Frame:
    """What all transcripts of a batch share: the school's names, who leads it, and the moment of issue."""

    names: tuple[Named, ...]
    """The school by date of validity."""
    leader: Signatory
    issued_at: datetime
    form: FormOptions = STANDARD_FORM
    names_on_issue: bool = False
    """The names of the day of issue, not those of the school year's last day."""

    def school(self, year: str) -> School:
        """The school as the transcripts of a school year name it."""
        last = date(start_year(year) + 1, *frame_of(year).year_ends)
        return named_on(self.names, self.issued_at.date() if self.names_on_issue else last)

    @property
    def place(self) -> str:
        """Địa danh of the date line: where the school lies on the day of issue."""
        return date_line_place(named_on(self.names, self.issued_at.date()))


@dataclass(frozen=True, slots=True)
class Rendered:
    """The documents of one version; `data_sha256` is what is approved and signed."""

    xml: bytes
    pdf: bytes
    data_sha256: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why no documents were made: the code and the sentence, which names the pupil and the field."""

    code: str
    message: str


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
    shown = set(shown_subjects(programme, entry, Period.CN))
    subjects = tuple(code for code in rows_of_form(frame.form.order) if code in shown)
    school = frame.school(klass.year)
    return TranscriptData(
        transcript_id=transcript_id,
        version=version,
        replaces=replaces,
        issued_at=frame.issued_at,
        school=school,
        place=frame.place,
        year=klass.year,
        pupil=entry.pupil,
        enrolment=entry.enrolment,
        history=entry.history or (_this_year(school, klass, entry),),
        subjects=subjects,
        traits=programme.traits,
        results=entry.period(Period.CN),
        outcome=entry.outcome,
        teacher=Signatory(TEACHER_TITLE, klass.homeroom_teacher),
        leader=frame.leader,
        supplementary=_approved(entry.supplementary),
        form=_form(frame.form, subjects),
    )


def _form(chosen: FormOptions, subjects: tuple[str, ...]) -> FormOptions:
    """The form without the names of languages that this pupil does not learn."""
    foreign = chosen.foreign_language if "NN1" in subjects else ""
    minority = chosen.minority_language if "TDT" in subjects else ""
    return replace(chosen, foreign_language=foreign, minority_language=minority)


def _approved(assessment: Supplementary | None) -> Supplementary | None:
    """An assessment in summer that still waits for its approval is no part of a transcript."""
    return assessment if assessment is not None and assessment.stage is SummerStage.APPROVED else None


def _this_year(school: School, klass: ClassYear, entry: PupilYear) -> HistoryRow:
    return HistoryRow(
        year=klass.year,
        class_name=klass.name,
        school=school.name,
        register_number=entry.enrolment.register_number,
        date=entry.enrolment.enrolled_on,
    )


def says(data: TranscriptData, sha256: str) -> bool:
    """True when `sha256` (hex) is that of the data file of `data` with empty signature slots."""
    try:
        return hashlib.sha256(build_xml(data)).hexdigest() == sha256
    except UserError:
        return False


def render(data: TranscriptData) -> Rendered:
    """XML, checked against its schema, and PDF of one version.

    UserError transcript.bad_character, transcript.bad_value.
    """
    xml = build_xml(data)
    return Rendered(xml, render_pdf(data, xml=xml), hashlib.sha256(xml).hexdigest())


def attempt(data: TranscriptData) -> Rendered | Refused:
    """`render`, with a refusal as a value: a plain function, so that worker processes can run it."""
    try:
        return render(data)
    except UserError as error:
        return Refused(error.code, messages.sentence(error))
