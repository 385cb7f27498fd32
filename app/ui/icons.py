"""The icon loader: Lucide drawings, recoloured, rendered sharp, and kept by name, colour and size."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.paths import resource

GAP = "\u2002"
"""Text of a button with an icon begins with it: Qt's own gap is too small."""


class Icons:
    """Draws `resources/icons/NAME.svg`; a name that is not there is a bug and raises FileNotFoundError."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or resource("icons")
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def _source(self, name: str) -> str:
        if name not in self._sources:
            self._sources[name] = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        return self._sources[name]

    def pixmap(self, name: str, colour: str, size: int = 16) -> QPixmap:
        """An icon of `size` logical px in one colour (#RRGGBB), at the pixel ratio of the sharpest screen."""
        ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
        key = (name, colour, size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(name, colour, size, ratio)
        return self._pixmaps[key]

    def _draw(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        drawing = self._source(name).replace("currentColor", colour)
        side = round(size * ratio)
        pixmap = QPixmap(QSize(side, side))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def icon(self, name: str, colour: str, disabled: str = "", size: int = 16) -> QIcon:
        """The same as an icon for buttons; `disabled` is the colour while the button cannot be pressed."""
        icon = QIcon(self.pixmap(name, colour, size))
        if disabled:
            icon.addPixmap(self.pixmap(name, disabled, size), QIcon.Mode.Disabled)
        return icon
