"""The dialog that shows a new recovery code, once, and is left only when its last characters were typed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.firstrun.recovery import RecoveryStep
from app.ui.look import Look
from app.ui.theme import GAP, GAP_WIDE, Type


class RecoveryDialog(QDialog):
    """Esc does not close it: the code would be lost."""

    def __init__(self, look: Look, code: str, school: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._school = school
        self.setWindowTitle("Mã khôi phục mới")
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)
        self.setMinimumWidth(round(620 * look.theme.scale))
        self.step = RecoveryStep(look)
        self.step.show_code(code)
        self.step.proven.connect(self._look)
        self.step.save.clicked.connect(self._ask_file)
        self.told = look.label(tone="second", wrap=True)
        self.act = look.button("Đã ghi lại, đóng", self.accept, kind="primary")
        buttons = QHBoxLayout()
        buttons.addWidget(self.told, 1)
        buttons.addWidget(self.act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_WIDE, GAP_WIDE, GAP_WIDE, GAP_WIDE)
        layout.setSpacing(GAP)
        layout.addWidget(look.label("Mã khôi phục mới", Type.SECTION))
        layout.addWidget(self.step)
        layout.addLayout(buttons)
        self._look()
        self.step.answer.setFocus()

    def _look(self) -> None:
        self.act.setEnabled(self.step.is_proven)
        self.act.setToolTip("" if self.step.is_proven else "Gõ bốn ký tự cuối của mã trước.")

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Lưu mã khôi phục", "ma-khoi-phuc.txt", "Văn bản (*.txt)")
        if name:
            self.save_code(Path(name))

    def save_code(self, target: Path) -> None:
        """Write the code to a file the person chose."""
        try:
            target.write_text(
                f"Mã khôi phục dữ liệu Học bạ số\n{self._school}\n\n{self.step.code}\n", encoding="utf-8"
            )
        except OSError:
            self.told.setText(f"Không ghi được tệp {target.name}. Chọn thư mục khác, hoặc chép tay.")
        else:
            self.told.setText(f"Đã lưu mã vào {target.name}. Cất tệp ở nơi khác máy này.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            return
        super().keyPressEvent(event)
