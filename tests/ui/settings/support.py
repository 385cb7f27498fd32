"""Opening a section, answering its dialogs, waiting for its banner."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.ui.settings.dialogs import ConfirmDialog
from app.ui.settings.page import SettingsPage
from app.ui.settings.panel import Panel
from app.ui.shell.window import MainWindow
from app.ui.shell.workspace import Workspace
from tests.ui.driving import PASSWORD, click, rest, write

P = TypeVar("P", bound=Panel)
D = TypeVar("D", bound=QDialog)


def settings(qtbot: QtBot, window: MainWindow, workspace: Workspace) -> SettingsPage:
    """The screen, opened."""
    workspace.open("settings", {})
    rest(qtbot, window)
    page = workspace.page
    assert isinstance(page, SettingsPage)
    return page


def section(qtbot: QtBot, window: MainWindow, workspace: Workspace, name: str, kind: type[P]) -> P:
    """One section, opened and filled."""
    page = settings(qtbot, window, workspace)
    page.sections.choose(name)
    rest(qtbot, window)
    panel = page.panel
    assert isinstance(panel, kind)
    assert panel.isVisible()
    return panel


def dialog(parent: QWidget, kind: type[D]) -> D:
    """The dialog that is open now."""
    found = [one for one in parent.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def confirm(panel: Panel, password: str = PASSWORD) -> None:
    """Type the own password and press the dangerous button."""
    asked = dialog(panel, ConfirmDialog)
    assert not asked.act.isEnabled()
    write(asked.password.field, password)
    click(asked.act)


def told(qtbot: QtBot, window: MainWindow, panel: Panel, words: str) -> None:
    """Wait until the banner says something with these words."""
    qtbot.waitUntil(lambda: words in panel.banner.text, timeout=20_000)
    rest(qtbot, window)


def undo(qtbot: QtBot, window: MainWindow, panel: Panel) -> None:
    """Press "Hoàn tác" in the banner."""
    assert panel.banner.action.text() == "Hoàn tác"
    click(panel.banner.action)
    qtbot.waitUntil(lambda: panel.banner.text.startswith("Đã hoàn tác"), timeout=20_000)
    rest(qtbot, window)
