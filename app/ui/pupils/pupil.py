"""One pupil: birth certificate, way through school, this year; transcripts of all years; every change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.records.types import HistoryRow, TranscriptState
from app.ui.look import Look, frame
from app.ui.pupils.fieldrow import FieldRow
from app.ui.pupils.record import Shown, birth_lines, missing, year_lines
from app.ui.states import STATE_SIGNS, Sign
from app.ui.theme import GAP, GAP_SMALL, GAP_WIDE, Type
from app.ui.widgets.chip import Chip
from app.ui.widgets.elided import Elided
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.models.received import ReceivedRecord
    from app.models.values import VersionRecord
    from app.workflows.pupil_page import Change, PupilFile

TABS = ("Hồ sơ", "Học bạ các năm", "Lịch sử thay đổi")
_ROWS_OF_HISTORY = 4
_WIDE = 700
"""Px at 100 %, from which on the sections stand side by side."""


def _version_columns() -> tuple[Column[VersionRecord], ...]:
    return (
        Column("Năm học", 108, lambda row: row.year),
        Column("Lớp", 56, lambda row: row.class_name),
        Column("Bản", 64, lambda row: f"Bản {row.version}"),
        Column("Trạng thái", 148, lambda row: _sign(row).word, sign=_sign),
        Column("Tạo lúc", 152, lambda row: f"{row.issued_at:%H:%M %d/%m/%Y}"),
        Column("Số học bạ", 0, lambda row: row.transcript_id),
        Column("Lý do thu hồi", 200, lambda row: row.revoked_reason, optional=True),
    )


def _sign(row: VersionRecord) -> Sign:
    return STATE_SIGNS[TranscriptState(row.state)]


def _received_columns() -> tuple[Column[ReceivedRecord], ...]:
    return (
        Column("Năm học", 108, lambda row: row.year),
        Column("Bản", 64, lambda row: f"Bản {row.version}"),
        Column("Trường phát hành", 0, lambda row: row.school),
        Column("Đóng dấu bởi", 200, lambda row: row.sealed_by),
        Column("Nhận lúc", 152, lambda row: f"{row.received_at:%H:%M %d/%m/%Y}"),
    )


def _history_columns() -> tuple[Column[HistoryRow], ...]:
    return (
        Column("Năm học", 106, lambda row: row.year),
        Column("Lớp", 48, lambda row: row.class_name),
        Column("Trường", 0, lambda row: row.school),
        Column("Số đăng bộ", 108, lambda row: row.register_number),
    )


def _change_columns() -> tuple[Column[Change], ...]:
    return (
        Column("Lúc", 152, lambda row: f"{row.at:%H:%M %d/%m/%Y}"),
        Column("Ai", 136, lambda row: row.who),
        Column("Mục", 224, lambda row: row.what),
        Column("Trước", 148, lambda row: row.old or "trống"),
        Column("Sau", 0, lambda row: row.new or "trống", bold=True),
    )


class PupilView(QWidget):
    """`closed` on Esc, `edited` with field and typed text, `stepped` with +1 or -1, `wanted`."""

    closed = Signal()
    edited = Signal(str, str)
    stepped = Signal(int)
    wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.file: PupilFile | None = None
        self.back = look.button("Danh sách", self.closed.emit, icon="chevron-left", kind="link", small=True)
        self.name = Elided(look, kind=Type.TITLE)
        self.place = Elided(look, tone="second")
        self.chip = Chip(look)
        self.previous = look.tool("chevron-left", "Học sinh trước (Alt+PgUp)", lambda: self.stepped.emit(-1))
        self.next = look.tool("chevron-right", "Học sinh sau (Alt+PgDn)", lambda: self.stepped.emit(1))
        self.open = look.button("Xem học bạ", self.wanted.emit, icon="book-open")
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Phần của hồ sơ")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for tab in TABS:
            self.tabs.addTab(tab)
        self.parts = QStackedWidget()
        self.tabs.currentChanged.connect(self.parts.setCurrentIndex)
        self.history: Table[HistoryRow] = Table(look, "Quá trình học tập", _history_columns())
        self.versions: Table[VersionRecord] = Table(look, "Học bạ các năm", _version_columns())
        self.received: Table[ReceivedRecord] = Table(look, "Học bạ nhận từ trường khác", _received_columns())
        self.changes: Table[Change] = Table(look, "Lịch sử thay đổi", _change_columns())
        self.versions.opened.connect(lambda _: self.wanted.emit())
        self.no_versions = look.label(tone="second")
        self.received_head = look.label("Nhận từ trường khác", Type.SECTION)
        self.note = look.label(tone="second", wrap=True)
        self.rows: dict[str, FieldRow] = {}
        self._columns: QBoxLayout | None = None
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setProperty("frame", "chart")
        self._lay_out()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.place)
        bar = QHBoxLayout()
        bar.setSpacing(GAP_SMALL)
        bar.addWidget(self.back)
        bar.addStretch(1)
        for widget in (self.chip, self.open, self.previous, self.next):
            bar.addWidget(widget)
        self._head = QBoxLayout(QBoxLayout.Direction.RightToLeft)
        self._head.setContentsMargins(GAP, GAP_SMALL, GAP, 0)
        self._head.setSpacing(GAP)
        self._head.addLayout(bar)
        self._head.addLayout(words, 1)
        self.parts.addWidget(self._scroll)
        self.parts.addWidget(self._transcripts())
        self.parts.addWidget(self.changes)
        panel = frame("panel")
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(GAP_SMALL)
        layout.addLayout(self._head)
        layout.addWidget(self.tabs)
        layout.addWidget(self.parts, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(panel)

    def _transcripts(self) -> QWidget:
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_SMALL)
        for label in (self.no_versions, self.received_head):
            label.setContentsMargins(GAP, GAP_SMALL, GAP, 0)
        layout.addWidget(self.no_versions)
        layout.addWidget(self.versions, 2)
        layout.addWidget(self.received_head)
        layout.addWidget(self.received, 1)
        layout.addStretch(0)
        return part

    def show_file(self, file: PupilFile) -> None:
        """Show a pupil; the tab in front stays."""
        self.file = file
        entry = file.entry
        self.name.setText(entry.pupil.name)
        teacher = f" · GVCN {file.homeroom_teacher}" if file.homeroom_teacher else ""
        self.place.setText(f"Lớp {file.class_name} · năm học {file.year}{teacher}")
        lacking = missing(entry)
        full = Sign("circle-check", "Hồ sơ đủ", "ok", "ok_bg")
        thin = Sign("triangle-alert", f"Thiếu {len(lacking)} mục", "warn", "warn_bg")
        self.chip.show_sign(thin if lacking else full)
        self.chip.setToolTip(f"Còn thiếu: {', '.join(lacking)}." if lacking else "")
        self._show_sections(file, lacking)
        self.versions.show_rows(file.versions)
        self.versions.setVisible(bool(file.versions))
        self.no_versions.setText("" if file.versions else "Chưa có học bạ số nào được tạo.")
        self.no_versions.setVisible(not file.versions)
        self.received.show_rows(file.received)
        for widget in (self.received, self.received_head):
            widget.setVisible(bool(file.received))
        self.changes.show_rows(file.changes)

    def _show_sections(self, file: PupilFile, lacking: tuple[str, ...]) -> None:
        """The first tab anew; the tables inside are kept."""
        self.history.setParent(None)
        self.note.setParent(None)
        self.rows = {}
        inside = QWidget()
        self._columns = columns = QBoxLayout(self._side_by_side, inside)
        columns.setContentsMargins(GAP, GAP_SMALL, GAP, GAP)
        columns.setSpacing(GAP_WIDE)
        left, right = QVBoxLayout(), QVBoxLayout()
        self._section(left, "Giấy khai sinh", birth_lines(file.entry.pupil), file.editable)
        left.addStretch(1)
        self._section(right, f"Năm học {file.year}", year_lines(file.entry.enrolment), file.editable)
        right.addSpacing(GAP)
        right.addWidget(self._look.label("Quá trình học tập", Type.SECTION))
        theme = self._look.theme
        self.history.setFixedHeight(theme.heights.head + _ROWS_OF_HISTORY * theme.heights.row)
        self.history.show_rows(file.entry.history)
        right.addWidget(self.history)
        self.note.setText(file.closed or (f"Còn thiếu: {', '.join(lacking)}." if lacking else ""))
        right.addWidget(self.note)
        right.addStretch(1)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        self._scroll.setWidget(inside)
        self.history.show()
        self.note.show()

    @property
    def _side_by_side(self) -> QBoxLayout.Direction:
        wide = self.width() >= _WIDE * self._look.theme.scale
        return QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self._side_by_side is QBoxLayout.Direction.LeftToRight
        turned, stacked = QBoxLayout.Direction.RightToLeft, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(turned if wide else stacked)
        if self._columns is not None:
            self._columns.setDirection(self._side_by_side)

    def _section(
        self, column: QVBoxLayout, title: str, lines: Iterable[Shown], editable: frozenset[str]
    ) -> None:
        column.setSpacing(0)
        column.addWidget(self._look.label(title, Type.SECTION))
        column.addSpacing(GAP_SMALL)
        for shown in lines:
            row = FieldRow(self._look, shown, editable=shown.field in editable)
            row.edited.connect(self.edited)
            self.rows[shown.field or shown.label] = row
            column.addWidget(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif alt and event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)
