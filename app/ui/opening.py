"""Opening the data: the verbs, the page shown meanwhile, and the page for what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import messages
from app.errors import UserError
from app.interaction import Progress
from app.ui.desk import School
from app.ui.firstrun.backup import BackupStep
from app.ui.look import Look, centred, frame
from app.ui.tasks import Lane, TaskRunner
from app.ui.theme import GAP, GAP_PAGE, Type
from app.ui.widgets.banner import Banner
from app.ui.widgets.product import product_line

if TYPE_CHECKING:
    from app.workflows.store import Store

_WIDTH: Final = 640
_KEY_LOST: Final = frozenset({"store.key_missing", "store.recovery_needed"})
_REPLACEABLE: Final = frozenset({"store.damaged", "store.missing"})
"""What a backup helps against."""
WAYS_OUT: Final = {
    "store.newer_schema": "Cài bản Học bạ số mới hơn rồi mở lại. Dữ liệu vẫn nguyên.",
    "store.damaged": "Khôi phục từ bản sao lưu gần nhất; tệp hiện có được giữ lại để xem xét.",
    "store.in_use": "Đóng cửa sổ hoặc lệnh khác đang mở dữ liệu này, rồi bấm Thử lại.",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """An open store and what its status says."""

    store: Store
    school: School


def open_data(folder: Path) -> Opened | None:
    """Open the store of `folder` and verify its change log; None when there is no store yet."""
    from app.workflows import sample
    from app.workflows import store as verbs

    if not verbs.has_store(folder):
        return None
    store = verbs.open_store(folder)
    store.changed_outside()  # begins to watch: what others write from here on is news
    facts = store.status()
    school = School(
        name=str(facts["school"]),
        year=str(facts["year"]),
        chain_ok=facts["audit_chain"] != "broken",
        sample=sample.is_sample(store=store),
    )
    return Opened(store, school)


def recover(folder: Path, code: str) -> None:
    """Put the key back with the recovery code."""
    from app.workflows import store as verbs

    verbs.recover(folder=folder, recovery_code=code)


class OpeningPage(QWidget):
    """One quiet line while the data are opened."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        product, self._second = product_line(look)
        self._second.setText("Đang mở dữ liệu…")
        layout = QVBoxLayout(self)
        layout.addStretch(3)
        layout.addLayout(centred(product))
        layout.addStretch(4)


class TroublePage(QWidget):
    """The data cannot be opened: why, and each way out that fits."""

    again = Signal()

    def __init__(self, look: Look, runner: TaskRunner, folder: Path) -> None:
        super().__init__()
        self._look = look
        self._runner = runner
        self._folder = folder
        self._lost = False
        product, second = product_line(look)
        second.setText("Chưa mở được dữ liệu")
        self.banner = Banner(look, closable=False)
        self._way = look.label(tone="second", wrap=True)
        self.code = QLineEdit()
        self.code.setAccessibleName("Mã khôi phục")
        self.code.setPlaceholderText("Mã khôi phục")
        self.code.returnPressed.connect(self._recover)
        self.unlock = look.button("Mở bằng mã khôi phục", self._recover, kind="primary")
        self.retry = look.button("Thử lại", self.again.emit, icon="refresh-cw")
        self.restore = look.button("Khôi phục từ bản sao lưu…", self._show_backup, icon="folder-open")
        self.backup = BackupStep(look, runner, folder)
        self.backup.back.connect(self._hide_backup)
        self.backup.restored.connect(self.again)
        self._place = look.label(kind=Type.CAPTION, tone="second", wrap=True)
        panel = frame("panel")
        panel.setFixedWidth(_WIDTH)
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(GAP_PAGE, GAP_PAGE - 8, GAP_PAGE, GAP_PAGE - 8)
        inside.setSpacing(GAP)
        inside.addWidget(self.banner)
        inside.addWidget(self._way)
        inside.addWidget(self.code)
        inside.addLayout(self._buttons())
        inside.addWidget(self.backup)
        inside.addWidget(self._place)
        self.use_folder(folder)
        outer = QVBoxLayout(self)
        outer.setSpacing(GAP)
        outer.addStretch(3)
        product.setFixedWidth(_WIDTH)
        outer.addLayout(centred(product))
        outer.addLayout(centred(panel))
        outer.addStretch(4)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.unlock)
        row.addWidget(self.retry)
        row.addWidget(self.restore)
        row.addStretch(1)
        return row

    def use_folder(self, folder: Path) -> None:
        """The data folder that is meant from now on."""
        self._folder = self.backup.folder = folder
        self._place.setText(f"Thư mục dữ liệu: {folder}")

    def show_error(self, error: UserError) -> None:
        """Say why; a lost key asks for the recovery code."""
        lost = error.code in _KEY_LOST
        self.banner.tell("error", messages.sentence(error))
        self._way.setText(WAYS_OUT.get(error.code, ""))
        self._way.setVisible(bool(self._way.text()))
        for widget in (self.code, self.unlock):
            widget.setVisible(lost)
        self._lost = lost
        self.restore.setVisible(lost or error.code in _REPLACEABLE)
        self.backup.hide()
        (self.code if lost else self.retry).setFocus()

    def _show_backup(self) -> None:
        for widget in (self.code, self.unlock, self.retry, self.restore):
            widget.hide()
        self.backup.show()
        self.backup.begin()

    def _hide_backup(self) -> None:
        self.backup.hide()
        for button in (self.retry, self.restore):
            button.show()
        for widget in (self.code, self.unlock):
            widget.setVisible(self._lost)
        self.retry.setFocus()

    def _recover(self) -> None:
        folder, code = self._folder, self.code.text()

        def work(_: Progress) -> None:
            recover(folder, code)

        self._runner.run(Lane.WORK, work, owner=self, done=lambda _: self.again.emit(), failed=self._refused)

    def _refused(self, error: UserError) -> None:
        self.banner.tell("error", messages.sentence(error))
        self.code.setFocus()
