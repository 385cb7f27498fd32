"""Opening a backup: which file, its recovery code, and what is in it before anything is brought in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import messages
from app.errors import UserError
from app.ui.firstrun import verbs
from app.ui.firstrun.parts import foot
from app.ui.look import Look, frame
from app.ui.tasks import Lane, TaskRunner
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.widgets.banner import Banner
from app.ui.widgets.elided import Elided

if TYPE_CHECKING:
    from app.workflows.backups import BackupContent

_ASK = "Máy này không có khóa của bản sao lưu. Gõ mã khôi phục đã ghi khi tạo dữ liệu, rồi xem lại."


class BackupStep(QWidget):
    """`restored` once the backup stands in the folder, `back` when the person goes back."""

    restored = Signal()
    back = Signal()

    def __init__(self, look: Look, runner: TaskRunner, folder: Path) -> None:
        super().__init__()
        self._look = look
        self._runner = runner
        self.folder = folder
        self._file: Path | None = None
        self._seen: BackupContent | None = None
        self.banner = Banner(look)
        self.choose = look.button("Chọn tệp sao lưu…", self._choose, icon="folder-open")
        self.name = Elided(look, "Chưa chọn tệp")
        self.code = QLineEdit()
        self.code.setAccessibleName("Mã khôi phục")
        self.code.setPlaceholderText("Để trống nếu bản sao lưu là của chính máy này")
        self.code.textChanged.connect(self._forget)
        self.code.returnPressed.connect(self._go_on)
        self.content = frame("panel")
        self._facts = QGridLayout(self.content)
        self._facts.setContentsMargins(GAP, GAP, GAP, GAP)
        self._facts.setHorizontalSpacing(GAP * 2)
        self._facts.setVerticalSpacing(GAP_SMALL)
        self._facts.setColumnStretch(1, 1)
        self.content.hide()
        self.leave = look.button("Quay lại", self.back.emit)
        self.next = look.button("Xem bản sao lưu", self._go_on, kind="primary")
        self._lay_out()
        self._show_next()

    def _lay_out(self) -> None:
        look = self._look
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP + 4)
        grid.setVerticalSpacing(GAP_SMALL)
        grid.addWidget(look.label("Tệp sao lưu", Type.BODY_BOLD), 0, 0)
        file = QHBoxLayout()
        file.setSpacing(GAP)
        file.addWidget(self.choose)
        file.addWidget(self.name, 1)
        grid.addLayout(file, 0, 1)
        label = look.label("Mã khôi phục", Type.BODY_BOLD)
        label.setBuddy(self.code)
        grid.addWidget(label, 1, 0)
        grid.addWidget(self.code, 1, 1)
        grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(look.label("Mở bản sao lưu", Type.SECTION))
        layout.addWidget(self.banner)
        layout.addLayout(grid)
        layout.addWidget(self.content)
        layout.addStretch(1)
        layout.addLayout(foot(look, "Tệp sao lưu không bị sửa.", self.leave, self.next))

    # --- looking --------------------------------------------------------------------------------------

    def begin(self) -> None:
        """The step stands in front."""
        (self.code if self._file else self.choose).setFocus()

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Chọn tệp sao lưu", "", "Bản sao lưu (*.hocba)")
        if name:
            self.take(Path(name))

    def take(self, file: Path) -> None:
        """Look into this file."""
        self._file = file
        self.name.setText(file.name)
        self.name.setToolTip(str(file))
        self._forget()
        self._look_into()

    def _forget(self) -> None:
        self._seen = None
        self.content.hide()
        self._show_next()

    def _show_next(self) -> None:
        words = "Xem bản sao lưu" if self._seen is None else f"Mở dữ liệu năm học {_year(self._seen.year)}"
        self.next.setText(words)
        self.next.setAccessibleName(words)
        self.next.setEnabled(self._file is not None)
        self.next.setToolTip("" if self._file else "Chọn tệp sao lưu trước.")

    def _go_on(self) -> None:
        if not self.next.isEnabled():
            return
        if self._seen is None:
            self._look_into()
        else:
            self._restore()

    def _look_into(self) -> None:
        folder, file, code = self.folder, self._file, self.code.text().strip()
        if file is None:
            return
        self.banner.hide()
        self.next.setEnabled(False)
        self._runner.run(
            Lane.WORK,
            lambda _: verbs.look_into(folder, file, code),
            title="Đang xem bản sao lưu",
            owner=self,
            done=self._show_content,
            failed=self._refused,
        )

    def _show_content(self, seen: BackupContent) -> None:
        self._seen = seen
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        rows = (
            ("Trường", f"{seen.school} (mã {seen.code})"),
            ("Năm học", _year(seen.year)),
            ("Sao lưu lúc", f"{seen.made_at:%H:%M ngày %d/%m/%Y}"),
            ("Có", f"{seen.classes} lớp, {seen.pupils} học sinh, {seen.transcripts} bản học bạ"),
            ("Tài khoản", f"{seen.accounts} người, mật khẩu như lúc sao lưu"),
        )
        for place, (head, words) in enumerate(rows):
            self._facts.addWidget(self._look.label(head, tone="second"), place, 0)
            self._facts.addWidget(self._look.label(words, wrap=True), place, 1)
        self.content.setAccessibleName("; ".join(f"{head}: {words}" for head, words in rows))
        self.content.show()
        self._show_next()
        self.next.setFocus()

    def _refused(self, error: UserError) -> None:
        self._show_next()
        if error.code == "store.recovery_needed":
            self.banner.tell("note", _ASK)
        else:
            self.banner.tell("error", messages.sentence(error))
        self.code.setFocus()

    # --- bringing it in -------------------------------------------------------------------------------

    def _restore(self) -> None:
        folder, file, code = self.folder, self._file, self.code.text().strip()
        if file is None:
            return
        self.next.setEnabled(False)
        self._runner.run(
            Lane.WORK,
            lambda _: verbs.restore(folder, file, code),
            title="Đang mở bản sao lưu",
            owner=self,
            done=lambda _: self.restored.emit(),
            failed=self._refused,
        )


def _year(year: str) -> str:
    return year.replace("-", "–")
