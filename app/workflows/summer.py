"""Supplementary assessment in summer: the steps of the list, and the approval that applies it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from app.errors import NotAllowed, UserError
from app.models import results as result_rows
from app.models import summer as summer_rows
from app.models.store import Session, Store
from app.models.text import text_of
from app.records.permissions import Action, Actor, require
from app.records.summer import is_candidate, replaced, settled
from app.records.types import Period, SummerStage
from app.workflows import summer_cases as cases
from app.workflows.classes import visible_in
from app.workflows.summer_cases import Case
from app.workflows.summer_list import SummerReport, report


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of the list: `demand` raises, `write` does it, for one pupil in one transaction."""

    demand: Callable[[Session, Case], object]
    write: Callable[[Session, Case], object]
    of_class: Callable[[Case], bool] = lambda case: True
    """The pupils meant where a whole class is named."""


def _take(
    store: Store, actor: Actor, step: _Step, codes: Sequence[str], class_name: str | None
) -> SummerReport:
    """Demand everything of everybody first, then one transaction for each pupil, which demands it again."""
    with store.reading() as session:
        chosen = _chosen(session, actor, step, codes, class_name)
        for case in chosen:
            step.demand(session, case)
    for seen in chosen:
        with store.transaction() as session:
            case = cases.case_at(session, seen.klass.name, seen.entry.key)
            step.demand(session, case)
            step.write(session, case)
    return report(store, chosen)


def _chosen(
    session: Session, actor: Actor, step: _Step, codes: Sequence[str], class_name: str | None
) -> list[Case]:
    if bool(codes) == (class_name is not None):
        raise UserError("summer.whom")
    if class_name is None:
        found = [cases.case_of(session, actor, code) for code in codes]
        return list({case.entry.key: case for case in found}.values())
    (klass,) = visible_in(session, actor, class_name, Action.LOOK_UP)
    chosen = [case for entry in klass.pupils if step.of_class(case := Case(klass, entry))]
    if not chosen:
        raise UserError("summer.nobody", class_name=klass.name)
    return chosen


def add(
    *, store: Store, actor: Actor, codes: Sequence[str] = (), class_name: str | None = None
) -> SummerReport:
    """Put pupils, or all candidates of a class, on the list (Circular 27, article 11.2).

    NotAllowed summer.class_not_approved, summer.not_candidate, summer.already_listed,
    summer.already_approved; UserError summer.whom, summer.nobody. A note names each live transcript.
    """

    def demand(session: Session, case: Case) -> None:
        require(actor, Action.SUMMER, class_name=case.klass.name)
        if case.stage is SummerStage.APPROVED:
            raise NotAllowed("summer.already_approved", name=case.name, class_name=case.klass.name)
        if case.stage is not None:
            raise NotAllowed("summer.already_listed", name=case.name)
        cases.demand_candidate(case)

    def write(session: Session, case: Case) -> None:
        summer_rows.add(session, case.entry.key, actor.login)

    step = _Step(demand, write, lambda case: case.stage is None and is_candidate(case.klass, case.entry))
    return _take(store, actor, step, codes, class_name)


def remove(*, store: Store, actor: Actor, code: str, reason: str) -> SummerReport:
    """Take a pupil off the list; what was entered stays in the change log with the reason.

    NotAllowed summer.not_listed, summer.closed, summer.already_approved; UserError workflow.reason_missing.
    """
    _demand_reason(reason)

    def demand(session: Session, case: Case) -> None:
        require(actor, Action.SUMMER, class_name=case.klass.name)
        cases.demand_listed(case)

    def write(session: Session, case: Case) -> None:
        summer_rows.remove(session, case.entry.key, reason=reason.strip(), actor=actor.login)

    return _take(store, actor, _Step(demand, write), [code], None)


def submit(
    *, store: Store, actor: Actor, codes: Sequence[str] = (), class_name: str | None = None
) -> SummerReport:
    """Hand the new values to the working group.

    Demands the day, a value for all that is assessed again, and no error of the pupil with these values:
    UserError summer.no_day, summer.day_early, summer.no_value, summer.missing; NotAllowed summer.has_errors.
    """

    def demand(session: Session, case: Case) -> None:
        require(actor, Action.SUMMER, class_name=case.klass.name)
        found = cases.demand_listed(case)
        cases.demand_candidate(case)
        cases.demand_complete(session, case, found)

    def write(session: Session, case: Case) -> None:
        summer_rows.move(session, case.entry.key, SummerStage.SUBMITTED, actor=actor.login)

    step = _Step(demand, write, lambda case: case.stage is SummerStage.LISTED)
    return _take(store, actor, step, codes, class_name)


def send_back(*, store: Store, actor: Actor, code: str, reason: str) -> SummerReport:
    """Give a submitted assessment back to be corrected. NotAllowed summer.not_submitted."""
    _demand_reason(reason)

    def demand(session: Session, case: Case) -> None:
        require(actor, Action.APPROVE, class_name=case.klass.name)
        cases.demand_submitted(case)

    def write(session: Session, case: Case) -> None:
        key = case.entry.key
        summer_rows.move(session, key, SummerStage.LISTED, actor=actor.login, reason=reason.strip())

    return _take(store, actor, _Step(demand, write), [code], None)


def _demand_reason(reason: str) -> None:
    if not reason.strip():
        raise UserError("workflow.reason_missing")


def approve(
    *, store: Store, actor: Actor, codes: Sequence[str] = (), class_name: str | None = None
) -> SummerReport:
    """Approve and apply: the new values stand in the year's end of this pupil, the class stays approved.

    In one transaction for each pupil: the first score is kept, the class is proposed anew and confirmed,
    completion and promotion follow, what was replaced is kept beside it. NotAllowed summer.not_submitted,
    summer.class_not_approved and what `submit` demands.
    """

    def demand(session: Session, case: Case) -> None:
        require(actor, Action.APPROVE, class_name=case.klass.name)
        found = cases.demand_submitted(case)
        cases.demand_candidate(case)
        cases.demand_complete(session, case, found)

    step = _Step(demand, partial(_apply, actor=actor), lambda case: case.stage is SummerStage.SUBMITTED)
    return _take(store, actor, step, codes, class_name)


def _apply(session: Session, case: Case, *, actor: Actor) -> None:
    key = case.entry.key
    before: dict[str, str] = {}
    for change in replaced(case.entry, settled(case.klass, case.entry)):
        if old := text_of(change.old):
            before[change.name] = old
        if not change.code:
            result_rows.set_outcome(session, key, change.cell, change.new, actor.login)
            continue
        result_rows.set_cell(
            session,
            key=key,
            period=Period.CN,
            code=change.code,
            cell=change.cell,
            value=change.new,
            actor=actor.login,
        )
    summer_rows.move(session, key, SummerStage.APPROVED, actor=actor.login, before=before)
