"""Issuing transcripts: freeze the data, make XML and PDF, keep them; preview, read and revoke."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Final

from app import messages
from app.errors import NotAllowed, UserError
from app.interaction import Progress, SilentProgress
from app.models import classes as class_rows
from app.models import people
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.store import Store
from app.models.values import Documents, VersionRecord
from app.records.classification import propose
from app.records.local import NAMES_ON
from app.records.permissions import Action, Actor, allowed, require
from app.records.programme import out_of_scope_reason
from app.records.summer import awaited
from app.records.types import ClassYear, Period, PupilYear, Role, Stage, TranscriptData, TranscriptState
from app.transcript.pdf import render_draft
from app.transcript.xml import build_xml
from app.workflows import clock, freezing
from app.workflows.classes import find
from app.workflows.freezing import Frame, Refused, Rendered
from app.workflows.report import NOTHING, Changes, changed
from app.workflows.rules import SIGNING_LEADER

WORKERS: Final = 2
_POOL_FROM: Final = 40
"""Fewer documents than this are drawn here: starting worker processes would take longer."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A pupil for whom nothing was issued. `code`: unchanged, changed, out_of_scope, invalid, …"""

    pupil: str
    class_name: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A version that would be made."""

    pupil: str
    class_name: str
    version: int


@dataclass(frozen=True, slots=True)
class IssuePlan:
    """What `issue` would do: everybody is in one of the two lists."""

    make: tuple[Planned, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class IssueReport:
    """How many versions were made, and who was left out and why."""

    issued: int
    skipped: tuple[Skipped, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Work:
    entry: PupilYear
    data: TranscriptData


_SILENT: Final = SilentProgress()


def frame_for(store: Store) -> Frame:
    """The school's names, leader, form and moment for a batch."""
    with store.reading() as session:
        year = settings_store.active_year(session)
        names = settings_store.school_names(session)
        form = settings_store.form_options_of(session)
        on_issue = settings_store.get(session, NAMES_ON, "") == "issue"
        chosen = settings_store.get(session, SIGNING_LEADER, "")
        leaders = tuple(a for a in people.accounts(session, year) if Role.LEADER in a.roles)
    return Frame(names, freezing.leader_of(leaders, chosen), clock.now(), form, on_issue)


def plan(
    *, store: Store, actor: Actor, class_name: str | None = None, progress: Progress = _SILENT
) -> IssuePlan:
    """What `issue` would make now and whom it would leave out, without making anything.

    NotAllowed workflow.not_approved, as for `issue`.
    """
    require(actor, Action.ISSUE, class_name=class_name)
    work, skipped = _survey(store, class_name, progress)
    checked = [_checked(item) for item in work]
    make = tuple(item for item in checked if isinstance(item, Planned))
    refused = tuple(item for item in checked if isinstance(item, Skipped))
    return IssuePlan(make, (*skipped, *refused))


def _checked(item: _Work) -> Planned | Skipped:
    """What becomes of one pupil: the XML is made and held against its schema, and thrown away."""
    name, class_name = item.entry.pupil.name, item.data.enrolment.class_name
    try:
        build_xml(item.data)
    except UserError as error:
        return Skipped(name, class_name, "invalid", messages.sentence(error))
    return Planned(name, class_name, item.data.version)


def issue(*, store: Store, actor: Actor, class_name: str | None = None, progress: Progress) -> IssueReport:
    """Issue a transcript for every pupil of the approved classes (or of the one named).

    NotAllowed workflow.not_approved when the named class is not approved yet. Unchanged current versions
    are listed as skipped; each version is kept in a transaction of its own, so stopping loses nothing.
    """
    require(actor, Action.ISSUE, class_name=class_name)
    work, skipped = _survey(store, class_name, _SILENT)
    refused = _perform(store, actor, work, progress)
    issued = len(work) - len(refused)
    return IssueReport(issued, (*skipped, *refused), changed("transcripts") if issued else NOTHING)


