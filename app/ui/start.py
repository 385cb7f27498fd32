"""Puts the window together for one data folder: preferences, fonts, theme, lanes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.ui.collector import collect_here
from app.ui.icons import Icons
from app.ui.look import Look
from app.ui.preferences import Preferences
from app.ui.shell.window import MainWindow
from app.ui.tasks import TaskRunner
from app.ui.theme import apply_theme, load_fonts, make_theme, wants_high_contrast


def build(
    application: QApplication,
    folder: Path,
    *,
    scale: float | None = None,
    high_contrast: bool | None = None,
) -> MainWindow:
    """The window on `folder`, not shown yet. Scale and contrast: what the person chose, unless given."""
    collect_here(application)
    preferences = Preferences(folder)
    load_fonts()
    if high_contrast is None:
        high_contrast = preferences.high_contrast or wants_high_contrast(application)
    theme = make_theme(scale=scale or preferences.scale, high_contrast=high_contrast)
    apply_theme(application, theme)
    return MainWindow(application, Look(theme, Icons()), TaskRunner(), folder, preferences)
