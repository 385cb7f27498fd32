"""The PIN of a token: asked for once, never kept, never guessed at."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.interaction import PinRequest, PinState
from app.records.types import SigningRole
from app.ui.look import Look, frame
from app.ui.signin.password import has_marks
from app.ui.signing.words import ROLES, spaced
from app.ui.theme import GAP, GAP_SMALL, GAP_TINY, GAP_WIDE, Type
from app.ui.widgets.banner import Banner

LONGEST_PIN: Final = 255
LAST: Final = 4
"""So many characters of the serial are typed before the last try."""
_WIDTH: Final = 498
_TRIED = (
    "Trước đây đã có lần nhập sai PIN. Nhập sai liên tiếp sẽ khóa token, phải nhờ nơi cấp mở lại. "
    "Không chắc thì bấm Hủy."
)
_FINAL = (
    "Token chỉ còn một lần thử PIN. Nhập sai lần này token sẽ khóa. Không chắc thì bấm Hủy và gọi nơi cấp."
)
_MARKS = "Bộ gõ tiếng Việt đang bật: PIN không nhận chữ có dấu."
_PROMISES = (
    "Mỗi lần bấm {act} chỉ thử PIN đúng một lần.",
    "PIN chỉ dùng cho đợt này, không lưu lại ở đâu.",
)


class _PinField(QLineEdit):
    """Dots, no input tool, no menu; Escape belongs to the dialog."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(LONGEST_PIN)
        self.setAccessibleName("Mã PIN")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        plain_input(self)


def plain_input(field: QLineEdit) -> None:
    """No input method and no suggestions in this field."""
    field.setInputMethodHints(
        Qt.InputMethodHint.ImhHiddenText
        | Qt.InputMethodHint.ImhSensitiveData
        | Qt.InputMethodHint.ImhNoPredictiveText
    )
    field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)


class PinDialog(QDialog):
    """Accepted: `take` hands out the PIN once. Rejected by Hủy, Escape, or when its screen is hidden."""

    def __init__(
        self, look: Look, request: PinRequest, role: SigningRole, classes: int, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._request = request
        self._words = ROLES[role]
        self._classes = classes
        self.setWindowTitle("Nhập PIN của USB Token")
        self.setMinimumWidth(round(_WIDTH * look.theme.scale))
        self.field = _PinField()
        self.field.textChanged.connect(self._check)
        self.field.returnPressed.connect(self._accept)
        self.reveal = look.button("Hiện", icon="eye")
        self.reveal.setToolTip("Giữ để xem PIN")
        self.reveal.pressed.connect(lambda: self.field.setEchoMode(QLineEdit.EchoMode.Normal))
        self.reveal.released.connect(lambda: self.field.setEchoMode(QLineEdit.EchoMode.Password))
        self.warning = Banner(look, closable=False)
        self.last = QLineEdit()
        self.last.setMaxLength(LAST)
        self.last.setAccessibleName(f"{LAST} ký tự cuối của sê-ri")
        plain_input(self.last)
        self.last.textChanged.connect(self._check)
        self.last.returnPressed.connect(self.field.setFocus)
        self.act = look.button(
            self._words.button(request.documents), self._accept, icon=self._words.icon, kind="primary"
        )
        self._lay_out()
        self._check()
        (self.last if self._is_final else self.field).setFocus()

    @property
    def _is_final(self) -> bool:
        return self._request.state is PinState.FINAL_TRY

    def _lay_out(self) -> None:
        look = self._look
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(look.icon_label("key-round", "primary", 20))
        head.addWidget(look.label("Nhập PIN của USB Token", Type.TITLE), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_WIDE, GAP_WIDE, GAP_WIDE, GAP_WIDE)
        layout.setSpacing(GAP)
        layout.addLayout(head)
        layout.addWidget(self._whose())
        layout.addWidget(self._certain())
        layout.addLayout(self._entry())
        layout.addWidget(self.warning)
        for text in _PROMISES:
            layout.addLayout(self._promise(text.format(act=self._words.act)))
        layout.addStretch(1)
        layout.addLayout(self._buttons())

    def _whose(self) -> QWidget:
        """Whose token, and for how many transcripts."""
        look, request = self._look, self._request
        box = frame("box")
        row = QHBoxLayout(box)
        row.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        row.setSpacing(GAP)
        row.addWidget(look.icon_label("usb", "text2", 20))
        for first, second, stretch in (
            (request.holder, f"{request.token_label} · sê-ri {spaced(request.token_serial)}", 1),
            (f"{request.documents} học bạ", f"{self._classes} lớp, {self._words.act.lower()}", 0),
        ):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(look.label(first, Type.BODY_BOLD, wrap=stretch == 1))
            column.addWidget(look.label(second, Type.CAPTION, "second", wrap=stretch == 1))
            row.addLayout(column, stretch)
        return box

    def _certain(self) -> QWidget:
        """The last four characters of the serial, asked for before the last try."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_TINY)
        tail = self._request.token_serial[-LAST:]
        words = f"Gõ {LAST} ký tự cuối của sê-ri ({tail}) để dùng lần thử cuối"
        column.addWidget(self._look.label(words, Type.BODY_BOLD, wrap=True))
        column.addWidget(self.last)
        box.setVisible(self._is_final)
        return box

    def _entry(self) -> QVBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.field, 1)
        row.addWidget(self.reveal)
        column = QVBoxLayout()
        column.setSpacing(GAP_TINY)
        column.addWidget(self._look.label("Mã PIN", Type.BODY_BOLD))
        column.addLayout(row)
        return column

    def _promise(self, text: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        row.addWidget(self._look.icon_label("check", "ok", 16))
        row.addWidget(self._look.label(text, tone="second"), 1)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        row.addStretch(1)
        row.addWidget(self._look.button("Hủy", self.reject))
        row.addWidget(self.act)
        return row

    def _check(self) -> None:
        sure = not self._is_final or self.last.text() == self._request.token_serial[-LAST:]
        self.field.setEnabled(sure)
        self.reveal.setEnabled(sure)
        self.act.setEnabled(sure and bool(self.field.text()))
        self.act.setToolTip("" if self.act.isEnabled() else "Nhập PIN trước.")
        if has_marks(self.field.text()):
            self.warning.tell("warning", _MARKS)
        elif self._is_final:
            self.warning.tell("error", _FINAL)
        elif self._request.state is PinState.TRIED:
            self.warning.tell("warning", _TRIED)
        else:
            self.warning.hide()

    def _accept(self) -> None:
        if self.act.isEnabled():
            self.accept()

    def take(self) -> str:
        """The PIN; the field forgets it."""
        pin = self.field.text()
        self.field.clear()
        return pin

    def done(self, result: int) -> None:
        """A declined PIN is forgotten at once, an accepted one when it is taken."""
        if result != QDialog.DialogCode.Accepted:
            self.field.clear()
        self.last.clear()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return  # signs from the PIN field or the button alone
        super().keyPressEvent(event)
