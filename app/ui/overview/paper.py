"""The board on paper: one A4 page lying, drawn as on the screen but whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPoint, QSize
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.look import Look, frame
from app.ui.overview.board import Board
from app.ui.theme import GAP, Type

if TYPE_CHECKING:
    from app.workflows.classes import ClassProgress

_WIDTH: Final = 1180
_DOTS: Final = 300
_MARGIN_MM: Final = 10.0


def board_pdf(look: Look, school: str, year: str, classes: Sequence[ClassProgress], now: datetime) -> bytes:
    """The whole board as a PDF of one page."""
    sheet = _sheet(look, school, year, classes, now)
    data = QByteArray()
    device = QBuffer(data)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(device)
    writer.setResolution(_DOTS)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Landscape)
    margin = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margin, QPageLayout.Unit.Millimeter)
    writer.setTitle(f"Bảng tiến độ học bạ – {school}")
    painter = QPainter(writer)
    scale = min(writer.width() / sheet.width(), writer.height() / sheet.height())
    painter.scale(scale, scale)
    sheet.render(painter, QPoint(0, 0))
    painter.end()
    device.close()
    return bytes(data.data())


def _sheet(look: Look, school: str, year: str, classes: Sequence[ClassProgress], now: datetime) -> QWidget:
    """Heading, board and the meaning of its signs, never shown on the screen."""
    sheet = frame("panel")
    board = Board(look)
    board.setFixedSize(QSize(round(_WIDTH * look.theme.scale), board.content_height))
    board.show_board(classes)
    board.clearSelection()
    legend = "✓ xong   ○ đến lượt làm   % đang làm   ⊗ có lỗi phải sửa   ↰ bị trả lại   · chưa đến"
    layout = QVBoxLayout(sheet)
    layout.setSpacing(GAP)
    for words, kind in (
        (f"Bảng tiến độ học bạ số năm học {year}", Type.TITLE),
        (f"{school} · lập lúc {now:%H:%M ngày %d/%m/%Y}", Type.BODY),
    ):
        layout.addWidget(look.label(words, kind))
    layout.addWidget(board)
    layout.addWidget(look.label(legend, Type.CAPTION))
    sheet.ensurePolished()
    sheet.adjustSize()
    return sheet
