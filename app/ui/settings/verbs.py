"""The verbs of the school's settings, its rules, phrases, destinations and backups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.interaction import Progress
from app.records.calendar import Milestone
from app.records.places import Named
from app.records.types import Severity
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.models.values import DestinationRecord
    from app.workflows.backups import BackupContent, BackupFile
    from app.workflows.phrases import PhraseInfo, PhraseReport
    from app.workflows.report import Changes
    from app.workflows.rules import ListedRule
    from app.workflows.settings import Reach


# --- school -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """The names by date, the year and its milestones."""

    names: tuple[Named, ...]
    year: str
    milestones: tuple[Milestone, ...]


def school(desk: Desk) -> SchoolFacts:
    """How the school is named, and its plan of the year."""
    from app.workflows import plan
    from app.workflows import school as verbs

    year, milestones = plan.list_milestones(store=desk.store)
    return SchoolFacts(verbs.list_names(store=desk.store), year, milestones)


def set_names(desk: Desk, day: date, given: Mapping[str, str]) -> Changes:
    """Name the school from a day on."""
    from app.workflows import school as verbs

    return verbs.set_names(store=desk.store, actor=desk.actor, valid_from=day, given=given)


def forget_names(desk: Desk, day: date) -> Changes:
    """Take back the names from a day on."""
    from app.workflows import school as verbs

    return verbs.forget_names(store=desk.store, actor=desk.actor, valid_from=day)


def set_code(desk: Desk, code: str) -> Changes:
    """Change the school's code."""
    from app.workflows import school as verbs

    return verbs.set_code(store=desk.store, actor=desk.actor, code=code)


def set_milestone(desk: Desk, code: str, day: date) -> Changes:
    """Set the last day of a milestone."""
    from app.workflows import plan

    return plan.set_milestone(store=desk.store, actor=desk.actor, code=code, day=day)


# --- drivers and roots --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Added:
    """How many are new, and what changed."""

    count: int
    changes: Changes


def add_module(desk: Desk, path: Path) -> Added:
    """Remember a driver."""
    from app.workflows import settings
    from app.workflows.report import changed

    before = settings.list_modules(store=desk.store)
    after = settings.add_module(store=desk.store, actor=desk.actor, path=path)
    return Added(len(after) - len(before), changed("settings"))


def remove_module(desk: Desk, path: Path) -> Changes:
    """Forget a driver."""
    from app.workflows import settings

    return settings.remove_module(store=desk.store, actor=desk.actor, path=path)


def add_anchors(desk: Desk, file: Path) -> Added:
    """Trust the certificates of a file."""
    from app.workflows import settings
    from app.workflows.report import changed

    before = settings.list_anchors(store=desk.store)
    after = settings.add_anchors(store=desk.store, actor=desk.actor, file=file)
    return Added(len(after) - len(before), changed("settings"))


def remove_anchor(desk: Desk, der: bytes) -> Changes:
    """Trust a certificate no longer."""
    from app.workflows import settings

    return settings.remove_anchor(store=desk.store, actor=desk.actor, der=der)


def trust_again(desk: Desk, der: bytes) -> Changes:
    """Undo `remove_anchor`."""
    from app.workflows import settings

    return settings.trust_again(store=desk.store, actor=desk.actor, der=der)


# --- destinations -------------------------------------------------------------------------------------


def destinations(desk: Desk) -> tuple[DestinationRecord, ...]:
    """Where documents go."""
    from app.workflows import settings

    return settings.destinations(store=desk.store)


def add_destination(desk: Desk, name: str, kind: str, options: Mapping[str, str], secret: str) -> Changes:
    """Remember one more."""
    from app.workflows import settings

    return settings.add_destination(
        store=desk.store, actor=desk.actor, name=name, kind=kind, options=options, secret=secret
    )


def test_destination(desk: Desk, name: str) -> Reach:
    """Ask whether it answers."""
    from app.workflows import settings

    return settings.test_destination(store=desk.store, name=name)


