"""What is said of one pupil's transcript: its state, whether it counts, whether it was looked through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.records.types import TranscriptState
from app.ui.states import DRAFT_SIGN, STATE_SIGNS, Sign

if TYPE_CHECKING:
    from app.workflows.previews import SheetCard

SEEN_SIGN: Final = Sign("eye", "Đã xem", "ok", "ok_bg")
UNSEEN_SIGN: Final = Sign("circle", "Chưa xem", "hint", "neu_bg")


def counts(card: SheetCard) -> bool:
    """Whether there is a version that counts, so that one can look through it."""
    return card.version is not None and not revoked(card)


def revoked(card: SheetCard) -> bool:
    """Whether the newest version is withdrawn."""
    return card.version is not None and card.version.state is TranscriptState.REVOKED


def sign_of(card: SheetCard) -> Sign:
    """The state of a pupil's transcript; from the second version on with its number."""
    if card.version is None:
        return DRAFT_SIGN
    sign = STATE_SIGNS[card.version.state]
    return sign if card.version.version == 1 else sign.saying(f"Bản {card.version.version}: {sign.word}")


def seen_sign(card: SheetCard) -> Sign | None:
    """Whether the person looked through it; None where there is nothing to look through."""
    if not counts(card):
        return None
    return SEEN_SIGN if card.seen else UNSEEN_SIGN
