"""One section of the settings: a page of its own, with buttons below, and changes that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.settings.dialogs import ConfirmDialog
from app.ui.settings.flow import flowing
from app.ui.theme import GAP, GAP_TINY, MARGIN, Type
from app.ui.widgets.page import Page

UNDONE = "Đã hoàn tác. Mọi thứ như trước."


class Panel(Page):
    """Base of the sections."""

    def __init__(self, desk: Desk, title: str, note: str = "") -> None:
        super().__init__(desk, title)
        self.title.setFont(self.look.theme.font(Type.SECTION))
        self.note.setText(note)
        self.body.setContentsMargins(MARGIN, GAP_TINY, MARGIN, GAP)
        self.body.setSpacing(GAP)

    def say(self, text: str) -> QLabel:
        """A wrapped sentence below the title."""
        label = self.look.label(text, tone="second", wrap=True)
        self.body.addWidget(label)
        return label

    def head_line(self, text: str) -> QLabel:
        """The title of a part of the panel."""
        return self.look.label(text, Type.BODY_BOLD)

    def add_actions(self, *buttons: QPushButton) -> QWidget:
        """A row of buttons that breaks where there is no room."""
        row = flowing(*buttons)
        self.body.addWidget(row)
        return row

    def scrolling(self) -> QVBoxLayout:
        """A column that scrolls when the window is low, instead of the plain body."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(GAP)
        area.setWidget(inside)
        for ground in (area.viewport(), inside):
            ground.setAutoFillBackground(False)
        self.body.addWidget(area, 1)
        return column

    def change(
        self,
        do: Callable[[], object],
        said: str | Callable[[], str],
        *,
        undo: Callable[[], object] | None = None,
        title: str = "Đang lưu",
    ) -> None:
        """Do something at once and say so; `undo` stands behind the button "Hoàn tác"."""

        def told(_: object) -> None:
            words = said if isinstance(said, str) else said()
            if undo is None:
                self.banner.tell("done", words)
            else:
                back = undo
                self.banner.tell("done", words, action="Hoàn tác", do=lambda: self.change(back, UNDONE))

        self.perform(lambda _: do(), told, title=title)

    def confirmed(self, title: str, note: str, action: str, go_on: Callable[[str], object]) -> ConfirmDialog:
        """Ask for the own password before something dangerous; `go_on` gets it."""
        dialog = ConfirmDialog(self.look, title, note, action, self)
        dialog.accepted.connect(lambda: go_on(dialog.password.text))
        dialog.open()
        return dialog


def choose_only(buttons: Sequence[QPushButton], *, when: bool, why: str) -> None:
    """Let buttons be pressed, or say in their tool tip why not."""
    for button in buttons:
        button.setEnabled(when)
        button.setToolTip("" if when else why)
