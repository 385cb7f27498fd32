"""The verbs of the signing screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.interaction import PinPrompt, Progress
from app.records.types import SigningRole
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.signing.discovery import TokenInfo
    from app.workflows.signing import SignNews, SignReport
    from app.workflows.signing_overview import SigningOverview
    from app.workflows.token_diagnosis import Diagnosis


def tokens(desk: Desk) -> tuple[TokenInfo, ...]:
    """USB tokens plugged in now; asks for no PIN."""
    from app.workflows import settings

    return settings.tokens(store=desk.store)


def overview(desk: Desk, role: SigningRole, found: Sequence[TokenInfo]) -> SigningOverview:
    """What can be signed as `role` with the tokens that were found."""
    from app.workflows import signing_overview

    return signing_overview.overview(store=desk.store, actor=desk.actor, role=role, found=found)


def sign(
    desk: Desk,
    role: SigningRole,
    token: str,
    ids: frozenset[str],
    pin: PinPrompt,
    progress: Progress,
    watch: Callable[[SignNews], object],
) -> SignReport:
    """Sign these transcripts with the token of this serial and one PIN."""
    from app.workflows import signing

    return signing.sign_transcripts(
        store=desk.store,
        actor=desk.actor,
        role=role,
        token=token,
        ids=ids,
        pin=pin,
        progress=progress,
        watch=watch,
    )


def save_text(target: Path, text: str) -> Path:
    """Write what came of a run, readable in any editor. UserError workflow.cannot_write."""
    from app.workflows import exports

    return exports.write_bytes(target, text.encode("utf-8-sig"))


def diagnose(desk: Desk) -> Diagnosis:
    """Drivers, readers and tokens of this computer in plain words."""
    from app.workflows import token_diagnosis

    return token_diagnosis.diagnose(store=desk.store)
