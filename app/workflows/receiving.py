"""Receiving the transcripts of pupils who come from other schools: verified, kept as they are, read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from app import messages
from app.errors import UserError
from app.interaction import Progress
from app.models import classes as class_rows
from app.models import received as received_rows
from app.models import results as result_rows
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.pupils import set_pupil_field
from app.models.received import Person, ReceivedRecord
from app.models.store import Session, Store
from app.records.calendar import arrival_window, arrived_in
from app.records.names import match_key
from app.records.permissions import Action, Actor, require
from app.records.types import (
    Enrolment,
    HistoryRow,
    Period,
    PeriodResults,
    Pupil,
    PupilYear,
    SigningRole,
    Status,
    SubjectResult,
    TraitResult,
    TranscriptData,
    YearOutcome,
)
from app.signing.reports import DocumentReport, Verdict
from app.signing.trust import Trust
from app.transcript.xml import parse_xml
from app.transcript.xml_model import PUPIL_LABELS
from app.workflows import clock
from app.workflows.classes import find
from app.workflows.report import NOTHING, Changes, changed
from app.workflows.verify import check_bytes, read, trust_for

GENUINE: Final = frozenset({Verdict.VALID, Verdict.VALID_UNKNOWN_STATUS})
_PDF: Final = b"%PDF-"
_PDF_BEGINNING: Final = 1024
R = TypeVar("R", SubjectResult, TraitResult)
_IDENTITY: Final = ("code", "personal_id", "name", "birth_date", "nationality")
"""What a new pupil is made of; the rest fills what is empty."""
_YEAR_FIELDS: Final = ("height_cm", "weight_kg", "absent_excused", "absent_unexcused")


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file.

    `action`: "enrolled" (a new place in a class, and the record kept), "kept" (the record of a pupil who was
    here), "unchanged" (it came before), "own" (this school issued it), "refused" (nothing was stored).
    """

    file: str
    verdict: str
    code: str
    name: str
    year: str
    action: str
    message: str
    school: str = ""
    sealed_by: str = ""
    class_name: str = ""
    history_added: int = 0
    results_written: int = 0
    """Cells of this year's results that were empty and now hold those of the record."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiveReport:
    """One entry per file, in the order given."""

    received: tuple[Received, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A genuine record and its file."""

    file: str
    content: bytes
    data: TranscriptData
    verdict: str
    sealed_by: str


@dataclass(frozen=True, slots=True)
class _Job:
    """What all files of one call share."""

    actor: Actor
    year: str
    class_name: str | None
    with_results: bool


def receive(
    *,
    store: Store,
    actor: Actor,
    paths: Sequence[Path],
    class_name: str | None = None,
    trust_files: Sequence[Path] = (),
    with_results: bool = False,
    progress: Progress,
) -> ReceiveReport:
    """Verify each data file and bring its pupil, years and record in; one file is one transaction.

    Only a genuine file with all three signatures is taken; anything else is refused and leaves nothing. A
    pupil is the one with the same sector code or personal number, never made twice; a new one needs
    `class_name`. What is stored already is not overwritten: differences are told. `with_results` writes the
    results of a record of the active year into the empty cells of the class, which must be open.
    UserError workflow.no_class, workflow.no_file, workflow.cannot_read before anything is written.
    """
    require(actor, Action.IMPORT_LIST, class_name=class_name)
    with store.reading() as session:
        year = settings_store.active_year(session)
        if class_name is not None:
            class_rows.known_class(session, year, class_name)
    job = _Job(actor, year, class_name, with_results)
    trust = trust_for(trust_files, store)
    files = [(str(path), read(path)) for path in paths]
    arrivals = [_open(name, content, trust, store) for name, content in files]
    found: dict[int, Received] = {}
    for done, number in enumerate(_newest_first(arrivals), start=1):
        item = arrivals[number]
        found[number] = item if isinstance(item, Received) else _take(store, job, item)
        progress.step(done, len(files), files[number][0])
    received = tuple(found[number] for number in range(len(files)))
    touched = any(item.action in {"enrolled", "kept"} or item.results_written for item in received)
    return ReceiveReport(received, changed("classes", "results") if touched else NOTHING)


def _newest_first(arrivals: Sequence[_Arrival | Received]) -> list[int]:
    """Places of the files, the newest record of each pupil before the older: it knows the pupil best."""
    dated = [
        (-item.data.issued_at.timestamp() if isinstance(item, _Arrival) else 0.0, number)
        for number, item in enumerate(arrivals)
    ]
    return [number for _, number in sorted(dated)]


# --- is it genuine ---------------------------------------------------------------------------------


