"""The principal's decision on who moves up without completing the grade (Circular 27, article 11.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app import messages
from app.errors import NotAllowed, UserError
from app.models import results as result_rows
from app.models.store import Session, Store
from app.records.completion import LAST_GRADE, Decision, decision_number, decision_text
from app.records.permissions import Action, Actor, require
from app.records.programme import start_year
from app.records.summer import awaited, is_candidate
from app.workflows import clock
from app.workflows.report import Changes, changed
from app.workflows.summer_cases import Case, case_of
from app.workflows.summer_list import live_versions


@dataclass(frozen=True, slots=True)
class DecisionReport:
    """What was decided, in the words of the form, and what has to follow."""

    promoted: bool
    decision: str
    notes: tuple[str, ...]
    changes: Changes


def decide(*, store: Store, actor: Actor, code: str, promote: bool, number: str, on: date) -> DecisionReport:
    """Promote a pupil who has not completed the grade, or not, by the decision `number` of the day `on`.

    A later decision takes the place of an earlier one; the change log keeps both. NotAllowed
    decision.not_candidate, decision.grade_five, decision.summer_first; UserError decision.number,
    decision.day.
    """
    with store.transaction() as session:
        case = case_of(session, actor, code)
        require(actor, Action.DECIDE, class_name=case.klass.name)
        _demand(case, promote)
        text = decision_text(_decision(case, number, on))
        key = case.entry.key
        result_rows.set_outcome(session, key, "promoted", promote, actor.login)
        result_rows.set_outcome(session, key, "decision", text, actor.login)
        notes = _notes(session, case)
    return DecisionReport(promote, text, notes, changed("results", ids=frozenset({case.klass.name})))


def _demand(case: Case, promote: bool) -> None:
    if not is_candidate(case.klass, case.entry):
        raise NotAllowed("decision.not_candidate", name=case.name, class_name=case.klass.name)
    if promote and case.klass.grade == LAST_GRADE:
        raise NotAllowed("decision.grade_five", name=case.name)
    if awaited(case.entry):
        raise NotAllowed("decision.summer_first", name=case.name)


def _decision(case: Case, number: str, on: date) -> Decision:
    bare = decision_number(number)
    if bare is None:
        raise UserError("decision.number", value=number)
    first = start_year(case.klass.year) + 1
    if on > clock.now().date() or on.year < first:
        raise UserError("decision.day", value=f"{on:%d/%m/%Y}", first=first)
    return Decision(bare, on)


def _notes(session: Session, case: Case) -> tuple[str, ...]:
    live = live_versions(session).get(case.entry.key)
    if live is None:
        return ()
    return (messages.text("decision.revoke_first", {"name": case.name, "version": live.version}),)
