"""The verbs of checking and approving."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from app.interaction import Progress
from app.records.findings import FIELD_TEXT
from app.records.types import Finding, Period
from app.ui.desk import Desk
from app.workflows.report import Changes, changed

if TYPE_CHECKING:
    from app.models.values import RemarkRecord
    from app.workflows.awards import Entitled
    from app.workflows.checks import CheckList
    from app.workflows.gate import StageReport
    from app.workflows.kept import ClassState
    from app.workflows.remarks import NewRemark, ResolveReport, SuggestReport


@dataclass(frozen=True, slots=True)
class Settled:
    """How many findings were accepted, or taken back."""

    count: int
    changes: Changes


def check_list(desk: Desk, period: Period) -> CheckList:
    """The classes this person may check."""
    from app.workflows import checks

    return checks.check_list(store=desk.store, actor=desk.actor, period=period)


def check_each(desk: Desk, period: Period, found: Callable[[ClassState], object], progress: Progress) -> int:
    """Run every rule, telling each class as it is done."""
    from app.workflows import checks

    return checks.check_each(
        store=desk.store, actor=desk.actor, period=period, found=found, progress=progress
    )


def open_remarks(desk: Desk, name: str, period: Period) -> tuple[RemarkRecord, ...]:
    """Remarks of a class that wait for an answer."""
    from app.workflows import remarks

    return remarks.remarks(store=desk.store, actor=desk.actor, class_name=name, period=period)


def approve(desk: Desk, name: str, period: Period) -> StageReport:
    """The working group approves a class."""
    from app.workflows import gate

    return gate.approve(store=desk.store, actor=desk.actor, class_name=name, period=period)


def send_back(
    desk: Desk, name: str, period: Period, reason: str, findings: Sequence[Finding], *, approved: bool
) -> StageReport:
    """Return a submitted class, or open an approved one again; findings go along as remarks."""
    from app.workflows import gate, remarks

    asked = [remark_of(finding, finding.message) for finding in findings]
    if not approved:
        return gate.return_class(
            store=desk.store, actor=desk.actor, class_name=name, period=period, reason=reason, remarks=asked
        )
    report = gate.reopen(store=desk.store, actor=desk.actor, class_name=name, period=period, reason=reason)
    if asked:
        remarks.suggest(store=desk.store, actor=desk.actor, class_name=name, period=period, remarks=asked)
    return report


def suggest(desk: Desk, finding: Finding, period: Period, content: str) -> SuggestReport:
    """Ask for a correction where a finding points."""
    from app.workflows import remarks

    return remarks.suggest(
        store=desk.store,
        actor=desk.actor,
        class_name=finding.class_name,
        period=period,
        remarks=[remark_of(finding, content)],
    )


def remark_of(finding: Finding, content: str) -> NewRemark:
    """A remark about the pupil and field of a finding; about the class where the pupil has no code."""
    from app.workflows.remarks import NewRemark

    field = finding.field if finding.field in FIELD_TEXT else ""
    return NewRemark(finding.pupil_code, field, content)


def answer(desk: Desk, number: int, text: str) -> ResolveReport:
    """Answer a remark, which closes it."""
    from app.workflows import remarks

    return remarks.resolve(store=desk.store, actor=desk.actor, id=number, answer=text)


def settle(desk: Desk, findings: Iterable[Finding], period: Period, reason: str, *, stand: bool) -> Settled:
    """Let warnings stand with a reason, or take that back; class by class."""
    from app.workflows import gate

    act = gate.accept if stand else gate.unaccept
    ordered = sorted(findings, key=lambda item: item.class_name)
    names = []
    for name, members in groupby(ordered, key=lambda item: item.class_name):
        ids = [item.id for item in members]
        act(store=desk.store, actor=desk.actor, class_name=name, period=period, ids=ids, reason=reason)
        names.append(name)
    return Settled(len(ordered), changed("classes", ids=frozenset(names)))


def awards(desk: Desk) -> tuple[Entitled, ...]:
    """Who is entitled to a title in the classes this person may check."""
    from app.workflows import awards as titles

    return titles.awards(store=desk.store, actor=desk.actor)
