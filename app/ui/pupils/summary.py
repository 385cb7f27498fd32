"""The line of counts above a preview: what is new, changed, the same, empty, wrong, doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from app.records.types import Severity
from app.ui.look import Look, frame, rule
from app.ui.theme import GAP, GAP_SMALL, GAP_TINY, Type
from app.ui.widgets.elided import Elided

if TYPE_CHECKING:
    from app.workflows.import_preview import PreviewFile

_PARTS: Final = (
    ("plus", "ok", "Thêm mới"),
    ("git-compare-arrows", "primary", "Thay đổi"),
    ("check", "text2", "Giữ nguyên"),
    ("minus", "text2", "Ô trống, bỏ qua"),
    ("circle-x", "err", "Lỗi, không ghi"),
    ("triangle-alert", "warn", "Cảnh báo"),
)
ADDED, CHANGED, SAME, BLANK, ERRORS, WARNINGS = range(len(_PARTS))


def counts_of(files: Sequence[PreviewFile]) -> tuple[int, ...]:
    """Added, changed, same, blank, errors, warnings of these files; blanks are cells, the rest values."""
    proposals = [item.difference for file in files for item in file.proposals]
    added = sum(item.added for item in proposals)
    return (
        added,
        len(proposals) - added,
        sum(file.same for file in files),
        sum(file.blank for file in files),
        sum(file.count(Severity.ERROR) for file in files),
        sum(file.count(Severity.WARNING) for file in files),
    )


def dotted(number: int) -> str:
    """Thousands with a point."""
    return f"{number:,}".replace(",", ".")


class Counts:
    """Builds the line; `show` fills it."""

    def __init__(self, look: Look) -> None:
        self.panel = frame("panel")
        self._numbers: list[QLabel] = []
        row = QHBoxLayout(self.panel)
        row.setContentsMargins(GAP, GAP_TINY, GAP, GAP_TINY)
        row.setSpacing(GAP)
        for number, (icon, colour, words) in enumerate(_PARTS):
            if number:
                row.addWidget(rule(vertical=True))
            row.addWidget(look.icon_label(icon, colour))
            tone = colour if colour in ("ok", "primary", "err", "warn") else ""
            value = look.label("0", Type.TITLE, tone)
            self._numbers.append(value)
            part = QVBoxLayout()
            part.setSpacing(0)
            part.addWidget(value)
            part.addWidget(Elided(look, words, Type.CAPTION, "second"))
            row.addLayout(part, 1)
        row.setSpacing(GAP_SMALL)
        self.values: tuple[int, ...] = ()

    def show(self, values: Sequence[int]) -> None:
        """Show the six counts."""
        self.values = tuple(values)
        for label, value, (_, _, words) in zip(self._numbers, values, _PARTS, strict=True):
            label.setText(dotted(value))
            label.setAccessibleName(f"{words}: {value}")
