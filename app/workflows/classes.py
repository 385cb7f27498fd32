"""Classes and pupils: looking, moving the stage of a class, and setting single fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.errors import NotAllowed, UserError
from app.models import classes as class_rows
from app.models import results as result_rows
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.store import Session, Store
from app.models.values import ClassSummary, VersionRecord
from app.records import checks
from app.records.checks import CheckSettings
from app.records.classification import propose
from app.records.names import search_form
from app.records.permissions import Action, Actor, allowed, allowed_somewhere, require
from app.records.programme import out_of_scope_reason
from app.records.types import (
    ClassYear,
    Finding,
    Period,
    PupilYear,
    Severity,
    SigningRole,
    Stage,
    TranscriptState,
)
from app.workflows.confirm import open_values
from app.workflows.report import Changes, changed
from app.workflows.rules import check_settings

_SIGNED: Final = {
    "teacher": SigningRole.TEACHER,
    "leader": SigningRole.LEADER,
    "sealed": SigningRole.SEAL,
}


@dataclass(frozen=True, slots=True)
class ListedPupil:
    """A pupil with the class it stands in."""

    class_name: str
    pupil: PupilYear


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """One column of the overview: (done, total) for each of the nine stages."""

    name: str
    grade: int
    out_of_scope: str
    counts: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class StageReport:
    """The stage after the verb and the warnings that stay open."""

    stage: Stage
    findings: tuple[Finding, ...]
    changes: Changes


def list_classes(*, store: Store, actor: Actor) -> tuple[ClassSummary, ...]:
    """The classes this person may see."""
    with store.reading() as session:
        summaries = class_rows.summaries(session, settings_store.active_year(session))
    return tuple(item for item in summaries if allowed(actor, Action.LOOK_UP, class_name=item.name))


def open_class(*, store: Store, actor: Actor, class_name: str) -> ClassYear:
    """A class with every pupil and result. NotAllowed, UserError workflow.no_class."""
    with store.reading() as session:
        year = settings_store.active_year(session)
        found = class_rows.load_class(session, year, class_name)
    require(actor, Action.LOOK_UP, class_name=found.name)
    return found


def visible_classes(
    *, store: Store, actor: Actor, class_name: str | None = None, action: Action = Action.LOOK_UP
) -> tuple[ClassYear, ...]:
    """The named class, or every class for which this person may do `action`; NotAllowed if none."""
    if class_name is not None:
        klass = open_class(store=store, actor=actor, class_name=class_name)
        require(actor, action, class_name=klass.name)
        return (klass,)
    if not allowed_somewhere(actor, action):
        require(actor, action)
    with store.reading() as session:
        loaded = class_rows.load_classes(session, settings_store.active_year(session))
    return tuple(item for item in loaded if allowed(actor, action, class_name=item.name))


def list_pupils(
    *, store: Store, actor: Actor, class_name: str | None = None, search: str = ""
) -> tuple[ListedPupil, ...]:
    """Pupils of a class or of all visible classes; `search` ignores case and diacritics."""
    wanted = search_form(search)
    return tuple(
        ListedPupil(klass.name, entry)
        for klass in visible_classes(store=store, actor=actor, class_name=class_name)
        for entry in klass.pupils
        if not wanted or _matches(entry, wanted)
    )


def _matches(entry: PupilYear, wanted: str) -> bool:
    pupil = entry.pupil
    return wanted in search_form(pupil.name) or any(
        wanted in code for code in (pupil.code, pupil.vnedu_code, pupil.personal_id)
    )


def board(*, store: Store, actor: Actor) -> tuple[ClassProgress, ...]:
    """The overview: how far each visible class has come in each of the nine stages."""
    with store.reading() as session:
        year = settings_store.active_year(session)
        loaded = class_rows.load_classes(session, year)
        versions = transcript_rows.current_versions(session, year)
        delivered = transcript_rows.delivered(session)
    settings = check_settings(store)
    by_class: dict[str, list[VersionRecord]] = {}
    for version in versions:
        by_class.setdefault(version.class_name, []).append(version)
    return tuple(
        _progress(klass, by_class.get(klass.name, []), delivered, settings)
        for klass in loaded
        if allowed(actor, Action.LOOK_UP, class_name=klass.name)
    )


def _progress(
    klass: ClassYear, versions: list[VersionRecord], delivered: frozenset[int], settings: CheckSettings
) -> ClassProgress:
    reason = out_of_scope_reason(klass.year, klass.grade)
    if reason is not None:
        return ClassProgress(klass.name, klass.grade, reason, {})
    active = [entry for entry in klass.pupils if entry.enrolment.status.active]
    total = len(active)
    complete = sum(1 for entry in active if _known(klass, entry))
    errors = sum(1 for item in checks.run(klass, Period.CN, settings) if item.severity is Severity.ERROR)
    stage = klass.stages.get(Period.CN, Stage.OPEN)
    live = [version for version in versions if version.state is not TranscriptState.REVOKED]
    counts = {
        "results": (complete, total),
        "check": (0 if errors else total, total),
        "submitted": (total if stage is not Stage.OPEN else 0, total),
        "approved": (total if stage is Stage.APPROVED else 0, total),
        "issued": (len(live), total),
    }
    for name, role in _SIGNED.items():
        counts[name] = (sum(1 for version in live if role in version.signed_roles), total)
    counts["sent"] = (sum(1 for version in live if version.id in delivered), total)
    return ClassProgress(klass.name, klass.grade, "", counts)


def _known(klass: ClassYear, entry: PupilYear) -> bool:
    return propose(klass.year, entry, klass.local).status != "missing"


def _stage_of(klass: ClassYear, period: Period) -> Stage:
    return klass.stages.get(period, Stage.OPEN)


def _move(
    session: Session, actor: Actor, klass: ClassYear, period: Period, to: Stage, reason: str = ""
) -> Changes:
    class_rows.set_stage(
        session,
        year=klass.year,
        class_name=klass.name,
        period=period,
        stage=to,
        actor=actor.login,
        reason=reason,
        expected=_stage_of(klass, period),
    )
    return changed("classes", ids=frozenset({klass.name}))


def submit(*, store: Store, actor: Actor, class_name: str, period: Period = Period.CN) -> StageReport:
    """Close a class for entry (chốt). Demands zero errors; NotAllowed workflow.class_has_errors otherwise."""
    klass = open_class(store=store, actor=actor, class_name=class_name)
    require(actor, Action.SUBMIT, class_name=klass.name)
    stage = _stage_of(klass, period)
    if stage is not Stage.OPEN:
        raise NotAllowed("workflow.already_submitted", name=klass.name)
    if reason := out_of_scope_reason(klass.year, klass.grade):
        raise NotAllowed("workflow.out_of_scope", reason=reason)
    if not klass.pupils:
        raise NotAllowed("workflow.class_empty", name=klass.name)
    findings = checks.run(klass, period, check_settings(store))
    errors = [item for item in findings if item.severity is Severity.ERROR]
    if errors:
        raise NotAllowed(
            "workflow.class_has_errors", name=klass.name, count=len(errors), first=errors[0].message
        )
    with store.transaction() as session:
        if period is Period.CN:
            _confirm(session, actor, klass)
        moved = _move(session, actor, klass, period, Stage.SUBMITTED)
    return StageReport(Stage.SUBMITTED, findings, moved)


def _confirm(session: Session, actor: Actor, klass: ClassYear) -> None:
    """Closing a class confirms what its teacher left to the proposal; every value is logged."""
    for entry in klass.pupils:
        if values := open_values(klass, entry):
            result_rows.save_results(
                session,
                key=entry.key,
                period=Period.CN,
                subjects={},
                traits={},
                group_comments={},
                year_values=values,
                actor=actor.login,
            )


def approve(*, store: Store, actor: Actor, class_name: str, period: Period = Period.CN) -> StageReport:
    """The working group approves a submitted class."""
    klass = open_class(store=store, actor=actor, class_name=class_name)
    require(actor, Action.APPROVE, class_name=klass.name)
    stage = _stage_of(klass, period)
    if stage is not Stage.SUBMITTED:
        code = "workflow.already_approved" if stage is Stage.APPROVED else "workflow.not_submitted"
        raise NotAllowed(code, name=klass.name)
    findings = checks.run(klass, period, check_settings(store))
    with store.transaction() as session:
        moved = _move(session, actor, klass, period, Stage.APPROVED)
    return StageReport(Stage.APPROVED, findings, moved)


def reopen(
    *, store: Store, actor: Actor, class_name: str, reason: str, period: Period = Period.CN
) -> StageReport:
    """Open a submitted or approved class again; a reason is required and kept."""
    klass = open_class(store=store, actor=actor, class_name=class_name)
    require(actor, Action.REOPEN, class_name=klass.name)
    if not reason.strip():
        raise UserError("workflow.reason_missing")
    if _stage_of(klass, period) is Stage.OPEN:
        raise NotAllowed("workflow.already_open", name=klass.name)
    with store.transaction() as session:
        moved = _move(session, actor, klass, period, Stage.OPEN, reason.strip())
    return StageReport(Stage.OPEN, (), moved)


def find(*, store: Store, actor: Actor, code: str) -> tuple[ClassYear, PupilYear]:
    """The pupil with any of the three codes, and the class. UserError workflow.no_pupil."""
    with store.reading() as session:
        year = settings_store.active_year(session)
        class_name, found = class_rows.find_pupil(session, year, code)
        klass = class_rows.load_class(session, year, class_name)
    require(actor, Action.LOOK_UP, class_name=klass.name)
    return klass, next(entry for entry in klass.pupils if entry.key == found.key)
