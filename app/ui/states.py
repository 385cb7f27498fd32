"""How each state of the product is shown: icon, word, colour and ground (never colour alone)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from app.records.types import Severity, Stage, TranscriptState


@dataclass(frozen=True, slots=True)
class Sign:
    """An icon (Lucide name), a word, and the names of two colours of the theme."""

    icon: str
    word: str
    colour: str
    ground: str

    def saying(self, word: str) -> Sign:
        """The same sign with another word, such as "2 cảnh báo"."""
        return replace(self, word=word)


STAGE_SIGNS: Final[Mapping[Stage, Sign]] = {
    Stage.OPEN: Sign("pen-line", "Đang nhập", "primary", "tint"),
    Stage.SUBMITTED: Sign("lock", "Đã chốt", "primary", "tint"),
    Stage.APPROVED: Sign("check", "Đã duyệt", "ok", "ok_bg"),
}
DRAFT_SIGN: Final = Sign("file-text", "Bản nháp", "neu", "neu_bg")
STATE_SIGNS: Final[Mapping[TranscriptState, Sign]] = {
    TranscriptState.ISSUED: Sign("book-open", "Đã tạo", "primary", "tint"),
    TranscriptState.TEACHER_SIGNED: Sign("signature", "GVCN đã ký", "sign", "tint"),
    TranscriptState.LEADER_SIGNED: Sign("signature", "BGH đã ký", "sign", "tint"),
    TranscriptState.SEALED: Sign("stamp", "Đã phát hành", "ok", "ok_bg"),
    TranscriptState.REVOKED: Sign("x", "Đã thu hồi", "neu", "neu_bg"),
}
SEVERITY_SIGNS: Final[Mapping[Severity, Sign]] = {
    Severity.ERROR: Sign("circle-x", "Lỗi", "err", "err_bg"),
    Severity.WARNING: Sign("triangle-alert", "Cảnh báo", "warn", "warn_bg"),
    Severity.NOTE: Sign("info", "Gợi ý", "primary", "tint"),
}
OUTSIDE_SIGN: Final = Sign("circle", "Không làm học bạ số", "neu", "neu_bg")
