"""The two panels under the board: my work, and the current cell in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.overview.cells import STAGES, CellState, cell_of
from app.ui.overview.todo import Todo
from app.ui.screens import CHECKS, RESULTS, TRANSCRIPTS
from app.ui.states import Sign
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.widgets.chip import Chip

if TYPE_CHECKING:
    from app.workflows.classes import ClassProgress

SIGNS: Final = {
    CellState.DONE: Sign("check", "Xong", "ok", "ok_bg"),
    CellState.TURN: Sign("circle", "Đến lượt làm", "primary", "tint"),
    CellState.RUNNING: Sign("loader", "Đang làm", "primary", "tint"),
    CellState.ERRORS: Sign("circle-x", "Có lỗi phải sửa", "err", "err_bg"),
    CellState.NOT_YET: Sign("dot", "Chưa đến", "neu", "neu_bg"),
    CellState.OUTSIDE: Sign("minus", "Không làm học bạ số", "neu", "neu_bg"),
}
_SCREEN: Final = {"results": RESULTS, "submitted": RESULTS, "check": CHECKS, "approved": CHECKS}


def screen_for(stage: str) -> str:
    """The screen where a stage is worked on."""
    return _SCREEN.get(stage, TRANSCRIPTS)


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
        self._lines.setSpacing(GAP_SMALL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP_SMALL, GAP_SMALL, GAP_SMALL)
        layout.setSpacing(GAP_SMALL)
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
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._look.label(line.title, Type.BODY_BOLD))
        words.addWidget(self._look.label(line.detail, Type.CAPTION, "second"))
        button = self._look.button(
            line.button,
            lambda: self.go.emit(line.screen, dict(line.where)),
            kind="primary" if primary else "",
            small=True,
        )
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._look.icon_label(line.icon, line.colour, 18))
        row.addLayout(words, 1)
        row.addWidget(button)
        return widget


class CellPanel(QFrame):
    """The current cell: counts, state, what to do, and the way there."""

    go = Signal(str, object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._class = ""
        self._stage = ""
        self.setProperty("frame", "panel")
        self.title = look.label(kind=Type.SECTION)
        self._chip = Chip(look)
        self.counts = look.label()
        self._next = look.label(tone="second", wrap=True)
        self._open = look.button("", self._go_stage, icon="arrow-right", small=True)
        self._transcripts = look.button("", self._go_transcripts, icon="book-open", small=True)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(look.label("ô đang chọn", Type.CAPTION, "second"))
        state = QHBoxLayout()
        state.setSpacing(GAP)
        state.addWidget(self._chip)
        state.addWidget(self.counts, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        buttons.addWidget(self._open)
        buttons.addWidget(self._transcripts)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        layout.setSpacing(GAP_SMALL)
        layout.addLayout(head)
        layout.addLayout(state)
        layout.addWidget(self._next)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def show_cell(self, progress: ClassProgress, row: int) -> None:
        """Say the cell in words."""
        stage, cell = STAGES[row], cell_of(progress, row)
        self._class, self._stage = progress.name, stage.id
        self.title.setText(f"Lớp {progress.name} · {stage.name}")
        self._chip.show_sign(SIGNS[cell.state])
        outside = cell.state is CellState.OUTSIDE
        left = cell.total - cell.done
        self.counts.setText(
            "" if outside else f"{cell.done}/{cell.total} {stage.unit}" + (f" · còn {left}" if left else "")
        )
        waiting = cell.state in (CellState.TURN, CellState.RUNNING, CellState.ERRORS)
        self._next.setText(progress.out_of_scope if outside else stage.todo if waiting else "")
        screen = screen_for(stage.id)
        words = {RESULTS: "Mở kết quả", CHECKS: "Mở kiểm tra"}.get(screen, "")
        self._open.setText(f"\u2002{words} {progress.name}")
        self._open.setVisible(bool(words))
        self._transcripts.setText(f"\u2002Mở học bạ {progress.name}")
        self._transcripts.setVisible(not outside)

    def _go_stage(self) -> None:
        self.go.emit(screen_for(self._stage), {"class": self._class})

    def _go_transcripts(self) -> None:
        self.go.emit(TRANSCRIPTS, {"class": self._class})