def pause_destination(desk: Desk, name: str, paused: bool) -> Changes:
    """Stop sending there, or go on."""
    from app.workflows import settings

    return settings.pause_destination(store=desk.store, actor=desk.actor, name=name, paused=paused)


# --- rules and options --------------------------------------------------------------------------------


def rules(desk: Desk) -> tuple[ListedRule, ...]:
    """Every rule as the school has set it."""
    from app.workflows import rules as verbs

    return verbs.list_rules(store=desk.store)


def set_rule(
    desk: Desk, rule: str, *, enabled: bool | None = None, severity: Severity | None = None
) -> Changes:
    """Turn a rule on or off, or change its severity."""
    from app.workflows import rules as verbs

    return verbs.set_rule(store=desk.store, actor=desk.actor, rule=rule, enabled=enabled, severity=severity)


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """The settings by name (empty: not set) and the year they are shown for."""

    values: Mapping[str, str]
    year: str


def options(desk: Desk) -> OptionFacts:
    """What the school chose."""
    from app.workflows import plan, settings

    year, _ = plan.list_milestones(store=desk.store)
    return OptionFacts(settings.list_settings(store=desk.store), year)


def put_setting(desk: Desk, name: str, value: str) -> Changes:
    """Change one setting."""
    from app.workflows import settings

    return settings.put_setting(store=desk.store, actor=desk.actor, name=name, value=value)


# --- phrases ------------------------------------------------------------------------------------------


def phrases(desk: Desk) -> tuple[PhraseInfo, ...]:
    """Those of the school and one's own."""
    from app.workflows import phrases as verbs

    return verbs.list_phrases(store=desk.store, actor=desk.actor)


def add_phrase(desk: Desk, content: str, subject: str, level: str, personal: bool) -> PhraseReport:
    """Add one."""
    from app.workflows import phrases as verbs

    return verbs.add_phrase(
        store=desk.store,
        actor=desk.actor,
        content=content,
        subject=subject,
        level=level,
        personal=personal,
    )


def edit_phrase(desk: Desk, number: int, content: str, subject: str, level: str) -> PhraseReport:
    """Replace one."""
    from app.workflows import phrases as verbs

    return verbs.edit_phrase(
        store=desk.store, actor=desk.actor, number=number, content=content, subject=subject, level=level
    )


def hide_phrase(desk: Desk, number: int) -> Changes:
    """Take one out of use."""
    from app.workflows import phrases as verbs

    return verbs.hide_phrase(store=desk.store, actor=desk.actor, number=number)


def show_phrase(desk: Desk, number: int) -> Changes:
    """Undo `hide_phrase`."""
    from app.workflows import phrases as verbs

    return verbs.show_phrase(store=desk.store, actor=desk.actor, number=number)


def import_first_bank(desk: Desk) -> PhraseReport:
    """Take the phrases that come with the product."""
    from app.workflows import phrases as verbs

    return verbs.import_first_bank(store=desk.store, actor=desk.actor)


# --- backup -------------------------------------------------------------------------------------------


def last_automatic(desk: Desk) -> BackupFile | None:
    """The newest automatic backup."""
    from app.workflows import backups

    return backups.last_automatic(store=desk.store, actor=desk.actor)


def make_backup(desk: Desk, target: Path, progress: Progress) -> BackupFile:
    """Write a backup."""
    from app.workflows import backups

    return backups.make_backup(store=desk.store, actor=desk.actor, target=target, progress=progress)


def look_into(desk: Desk, file: Path, code: str) -> BackupContent:
    """What is in a backup."""
    from app.workflows import backups

    return backups.look_into(store=desk.store, actor=desk.actor, file=file, recovery_code=code)


def restore(desk: Desk, file: Path, password: str, code: str, progress: Progress) -> Changes:
    """Replace everything by a backup."""
    from app.workflows import backups

    return backups.replace_store(
        store=desk.store,
        actor=desk.actor,
        file=file,
        password=password,
        recovery_code=code,
        progress=progress,
    )


def new_recovery_code(desk: Desk, password: str) -> str:
    """A new recovery code."""
    from app.workflows import backups

    return backups.new_recovery_code(store=desk.store, actor=desk.actor, password=password)
