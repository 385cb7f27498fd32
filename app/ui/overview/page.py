"""Tổng quan: the board of nine stages by classes, my work, and the current cell in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.records.permissions import Action, allowed_somewhere
from app.ui.desk import Desk
from app.ui.overview import verbs
from app.ui.overview.board import Board
from app.ui.overview.cells import CellState
from app.ui.overview.panels import SIGNS, CellPanel, TodoPanel, screen_for
from app.ui.overview.todo import todo_list
from app.ui.screens import PUPILS
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.widgets.elided import Elided
from app.ui.widgets.empty import Empty
from app.ui.widgets.page import Page

if TYPE_CHECKING:
    from app.workflows.classes import ClassProgress

_LEGEND: Final = (
    CellState.DONE,
    CellState.TURN,
    CellState.RUNNING,
    CellState.ERRORS,
    CellState.NOT_YET,
)


class OverviewPage(Page):
    """The whole school at a glance."""

    kinds: ClassVar[frozenset[str]] = frozenset({"classes", "results", "transcripts", "outbox"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Tổng quan")
        may_import = allowed_somewhere(desk.actor, Action.IMPORT_LIST)
        self.empty = Empty(
            self.look,
            "Chưa có lớp nào. Nhập danh sách từ tệp CSDL ngành."
            if may_import
            else "Chưa có lớp nào được giao. Nhờ quản trị xem lại phân công.",
            "Nhập từ Excel…" if may_import else "",
            lambda: self.go.emit(PUPILS, {"import": "yes"}),
        )
        self.board = Board(self.look)
        self.todo = TodoPanel(self.look)
        self.cell = CellPanel(self.look)
        self._content = QWidget()
        self.board.pointed.connect(self._point)
        self.board.opened.connect(lambda name, stage: self.go.emit(screen_for(stage), {"class": name}))
        for panel in (self.todo, self.cell):
            panel.go.connect(self.go)
        self.setFocusProxy(self.board)
        self._lay_out_board()

    def _lay_out_board(self) -> None:
        panels = QHBoxLayout()
        panels.setSpacing(GAP)
        panels.addWidget(self.todo, 5)
        panels.addWidget(self.cell, 4)
        content = QVBoxLayout(self._content)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(GAP_SMALL)
        self.board.setMinimumHeight(160)
        self.board.setMaximumHeight(self.board.content_height)
        content.addWidget(self.board, 10)
        content.addLayout(self._legend())
        content.addLayout(panels, 1)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self._content, 1)
        self.empty.hide()
        self._content.hide()

    def _legend(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for state in _LEGEND:
            sign = SIGNS[state]
            if state is CellState.RUNNING:
                row.addWidget(self.look.label("40%", Type.CAPTION_BOLD, "primary"))
            else:
                row.addWidget(self.look.icon_label(sign.icon, sign.colour, 14))
            row.addWidget(self.look.label(state.value, Type.CAPTION, "second"))
            row.addSpacing(GAP)
        keys = "Mũi tên: chọn ô  ·  Enter: mở đúng lớp và công đoạn"
        right = Qt.AlignmentFlag.AlignRight
        row.addWidget(Elided(self.look, keys, Type.CAPTION, "second", right), 1)
        return row

    def load(self, where: Mapping[str, str]) -> None:
        self.read(lambda: verbs.load_board(self.desk), self._show)

    def _show(self, classes: tuple[ClassProgress, ...]) -> None:
        now = datetime.now().astimezone()
        self.note.setText(f"Cuối năm học · cập nhật lúc {now:%H:%M}")
        self.empty.setVisible(not classes)
        self._content.setVisible(bool(classes))
        self.board.show_board(classes)
        self.todo.show_lines(todo_list(self.desk.actor, classes))

    def _point(self, row: int, column: int) -> None:
        classes = self.board.board.classes
        if 0 <= column < len(classes):
            self.cell.show_cell(classes[column], row)
