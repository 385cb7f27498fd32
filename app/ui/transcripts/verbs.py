"""The verbs of the transcripts screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.interaction import Progress
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.models.values import ClassSummary, VersionRecord
    from app.workflows.classes import ListedPupil
    from app.workflows.issue import IssueReport


@dataclass(frozen=True, slots=True)
class Document:
    """The PDF of one pupil: the kept bytes of `version`, or a draft when nothing was issued."""

    code: str
    pdf: bytes
    version: VersionRecord | None


def load_classes(desk: Desk) -> tuple[ClassSummary, ...]:
    """The classes this person may see."""
    from app.workflows import classes

    return classes.list_classes(store=desk.store, actor=desk.actor)


def load_pupils(desk: Desk, class_name: str) -> tuple[ListedPupil, ...]:
    """The pupils of a class in Vietnamese order."""
    from app.workflows import classes

    return classes.list_pupils(store=desk.store, actor=desk.actor, class_name=class_name)


def load_document(desk: Desk, code: str, *, draft: bool) -> Document:
    """The current version's PDF as it is kept; a draft from today's data where there is none, or on wish."""
    from app.workflows import issue

    version = issue.current_version(store=desk.store, actor=desk.actor, code=code)
    stored = None if draft else issue.stored_pdf(store=desk.store, actor=desk.actor, code=code)
    if version is None or stored is None:
        return Document(code, issue.preview(store=desk.store, actor=desk.actor, code=code), None)
    return Document(code, stored, version)


def issue_class(desk: Desk, class_name: str, progress: Progress) -> IssueReport:
    """Issue every transcript of an approved class."""
    from app.workflows import issue

    return issue.issue(store=desk.store, actor=desk.actor, class_name=class_name, progress=progress)
