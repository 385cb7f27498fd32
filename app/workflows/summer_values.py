"""The values of the assessment in summer: the day, and level, score or comment of what is assessed again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from app.errors import UserError
from app.models import summer as summer_rows
from app.models.store import Session, Store
from app.records import typed
from app.records.permissions import Action, Actor, require
from app.records.programme import SUBJECT_NAMES, TRAIT_NAMES
from app.records.summer import codes_of, to_assess
from app.records.types import Period
from app.workflows import summer_cases as cases
from app.workflows.field_table import Field, Place, field_named
from app.workflows.fields import demand_assessed, read_value
from app.workflows.summer_cases import Case
from app.workflows.summer_list import SummerReport, report

_CELLS: Final = frozenset({"level", "score", "comment"})


def _write_day(session: Session, place: Place, value: object, actor: str) -> None:
    summer_rows.set_day(session, place.key, value if isinstance(value, date) else None, actor)


def _write_cell(session: Session, place: Place, value: object, actor: str, *, code: str, cell: str) -> None:
    summer_rows.set_value(session, place.key, code, cell, value, actor)


_DAY: Final = Field("ngày đánh giá bổ sung", typed.day, _write_day)


def _field(name: str) -> Field:
    if name == "date":
        return _DAY
    code, _, cell = name.partition(".")
    code = code.upper()
    if cell not in _CELLS or (code not in SUBJECT_NAMES and code not in TRAIT_NAMES):
        raise UserError("summer.no_field", field=name)
    target = field_named(name)
    return replace(target, write=partial(_write_cell, code=code, cell=cell))


def set_value(*, store: Store, actor: Actor, code: str, field: str, value: str) -> SummerReport:
    """Set the day or one new value ("TV.score", "NL_TT.level") as typed; an empty value empties it.

    Subjects: also the assigned subject teacher. UserError summer.no_field, summer.not_needed,
    summer.day_early, workflow.no_test, typed.*; NotAllowed summer.not_listed, summer.closed.
    """
    target = _field(field)
    with store.transaction() as session:
        case = cases.case_of(session, actor, code)
        require(actor, Action.SUMMER, class_name=case.klass.name, subject=target.subject)
        cases.demand_listed(case)
        cases.demand_candidate(case)
        meant = read_value(target, value, case.name)
        if meant is not None:
            _demand_needed(case, target)
        if isinstance(meant, date):
            cases.demand_day(session, case, meant)
        target.write(session, Place(case.entry.key, Period.CN), meant, actor.login)
    return report(store, [case])


def _demand_needed(case: Case, target: Field) -> None:
    """Only what kept the pupil from completing the grade is assessed again."""
    if not target.code:
        return
    demand_assessed(case.klass, target, Period.CN)
    needed = to_assess(case.klass, case.entry)
    if target.code not in codes_of(needed):
        raise UserError("summer.not_needed", field=target.label, name=case.name, needed=cases.labels(needed))
