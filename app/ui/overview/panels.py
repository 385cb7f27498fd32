"""The two panels under the board: my work, and the current cell in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.records.types import Stage
from app.ui.icons import GAP as ICON_GAP
from app.ui.look import Look
from app.ui.overview.cells import STAGES, BoardCell, CellState, cell_of, counted
from app.ui.overview.todo import Todo
from app.ui.screens import CHECKS, DELIVERY, RESULTS, SIGNING, TRANSCRIPTS
from app.ui.states import Sign
from app.ui.theme import GAP, GAP_SMALL, GAP_TINY, Type
from app.ui.widgets.chip import Chip
from app.ui.widgets.elided import Elided

if TYPE_CHECKING:
    from app.workflows.classes import ClassProgress

SIGNS: Final = {
    CellState.DONE: Sign("check", "Xong", "ok", "ok_bg"),
    CellState.TURN: Sign("circle", "Đến lượt làm", "primary", "tint"),
    CellState.RUNNING: Sign("loader", "Đang làm", "primary", "tint"),
    CellState.ERRORS: Sign("circle-x", "Có lỗi phải sửa", "err", "err_bg"),
    CellState.RETURNED: Sign("corner-up-left", "Bị trả lại", "warn", "warn_bg"),
    CellState.NOT_YET: Sign("dot", "Chưa đến", "neu", "neu_bg"),
    CellState.OUTSIDE: Sign("minus", "Không làm học bạ số", "neu", "neu_bg"),
}
_SCREEN: Final = {
    "results": RESULTS,
    "submitted": RESULTS,
    "check": CHECKS,
    "approved": CHECKS,
    "teacher": SIGNING,
    "leader": SIGNING,
    "sealed": SIGNING,
    "sent": DELIVERY,
}
_OPEN: Final = {
    RESULTS: "Mở kết quả",
    CHECKS: "Mở kiểm tra",
    SIGNING: "Mở ký số",
    DELIVERY: "Mở hộp gửi",
}


_STEP: Final = {
    Stage.OPEN: "Trả lại lúc",
    Stage.SUBMITTED: "Chốt lúc",
    Stage.APPROVED: "Duyệt lúc",
}


def screen_for(stage: str, screens: Collection[str]) -> str:
    """The screen where a stage is worked on; where this person has it not, the transcripts or the results."""
    wanted = _SCREEN.get(stage, TRANSCRIPTS)
    return next((screen for screen in (wanted, TRANSCRIPTS) if screen in screens), RESULTS)


class TodoPanel(QFrame):
    """At most four lines; the most urgent has the primary button."""

    go = Signal(str, object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("frame", "panel")
        self._count = look.label(tone="second", kind=Type.CAPTION)
        head = QHBoxLayout()
        head.addWidget(look.label("Việc của tôi", Type.SECTION), 1)
        head.addWidget(self._count)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(GAP_TINY)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP_TINY, GAP_SMALL, GAP_TINY)
        layout.setSpacing(GAP_TINY)
        layout.addLayout(head)
        layout.addLayout(self._lines)
        layout.addStretch(1)

    def show_lines(self, lines: Sequence[Todo]) -> None:
        """Replace the lines."""
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        self._count.setText(f"{len(lines)} việc" if lines else "")
        for number, line in enumerate(lines):
            self._lines.addWidget(self._line(line, primary=number == 0))
        if not lines:
            self._lines.addWidget(self._look.label("Không có việc nào đang chờ.", tone="second"))

    def _line(self, line: Todo, *, primary: bool) -> QWidget:
        widget = QWidget()
        button = self._look.button(
            line.button,
            lambda: self.go.emit(line.screen, dict(line.where)),
            kind="primary" if primary else "",
            small=True,
        )
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        title = Elided(self._look, line.title, Type.BODY_BOLD)
        title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row.addWidget(self._look.icon_label(line.icon, line.colour, 18))
        row.addWidget(title)
        row.addWidget(Elided(self._look, line.detail, Type.CAPTION, "second"), 1)
        row.addWidget(button)
        return widget


class CellPanel(QFrame):
    """The current cell, or the one that was pinned: counts, state, who, since when, what to do."""

    go = Signal(str, object)

    def __init__(self, look: Look, screens: Collection[str]) -> None:
        super().__init__()
        self._look = look
        self._screens = screens
        self._class = ""
        self._stage = ""
        self.setProperty("frame", "panel")
        self.title = Elided(look, "", Type.SECTION)
        self.mark = look.label("ô đang chọn", Type.CAPTION, "second")
        self._chip = Chip(look)
        self.counts = look.label()
        self.teacher = Elided(look, "", tone="second", align=Qt.AlignmentFlag.AlignRight)
        self.words = look.label(tone="second", wrap=True)
        self._open = look.button("", self._go_stage, icon="arrow-right", small=True)
        self._transcripts = look.button("", self._go_transcripts, icon="book-open", small=True)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.mark)
        state = QHBoxLayout()
        state.setSpacing(GAP)
        state.addWidget(self._chip)
        state.addWidget(self.counts)
        state.addWidget(self.teacher, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        buttons.addWidget(self._open)
        buttons.addWidget(self._transcripts)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP_TINY, GAP, GAP_SMALL)
        layout.setSpacing(GAP_TINY)
        layout.addLayout(head)
        layout.addLayout(state)
        layout.addWidget(self.words)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def show_cell(self, progress: ClassProgress, row: int, *, pinned: bool = False) -> None:
        """Say the cell in words."""
        stage, cell = STAGES[row], cell_of(progress, row)
        self._class, self._stage = progress.name, stage.id
        self.title.setText(f"Lớp {progress.name} · {stage.name}")
        self.mark.setText("đã ghim, phím cách để bỏ" if pinned else "ô đang chọn")
        sign = SIGNS[cell.state]
        self._chip.show_sign(sign.saying(f"{sign.word} {cell.percent} %") if _under_way(cell) else sign)
        outside = cell.state is CellState.OUTSIDE
        left = cell.total - cell.done
        self.counts.setText(
            "" if outside else f"{cell.done}/{cell.total} {stage.unit}" + (f" · còn {left}" if left else "")
        )
        self.teacher.setText(f"GVCN {progress.teacher}" if progress.teacher else "")
        self.words.setText(cell_words(progress, row))
        self._show_buttons(progress.name, stage.id, outside=outside)

    def _show_buttons(self, name: str, stage: str, *, outside: bool) -> None:
        screen = screen_for(stage, self._screens)
        for button, words, shown in (
            (self._open, f"{_OPEN.get(screen, '')} {name}", screen in _OPEN),
            (self._transcripts, f"Mở học bạ {name}", TRANSCRIPTS in self._screens and not outside),
        ):
            button.setText(f"{ICON_GAP}{words}")
            button.setAccessibleName(words)
            button.setVisible(shown)

    def _go_stage(self) -> None:
        self.go.emit(screen_for(self._stage, self._screens), {"class": self._class})

    def _go_transcripts(self) -> None:
        self.go.emit(TRANSCRIPTS, {"class": self._class})


def _under_way(cell: BoardCell) -> bool:
    return cell.state is CellState.RUNNING


def cell_words(progress: ClassProgress, row: int) -> str:
    """What is wrong, who did the last step and when, and what to do now."""
    stage, cell = STAGES[row], cell_of(progress, row)
    if cell.state is CellState.OUTSIDE:
        return progress.out_of_scope
    move, parts = progress.move, []
    if cell.state in (CellState.ERRORS, CellState.RETURNED) and (numbers := counted(progress)):
        parts.append(f"Còn {numbers}.")
    if move is not None and (stage.id in ("submitted", "approved") or cell.state is CellState.RETURNED):
        parts.append(f"{_STEP[move.after]} {move.at:%H:%M ngày %d/%m/%Y}, {move.name}.")
        if move.returned and move.reason:
            parts.append(f"Lý do: {move.reason.rstrip(' .')}.")
    if cell.state is CellState.RETURNED:
        parts.append("GVCN sửa, trả lời nhắc nhở rồi chốt lại.")
    elif cell.state in (CellState.TURN, CellState.RUNNING, CellState.ERRORS):
        parts.append(stage.todo)
    return " ".join(parts)
