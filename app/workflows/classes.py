"""Classes and pupils: lists, search, and how far each class is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.models import classes as class_rows
from app.models import people
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.moves import StageMove, last_moves
from app.models.store import Session, Store
from app.models.values import ClassSummary, VersionRecord
from app.records.names import search_form
from app.records.permissions import Action, Actor, allowed, allowed_somewhere, require
from app.records.programme import out_of_scope_reason
from app.records.types import (
    ClassYear,
    Period,
    PupilYear,
    SigningRole,
    Stage,
    TranscriptState,
)
from app.workflows.kept import ClassState, states
from app.workflows.search import matches

_SIGNED: Final = {
    "teacher": SigningRole.TEACHER,
    "leader": SigningRole.LEADER,
    "sealed": SigningRole.SEAL,
}


@dataclass(frozen=True, slots=True)
class ListedPupil:
    """A pupil with the class it stands in."""

    class_name: str
    pupil: PupilYear


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """One column of the overview: (done, total) for each of the nine stages."""

    name: str
    grade: int
    out_of_scope: str
    counts: Mapping[str, tuple[int, int]]
    errors: int = 0
    """Errors of the rules at the year's end, as the screen Kiểm tra counts them."""
    remarks: int = 0
    """Remarks of the working group that wait for an answer."""
    teacher: str = ""
    """Name of the homeroom teacher."""
    move: StageMove | None = None
    """The last step through the gate; None while nobody moved the class."""


def list_classes(*, store: Store, actor: Actor) -> tuple[ClassSummary, ...]:
    """The classes this person may see."""
    with store.reading() as session:
        summaries = class_rows.summaries(session, settings_store.active_year(session))
    return tuple(item for item in summaries if allowed(actor, Action.LOOK_UP, class_name=item.name))


def open_class(*, store: Store, actor: Actor, class_name: str) -> ClassYear:
    """A class with every pupil and result. NotAllowed, UserError workflow.no_class."""
    with store.reading() as session:
        year = settings_store.active_year(session)
        found = class_rows.load_class(session, year, class_name)
    require(actor, Action.LOOK_UP, class_name=found.name)
    return found


def visible_classes(
    *, store: Store, actor: Actor, class_name: str | None = None, action: Action = Action.LOOK_UP
) -> tuple[ClassYear, ...]:
    """The named class, or every class for which this person may do `action`; NotAllowed if none."""
    with store.reading() as session:
        return visible_in(session, actor, class_name, action)


def visible_in(
    session: Session, actor: Actor, class_name: str | None, action: Action
) -> tuple[ClassYear, ...]:
    """`visible_classes` inside a transaction."""
    year = settings_store.active_year(session)
    if class_name is not None:
        klass = class_rows.load_class(session, year, class_name)
        require(actor, action, class_name=klass.name)
        return (klass,)
    if not allowed_somewhere(actor, action):
        require(actor, action)
    loaded = class_rows.load_classes(session, year)
    return tuple(item for item in loaded if allowed(actor, action, class_name=item.name))


def list_pupils(
    *, store: Store, actor: Actor, class_name: str | None = None, search: str = ""
) -> tuple[ListedPupil, ...]:
    """Pupils of a class or of all visible classes; `search` ignores case and diacritics."""
    wanted = search_form(search)
    return tuple(
        ListedPupil(klass.name, entry)
        for klass in visible_classes(store=store, actor=actor, class_name=class_name)
        for entry in klass.pupils
        if not wanted or matches(entry, wanted)
    )


def board(*, store: Store, actor: Actor) -> tuple[ClassProgress, ...]:
    """The overview: how far each visible class has come in each of the nine stages."""
    with store.reading() as session:
        year = settings_store.active_year(session)
        listed = class_rows.summaries(session, year)
        visible = [item for item in listed if allowed(actor, Action.LOOK_UP, class_name=item.name)]
        found = states(store, session, Period.CN, {item.name for item in visible})
        versions = transcript_rows.current_versions(session, year)
        delivered = transcript_rows.delivered(session)
        moves = last_moves(session, year, Period.CN)
        teachers = people.homeroom_teachers(session, year)
    live: dict[str, list[VersionRecord]] = {}
    for version in versions:
        if version.state is not TranscriptState.REVOKED:
            live.setdefault(version.class_name, []).append(version)
    by_name = {state.summary.name: state for state in found}
    return tuple(
        ClassProgress(
            item.name,
            item.grade,
            out_of_scope_reason(year, item.grade) or "",
            _counts(state, live.get(item.name, []), delivered) if state else {},
            errors=state.errors if state else 0,
            remarks=state.remarks if state else 0,
            teacher=teachers.get(item.name, ("", ""))[1],
            move=moves.get(item.name),
        )
        for item in visible
        for state in [by_name.get(item.name)]
    )


def _counts(
    state: ClassState, live: list[VersionRecord], delivered: frozenset[int]
) -> Mapping[str, tuple[int, int]]:
    total = state.total
    stage = state.summary.stages.get(Period.CN, Stage.OPEN)
    counts = {
        "results": (state.complete, total),
        "check": (total if state.begun and not state.errors else 0, total),
        "submitted": (total if stage is not Stage.OPEN else 0, total),
        "approved": (total if stage is Stage.APPROVED else 0, total),
        "issued": (len(live), total),
    }
    for name, role in _SIGNED.items():
        counts[name] = (sum(1 for version in live if role in version.signed_roles), total)
    counts["sent"] = (sum(1 for version in live if version.id in delivered), total)
    return counts


def find(*, store: Store, actor: Actor, code: str) -> tuple[ClassYear, PupilYear]:
    """The pupil with any of the three codes, and the class. UserError workflow.no_pupil."""
    with store.reading() as session:
        year = settings_store.active_year(session)
        class_name, found = class_rows.find_pupil(session, year, code)
        klass = class_rows.load_class(session, year, class_name)
    require(actor, Action.LOOK_UP, class_name=klass.name)
    return klass, next(entry for entry in klass.pupils if entry.key == found.key)
