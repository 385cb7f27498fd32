"""School years: the list, looking at one, working in one, and the roll-over to the next with its undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from app import messages
from app.errors import NotAllowed, UserError
from app.interaction import Progress, SilentProgress
from app.models import classes as class_rows
from app.models import people
from app.models import settings as settings_store
from app.models import years as year_rows
from app.models.files import BACKUPS
from app.models.store import Session, Store
from app.models.years import RolledOver
from app.records.permissions import Action, Actor, require
from app.workflows import clock
from app.workflows.report import Changes, changed
from app.workflows.store import check_year
from app.workflows.years_plan import (
    MOVING,
    NO_CHOICES,
    ClassMove,
    Move,
    PupilMove,
    RollOver,
    Target,
    make_plan,
    next_year,
)

__all__ = [
    "ClassMove",
    "Move",
    "PupilMove",
    "RollOver",
    "RollOverReport",
    "Seat",
    "Target",
    "Teachers",
    "UndoReport",
    "Undoable",
    "YearInfo",
    "list_years",
    "look_at",
    "plan_roll_over",
    "roll_over",
    "set_active",
    "undo_roll_over",
    "undoable",
]

_EVERYTHING: Final = ("years", "classes", "results", "transcripts", "settings", "accounts", "milestones")


class Teachers(StrEnum):
    """What becomes of the assignments: none is carried over, or people keep the class of the same name, or
    homeroom teachers follow their pupils."""

    NONE = "none"
    KEEP_CLASS = "keep_class"
    FOLLOW = "follow"


@dataclass(frozen=True, slots=True)
class YearInfo:
    """A school year ("2023-2024"): classes, pupils who belong to them, sealed transcripts."""

    name: str
    classes: int
    pupils: int
    sealed: int
    active: bool
    """The school works in it."""
    looked_at: bool
    """The store that was asked looks at it."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A store that looks at one year, and the person with what was assigned to them in that year."""

    store: Store
    actor: Actor
    year: str
    active: bool


@dataclass(frozen=True, slots=True)
class RollOverReport:
    """What a roll-over wrote."""

    year: str
    to: str
    classes: int
    """Classes that were made."""
    pupils: int
    assignments: int
    left_out: tuple[PupilMove, ...]
    """Pupils who are not decided and have no place yet."""
    backup: Path
    changes: Changes