def _survey(
    store: Store, class_name: str | None, progress: Progress
) -> tuple[tuple[_Work, ...], tuple[Skipped, ...]]:
    """What is to be made and who is left out, pupil by pupil."""
    frame = frame_for(store)
    with store.reading() as session:
        year = settings_store.active_year(session)
        if class_name is None:
            classes = class_rows.load_classes(session, year)
        else:
            classes = (class_rows.load_class(session, year, class_name),)
        current = {v.enrolment_key: v for v in transcript_rows.current_versions(session, year)}
    if class_name is not None:
        _demand_approved(classes[0])
    pairs = [(klass, entry) for klass in classes for entry in klass.pupils]
    planned: list[_Work | Skipped] = []
    for klass, entry in pairs:
        progress.step(len(planned), len(pairs), f"Đang xem lớp {klass.name}")
        planned.append(_plan(frame, klass, entry, current.get(entry.key)))
    work = tuple(item for item in planned if isinstance(item, _Work))
    return work, tuple(item for item in planned if isinstance(item, Skipped))


def _demand_approved(klass: ClassYear) -> None:
    if reason := out_of_scope_reason(klass.year, klass.grade):
        raise NotAllowed("workflow.out_of_scope", reason=reason)
    if klass.stages.get(Period.CN, Stage.OPEN) is not Stage.APPROVED:
        raise NotAllowed("workflow.not_approved", name=klass.name)


def _skip(klass: ClassYear, entry: PupilYear, code: str, **facts: object) -> Skipped:
    return Skipped(entry.pupil.name, klass.name, code, messages.text(f"workflow.skip_{code}", facts))


def _plan(frame: Frame, klass: ClassYear, entry: PupilYear, current: VersionRecord | None) -> _Work | Skipped:
    if reason := out_of_scope_reason(klass.year, klass.grade):
        return _skip(klass, entry, "out_of_scope", reason=reason)
    if klass.stages.get(Period.CN, Stage.OPEN) is not Stage.APPROVED:
        return _skip(klass, entry, "not_approved", name=klass.name)
    if not entry.enrolment.status.active:
        return _skip(klass, entry, "left")
    if awaited(entry):
        return _skip(klass, entry, "summer")
    proposal = propose(klass.year, entry, klass.local)
    if proposal.status == "missing":
        return _skip(klass, entry, "missing", count=len(proposal.missing))
    if current is None or current.state is TranscriptState.REVOKED:
        return _new_version(frame, klass, entry, current)
    same = replace(frame, issued_at=current.issued_at)
    again = _freeze_as(same, klass, entry, current.transcript_id, current.version, current.replaces)
    if freezing.says(again, current.data_sha256):
        return _skip(klass, entry, "unchanged", version=current.version)
    return _skip(klass, entry, "changed", version=current.version)


def _freeze_as(
    frame: Frame, klass: ClassYear, entry: PupilYear, transcript_id: str, version: int, replaces: int | None
) -> TranscriptData:
    return freezing.freeze(
        frame=frame, klass=klass, entry=entry, transcript_id=transcript_id, version=version, replaces=replaces
    )


def _new_version(frame: Frame, klass: ClassYear, entry: PupilYear, current: VersionRecord | None) -> _Work:
    if current is None:
        number = freezing.new_transcript_id(frame.school(klass.year), klass.year, entry.key, entry.pupil.code)
        return _Work(entry, _freeze_as(frame, klass, entry, number, 1, None))
    data = _freeze_as(frame, klass, entry, current.transcript_id, current.version + 1, current.version)
    return _Work(entry, data)