def _open(file: str, content: bytes, trust: Trust, store: Store) -> _Arrival | Received:
    if _PDF in content[:_PDF_BEGINNING]:
        return _refused(file, Verdict.UNREADABLE, UserError("receive.pdf", file=Path(file).name))
    report = check_bytes(content, name=file, trust=trust, store=store)
    if report.verdict not in GENUINE:
        return Received(file, report.verdict, "", "", "", "refused", report.message)
    roles = {item.role for item in report.signatures}
    if not roles >= set(SigningRole):
        return _refused(file, report.verdict, UserError("receive.not_sealed"))
    try:
        data = parse_xml(content)
    except UserError as error:
        return _refused(file, report.verdict, error)
    return _Arrival(file, content, data, report.verdict, _sealed_by(report))


def _sealed_by(report: DocumentReport) -> str:
    return next(item.common_name for item in report.signatures if item.role == SigningRole.SEAL)


def _refused(
    file: str, verdict: str, error: UserError, *, code: str = "", name: str = "", year: str = ""
) -> Received:
    return Received(file, verdict, code, name, year, "refused", messages.sentence(error))


# --- bringing it in --------------------------------------------------------------------------------


def _take(store: Store, job: _Job, item: _Arrival) -> Received:
    pupil = item.data.pupil
    try:
        with store.transaction() as session:
            return _bring_in(session, job, item)
    except UserError as error:
        return _refused(item.file, item.verdict, error, code=pupil.code, name=pupil.name, year=item.data.year)


def _bring_in(session: Session, job: _Job, item: _Arrival) -> Received:
    data, pupil = item.data, item.data.pupil
    answer = Received(
        file=item.file,
        verdict=item.verdict,
        code=pupil.code,
        name=pupil.name,
        year=data.year,
        action="kept",
        message="",
        school=data.school.name,
        sealed_by=item.sealed_by,
        warnings=_doubts(item),
    )
    if transcript_rows.find_by_content(session, item.content) is not None:
        return _told(replace(answer, action="own"))
    if data.year > job.year:
        raise UserError("receive.later_year", name=pupil.name, year=data.year, active=job.year)
    before = received_rows.known(session, item.content)
    person, made = _placed(session, job, pupil)
    differences = _fill_in(session, job.actor, person, pupil)
    added = received_rows.add_history(session, person.key, _years(data), job.actor.login)
    if before is None:
        _keep(session, job.actor, person, item)
    written = _write_results(session, job, person, data) if job.with_results else 0
    action = "enrolled" if made else "kept" if before is None else "unchanged"
    return _told(
        replace(
            answer,
            action=action,
            class_name=person.class_name,
            history_added=added,
            results_written=written,
            warnings=(*answer.warnings, *differences),
        )
    )


def _told(item: Received) -> Received:
    facts = {"name": item.name, "year": item.year, "school": item.school, "class_name": item.class_name}
    return replace(item, message=messages.text(f"receive.{item.action}", facts))


def _doubts(item: _Arrival) -> tuple[str, ...]:
    """A warning when the seal's certificate does not carry the school's name: any seal is not enough."""
    school = item.data.school.name
    if match_key(school) and match_key(school) in match_key(item.sealed_by):
        return ()
    return (messages.text("receive.other_seal", {"holder": item.sealed_by, "school": school}),)


def _placed(session: Session, job: _Job, pupil: Pupil) -> tuple[Person, bool]:
    """The stored pupil, in a class of the year when one is named; True when a place was made."""
    person = received_rows.find_person(session, job.year, pupil)
    if person is not None and (person.class_name or job.class_name is None):
        if job.class_name not in (None, person.class_name):
            raise UserError("receive.other_class", name=pupil.name, class_name=person.class_name)
        return person, False
    if job.class_name is None:
        raise UserError("receive.class_needed", name=pupil.name)
    if not (pupil.code or pupil.personal_id):
        raise UserError("receive.no_number", name=pupil.name)
    who = pupil if person is None else person.pupil
    given = {name: getattr(who, name) for name in _IDENTITY}
    class_rows.save_pupil(
        session,
        year=job.year,
        class_name=job.class_name,
        fields={**given, "status": arrival_status(clock.now().date(), job.year)},
        actor=job.actor.login,
    )
    made = received_rows.find_person(session, job.year, pupil)
    if made is None:
        raise LookupError(pupil.code)
    return made, True


def arrival_status(day: date, year: str) -> Status:
    """The status of somebody who comes to the school on `day`; STUDYING when the day says nothing."""
    low, high = arrival_window(Status.ARRIVED_SUMMER, year) or (date.max, date.min)
    return arrived_in(day, year) or (Status.ARRIVED_SUMMER if low <= day <= high else Status.STUDYING)


