"""The dialogs of the settings: a form, a password before something dangerous, and a choice from a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.firstrun.form import Field, Form
from app.ui.look import Look
from app.ui.signin.password import PasswordField
from app.ui.theme import GAP, GAP_SMALL, GAP_WIDE, Type
from app.ui.widgets.choices import Choice, ChoiceList


def read_day(text: str) -> date | None:
    """A day typed as 17/06/2024; None when it is none."""
    try:
        return datetime.strptime(text.strip(), "%d/%m/%Y").date()  # noqa: DTZ007
    except ValueError:
        return None


def day_text(day: date) -> str:
    """17/06/2024."""
    return f"{day:%d/%m/%Y}"


class AskDialog(QDialog):
    """Title, note, content, a line for what is wrong, "Hủy" and the button that does it."""

    def __init__(
        self, look: Look, title: str, note: str, action: str, parent: QWidget, *, kind: str = "primary"
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(round(520 * look.theme.scale))
        self.look = look
        self.room = self.minimumWidth() - 2 * GAP_WIDE
        """Width of the content in px, at least."""
        self.content = QVBoxLayout()
        self.content.setSpacing(GAP)
        self.wrong: QLabel = look.label(tone="err", wrap=True)
        self.wrong.hide()
        self.cancel = look.button("Hủy", self.reject)
        self.act = look.button(action, self._act, kind=kind)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_WIDE, GAP_WIDE, GAP_WIDE, GAP_WIDE)
        layout.setSpacing(GAP)
        layout.addWidget(look.label(title, Type.SECTION))
        words = look.label(note, tone="second", wrap=True)
        words.setVisible(bool(note))
        layout.addWidget(words)
        layout.addLayout(self.content, 1)
        layout.addWidget(self.wrong)
        layout.addLayout(buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Wrapped lines need their height, which Qt forgets in a window's first size."""
        super().showEvent(event)
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def problem(self) -> str:
        """What is wrong with what was given, as a sentence; dialogs override it."""
        return ""

    def _act(self) -> None:
        words = self.problem()
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))
        if not words:
            self.accept()


class FormDialog(AskDialog):
    """Labelled fields; `check` gives the sentence on what is wrong with them, empty when nothing is."""

    def __init__(
        self,
        look: Look,
        title: str,
        note: str,
        fields: tuple[Field, ...],
        action: str,
        parent: QWidget,
        *,
        check: Callable[[Form], str] = lambda _: "",
    ) -> None:
        super().__init__(look, title, note, action, parent)
        self.form = Form(look, fields)
        self._check = check
        self.form.changed.connect(self._look)
        self.form.entered.connect(self._act_if_complete)
        lines = len(fields)
        self.form.setMinimumHeight(lines * look.theme.heights.button + (lines - 1) * GAP_SMALL)
        self.content.addWidget(self.form)
        self.form.focus_first()
        self._look()

    def fill(self, **texts: str) -> None:
        """Put texts into the fields."""
        for key, text in texts.items():
            self.form.inputs[key].setText(text)

    def problem(self) -> str:
        return self._check(self.form)

    def _look(self) -> None:
        self.act.setEnabled(self.form.complete)
        self.act.setToolTip("" if self.form.complete else "Điền đủ các ô trước.")

    def _act_if_complete(self) -> None:
        if self.form.complete:
            self._act()


class ConfirmDialog(AskDialog):
    """Asks for the own password; the dangerous button never has the focus first."""

    def __init__(self, look: Look, title: str, note: str, action: str, parent: QWidget) -> None:
        super().__init__(look, title, note, action, parent, kind="danger")
        self.password = PasswordField(look, "Mật khẩu của người đang đăng nhập")
        self.password.field.textChanged.connect(lambda text: self.act.setEnabled(bool(text)))
        self.password.entered.connect(self.act.click)
        self.act.setEnabled(False)
        self.content.addWidget(look.label("Mật khẩu của người đang đăng nhập", Type.BODY_BOLD))
        self.content.addWidget(self.password)
        self.password.field.setFocus()


class ChooseDialog(AskDialog):
    """One of a few things; `list.key` is the chosen one."""

    def __init__(
        self, look: Look, title: str, note: str, choices: Sequence[Choice], action: str, parent: QWidget
    ) -> None:
        super().__init__(look, title, note, action, parent)
        self.list = ChoiceList(look, title)
        self.list.setProperty("frame", "panel")
        self.list.fill(choices)
        self.list.setMinimumHeight(3 * look.theme.heights.person)
        self.list.activated.connect(lambda _: self.act.click())
        self.content.addWidget(self.list)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
