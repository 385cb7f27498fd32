"""What the rules say about every class, kept between two looks: only what changed is checked again.

The change log says which classes were written to; settings and facts are compared. Remarks and acceptances
are read anew each time. The gate never asks here: it checks inside its own transaction.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from weakref import WeakKeyDictionary

from app.models import classes as class_rows
from app.models import gate as gate_rows
from app.models import settings as settings_store
from app.models import touched
from app.models.store import Session, Store
from app.models.values import ClassSummary
from app.records import checks
from app.records.checks import CheckSettings, ClassFacts
from app.records.checks.views import any_recorded
from app.records.classification import propose
from app.records.findings import fingerprint
from app.records.programme import out_of_scope_reason
from app.records.summer import awaited
from app.records.types import Acceptance, ClassYear, Finding, Period, Severity
from app.workflows.facts import facts_for
from app.workflows.findings import REMARK_RULE, named, remark_finding
from app.workflows.rules import check_settings_in

NO_RESULTS: Final = "results.none"


@dataclass(frozen=True, slots=True)
class ClassState:
    """A class in scope as the rules see it: who has all results of the year's end, and every finding."""

    summary: ClassSummary
    begun: bool
    """Anything is recorded in the period."""
    complete: int
    """Pupils who belong to the class and have all that the classification needs."""
    total: int
    ready: frozenset[int]
    """Keys of those of whom a transcript may be made once the class is approved."""
    listed: int
    """Pupils in the list, also those who left."""
    findings: tuple[Finding, ...]

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings to work on: that nobody has results is no mistake while nothing is entered."""
        if self.begun:
            return self.findings
        return tuple(item for item in self.findings if item.rule != NO_RESULTS)

    @property
    def errors(self) -> int:
        """Number of errors among `shown`."""
        return sum(item.severity is Severity.ERROR for item in self.shown)

    @property
    def remarks(self) -> int:
        """Number of remarks that wait for an answer."""
        return sum(item.rule == REMARK_RULE for item in self.findings)


@dataclass(frozen=True, slots=True)
class _Checked:
    """What depends on the class, the settings and the facts alone."""

    facts: ClassFacts
    begun: bool
    complete: int
    total: int
    ready: frozenset[int]
    listed: int
    findings: tuple[tuple[str, Finding], ...]
    """(fingerprint, finding) of the rules about the class."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    year: str
    head: int
    settings: CheckSettings
    classes: Mapping[str, _Checked] = field(default_factory=dict)
    across: Mapping[str, tuple[tuple[str, Finding], ...]] | None = None
    """Findings of the rules that compare classes; None while they have to run again."""


_lock: Final = threading.Lock()
_snapshots: Final[WeakKeyDictionary[Store, dict[Period, _Snapshot]]] = WeakKeyDictionary()


def _nobody(_: ClassState) -> None:
    return None


def states(
    store: Store,
    session: Session,
    period: Period,
    names: Collection[str] | None = None,
    each: Callable[[ClassState], object] = _nobody,
) -> tuple[ClassState, ...]:
    """The named classes in scope, or all of them, in the school's order; `each` hears of one at a time.

    Whatever `each` raises ends the look; what was checked until then is kept.
    """
    year = settings_store.active_year(session)
    wanted = [
        item
        for item in class_rows.summaries(session, year)
        if out_of_scope_reason(year, item.grade) is None and (names is None or item.name in names)
    ]
    if not wanted:
        return ()
    look = _Look(store, session, year, period)
    found = []
    try:
        for item in wanted:
            found.append(look.state(item))
            each(found[-1])
    finally:
        look.keep()
    return tuple(found)


class _Look:
    """One look at the classes inside one transaction."""

    def __init__(self, store: Store, session: Session, year: str, period: Period) -> None:
        self._store = store
        self._session = session
        self._period = period
        self._now = _begin(store, session, year, period)
        self._classes = dict(self._now.classes)
        self._facts = facts_for(session, year)
        self._accepted = gate_rows.accepted(session, year, period)
        self._remarks: defaultdict[str, list[Finding]] = defaultdict(list)
        for remark in gate_rows.remarks(session, year, period=period):
            self._remarks[remark.class_name].append(remark_finding(remark))
        across = self._now.across
        self._across = self._compare() if across is None else across

    def state(self, item: ClassSummary) -> ClassState:
        """The class as it is now, from what is kept if that still holds."""
        facts = self._facts.get(item.name, ClassFacts())
        kept = self._classes.get(item.name)
        if kept is None or kept.facts != facts:
            kept = self._classes[item.name] = self._check(item.name, facts)
        remarks = (named(finding, self._period, {}) for finding in self._remarks[item.name])
        rules = (*kept.findings, *self._across.get(item.name, ()))
        findings = (*remarks, *(_accepted(mark, finding, self._accepted) for mark, finding in rules))
        return ClassState(
            summary=item,
            begun=kept.begun,
            complete=kept.complete,
            total=kept.total,
            ready=kept.ready,
            listed=kept.listed,
            findings=findings,
        )

    def _check(self, name: str, facts: ClassFacts) -> _Checked:
        klass = class_rows.load_class(self._session, self._now.year, name)
        active = [entry for entry in klass.pupils if entry.enrolment.status.active]
        known = [entry for entry in active if propose(klass.year, entry, klass.local).status != "missing"]
        found = checks.run(klass, self._period, self._now.settings, facts)
        return _Checked(
            facts=facts,
            begun=any(any_recorded(entry.period(self._period)) for entry in active),
            complete=len(known),
            total=len(active),
            ready=frozenset(entry.key for entry in known if not awaited(entry)),
            listed=len(klass.pupils),
            findings=tuple(self._marked(finding) for finding in found),
        )

    def _compare(self) -> Mapping[str, tuple[tuple[str, Finding], ...]]:
        """The rules that compare classes look at who the pupils are: no results are read."""
        year = self._now.year
        school: list[ClassYear] = [
            klass
            for klass in class_rows.load_classes(self._session, year, ())
            if out_of_scope_reason(year, klass.grade) is None
        ]
        found: defaultdict[str, list[tuple[str, Finding]]] = defaultdict(list)
        for finding in checks.run_across(school, self._period, self._now.settings):
            found[finding.class_name].append(self._marked(finding))
        return {name: tuple(items) for name, items in found.items()}

    def _marked(self, finding: Finding) -> tuple[str, Finding]:
        return fingerprint(finding, self._period), named(finding, self._period, {})

    def keep(self) -> None:
        """Remember it for the next look, unless a newer one was kept meanwhile."""
        made = replace(self._now, classes=self._classes, across=self._across)
        with _lock:
            kept = _snapshots.setdefault(self._store, {})
            old = kept.get(self._period)
            if old is None or old.head <= made.head:
                kept[self._period] = made


def _begin(store: Store, session: Session, year: str, period: Period) -> _Snapshot:
    """What is kept of earlier looks and still holds."""
    head = touched.head(session)
    settings = check_settings_in(session)
    fresh = _Snapshot(year, head, settings)
    with _lock:
        old = _snapshots.get(store, {}).get(period)
    if old is None or old.year != year or old.settings != settings or old.head > head:
        return fresh
    if old.head == head:
        return old
    news = touched.since(session, old.head, year)
    if news.classes is None:
        return fresh
    classes = {name: kept for name, kept in old.classes.items() if name not in news.classes}
    return replace(fresh, classes=classes, across=old.across if news.results_only else None)


def _accepted(mark: str, finding: Finding, known: Mapping[str, Acceptance]) -> Finding:
    if finding.severity is not Severity.WARNING or mark not in known:
        return finding
    return replace(finding, accepted=known[mark])
