"""Every finding about a class as people meet it: rules, open remarks, and which warnings are accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app import messages
from app.models import classes as class_rows
from app.models import gate as gate_rows
from app.models.store import Session
from app.models.values import RemarkRecord
from app.records import checks
from app.records.findings import FIELD_TEXT, ID_DIGITS, fingerprint
from app.records.programme import out_of_scope_reason
from app.records.types import Acceptance, ClassYear, Finding, Period, Severity
from app.workflows.facts import facts_for
from app.workflows.rules import check_settings_in

REMARK_RULE: Final = "remark.open"
"""Rule of the findings that stand for open remarks: they are answered, never accepted."""


def look(session: Session, classes: Sequence[ClassYear], period: Period) -> tuple[Finding, ...]:
    """Every finding about `classes`, named and with its acceptance: remarks first, then the rules.

    The classes are of one year and in scope. The same finding has the same id whichever classes are asked
    about, for rules that compare classes always see the whole school.
    """
    if not classes:
        return ()
    year = classes[0].year
    names = {klass.name for klass in classes}
    settings = check_settings_in(session)
    facts = facts_for(session, year, names)
    open_remarks = gate_rows.remarks(session, year, names=names, period=period)
    across = checks.run_across(_school(session, classes), period, settings)
    found = (
        *(remark_finding(item) for item in open_remarks),
        *(
            finding
            for klass in classes
            for finding in checks.run(klass, period, settings, facts.get(klass.name))
        ),
        *(finding for finding in across if finding.class_name in names),
    )
    accepted = gate_rows.accepted(session, year, period)
    return tuple(named(finding, period, accepted) for finding in found)


def _school(session: Session, classes: Sequence[ClassYear]) -> Sequence[ClassYear]:
    """All classes in scope, in the school's order; those not at hand are read without results."""
    own = {klass.name: klass for klass in classes}
    year = classes[0].year
    wanted = [
        item.name
        for item in class_rows.summaries(session, year)
        if out_of_scope_reason(year, item.grade) is None
    ]
    if own.keys() >= set(wanted):
        return classes
    loaded = class_rows.load_classes(session, year, ())
    return [own.get(klass.name, klass) for klass in loaded if klass.name in wanted]


def named(finding: Finding, period: Period, accepted: Mapping[str, Acceptance]) -> Finding:
    """The finding with its id, and with its acceptance when it is a warning that somebody let stand."""
    mark = fingerprint(finding, period)
    kept = accepted.get(mark) if finding.severity is Severity.WARNING else None
    return replace(finding, id=mark[:ID_DIGITS], accepted=kept)


def remark_finding(remark: RemarkRecord) -> Finding:
    """An open remark as people meet it among the findings."""
    facts = {
        "name": remark.pupil or remark.class_name,
        "about": f" ({FIELD_TEXT[remark.field]})" if remark.field else "",
        "content": remark.content.rstrip(" ."),
    }
    code = "workflow.remark_on_pupil" if remark.key else "workflow.remark_on_class"
    return Finding(
        rule=REMARK_RULE,
        severity=Severity.WARNING,
        class_name=remark.class_name,
        pupil_code=remark.pupil_code,
        pupil=remark.pupil,
        field=remark.field,
        message=messages.text(code, facts),
        period=remark.period,
        key=remark.key,
    )
