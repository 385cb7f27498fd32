"""The report on one file: verdict, four answers, the signatures, and the limits of the check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.look import Look, frame, restyle, rule
from app.ui.theme import GAP, GAP_SMALL, GAP_TINY, GAP_WIDE, MARGIN, Type

if TYPE_CHECKING:
    from app.workflows.verification import Answer, Signer, Verification

TONES: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "good": ("shield-check", "ok", "done", "check"),
    "unsure": ("triangle-alert", "warn", "warning", "triangle-alert"),
    "bad": ("shield-x", "err", "error", "x"),
}
"""Icon of the verdict, colour, kind of ground, icon of an answer."""
_HEADS: Final = (
    "Người ký, vai trò",
    "Thời điểm ký",
    "Chứng thư số: nơi cấp, nơi quản lý, thời hạn",
    "Kết quả",
)
_ROLE_ICONS: Final = {"seal": ("stamp", "seal")}


class ReportView(QScrollArea):
    """Made anew for each file."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.text = ""
        """Everything it says, for copying and screen readers."""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_report(self, found: Verification) -> None:
        """Replace what is shown."""
        panel = frame("panel")
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(1, 1, 1, GAP)
        layout.setSpacing(GAP_SMALL)
        layout.addWidget(self._verdict(found))
        layout.addLayout(self._answers(found))
        layout.addWidget(rule())
        layout.addLayout(self._signers(found.signers))
        layout.addWidget(rule())
        layout.addLayout(self._limits(found))
        layout.addStretch(1)
        self.text = told(found)
        panel.setAccessibleName(self.text)
        self.setWidget(panel)

    def _verdict(self, found: Verification) -> QWidget:
        icon, colour, ground, _ = TONES[found.tone]
        head = frame("banner")
        restyle(head, "state", ground)
        row = QHBoxLayout(head)
        row.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        row.setSpacing(MARGIN)
        row.addWidget(self._look.icon_label(icon, colour, 36))
        words = QVBoxLayout()
        words.setSpacing(GAP_TINY)
        words.addWidget(self._look.label(found.headline, Type.TITLE, colour))
        words.addWidget(self._look.label(found.lead, wrap=True))
        row.addLayout(words, 1)
        return head

    def _answers(self, found: Verification) -> QLayout:
        grid = QGridLayout()
        grid.setContentsMargins(MARGIN, GAP_TINY, MARGIN, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP_SMALL)
        grid.setColumnStretch(2, 1)
        about = f"{found.about}\n{found.file.name}" if found.about else found.file.name
        grid.addWidget(self._look.label(about, Type.BODY_BOLD, wrap=True), 0, 0, 1, 3)
        for row, answer in enumerate(found.answers, start=1):
            self._answer(grid, row, answer)
        return grid

    def _answer(self, grid: QGridLayout, row: int, answer: Answer) -> None:
        _, colour, _, icon = TONES[answer.tone]
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._look.label(answer.question, tone="second"), row, 0, top)
        grid.addWidget(self._look.icon_label(icon, colour), row, 1, top)
        grid.addWidget(self._look.label(answer.sentence, Type.BODY_BOLD, wrap=True), row, 2, top)

    def _signers(self, signers: tuple[Signer, ...]) -> QLayout:
        grid = QGridLayout()
        grid.setContentsMargins(MARGIN, 0, MARGIN, 0)
        grid.setHorizontalSpacing(GAP_WIDE)
        grid.setVerticalSpacing(GAP_SMALL)
        for column, stretch in enumerate((3, 2, 4, 3)):
            grid.setColumnStretch(column, stretch)
        grid.addWidget(self._look.label("Ai đã ký", Type.SECTION), 0, 0, 1, 4)
        if not signers:
            grid.addWidget(self._look.label("Tệp không có chữ ký số nào.", tone="second"), 1, 0, 1, 4)
            return grid
        for column, head in enumerate(_HEADS):
            grid.addWidget(self._look.label(head, Type.CAPTION_BOLD, "second"), 1, column)
        for row, one in enumerate(signers, start=2):
            for column, cell in enumerate(self._cells(one)):
                grid.addLayout(cell, row, column)
        return grid

    def _cells(self, one: Signer) -> tuple[QLayout, ...]:
        time = f"{one.time:%d/%m/%Y %H:%M:%S}" if one.time else "Không rõ"
        certificate = " · ".join(filter(None, (one.manager, one.valid)))
        icon, colour = _ROLE_ICONS.get(one.role, ("signature", "sign"))
        _, tone, _, mark = TONES[one.tone]
        return (
            self._two(one.name, one.title, (icon, colour)),
            self._two(time, one.time_source),
            self._two(one.issuer, certificate),
            self._two(one.result, "", (mark, tone)),
        )

    def _two(self, first: str, second: str, icon: tuple[str, str] | None = None) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        if icon:
            row.addWidget(self._look.icon_label(*icon), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._look.label(first, wrap=True))
        if second:
            words.addWidget(self._look.label(second, Type.CAPTION, "second", wrap=True))
        words.addStretch(1)
        row.addLayout(words, 1)
        return row

    def _limits(self, found: Verification) -> QLayout:
        words = QVBoxLayout()
        words.setContentsMargins(MARGIN, 0, MARGIN, 0)
        words.setSpacing(GAP_TINY)
        words.addWidget(self._look.label("Giới hạn của lần xác minh này", Type.BODY_BOLD))
        for sentence in found.limits or ("Không có giới hạn nào cần nói thêm.",):
            words.addWidget(self._look.label(sentence, tone="second", wrap=True))
        at = f"Xác minh lúc {found.checked_at:%H:%M:%S, %d/%m/%Y} tại máy này, không gửi tệp đi đâu."
        words.addWidget(self._look.label(at, Type.CAPTION, "second", wrap=True))
        return words


def told(found: Verification) -> str:
    """The report as text."""
    lines = [found.headline, found.lead, found.about, found.file.name]
    lines += [f"{one.question} {one.sentence}" for one in found.answers]
    for one in found.signers:
        time = f"{one.time:%d/%m/%Y %H:%M:%S}" if one.time else "không rõ giờ"
        lines.append(
            f"{one.title}: {one.name}, {time} {one.time_source}, {one.issuer}, {one.valid}: {one.result}"
        )
    return "\n".join(filter(None, (*lines, *found.limits)))