def _fill_in(session: Session, actor: Actor, person: Person, pupil: Pupil) -> list[str]:
    """Fill what was empty from the record; a sentence for each field where the two differ."""
    told = []
    for item in dataclasses.fields(Pupil):
        ours, theirs = getattr(person.pupil, item.name), getattr(pupil, item.name)
        if not theirs or ours == theirs:
            continue
        if not ours:
            set_pupil_field(session, person.key, item.name, theirs, actor.login)
        else:
            facts = {"name": pupil.name, "field": PUPIL_LABELS[item.name], "ours": ours, "theirs": theirs}
            told.append(messages.text("receive.differs", facts))
    return told


def _years(data: TranscriptData) -> Iterable[HistoryRow]:
    """The years that the record tells of, its own at the end when its history does not name it."""
    yield from data.history
    enrolment = data.enrolment
    if all(row.year != data.year for row in data.history):
        yield HistoryRow(
            data.year,
            enrolment.class_name,
            data.school.name,
            enrolment.register_number,
            enrolment.enrolled_on,
        )


def _keep(session: Session, actor: Actor, person: Person, item: _Arrival) -> None:
    data = item.data
    received_rows.keep(
        session,
        pupil_id=person.pupil_id,
        year=data.year,
        transcript_id=data.transcript_id,
        version=data.version,
        school_code=data.school.code,
        school=data.school.name,
        issued_at=data.issued_at,
        sealed_by=item.sealed_by,
        verdict=item.verdict,
        received_at=clock.now(),
        actor=actor.login,
        content=item.content,
    )


def _write_results(session: Session, job: _Job, person: Person, data: TranscriptData) -> int:
    """The year-end results of the record into what is still empty; NotAllowed when the class is closed."""
    if data.year != job.year or not person.class_name:
        return 0
    class_rows.demand_open(session, job.year, person.class_name, Period.CN)
    klass = class_rows.load_class(session, job.year, person.class_name, (Period.CN,))
    entry = next(found for found in klass.pupils if found.key == person.key)
    wanted = _only_empty(entry.period(Period.CN), data.results)
    cells = result_rows.save_results(
        session,
        key=person.key,
        period=Period.CN,
        subjects=wanted.subjects,
        traits=wanted.traits,
        group_comments=wanted.group_comments,
        year_values=_missing(entry.outcome, data.outcome),
        actor=job.actor.login,
    )
    values = _year_values(entry, data)
    if values:
        cells += class_rows.set_enrolment_fields(session, person.key, values, job.actor.login)
    return cells


def _year_values(entry: PupilYear, data: TranscriptData) -> dict[str, object]:
    given = _missing(entry.enrolment, data.enrolment)
    return {name: value for name, value in given.items() if name in _YEAR_FIELDS}


def _only_empty(ours: PeriodResults, theirs: PeriodResults) -> PeriodResults:
    """Their results without the cells that we have."""
    comments = {
        code: text for code, text in theirs.group_comments.items() if not ours.group_comments.get(code)
    }
    return PeriodResults(
        {code: _rest(ours.subjects.get(code), value) for code, value in theirs.subjects.items()},
        {code: _rest(ours.traits.get(code), value) for code, value in theirs.traits.items()},
        comments,
    )


def _rest(ours: R | None, theirs: R) -> R:
    nothing = type(theirs)()
    return replace(nothing, **_missing(ours or nothing, theirs))


def _missing(ours: object, theirs: R | YearOutcome | Enrolment) -> dict[str, Any]:
    """The filled fields of `theirs` that are empty in `ours`."""
    filled = {item.name: getattr(theirs, item.name) for item in dataclasses.fields(theirs)}
    return {
        name: value
        for name, value in filled.items()
        if value not in (None, "", ()) and getattr(ours, name) in (None, "", ())
    }


# --- looking it up ---------------------------------------------------------------------------------


def received_records(*, store: Store, actor: Actor, code: str) -> tuple[ReceivedRecord, ...]:
    """The transcripts that a pupil brought along, by year, the newest version last."""
    klass, entry = find(store=store, actor=actor, code=code)
    require(actor, Action.LOOK_UP, class_name=klass.name)
    with store.reading() as session:
        return received_rows.of_pupil(session, entry.key)


def received_documents(*, store: Store, actor: Actor, code: str) -> Mapping[str, bytes]:
    """Year → the signed data file of the newest version that a pupil brought along, as it came."""
    records = {item.year: item.id for item in received_records(store=store, actor=actor, code=code)}
    with store.reading() as session:
        return {year: received_rows.content(session, number) for year, number in records.items()}
