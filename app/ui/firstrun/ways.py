"""The first page of the first start: a new school, a backup, or the sample school."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.firstrun.parts import foot
from app.ui.look import Look, frame
from app.ui.theme import GAP, Type
from app.ui.widgets.choices import Choice, ChoiceList

NEW: Final = "new"
BACKUP: Final = "backup"
SAMPLE: Final = "sample"
_WAYS: Final = (
    Choice(
        NEW,
        "Tạo dữ liệu cho trường",
        "Năm bước, chừng năm phút. Cần tên trường, mã trường như trong CSDL ngành.",
        ("school", "primary", ""),
    ),
    Choice(
        BACKUP,
        "Mở bản sao lưu",
        "Khi đổi máy, hoặc máy cũ hỏng. Cần tệp sao lưu (.hocba) và mã khôi phục.",
        ("folder-open", "primary", ""),
    ),
    Choice(
        SAMPLE,
        "Dùng thử với trường mẫu",
        "50 học sinh bịa để tập dùng, để riêng, xóa lúc nào cũng được.",
        ("eye", "primary", ""),
    ),
)


class WaysStep(QWidget):
    """`chosen` tells NEW, BACKUP or SAMPLE."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.list = ChoiceList(look, "Bắt đầu bằng cách nào")
        self.list.fill(_WAYS, NEW)
        self.list.setFixedHeight(len(_WAYS) * look.theme.heights.person + 2)
        self.list.activated.connect(lambda _: self._go_on())
        self.next = look.button("Tiếp theo", self._go_on, kind="primary")
        box = frame("panel")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(look.label("Bắt đầu bằng cách nào", Type.SECTION))
        layout.addWidget(look.label("Máy này chưa có dữ liệu của trường nào.", tone="second"))
        layout.addWidget(box)
        layout.addStretch(1)
        layout.addLayout(foot(look, "", self.next))

    def _go_on(self) -> None:
        self.chosen.emit(self.list.key)
