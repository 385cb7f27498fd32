"""The verbs of the transcripts screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.interaction import Progress
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.models.values import ClassSummary, VersionRecord
    from app.records.types import Pupil
    from app.workflows.gate import StageReport
    from app.workflows.issue import IssuePlan, IssueReport
    from app.workflows.previews import ClassSheet, Kept, SheetCard
    from app.workflows.versions import Comparison, RevokeReport, SeenReport, VersionEntry


def load_classes(desk: Desk) -> tuple[ClassSummary, ...]:
    """The classes this person may see."""
    from app.workflows import classes

    return classes.list_classes(store=desk.store, actor=desk.actor)


def load_sheet(desk: Desk, class_name: str) -> ClassSheet:
    """A class with its pupils in Vietnamese order, what was issued, and what is still to be repaired."""
    from app.workflows import previews

    return previews.open_sheet(store=desk.store, actor=desk.actor, class_name=class_name)


def load_pdf(desk: Desk, sheet: ClassSheet, card: SheetCard, *, draft: bool = False) -> bytes:
    """The newest version's PDF as it is kept; a draft from the data of the sheet without one, or on wish."""
    from app.workflows import previews

    if card.version is None or draft:
        return previews.draft(sheet, card.entry)
    return previews.stored_pdf(store=desk.store, actor=desk.actor, version=card.version)


def load_kept(desk: Desk, version_id: int) -> Kept:
    """One version as it is kept, and whether its bytes are those that were recorded."""
    from app.workflows import previews

    return previews.kept(store=desk.store, actor=desk.actor, version_id=version_id)


def save_pdf(desk: Desk, version: VersionRecord, target: Path) -> Path:
    """Write the kept PDF, unchanged."""
    from app.workflows import previews

    return previews.save_pdf(store=desk.store, actor=desk.actor, version=version, target=target)


def code_of(pupil: Pupil) -> str:
    """Any of the three codes that a pupil has."""
    return pupil.code or pupil.personal_id or pupil.vnedu_code


def load_history(desk: Desk, code: str) -> tuple[VersionEntry, ...]:
    """Every version of a pupil's transcript, the newest first."""
    from app.workflows import versions

    return versions.history(store=desk.store, actor=desk.actor, code=code)


def compare(desk: Desk, code: str, before: int, after: int) -> Comparison:
    """What two versions say differently."""
    from app.workflows import versions

    return versions.compare(store=desk.store, actor=desk.actor, code=code, before=before, after=after)


def mark_seen(desk: Desk, version_id: int) -> SeenReport:
    """Note that this person looked through a version."""
    from app.workflows import versions

    return versions.mark_seen(store=desk.store, actor=desk.actor, version_id=version_id)


def revoke(desk: Desk, code: str, reason: str) -> RevokeReport:
    """Withdraw the newest version."""
    from app.workflows import versions

    return versions.revoke(store=desk.store, actor=desk.actor, code=code, reason=reason)


def send_back(desk: Desk, class_name: str, pupil: Pupil, reason: str, *, approved: bool) -> StageReport:
    """Return a submitted class with a remark about one pupil; open an approved one again because of it."""
    from app.workflows import gate, remarks

    code = code_of(pupil)
    if approved or not code:
        act = gate.reopen if approved else gate.return_class
        told = f"{pupil.name}: {reason}"
        return act(store=desk.store, actor=desk.actor, class_name=class_name, reason=told)
    remark = remarks.NewRemark(code, "", reason)
    return gate.return_class(store=desk.store, actor=desk.actor, class_name=class_name, remarks=(remark,))


def plan_issue(desk: Desk, class_name: str | None, progress: Progress) -> IssuePlan:
    """What issuing would make, and whom it would leave out, of one class or of the whole school."""
    from app.workflows import issue

    return issue.plan(store=desk.store, actor=desk.actor, class_name=class_name, progress=progress)


def issue_transcripts(desk: Desk, class_name: str | None, progress: Progress) -> IssueReport:
    """Issue every transcript of an approved class, or of every approved class."""
    from app.workflows import issue

    return issue.issue(store=desk.store, actor=desk.actor, class_name=class_name, progress=progress)
