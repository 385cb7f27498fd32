"""The versions of one pupil's transcript: history, what differs, who looked through them, withdrawing one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.errors import UserError
from app.models import changelog, people, seen
from app.models import classes as class_rows
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.store import Session, Store
from app.models.values import RevisionRecord, VersionRecord
from app.records.permissions import Action, Actor, require
from app.records.types import SigningRole, TranscriptState
from app.transcript.xml_reading import parse_xml
from app.workflows import issue
from app.workflows.differences import Difference, differences
from app.workflows.report import NOTHING, Changes, changed


class StepKind(StrEnum):
    """What happens to a version, in this order."""

    ISSUE = "issue"
    TEACHER = "teacher"
    LEADER = "leader"
    SEAL = "seal"
    REVOKE = "revoke"


_OF_ROLE: Final = {role: StepKind(role.value) for role in SigningRole}


@dataclass(frozen=True, slots=True)
class VersionStep:
    """One thing that happened: when (aware), by whom (a name; the login of a person who is gone), and why."""

    kind: StepKind
    at: datetime
    who: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """One version with what happened to it, oldest step first; `seen`: who looked through it, and when."""

    version: VersionRecord
    steps: tuple[VersionStep, ...]
    revisions: tuple[RevisionRecord, ...]
    seen: tuple[tuple[str, datetime], ...]


@dataclass(frozen=True, slots=True)
class SeenReport:
    """The version that was looked through."""

    version: VersionRecord
    changes: Changes


@dataclass(frozen=True, slots=True)
class RevokeReport:
    """The version that was withdrawn."""

    version: VersionRecord
    changes: Changes


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of one pupil's transcript and every item that they say differently."""

    before: VersionRecord
    after: VersionRecord
    differences: tuple[Difference, ...]


def history(*, store: Store, actor: Actor, code: str) -> tuple[VersionEntry, ...]:
    """Every version of a pupil's transcript of this year, the newest first; empty before the first one.

    NotAllowed, UserError workflow.no_pupil.
    """
    with store.reading() as session:
        own = _versions(session, actor, code)
        if not own:
            return ()
        names = {
            account.login: account.name
            for account in people.accounts(session, settings_store.active_year(session))
        }
        return tuple(_entry(session, version, names) for version in reversed(own))


def _versions(session: Session, actor: Actor, code: str) -> tuple[VersionRecord, ...]:
    year = settings_store.active_year(session)
    class_name, entry = class_rows.find_pupil(session, year, code)
    require(actor, Action.PREVIEW, class_name=class_name)
    found = transcript_rows.versions(session, year, class_name)
    return tuple(version for version in found if version.enrolment_key == entry.key)


def _entry(session: Session, version: VersionRecord, names: Mapping[str, str]) -> VersionEntry:
    steps = tuple(sorted(_steps(session, version, names), key=lambda step: list(StepKind).index(step.kind)))
    revisions = transcript_rows.revisions(session, version.id)
    return VersionEntry(version, steps, revisions, seen.viewers(session, version.id))


def _steps(session: Session, version: VersionRecord, names: Mapping[str, str]) -> Iterator[VersionStep]:
    entity = f"transcript:{version.transcript_id}:v{version.version}"
    for entry in changelog.entries(session, entity=entity):
        if entry.kind in (StepKind.ISSUE, StepKind.REVOKE):
            who = names.get(entry.actor, entry.actor)
            yield VersionStep(StepKind(entry.kind), entry.at, who, entry.reason)
    for signature in transcript_rows.signatures(session, version.id):
        yield VersionStep(_OF_ROLE[signature.role], signature.signed_at, signature.signer_name)


def compare(*, store: Store, actor: Actor, code: str, before: int, after: int) -> Comparison:
    """What two versions (by their numbers, 1 is the first) say differently, read from their XML records.

    NotAllowed, UserError workflow.no_pupil, workflow.no_version, transcript.xml_unreadable.
    """
    with store.reading() as session:
        own = {version.version: version for version in _versions(session, actor, code)}
        for number in (before, after):
            if number not in own:
                raise UserError("workflow.no_version", code=code, version=number)
        one, other = (transcript_rows.documents(session, own[n].id).xml for n in (before, after))
    return Comparison(own[before], own[after], differences(parse_xml(one), parse_xml(other)))


def mark_seen(*, store: Store, actor: Actor, version_id: int) -> SeenReport:
    """Note that this person looked through a version; nothing happens the second time.

    NotAllowed, UserError workflow.seen_revoked.
    """
    with store.transaction() as session:
        version = transcript_rows.version(session, version_id)
        require(actor, Action.PREVIEW, class_name=version.class_name)
        if version.state is TranscriptState.REVOKED:
            raise UserError("workflow.seen_revoked", name=version.pupil_name, version=version.version)
        noted = seen.mark_seen(session, account_id=actor.account_id, version_id=version_id)
    changes = changed("seen", ids=frozenset({version.class_name})) if noted else NOTHING
    return SeenReport(version, changes)


def seen_versions(*, store: Store, actor: Actor) -> frozenset[int]:
    """Numbers in the store of the versions that this person looked through."""
    with store.reading() as session:
        return frozenset(seen.seen_by(session, actor.account_id))


def revoke(*, store: Store, actor: Actor, code: str, reason: str) -> RevokeReport:
    """`issue.revoke`, telling open screens what changed."""
    version = issue.revoke(store=store, actor=actor, code=code, reason=reason)
    return RevokeReport(version, changed("transcripts", "outbox", ids=frozenset({version.class_name})))