@contextmanager
def _renderer(data: Sequence[TranscriptData]) -> Iterator[Iterator[Rendered | Refused]]:
    """Rendered documents in order, from worker processes when there are many."""
    if len(data) < _POOL_FROM:
        yield map(freezing.attempt, data)
        return
    pool = ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn"))
    try:
        yield pool.map(freezing.attempt, data, chunksize=8)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _perform(store: Store, actor: Actor, work: Sequence[_Work], progress: Progress) -> list[Skipped]:
    """Keep what could be made; returns whom the schema refused: one such pupil does not stop the rest."""
    total = len(work)
    refused: list[Skipped] = []
    progress.step(0, total, "Đang tạo học bạ")
    with _renderer([item.data for item in work]) as documents:
        for done, (item, made) in enumerate(zip(work, documents, strict=True), start=1):
            name = item.entry.pupil.name
            if isinstance(made, Refused):
                refused.append(Skipped(name, item.data.enrolment.class_name, "invalid", made.message))
                progress.step(done, total, made.message)
            else:
                _keep(store, actor, item, made)
                progress.step(done, total, f"Đã tạo học bạ của {name}")
    return refused


def _keep(store: Store, actor: Actor, item: _Work, made: Rendered) -> None:
    with store.transaction() as session:
        transcript_rows.add_version(
            session,
            transcript_id=item.data.transcript_id,
            version=item.data.version,
            enrolment_key=item.entry.key,
            xml=made.xml,
            pdf=made.pdf,
            data_sha256=made.data_sha256,
            issued_at=item.data.issued_at,
            replaces=item.data.replaces,
            actor=actor.login,
        )


def preview(*, store: Store, actor: Actor, code: str) -> bytes:
    """A marked draft (PDF) of one pupil's transcript, from the data as they are now."""
    klass, entry = find(store=store, actor=actor, code=code)
    require(actor, Action.PREVIEW, class_name=klass.name)
    if reason := out_of_scope_reason(klass.year, klass.grade):
        raise NotAllowed("workflow.out_of_scope", reason=reason)
    frame = frame_for(store)
    number = freezing.new_transcript_id(frame.school(klass.year), klass.year, entry.key, entry.pupil.code)
    return render_draft(_freeze_as(frame, klass, entry, number, 1, None))


def current_version(*, store: Store, actor: Actor, code: str) -> VersionRecord | None:
    """The newest version of one pupil's transcript, None when nothing was issued."""
    klass, entry = find(store=store, actor=actor, code=code)
    require(actor, Action.LOOK_UP, class_name=klass.name)
    with store.reading() as session:
        found = transcript_rows.current_versions(session, klass.year, klass.name)
    return next((version for version in found if version.enrolment_key == entry.key), None)


def stored_documents(*, store: Store, actor: Actor, code: str) -> Documents | None:
    """XML and PDF of the newest version as they are kept, None when nothing was issued."""
    version = current_version(store=store, actor=actor, code=code)
    if version is None:
        return None
    with store.reading() as session:
        return transcript_rows.documents(session, version.id)


def stored_pdf(*, store: Store, actor: Actor, code: str) -> bytes | None:
    """The PDF of the newest version, None when nothing was issued."""
    documents = stored_documents(store=store, actor=actor, code=code)
    return None if documents is None else documents.pdf


def revoke(*, store: Store, actor: Actor, code: str, reason: str) -> VersionRecord:
    """Withdraw the current version; a new one can then be issued. Nothing is deleted."""
    if not allowed(actor, Action.REVOKE):
        raise NotAllowed("workflow.revoke_rights")
    if not reason.strip():
        raise UserError("workflow.reason_missing")
    version = current_version(store=store, actor=actor, code=code)
    if version is None:
        raise UserError("workflow.nothing_issued", code=code)
    if version.state is TranscriptState.REVOKED:
        raise NotAllowed("workflow.already_revoked", name=version.pupil_name, version=version.version)
    with store.transaction() as session:
        transcript_rows.revoke(session, version.id, reason.strip(), actor.login)
    return replace(version, state=TranscriptState.REVOKED, revoked_reason=reason.strip())
