"""The verbs of looking up and verifying."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.interaction import Progress
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.workflows.page_codes import CodeReport
    from app.workflows.verification import Verification


def verify(desk: Desk, paths: Sequence[Path], progress: Progress) -> tuple[Verification, ...]:
    """Check files and folders on this computer."""
    from app.workflows import verification

    return verification.check(paths=paths, store=desk.store, actor=desk.actor, progress=progress)


def look_up_code(desk: Desk, text: str) -> CodeReport:
    """What the store says of the code of a printed page."""
    from app.workflows import page_codes

    return page_codes.look_up(store=desk.store, text=text, actor=desk.actor)
