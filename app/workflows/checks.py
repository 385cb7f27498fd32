"""Running the rules and proposing the year classification."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from app.interaction import Progress, SilentProgress
from app.models import classes as class_rows
from app.models import people
from app.models import settings as settings_store
from app.models.moves import StageMove, last_moves
from app.models.store import Session, Store
from app.models.values import ClassSummary
from app.records import checks
from app.records.classification import Proposal, propose
from app.records.names import nfc
from app.records.permissions import Action, Actor, allowed, allowed_somewhere, require
from app.records.programme import out_of_scope_reason
from app.records.types import Finding, Period, PupilYear
from app.workflows.classes import visible_classes
from app.workflows.findings import REMARK_RULE
from app.workflows.kept import ClassState, states


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Findings of every class looked at.

    `counts`: by severity, `accepted` (warnings among them that somebody let stand), and the number of classes
    and pupils.
    """

    findings: tuple[Finding, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CheckList:
    """The classes in scope that one person may check, and who stands behind them."""

    classes: tuple[ClassSummary, ...]
    moves: Mapping[str, StageMove]
    """Class → its last step through the gate."""
    in_charge: Mapping[tuple[str, str], str]
    """(class, subject) → name of the subject teacher; (class, "") → of the homeroom teacher."""
    names: Mapping[str, str]
    """Login → name."""


@dataclass(frozen=True, slots=True)
class Classified:
    """One pupil with the class the rules propose and the one that was confirmed."""

    class_name: str
    entry: PupilYear
    proposal: Proposal


def check(
    *, store: Store, actor: Actor, class_name: str | None = None, period: Period = Period.CN
) -> CheckReport:
    """Run every rule over one class, or over all the classes this person may see; open remarks come first."""
    with store.reading() as session:
        year = settings_store.active_year(session)
        visible = _visible(session, actor, year, class_name)
        in_scope = [item for item in visible if out_of_scope_reason(year, item.grade) is None]
        found = states(store, session, period, {item.name for item in in_scope})
    findings = tuple(finding for state in found for finding in state.findings)
    findings = tuple(sorted(findings, key=lambda item: item.rule != REMARK_RULE))
    counts = checks.counts(findings)
    counts["accepted"] = sum(1 for item in findings if item.accepted is not None)
    counts["classes"] = len(in_scope)
    counts["out_of_scope"] = len(visible) - len(in_scope)
    counts["pupils"] = sum(item.listed for item in found)
    return CheckReport(findings, counts)


def check_list(*, store: Store, actor: Actor, period: Period = Period.CN) -> CheckList:
    """The classes that `check_each` will look at, before it does. NotAllowed."""
    with store.reading() as session:
        year = settings_store.active_year(session)
        visible = _visible(session, actor, year, None)
        accounts = people.accounts(session, year)
        teachers = people.homeroom_teachers(session, year)
        moves = last_moves(session, year, period)
    taught = {pair: account.name for account in accounts if not account.disabled for pair in account.subjects}
    return CheckList(
        classes=tuple(item for item in visible if out_of_scope_reason(year, item.grade) is None),
        moves=moves,
        in_charge={**taught, **{(name, ""): teacher for name, (_, teacher) in teachers.items()}},
        names={account.login: account.name for account in accounts},
    )


def check_each(
    *,
    store: Store,
    actor: Actor,
    period: Period = Period.CN,
    names: Collection[str] | None = None,
    found: Callable[[ClassState], object],
    progress: Progress | None = None,
) -> int:
    """Run every rule, telling each class as soon as it is done; returns the number of classes.

    `names` narrows the classes this person may check. Stops between two classes when asked to. NotAllowed.
    """
    told = progress or SilentProgress()
    done = 0
    with store.reading() as session:
        year = settings_store.active_year(session)
        visible = {
            item.name
            for item in _visible(session, actor, year, None)
            if out_of_scope_reason(year, item.grade) is None
        }
        wanted = visible if names is None else visible & set(names)

        def tell(state: ClassState) -> None:
            nonlocal done
            done += 1
            found(state)
            told.step(done, len(wanted), f"Đã kiểm tra lớp {state.summary.name}")

        states(store, session, period, wanted, tell)
    return done


def _visible(session: Session, actor: Actor, year: str, class_name: str | None) -> tuple[ClassSummary, ...]:
    """The named class, or every class this person may check; NotAllowed if none, UserError if unknown."""
    known = class_rows.summaries(session, year)
    if class_name is not None:
        name = nfc(class_name.strip())
        class_rows.known_class(session, year, name)
        require(actor, Action.CHECK, class_name=name)
        return tuple(item for item in known if item.name == name)
    if not allowed_somewhere(actor, Action.CHECK):
        require(actor, Action.CHECK)
    return tuple(item for item in known if allowed(actor, Action.CHECK, class_name=item.name))


def classify(*, store: Store, actor: Actor, class_name: str | None = None) -> tuple[Classified, ...]:
    """The proposed year classification of each pupil (Circular 27, article 9.2a)."""
    classes = visible_classes(store=store, actor=actor, class_name=class_name, action=Action.CLASSIFY)
    return tuple(
        Classified(klass.name, entry, propose(klass.year, entry, klass.local))
        for klass in classes
        for entry in klass.pupils
        if entry.enrolment.status.active
    )
