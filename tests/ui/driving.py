"""Driving the window: keys, clicks, signing in, waiting until it rests."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.shell.window import MainWindow
from app.ui.shell.workspace import Workspace

PASSWORD = "Mat-khau-thu-1"
ADMIN, CHECKER, LEADER, TEACHER = "quantri", "tocongtac", "hieupho", "gv3a"
HOLE_CLASS = "4A"


def rest(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until no work is under way."""
    qtbot.waitUntil(lambda: window.idle, timeout=20_000)


def sign_in(qtbot: QtBot, window: MainWindow, login: str, password: str = PASSWORD) -> Workspace:
    """Choose the name, type the password, press Enter."""
    page = window.sign_in
    page.people.select(login)
    write(page.password.field, password)
    key(page.password.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    rest(qtbot, window)
    workspace = window.workspace
    assert workspace is not None
    return workspace


def click(button: QPushButton) -> None:
    """Press a button with the mouse; it must be visible and enabled."""
    assert button.isVisible(), button.accessibleName()
    assert button.isEnabled(), button.toolTip()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def write(widget: QWidget, text: str) -> None:
    """Type text into a widget that gets the focus first; QTest itself knows only ASCII."""
    widget.setFocus()
    plain = Qt.KeyboardModifier.NoModifier
    for char in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(widget, QKeyEvent(kind, Qt.Key.Key_unknown, plain, char))


def key(
    widget: QWidget, code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press one key."""
    QTest.keyClick(widget, code, modifier)
