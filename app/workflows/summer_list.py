"""The list of the assessment in summer as people see it: candidates, what is missing, what would follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app import messages
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.store import Session, Store
from app.models.values import VersionRecord
from app.records.classification import propose
from app.records.permissions import Action, Actor
from app.records.summer import is_candidate, missing, overlaid, to_assess
from app.records.types import Supplementary, TranscriptState, YearClass
from app.workflows.classes import visible_in
from app.workflows.report import Changes, changed
from app.workflows.summer_cases import Case, case_at


@dataclass(frozen=True, slots=True)
class SummerPupil:
    """One line of the list; a candidate who is not on it has no assessment."""

    case: Case
    to_assess: tuple[str, ...]
    """Cells below the lowest class that completes the grade, as the year's end stands now."""
    missing: tuple[str, ...]
    """Those without a new value."""
    proposed: YearClass | None
    """The class with the new values laid over."""
    live: VersionRecord | None
    """The current version of the transcript unless it is revoked."""

    @property
    def assessment(self) -> Supplementary | None:
        return self.case.entry.supplementary


@dataclass(frozen=True, slots=True)
class SummerReport:
    """The pupils that a step was done for, as they are now, and what has to follow."""

    pupils: tuple[SummerPupil, ...]
    notes: tuple[str, ...]
    changes: Changes


def list_pupils(*, store: Store, actor: Actor, class_name: str | None = None) -> tuple[SummerPupil, ...]:
    """Everybody on the list and every candidate in the classes this person may see."""
    with store.reading() as session:
        found = [
            Case(klass, entry)
            for klass in visible_in(session, actor, class_name, Action.LOOK_UP)
            for entry in klass.pupils
            if entry.supplementary is not None or is_candidate(klass, entry)
        ]
        live = live_versions(session)
    return tuple(_line(case, live.get(case.entry.key)) for case in found)


def live_versions(session: Session) -> dict[int, VersionRecord]:
    """Current versions that are not revoked, by enrolment."""
    versions = transcript_rows.current_versions(session, settings_store.active_year(session))
    return {v.enrolment_key: v for v in versions if v.state is not TranscriptState.REVOKED}


def _line(case: Case, live: VersionRecord | None) -> SummerPupil:
    found = case.entry.supplementary
    cells = to_assess(case.klass, case.entry)
    return SummerPupil(
        case=case,
        to_assess=cells,
        missing=cells if found is None else missing(cells, found),
        proposed=propose(case.klass.year, overlaid(case.entry), case.klass.local).code,
        live=live,
    )


def report(store: Store, chosen: Sequence[Case]) -> SummerReport:
    """The pupils of a finished step, read anew."""
    with store.reading() as session:
        now = [case_at(session, case.klass.name, case.entry.key) for case in chosen]
        live = live_versions(session)
    pupils = tuple(_line(case, live.get(case.entry.key)) for case in now)
    notes = tuple(
        messages.text("summer.revoke_first", {"name": one.case.name, "version": one.live.version})
        for one in pupils
        if one.live is not None and one.assessment is not None
    )
    ids = frozenset(case.klass.name for case in now)
    return SummerReport(pupils, notes, changed("results", "transcripts", ids=ids))
