"""Theme and icons in one value, and the few builders of labels, buttons and lines that every screen uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.ui.icons import GAP, Icons
from app.ui.theme import Theme, Type

ON_PRIMARY = frozenset({"primary"})


@dataclass(frozen=True, slots=True)
class Look:
    """How things are drawn: handed to every widget, never looked up."""

    theme: Theme
    icons: Icons

    def label(self, text: str = "", kind: Type = Type.BODY, tone: str = "", *, wrap: bool = False) -> QLabel:
        """A line of text; `tone` is second, hint, ok, warn, err or primary."""
        label = QLabel(text)
        label.setFont(self.theme.font(kind))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(wrap)
        if tone:
            label.setProperty("tone", tone)
        return label

    def icon_label(self, name: str, colour: str, size: int = 16) -> QLabel:
        """An icon alone; `colour` names a colour of the theme."""
        label = QLabel()
        label.setPixmap(self.icons.pixmap(name, getattr(self.theme.colours, colour), size))
        label.setFixedWidth(size)
        return label

    def button(
        self,
        text: str,
        pressed: Callable[[], object] | None = None,
        *,
        icon: str = "",
        kind: str = "",
        small: bool = False,
    ) -> QPushButton:
        """A button; `kind` is primary, danger, flat, link or empty for the plain one."""
        button = QPushButton(f"{GAP}{text}" if icon else text)
        button.setAccessibleName(text)
        if kind:
            button.setProperty("kind", kind)
        if small:
            button.setProperty("fit", "small")
        if icon:
            self.set_icon(button, icon, _icon_colour(kind))
        if pressed is not None:
            button.clicked.connect(lambda: pressed())
        button.setAutoDefault(False)
        return button

    def tool(self, icon: str, name: str, pressed: Callable[[], object] | None = None) -> QPushButton:
        """A button of an icon alone, with tool tip and accessible name."""
        button = QPushButton()
        button.setProperty("kind", "tool")
        button.setAccessibleName(name)
        button.setToolTip(name)
        self.set_icon(button, icon, "text")
        if pressed is not None:
            button.clicked.connect(lambda: pressed())
        button.setAutoDefault(False)
        return button

    def set_icon(self, button: QPushButton, icon: str, colour: str, size: int = 16) -> None:
        """Give a button its icon in a colour of the theme."""
        colours = self.theme.colours
        button.setIcon(self.icons.icon(icon, getattr(colours, colour), colours.hint, size))
        button.setIconSize(QSize(size, size))


def _icon_colour(kind: str) -> str:
    return {"primary": "on_primary", "danger": "err", "link": "primary"}.get(kind, "text")


def frame(kind: str) -> QFrame:
    """A frame styled by its `frame` property: panel, topbar, strip, nav, foot, side."""
    made = QFrame()
    made.setProperty("frame", kind)
    return made


def centred(widget: QWidget) -> QHBoxLayout:
    """A row with `widget` in its middle; unlike an alignment, it lets wrapped text have its height."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget)
    row.addStretch(1)
    return row


def rule(*, vertical: bool = False) -> QFrame:
    """A line of 1 px."""
    line = frame("rule")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Change a property that the style sheet asks for."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
