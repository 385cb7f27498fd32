"""Unforeseen faults: one dialog per cause, with details to copy and without a traceback on the screen."""

from __future__ import annotations

import traceback

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app import __version__
from app.ui.look import Look
from app.ui.theme import GAP, GAP_WIDE, Type


def details(error: BaseException) -> str:
    """Where it broke: places in the program and the kind of error, never a value (it may be personal)."""
    lines = [f"Học bạ số {__version__}"]
    while True:
        lines += traceback.format_tb(error.__traceback__)
        lines.append(type(error).__qualname__)
        following = error.__cause__ or error.__context__
        if following is None:
            return "\n".join(lines)
        error = following


class FaultDialog(QDialog):
    """Says that something broke, that the data are safe, and what to do."""

    def __init__(self, look: Look, text: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._text = text
        self.setWindowTitle("Học bạ số")
        self.setMinimumWidth(480)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(look.icon_label("triangle-alert", "err", 20))
        head.addWidget(look.label("Chương trình gặp lỗi chưa lường trước", Type.SECTION), 1)
        buttons = QHBoxLayout()
        buttons.addWidget(look.button("Sao chép chi tiết", self.copy_details, icon="copy"))
        buttons.addStretch(1)
        buttons.addWidget(look.button("Đóng", self.accept, kind="primary"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_WIDE, GAP_WIDE, GAP_WIDE, GAP_WIDE)
        layout.setSpacing(GAP)
        layout.addLayout(head)
        layout.addWidget(
            look.label(
                "Việc vừa làm chưa xong. Dữ liệu đã lưu vẫn nguyên. Làm lại việc đó; nếu vẫn lỗi, bấm "
                "Sao chép chi tiết và gửi cho người hỗ trợ. Chi tiết không có tên hay kết quả của học sinh.",
                wrap=True,
            )
        )
        layout.addLayout(buttons)

    def copy_details(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self._text)


class Faults:
    """Shows each cause once."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._seen: set[str] = set()

    def show(self, error: BaseException, parent: QWidget | None) -> FaultDialog | None:
        """Open the dialog, without stopping the program; None when this cause was shown already."""
        text = details(error)
        if text in self._seen:
            return None
        self._seen.add(text)
        dialog = FaultDialog(self._look, text, parent)
        dialog.open()
        return dialog
