"""The step that shows the recovery code once and asks for its last four characters."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.look import Look, frame
from app.ui.theme import GAP, GAP_SMALL, Type

ASKED: Final = 4


class RecoveryStep(QWidget):
    """`proven` whenever the answer changes; `is_proven` once the four characters are right."""

    proven = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.code = ""
        self._shown = look.label(kind=Type.TITLE)
        self._shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._shown.setAccessibleName("Mã khôi phục")
        self.save = look.button("Lưu ra tệp…", icon="save")
        self.print = look.button("In…", icon="printer")
        self.answer = QLineEdit()
        self.answer.setMaxLength(ASKED)
        self.answer.setFixedWidth(120)
        self.answer.setAccessibleName(f"{ASKED} ký tự cuối của mã")
        self.answer.textChanged.connect(self.proven)
        box = frame("panel")
        inside = QHBoxLayout(box)
        inside.setContentsMargins(GAP, GAP, GAP, GAP)
        inside.addWidget(look.icon_label("key-round", "primary", 20))
        inside.addWidget(self._shown, 1)
        inside.addWidget(self.print)
        inside.addWidget(self.save)
        asked = QHBoxLayout()
        asked.setSpacing(GAP)
        asked.addWidget(look.label(f"Gõ {ASKED} ký tự cuối của mã để chắc đã ghi lại", Type.BODY_BOLD))
        asked.addWidget(self.answer)
        asked.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(
            look.label(
                "Mã này chỉ hiện một lần. Máy hỏng, hoặc Windows mất khóa, thì chỉ mã này mở được dữ liệu."
                " Ghi ra giấy hoặc lưu vào USB, cất ở nơi khác máy này.",
                wrap=True,
            )
        )
        layout.addWidget(box)
        layout.addLayout(asked)
        layout.addSpacing(GAP_SMALL)

    @property
    def is_proven(self) -> bool:
        """True when the last characters were typed rightly."""
        wanted = self.code.replace("-", "")[-ASKED:].casefold()
        return bool(wanted) and self.answer.text().strip().casefold() == wanted

    def show_code(self, code: str) -> None:
        """Show the code, once."""
        self.code = code
        self._shown.setText(code)
        self.answer.clear()
