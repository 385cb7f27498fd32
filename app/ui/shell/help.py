"""Trợ giúp: the keys that work everywhere and in the screens, in one list."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.theme import GAP, GAP_SMALL, GAP_WIDE, Type

KEYS: Final[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = (
    (
        "Cả chương trình",
        (
            ("Ctrl+1 … Ctrl+9", "mở màn hình theo thứ tự ở cột trái"),
            ("Ctrl+K", "tìm học sinh, lớp, mã học bạ"),
            ("F6", "sang vùng kế tiếp: thanh trên, cột trái, nội dung"),
            ("Ctrl+L", "khóa màn hình, mọi việc đang làm vẫn giữ"),
            ("F1", "bảng phím này"),
        ),
    ),
    (
        "Bảng và danh sách",
        (
            ("↑ ↓", "chọn dòng"),
            ("Enter", "mở dòng đang chọn"),
            ("Esc", "về nơi trước"),
        ),
    ),
    (
        "Nhập kết quả",
        (
            ("Mũi tên, Home, End", "đi giữa các ô"),
            ("F8, Shift+F8", "ô thiếu hoặc có vấn đề kế tiếp, trước đó"),
            ("Alt+PgUp, Alt+PgDn", "lớp trước, lớp sau"),
            ("Ctrl+PgUp, Ctrl+PgDn", "thẻ trước, thẻ sau"),
        ),
    ),
    (
        "Kiểm tra",
        (
            ("1, 2, 3", "lọc lỗi, cảnh báo, gợi ý"),
            ("D, R", "duyệt lớp, trả lại lớp"),
        ),
    ),
    (
        "Học bạ",
        (
            ("Dấu cách", "đánh dấu đã xem rồi sang em kế tiếp"),
            ("Enter", "xem cả màn hình"),
            ("PgUp, PgDn", "trang trước, trang sau"),
            ("+  −  0", "phóng to, thu nhỏ, vừa khung"),
            ("[  ]", "lớp trước, lớp sau"),
            ("Ctrl+P", "in học bạ đang xem"),
        ),
    ),
)


class HelpDialog(QDialog):
    """Not a page: whoever asks wants to go on where they are."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Trợ giúp")
        self.resize(560, 520)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, GAP, 0)
        grid.setHorizontalSpacing(GAP_WIDE)
        grid.setVerticalSpacing(GAP_SMALL)
        grid.setColumnStretch(1, 1)
        for place, keys in KEYS:
            grid.addWidget(look.label(place, Type.SECTION), grid.rowCount(), 0, 1, 2)
            for key, does in keys:
                row = grid.rowCount()
                grid.addWidget(look.label(key, Type.BODY_BOLD), row, 0)
                grid.addWidget(look.label(does, wrap=True), row, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inside)
        area.setAccessibleName("Các phím")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        self.close_button = look.button("Đóng", self.accept, kind="primary")
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_WIDE, GAP_WIDE, GAP_WIDE, GAP_WIDE)
        layout.setSpacing(GAP)
        layout.addWidget(look.label("Các phím dùng được", Type.TITLE))
        layout.addWidget(area, 1)
        layout.addLayout(buttons)
