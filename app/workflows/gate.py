"""The gate of a class: closing, approving, returning, reopening, and accepting warnings.

Every step is one write transaction that reads the class anew: what was checked is what is closed. The stage
that the person saw is read before it and compared inside, so of two people at once exactly one wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from app.errors import NotAllowed, UserError
from app.models import classes as class_rows
from app.models import gate as gate_rows
from app.models import results as result_rows
from app.models import settings as settings_store
from app.models.store import Session, Store
from app.records.findings import ID_DIGITS, fingerprint
from app.records.names import nfc
from app.records.permissions import Action, Actor, allowed, require
from app.records.programme import out_of_scope_reason
from app.records.types import Acceptance, ClassYear, Finding, Period, Severity, Stage
from app.workflows.confirm import open_values
from app.workflows.findings import REMARK_RULE, look
from app.workflows.remarks import NewRemark, add_all
from app.workflows.report import Changes, changed

_Refused = Mapping[Stage, str]
"""Stages from which a step is not taken, and the code that says so."""
_SUBMIT: Final[_Refused] = {
    Stage.SUBMITTED: "workflow.already_submitted",
    Stage.APPROVED: "workflow.already_submitted",
}
_APPROVE: Final[_Refused] = {
    Stage.OPEN: "workflow.not_submitted",
    Stage.APPROVED: "workflow.already_approved",
}
_RETURN: Final[_Refused] = {Stage.OPEN: "workflow.return_open", Stage.APPROVED: "workflow.return_approved"}
_REOPEN: Final[_Refused] = {Stage.OPEN: "workflow.already_open"}


@dataclass(frozen=True, slots=True)
class StageReport:
    """The stage after the verb, and what the rules say about the class then."""

    stage: Stage
    findings: tuple[Finding, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class AcceptReport:
    """The findings that were accepted, or whose acceptance was withdrawn, as they are now."""

    findings: tuple[Finding, ...]
    changes: Changes


@contextmanager
def _step(
    store: Store, actor: Actor, action: Action, class_name: str, period: Period, refused: _Refused
) -> Iterator[tuple[Session, ClassYear]]:
    """The write transaction of one step, with the class as it is inside of it."""
    name = nfc(class_name.strip())
    with store.reading() as session:
        year = settings_store.active_year(session)
        seen = class_rows.stage_of(session, year, name, period)
    require(actor, action, class_name=name)
    if seen in refused:
        raise NotAllowed(refused[seen], name=name)
    with store.transaction() as session:
        class_rows.demand_stage(session, year, name, period, seen)
        yield session, class_rows.load_class(session, year, name)


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
        expected=klass.stages.get(period, Stage.OPEN),
    )
    return changed("classes", "results", ids=frozenset({klass.name}))


def submit(*, store: Store, actor: Actor, class_name: str, period: Period = Period.CN) -> StageReport:
    """Close a class for entry (chốt). Demands zero errors; NotAllowed workflow.class_has_errors otherwise.

    At the year's end what the teacher left to the proposal is confirmed first, so the rules see what is
    closed. NotAllowed workflow.already_submitted, workflow.stage_changed, workflow.class_empty.
    """
    with _step(store, actor, Action.SUBMIT, class_name, period, _SUBMIT) as (session, klass):
        _demand_scope(klass)
        if not klass.pupils:
            raise NotAllowed("workflow.class_empty", name=klass.name)
        if period is Period.CN and _confirm(session, actor, klass):
            klass = class_rows.load_class(session, klass.year, klass.name)
        findings = look(session, (klass,), period)
        errors = [item for item in findings if item.severity is Severity.ERROR]
        if errors:
            first = errors[0].message
            raise NotAllowed("workflow.class_has_errors", name=klass.name, count=len(errors), first=first)
        moved = _move(session, actor, klass, period, Stage.SUBMITTED)
    return StageReport(Stage.SUBMITTED, findings, moved)


def _demand_scope(klass: ClassYear) -> None:
    if reason := out_of_scope_reason(klass.year, klass.grade):
        raise NotAllowed("workflow.out_of_scope", reason=reason)


def _confirm(session: Session, actor: Actor, klass: ClassYear) -> int:
    """Confirm what was left to the proposal, every value logged; returns the number of changed values."""
    return sum(
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
        for entry in klass.pupils
        if (values := open_values(klass, entry))
    )


def approve(*, store: Store, actor: Actor, class_name: str, period: Period = Period.CN) -> StageReport:
    """The working group approves a submitted class.

    NotAllowed workflow.not_submitted, workflow.already_approved, workflow.stage_changed.
    """
    with _step(store, actor, Action.APPROVE, class_name, period, _APPROVE) as (session, klass):
        findings = look(session, (klass,), period)
        moved = _move(session, actor, klass, period, Stage.APPROVED)
    return StageReport(Stage.APPROVED, findings, moved)


def return_class(
    *,
    store: Store,
    actor: Actor,
    class_name: str,
    period: Period = Period.CN,
    reason: str = "",
    remarks: Sequence[NewRemark] = (),
) -> StageReport:
    """The working group sends a submitted class back with a reason, or remarks per pupil and field, or both.

    UserError workflow.return_empty when there is neither, and what `add_all` raises; NotAllowed
    workflow.return_open, workflow.return_approved, workflow.stage_changed.
    """
    reason = reason.strip()
    with _step(store, actor, Action.APPROVE, class_name, period, _RETURN) as (session, klass):
        if not (reason or remarks):
            raise UserError("workflow.return_empty", name=klass.name)
        add_all(session, actor, klass, period, remarks, reason)
        moved = _move(session, actor, klass, period, Stage.OPEN, reason)
    return StageReport(Stage.OPEN, (), moved)


def reopen(
    *, store: Store, actor: Actor, class_name: str, reason: str, period: Period = Period.CN
) -> StageReport:
    """Open a submitted or approved class again; a reason is required and kept.

    UserError workflow.reason_missing; NotAllowed workflow.already_open, workflow.stage_changed.
    """
    with _step(store, actor, Action.REOPEN, class_name, period, _REOPEN) as (session, klass):
        moved = _move(session, actor, klass, period, Stage.OPEN, _demanded(reason))
    return StageReport(Stage.OPEN, (), moved)


def _demanded(reason: str) -> str:
    if not reason.strip():
        raise UserError("workflow.reason_missing")
    return reason.strip()


def accept(
    *,
    store: Store,
    actor: Actor,
    class_name: str,
    period: Period = Period.CN,
    ids: Sequence[str],
    reason: str,
) -> AcceptReport:
    """Let warnings stand, by their ids, with a reason that is kept; all of them or none.

    UserError workflow.reason_missing, workflow.no_finding; NotAllowed workflow.accept_error (an error is
    corrected), workflow.accept_note, workflow.accept_remark (a remark is answered),
    workflow.already_accepted, workflow.already_approved.
    """

    def keep(session: Session, year: str, finding: Finding) -> Acceptance:
        _demand_acceptable(finding)
        return gate_rows.accept(
            session,
            year=year,
            period=period,
            finding=finding,
            fingerprint=fingerprint(finding, period),
            reason=reason,
            actor=actor.login,
        )

    return _settle(store, actor, class_name, period, ids, reason, keep)


def unaccept(
    *,
    store: Store,
    actor: Actor,
    class_name: str,
    period: Period = Period.CN,
    ids: Sequence[str],
    reason: str,
) -> AcceptReport:
    """Take acceptances back, by the ids of the findings, with a reason; all of them or none.

    UserError workflow.reason_missing, workflow.no_finding; NotAllowed workflow.not_accepted,
    workflow.already_approved.
    """

    def drop(session: Session, year: str, finding: Finding) -> None:
        if finding.accepted is None:
            raise NotAllowed("workflow.not_accepted", id=finding.id, message=finding.message)
        gate_rows.withdraw(
            session,
            year=year,
            period=period,
            finding=finding,
            fingerprint=fingerprint(finding, period),
            reason=reason,
            actor=actor.login,
        )

    return _settle(store, actor, class_name, period, ids, reason, drop)


_Write = Callable[[Session, str, Finding], Acceptance | None]
"""Writes one finding of a year; returns its acceptance from then on."""


def _settle(
    store: Store,
    actor: Actor,
    class_name: str,
    period: Period,
    ids: Sequence[str],
    reason: str,
    write: _Write,
) -> AcceptReport:
    name = nfc(class_name.strip())
    with store.transaction() as session:
        klass = class_rows.load_class(session, settings_store.active_year(session), name)
        require(actor, Action.ACCEPT, class_name=klass.name)
        _demanded(reason)
        _demand_scope(klass)
        _demand_not_approved(actor, klass, period)
        chosen = _chosen(look(session, (klass,), period), ids, klass.name)
        settled = tuple(replace(item, accepted=write(session, klass.year, item)) for item in chosen)
    return AcceptReport(settled, changed("classes", ids=frozenset({klass.name})))


def _demand_not_approved(actor: Actor, klass: ClassYear, period: Period) -> None:
    """Once a class is approved only those who approve may change what is accepted in it."""
    approved = klass.stages.get(period) is Stage.APPROVED
    if approved and not allowed(actor, Action.APPROVE, class_name=klass.name):
        raise NotAllowed("workflow.already_approved", name=klass.name)


def _chosen(findings: Sequence[Finding], ids: Sequence[str], class_name: str) -> tuple[Finding, ...]:
    """The findings with these ids (or whole fingerprints), in the order asked, each once."""
    known = {finding.id: finding for finding in findings}
    wanted = dict.fromkeys(item.strip().lower()[:ID_DIGITS] for item in ids)
    for item in wanted:
        if item not in known:
            raise UserError("workflow.no_finding", id=item, name=class_name)
    return tuple(known[item] for item in wanted)


def _demand_acceptable(finding: Finding) -> None:
    if finding.accepted is not None:
        by, told = finding.accepted.by, finding.accepted.reason
        raise NotAllowed("workflow.already_accepted", id=finding.id, by=by, reason=told)
    if finding.rule == REMARK_RULE:
        raise NotAllowed("workflow.accept_remark", id=finding.id)
    if finding.severity is Severity.ERROR:
        raise NotAllowed("workflow.accept_error", id=finding.id, message=finding.message)
    if finding.severity is Severity.NOTE:
        raise NotAllowed("workflow.accept_note", id=finding.id, message=finding.message)
