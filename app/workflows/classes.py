"""Classes and pupils: lists, search, and how far each class is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.models import classes as class_rows
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.store import Session, Store
from app.models.values import ClassSummary, VersionRecord
from app.records import checks
from app.records.checks import CheckSettings
from app.records.classification import propose
from app.records.names import search_form
from app.records.permissions import Action, Actor, allowed, allowed_somewhere, require
from app.records.programme import out_of_scope_reason
from app.records.types import (
    ClassYear,
    Period,
    PupilYear,
    Severity,
    SigningRole,
    Stage,
    TranscriptState,
)
from app.workflows.rules import check_settings

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
        if not wanted or _matches(entry, wanted)
    )


def _matches(entry: PupilYear, wanted: str) -> bool:
    pupil = entry.pupil
    return wanted in search_form(pupil.name) or any(
        wanted in code for code in (pupil.code, pupil.vnedu_code, pupil.personal_id)
    )


def board(*, store: Store, actor: Actor) -> tuple[ClassProgress, ...]:
    """The overview: how far each visible class has come in each of the nine stages."""
    with store.reading() as session:
        year = settings_store.active_year(session)
        loaded = class_rows.load_classes(session, year)
        versions = transcript_rows.current_versions(session, year)
        delivered = transcript_rows.delivered(session)
    settings = check_settings(store)
    by_class: dict[str, list[VersionRecord]] = {}
    for version in versions:
        by_class.setdefault(version.class_name, []).append(version)
    return tuple(
        _progress(klass, by_class.get(klass.name, []), delivered, settings)
        for klass in loaded
        if allowed(actor, Action.LOOK_UP, class_name=klass.name)
    )


def _progress(
    klass: ClassYear, versions: list[VersionRecord], delivered: frozenset[int], settings: CheckSettings
) -> ClassProgress:
    reason = out_of_scope_reason(klass.year, klass.grade)
    if reason is not None:
        return ClassProgress(klass.name, klass.grade, reason, {})
    active = [entry for entry in klass.pupils if entry.enrolment.status.active]
    total = len(active)
    complete = sum(1 for entry in active if _known(klass, entry))
    errors = sum(1 for item in checks.run(klass, Period.CN, settings) if item.severity is Severity.ERROR)
    stage = klass.stages.get(Period.CN, Stage.OPEN)
    live = [version for version in versions if version.state is not TranscriptState.REVOKED]
    counts = {
        "results": (complete, total),
        "check": (0 if errors else total, total),
        "submitted": (total if stage is not Stage.OPEN else 0, total),
        "approved": (total if stage is Stage.APPROVED else 0, total),
        "issued": (len(live), total),
    }
    for name, role in _SIGNED.items():
        counts[name] = (sum(1 for version in live if role in version.signed_roles), total)
    counts["sent"] = (sum(1 for version in live if version.id in delivered), total)
    return ClassProgress(klass.name, klass.grade, "", counts)


def _known(klass: ClassYear, entry: PupilYear) -> bool:
    return propose(klass.year, entry, klass.local).status != "missing"


def find(*, store: Store, actor: Actor, code: str) -> tuple[ClassYear, PupilYear]:
    """The pupil with any of the three codes, and the class. UserError workflow.no_pupil."""
    with store.reading() as session:
        year = settings_store.active_year(session)
        class_name, found = class_rows.find_pupil(session, year, code)
        klass = class_rows.load_class(session, year, class_name)
    require(actor, Action.LOOK_UP, class_name=klass.name)
    return klass, next(entry for entry in klass.pupils if entry.key == found.key)
