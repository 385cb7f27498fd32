"""The overview: the plan's dates with what is done by them, the board, and what waits for one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.models import milestones as milestone_rows
from app.models import people
from app.models import settings as settings_store
from app.models.store import Session, Store
from app.records.calendar import (
    CHECKING,
    COMPLETION,
    RESULTS,
    SIGNING,
    TERM_1,
    YEAR_END,
    Milestone,
    plan,
)
from app.records.completion import LAST_GRADE
from app.records.permissions import Action, Actor, allowed_somewhere
from app.records.types import SigningRole
from app.workflows import clock
from app.workflows.badges import Waiting, waiting
from app.workflows.classes import ClassProgress, board

WARN_DAYS: Final = 90
"""A certificate that ends within this many days is told of."""
_STAGE: Final[Mapping[str, str]] = {
    RESULTS: "results",
    YEAR_END: "submitted",
    CHECKING: "approved",
    SIGNING: "sealed",
    COMPLETION: "approved",
}
"""The stage of the board that a milestone is about; none where only the day counts."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A milestone of the plan with what is done: classes, or transcripts where it is about those."""

    milestone: Milestone
    done: int
    total: int
    open_classes: tuple[str, ...]
    """Classes that are not done, in the school's order."""

    @property
    def of_transcripts(self) -> bool:
        """True where transcripts are counted, not classes."""
        return self.milestone.code == SIGNING

    def late(self, today: date) -> bool:
        """The day has passed and something is not done."""
        return today > self.milestone.ends and self.done < self.total


@dataclass(frozen=True, slots=True)
class Expiring:
    """A certificate that this person signs with and that ends soon, or has ended (`days` below 0)."""

    role: SigningRole
    ends: date
    days: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the first screen of one person."""

    today: date
    deadlines: tuple[Deadline, ...]
    board: tuple[ClassProgress, ...]
    waiting: Waiting
    expiring: tuple[Expiring, ...]


def overview(*, store: Store, actor: Actor) -> Overview:
    """The five milestones nearest to the work, the board of the visible classes, and what waits."""
    today = clock.now().date()
    progress = board(store=store, actor=actor)
    with store.reading() as session:
        year = settings_store.active_year(session)
        milestones = plan(year, milestone_rows.milestones(session, year))
        found = waiting(store, session, actor)
        expiring = _expiring(session, actor, today)
    return Overview(
        today=today,
        deadlines=tuple(deadline(item, progress) for item in _five(milestones, today)),
        board=progress,
        waiting=found,
        expiring=expiring,
    )


def _five(milestones: Sequence[Milestone], today: date) -> list[Milestone]:
    """The end of term 1 as long as it lies ahead, from then on the end of the year."""
    term_1 = next(item for item in milestones if item.code == TERM_1)
    gone = YEAR_END if today <= term_1.ends else TERM_1
    return [item for item in milestones if item.code != gone]


def deadline(milestone: Milestone, progress: Sequence[ClassProgress]) -> Deadline:
    """What of a milestone is done in these classes."""
    stage = _STAGE.get(milestone.code)
    if stage is None:
        return Deadline(milestone, 0, 0, ())
    inside = [item for item in progress if not item.out_of_scope]
    if milestone.code == COMPLETION:
        inside = [item for item in inside if item.grade == LAST_GRADE]
    counts = {item.name: item.counts[stage] for item in inside if item.counts[stage][1]}
    left = tuple(name for name, (done, total) in counts.items() if done < total)
    if milestone.code == SIGNING:
        return Deadline(
            milestone,
            sum(min(done, total) for done, total in counts.values()),
            sum(total for _, total in counts.values()),
            left,
        )
    return Deadline(milestone, len(counts) - len(left), len(counts), left)


def _expiring(session: Session, actor: Actor, today: date) -> tuple[Expiring, ...]:
    """Certificates bound to this person; the seal for whoever may seal."""
    logins = {actor.login, *([""] if allowed_somewhere(actor, Action.SEAL) else [])}
    found = [
        Expiring(item.role, item.not_after.date(), (item.not_after.date() - today).days)
        for item in people.certificates(session)
        if item.login in logins
    ]
    return tuple(sorted((item for item in found if item.days <= WARN_DAYS), key=lambda item: item.days))
