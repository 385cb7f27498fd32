"""What the window remembers on this PC: its place, the font size, who signed in last; never about pupils."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from app.ui.theme import SCALES


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

    @property
    def recent(self) -> tuple[str, ...]:
        """Logins used on this PC, last first."""
        return tuple(name for name in str(self._file.value("people/recent", "")).split("\n") if name)

    def used(self, login: str) -> None:
        """Put `login` first."""
        names = [login, *(name for name in self.recent if name != login)]
        self._put("people/recent", "\n".join(names[:20]))
