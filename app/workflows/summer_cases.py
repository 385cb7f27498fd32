"""Pupils assessed again in summer as the store has them now, and what each step demands of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.errors import NotAllowed, UserError
from app.models import classes as class_rows
from app.models import settings as settings_store
from app.models.milestones import milestones
from app.models.store import Session
from app.records import checks
from app.records.permissions import Action, Actor, require
from app.records.summer import first_day, is_candidate, missing, settled, to_assess
from app.records.types import (
    ClassYear,
    Finding,
    Period,
    PupilYear,
    Severity,
    Stage,
    SummerStage,
    Supplementary,
)
from app.workflows.field_table import field_named
from app.workflows.rules import check_settings_in


@dataclass(frozen=True, slots=True)
class Case:
    """A pupil with the class."""

    klass: ClassYear
    entry: PupilYear

    @property
    def name(self) -> str:
        return self.entry.pupil.name

    @property
    def stage(self) -> SummerStage | None:
        """None while the pupil is not on the list."""
        found = self.entry.supplementary
        return None if found is None else found.stage


def case_of(session: Session, actor: Actor, code: str) -> Case:
    """The pupil with any of the three codes. UserError workflow.no_pupil; NotAllowed account.not_allowed."""
    year = settings_store.active_year(session)
    class_name, found = class_rows.find_pupil(session, year, code)
    require(actor, Action.LOOK_UP, class_name=class_name)
    return case_at(session, class_name, found.key)


def case_at(session: Session, class_name: str, key: int) -> Case:
    """The pupil of an enrolment, read anew."""
    klass = class_rows.load_class(session, settings_store.active_year(session), class_name)
    found = [entry for entry in klass.pupils if entry.key == key]
    if not found:
        raise UserError("summer.whom")
    return Case(klass, found[0])


def demand_approved_class(case: Case) -> None:
    """NotAllowed summer.class_not_approved while the class is open or only submitted."""
    if case.klass.stages.get(Period.CN, Stage.OPEN) is not Stage.APPROVED:
        raise NotAllowed("summer.class_not_approved", name=case.name, class_name=case.klass.name)


def demand_candidate(case: Case) -> None:
    """NotAllowed unless the class is approved and the pupil has not completed the grade."""
    demand_approved_class(case)
    if not is_candidate(case.klass, case.entry):
        raise NotAllowed("summer.not_candidate", name=case.name)


def demand_listed(case: Case) -> Supplementary:
    """The assessment of a pupil whose values may still be entered; NotAllowed otherwise."""
    found = demand_on_list(case)
    if found.stage is SummerStage.SUBMITTED:
        raise NotAllowed("summer.closed", name=case.name)
    return found


def demand_submitted(case: Case) -> Supplementary:
    """The assessment of a pupil that waits for the working group; NotAllowed otherwise."""
    found = demand_on_list(case)
    if found.stage is not SummerStage.SUBMITTED:
        raise NotAllowed("summer.not_submitted", name=case.name)
    return found


def demand_on_list(case: Case) -> Supplementary:
    """The assessment that is not approved yet; NotAllowed summer.not_listed, summer.already_approved."""
    found = case.entry.supplementary
    if found is None:
        raise NotAllowed("summer.not_listed", name=case.name)
    if found.stage is SummerStage.APPROVED:
        raise NotAllowed("summer.already_approved", name=case.name, class_name=case.klass.name)
    return found


def demand_complete(session: Session, case: Case, found: Supplementary) -> None:
    """A day, a value for all that is assessed again, and no error with the new values (article 11.2)."""
    if found.assessed_on is None:
        raise UserError("summer.no_day", name=case.name, code=case.entry.pupil.code)
    demand_day(session, case, found.assessed_on)
    if not found.subjects and not found.traits:
        raise UserError("summer.no_value", name=case.name)
    if holes := missing(to_assess(case.klass, case.entry), found):
        raise UserError("summer.missing", name=case.name, missing=labels(holes))
    if errors := errors_after(session, case):
        raise NotAllowed("summer.has_errors", name=case.name, count=len(errors), first=errors[0].message)


def demand_day(session: Session, case: Case, day: date) -> None:
    """UserError summer.day_early for a day before the end of the school year."""
    earliest = first_day(case.klass, milestones(session, case.klass.year))
    if day < earliest:
        raise UserError(
            "summer.day_early", name=case.name, value=f"{day:%d/%m/%Y}", first=f"{earliest:%d/%m/%Y}"
        )


def labels(cells: Sequence[str]) -> str:
    """ "mức đạt được Tiếng Việt; điểm KTĐK Toán"."""
    return "; ".join(field_named(cell).label for cell in cells)


def errors_after(session: Session, case: Case) -> tuple[Finding, ...]:
    """What would be wrong about this pupil once the new values stand in the class."""
    made = settled(case.klass, case.entry)
    pupils = tuple(made if entry.key == made.key else entry for entry in case.klass.pupils)
    found = checks.run(replace(case.klass, pupils=pupils), Period.CN, check_settings_in(session))
    return tuple(item for item in found if item.severity is Severity.ERROR and item.key == made.key)
