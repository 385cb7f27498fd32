"""The verbs of the assessment in summer and of the principal's decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.workflows.decision import DecisionReport
    from app.workflows.summer_list import SummerPupil, SummerReport


@dataclass(frozen=True, slots=True)
class Summer:
    """Everybody on the list or to be put there, and the words of each cell that is assessed again."""

    pupils: tuple[SummerPupil, ...]
    labels: Mapping[str, str]


def load(desk: Desk) -> Summer:
    """The list of all classes this person may see."""
    from app.workflows import summer_cases, summer_list

    found = summer_list.list_pupils(store=desk.store, actor=desk.actor)
    cells = {cell for item in found for cell in item.to_assess}
    cells |= {f"{cell.partition('.')[0]}.comment" for cell in cells}
    return Summer(found, {cell: summer_cases.labels([cell]) for cell in cells})


def add(desk: Desk, code: str) -> SummerReport:
    """Put a pupil on the list."""
    from app.workflows import summer

    return summer.add(store=desk.store, actor=desk.actor, codes=[code])


def remove(desk: Desk, code: str, reason: str) -> SummerReport:
    """Take a pupil off the list."""
    from app.workflows import summer

    return summer.remove(store=desk.store, actor=desk.actor, code=code, reason=reason)


def set_value(desk: Desk, code: str, field: str, value: str) -> SummerReport:
    """Store the day or one new value as typed."""
    from app.workflows import summer_values

    return summer_values.set_value(store=desk.store, actor=desk.actor, code=code, field=field, value=value)


def submit(desk: Desk, code: str) -> SummerReport:
    """Hand the new values to the working group."""
    from app.workflows import summer

    return summer.submit(store=desk.store, actor=desk.actor, codes=[code])


def approve(desk: Desk, code: str) -> SummerReport:
    """Approve the new values, which puts them into the year's end."""
    from app.workflows import summer

    return summer.approve(store=desk.store, actor=desk.actor, codes=[code])


def send_back(desk: Desk, code: str, reason: str) -> SummerReport:
    """Give the assessment back to be corrected."""
    from app.workflows import summer

    return summer.send_back(store=desk.store, actor=desk.actor, code=code, reason=reason)


def decide(desk: Desk, code: str, number: str, on: date, *, promote: bool) -> DecisionReport:
    """The principal's decision on moving up."""
    from app.workflows import decision

    return decision.decide(
        store=desk.store, actor=desk.actor, code=code, promote=promote, number=number, on=on
    )