@dataclass(frozen=True, slots=True)
class Undoable:
    """The newest roll-over that can be taken back: what it did, when, and what it would remove."""

    start: str
    to: str
    title: str
    at: datetime
    pupils: int
    classes: int
    hindered: str
    """What was entered since, in words; empty when it can be taken back."""


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What was taken back."""

    undone: Undoable
    changes: Changes


# --- the list ----------------------------------------------------------------------------------------


def list_years(*, store: Store, actor: Actor) -> tuple[YearInfo, ...]:
    """Every school year, the newest first."""
    require(actor, Action.STATUS)
    with store.reading() as session:
        active, seen = settings_store.stored_year(session), settings_store.active_year(session)
        return tuple(
            YearInfo(one.name, one.classes, one.pupils, one.sealed, one.name == active, one.name == seen)
            for one in year_rows.facts(session)
        )


def look_at(*, store: Store, actor: Actor, year: str) -> Seat:
    """Look at another year without changing it for anybody else; the active year looks at itself again.

    Use both the store and the actor of the answer: a teacher sees of a year the classes taught in that year.
    UserError workflow.no_year.
    """
    with store.reading() as session:
        _demand_year(session, year)
        active = settings_store.stored_year(session) == year
        account = people.account(session, actor.login, year)
    if account is None or account.disabled:
        raise NotAllowed("account.unknown", login=actor.login)
    there = replace(actor, roles=account.roles, classes=account.classes, subjects=account.subjects)
    return Seat(store.for_year(year), there, year, active)


def set_active(*, store: Store, actor: Actor, year: str, new: bool = False) -> Changes:
    """Let everybody work in another year from now on; with `new` it is made when it is not there.

    UserError workflow.no_year, workflow.bad_year.
    """
    require(actor, Action.SETTINGS)
    check_year(year)
    with store.transaction() as session:
        if new:
            year_rows.make_year(session, year, actor.login)
        _demand_year(session, year)
        settings_store.put(session, settings_store.ACTIVE_YEAR, year, actor.login)
    return changed(*_EVERYTHING)


def _demand_year(session: Session, year: str) -> None:
    if year not in settings_store.years(session):
        raise UserError("workflow.no_year", year=year)


# --- the roll-over -----------------------------------------------------------------------------------


def plan_roll_over(
    *, store: Store, actor: Actor, to: str | None = None, choices: Mapping[int, Target] = NO_CHOICES
) -> RollOver:
    """Who would go where; writes nothing. `to` is the following year unless it is named.

    UserError workflow.bad_year, years.not_later, years.bad_choice.
    """
    require(actor, Action.SETTINGS)
    with store.reading() as session:
        return _plan(session, to, choices)


def _plan(session: Session, to: str | None, choices: Mapping[int, Target]) -> RollOver:
    year = settings_store.active_year(session)
    wanted = check_year(to or next_year(year))
    if wanted <= year:
        raise UserError("years.not_later", year=wanted, now=year)
    placed = year_rows.enrolled(session, wanted)
    pupils = year_rows.pupils_of(session, year)
    return make_plan(
        class_rows.load_classes(session, year, periods=()),
        year=year,
        to=wanted,
        there={key: placed[pupil] for key, pupil in pupils.items() if pupil in placed},
        known={item.name: item.grade for item in class_rows.summaries(session, wanted)},
        choices=choices,
    )


def roll_over(
    *,
    store: Store,
    actor: Actor,
    plan: RollOver,
    teachers: Teachers = Teachers.NONE,
    activate: bool = False,
    progress: Progress | None = None,
) -> RollOverReport:
    """Carry the pupils over as `plan` says, all of it or nothing; a backup is written first.

    Undecided pupils are left out; a later roll-over takes them along. `activate` lets everybody work in the
    new year. UserError years.nobody, years.stale (something changed since the plan), store.disk_full.
    """
    require(actor, Action.SETTINGS)
    if not plan.moving:
        raise UserError("years.nobody", year=plan.year, to=plan.to)
    told = progress or SilentProgress()
    told.step(0, plan.moving, messages.text("years.backing_up", {}))
    copy = _backup(store, plan)
    with store.transaction() as session:
        if _plan(session, plan.to, plan.choices) != plan:
            raise UserError("years.stale", year=plan.year)
        made, given = _write(session, plan, teachers, actor, told)
        if activate:
            settings_store.put(session, settings_store.ACTIVE_YEAR, plan.to, actor.login)
        title = messages.text("years.step", {"count": plan.moving, "year": plan.to})
        year_rows.keep_step(session, start=plan.year, to=plan.to, title=title, actor=actor.login)
    return RollOverReport(
        plan.year, plan.to, made, plan.moving, given, plan.problems, copy, changed(*_EVERYTHING)
    )


def _backup(store: Store, plan: RollOver) -> Path:
    folder = store.folder / BACKUPS
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"truoc-chuyen-nam-{plan.to}-{clock.now():%Y-%m-%d-%H%M%S}.hocba"
    store.backup(target)
    return target


def _write(
    session: Session, plan: RollOver, teachers: Teachers, actor: Actor, progress: Progress
) -> tuple[int, int]:
    """Numbers of classes and assignments that were made."""
    year_rows.make_year(session, plan.to, actor.login)
    known = {item.name for item in class_rows.summaries(session, plan.to)}
    moving = [pupil for pupil in plan.pupils if pupil.move in MOVING]
    for name, grade in dict.fromkeys((pupil.target, pupil.target_grade) for pupil in moving):
        class_rows.ensure_class(session, plan.to, name, grade, actor.login)
    for done, pupil in enumerate(moving, start=1):
        year_rows.enrol(session, key=pupil.key, year=plan.to, class_name=pupil.target, actor=actor.login)
        progress.step(done, len(moving), messages.text("years.moving", {"class_name": pupil.class_name}))
    now = {item.name for item in class_rows.summaries(session, plan.to)}
    given = 0
    for account_id, class_name, subject in _carried(session, plan, teachers, now):
        year_rows.assign(
            session,
            account_id=account_id,
            year=plan.to,
            class_name=class_name,
            subject=subject,
            actor=actor.login,
        )
        given += 1
    return len(now - known), given


def _carried(
    session: Session, plan: RollOver, teachers: Teachers, now: set[str]
) -> Sequence[tuple[int, str, str]]:
    """Account, class and subject of the new year; a class that is not there yet gets nobody."""
    before = year_rows.assignments(session, plan.year) if teachers is not Teachers.NONE else ()
    if teachers is Teachers.FOLLOW:
        targets = {item.name: item.target for item in plan.classes}
        found = [(who, targets.get(name, ""), "") for who, _, name, subject in before if not subject]
    else:
        found = [(who, name, subject) for who, _, name, subject in before]
    return [item for item in found if item[1] in now]


# --- taking it back ----------------------------------------------------------------------------------


def undoable(*, store: Store, actor: Actor) -> Undoable | None:
    """The newest roll-over that still stands, and whether it can be taken back; None without one."""
    require(actor, Action.SETTINGS)
    with store.reading() as session:
        rolled = year_rows.last(session)
        return None if rolled is None else _undoable(session, rolled)


def _undoable(session: Session, rolled: RolledOver) -> Undoable:
    made = year_rows.made_by(session, rolled)
    return Undoable(
        start=rolled.start,
        to=rolled.to,
        title=rolled.step.title,
        at=rolled.step.at,
        pupils=len(made.enrolments),
        classes=len(made.classes),
        hindered=used_words(year_rows.used_since(session, made)),
    )


def undo_roll_over(*, store: Store, actor: Actor) -> UndoReport:
    """Remove exactly what the newest roll-over made, and go back to the year before when it made the switch.

    UserError years.nothing_to_undo; NotAllowed years.used as soon as anything was entered in the new year.
    """
    require(actor, Action.SETTINGS)
    with store.transaction() as session:
        rolled = year_rows.last(session)
        if rolled is None:
            raise UserError("years.nothing_to_undo")
        found = _undoable(session, rolled)
        if found.hindered:
            raise NotAllowed("years.used", year=rolled.to, found=found.hindered)
        year_rows.take_back(session, rolled, year_rows.made_by(session, rolled), actor.login)
    return UndoReport(found, changed(*_EVERYTHING))


USED_WORDS: Final[Mapping[str, str]] = {
    "subject_result": "kết quả môn học",
    "trait_result": "kết quả phẩm chất, năng lực",
    "group_comment": "nhận xét chung",
    "year_result": "kết quả cuối năm",
    "supplementary": "em đánh giá bổ sung",
    "supplementary_result": "kết quả đánh giá bổ sung",
    "accepted_finding": "cảnh báo đã chấp nhận",
    "remark": "nhắc nhở",
    "class_count": "lần nhập từ tệp",
    "class_stage": "lớp đã chốt hoặc duyệt",
    "assignment": "phân công giáo viên",
    "enrolment": "học sinh thêm vào lớp",
    "transcript": "học bạ đã tạo",
    "school_class": "lớp thêm mới",
    "milestone": "mốc của năm học",
    "changed": "hồ sơ năm học đã sửa",
}
"""What may stand on a new year, by table, as people call it."""


def used_words(found: Mapping[str, int]) -> str:
    """ "12 kết quả môn học, 3 học sinh thêm vào lớp"."""
    return ", ".join(f"{count} {USED_WORDS[name]}" for name, count in found.items())
