"""A chip: an icon and a word on a tinted ground, for states."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.states import Sign
from app.ui.theme import RADIUS, Type

_ICON = 14
_SIDE = 8
_GAP = 6


class Chip(QWidget):
    """Shows one `Sign` with its word; hidden while it has none."""

    def __init__(self, look: Look, sign: Sign | None = None) -> None:
        super().__init__()
        self._look = look
        self._sign: Sign | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(look.theme.font(Type.CAPTION_BOLD))
        self.show_sign(sign)

    def show_sign(self, sign: Sign | None) -> None:
        """Change what it says."""
        self._sign = sign
        if sign is None:
            self.hide()
        elif self.parent() is not None:  # without one it would open as a window of its own
            self.show()
        self.setAccessibleName(sign.word if sign else "")
        self.updateGeometry()
        self.update()

    @property
    def word(self) -> str:
        """What it says now."""
        return self._sign.word if self._sign else ""

    def sizeHint(self) -> QSize:
        height = self._look.theme.heights.line + 4
        if self._sign is None:
            return QSize(0, height)
        words = QFontMetrics(self.font()).horizontalAdvance(self._sign.word)
        return QSize(2 * _SIDE + _ICON + _GAP + words, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sign is None:
            return
        theme = self._look.theme
        colours = theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = getattr(colours, self._sign.ground)
        painter.setBrush(theme.colour(self._sign.ground))
        edge = self._sign.colour if ground == colours.surface else self._sign.ground
        painter.setPen(theme.colour(edge))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        ink = getattr(colours, self._sign.colour)
        icon = self._look.icons.pixmap(self._sign.icon, ink, _ICON)
        painter.drawPixmap(_SIDE, (self.height() - _ICON) // 2, icon)
        painter.setPen(theme.colour(self._sign.colour))
        words = self.rect().adjusted(_SIDE + _ICON + _GAP, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self._sign.word)
