"""What the window remembers on this PC: its place, the font size, who signed in last; never about pupils."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings

from app.ui.theme import SCALES

ROW_HEIGHTS: Final = (24, 28, 32)
"""Height of a row of the grid in px at 100 %."""
ENTER_DOWN: Final = "down"
ENTER_RIGHT: Final = "right"
IDLE_MINUTES: Final = (2, 3, 5, 10, 15, 20, 30)
"""Minutes without a touch after which the window locks by itself."""
USUAL_IDLE: Final = 5


class Preferences:
    """A small INI file in the data folder; before that exists, nothing is remembered."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def _put(self, key: str, value: object) -> None:
        if self._folder.is_dir():
            self._file.setValue(key, value)

    @property
    def geometry(self) -> QByteArray:
        """Size and place as Qt saved them; empty at first."""
        value = self._file.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._put("window/geometry", value)

    @property
    def scale(self) -> float:
        """Font size, one of `SCALES`."""
        try:
            value = float(str(self._file.value("window/scale", "1.0")))
        except ValueError:
            return 1.0
        return value if value in SCALES else 1.0

    @scale.setter
    def scale(self, value: float) -> None:
        self._put("window/scale", str(value))

    @property
    def high_contrast(self) -> bool:
        """The switch in the settings; the system's own wish counts as well."""
        return str(self._file.value("window/high_contrast", "false")) == "true"

    @high_contrast.setter
    def high_contrast(self, value: bool) -> None:
        self._put("window/high_contrast", "true" if value else "false")

    def _number(self, key: str, allowed: tuple[int, ...], usual: int) -> int:
        text = str(self._file.value(key, ""))
        value = int(text) if text.isdigit() else usual
        return value if value in allowed else usual

    @property
    def row_height(self) -> int:
        """Height of a row of the grid, one of `ROW_HEIGHTS`."""
        return self._number("grid/row_height", ROW_HEIGHTS, ROW_HEIGHTS[0])

    @row_height.setter
    def row_height(self, value: int) -> None:
        self._put("grid/row_height", str(value))

    @property
    def enter_key(self) -> str:
        """Where Enter goes in the grid: `ENTER_DOWN` or `ENTER_RIGHT`."""
        return ENTER_RIGHT if self._file.value("grid/enter_key") == ENTER_RIGHT else ENTER_DOWN

    @enter_key.setter
    def enter_key(self, value: str) -> None:
        self._put("grid/enter_key", value)

    @property
    def level_moves_on(self) -> bool:
        """Does the cursor go to the next pupil once a level is typed? (Off at first.)"""
        return str(self._file.value("grid/level_moves_on", "false")) == "true"

    @level_moves_on.setter
    def level_moves_on(self, value: bool) -> None:
        self._put("grid/level_moves_on", "true" if value else "false")

    @property
    def idle_minutes(self) -> int:
        """After how many minutes the window locks, one of `IDLE_MINUTES`."""
        return self._number("window/idle_minutes", IDLE_MINUTES, USUAL_IDLE)

    @idle_minutes.setter
    def idle_minutes(self, value: int) -> None:
        self._put("window/idle_minutes", str(value))

    @property
    def recent(self) -> tuple[str, ...]:
        """Logins used on this PC, last first."""
        return tuple(name for name in str(self._file.value("people/recent", "")).split("\n") if name)

    def used(self, login: str) -> None:
        """Put `login` first."""
        names = [login, *(name for name in self.recent if name != login)]
        self._put("people/recent", "\n".join(names[:20]))
