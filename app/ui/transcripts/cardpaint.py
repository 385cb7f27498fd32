"""One card of the contact sheet: the page, below it number, name, state and open findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPen, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.records.types import Severity
from app.ui.look import Look
from app.ui.states import SEVERITY_SIGNS, Sign
from app.ui.theme import RADIUS_PANEL, Type
from app.ui.transcripts.signs import revoked, seen_sign, sign_of

if TYPE_CHECKING:
    from app.ui.transcripts.sheet import ContactSheet
    from app.workflows.previews import SheetCard

SIDE: Final = 6
"""Around the page."""
_ICON: Final = 14
_GAP: Final = 5
_REVOKED: Final = 0.35

Index = QModelIndex | QPersistentModelIndex


def words_height(look: Look, lines: int) -> int:
    """Height of the lines below a page."""
    return lines * look.theme.heights.line + 6


class CardPainter(QStyledItemDelegate):
    """Grey while the page is being drawn; a page that cannot be drawn shows its sentence in its place."""

    def __init__(self, look: Look, sheet: ContactSheet) -> None:
        super().__init__(sheet)
        self._look = look
        self._sheet = sheet
        theme = look.theme
        self._name, self._bold = theme.font(Type.BODY), theme.font(Type.BODY_BOLD)
        self._state = theme.font(Type.CAPTION)
        self._struck = theme.font(Type.CAPTION)
        self._struck.setStrikeOut(True)
        self._names = {font.weight(): QFontMetrics(font) for font in (self._name, self._bold)}
        self._states = QFontMetrics(self._state)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._sheet.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._look.theme
        card = self._sheet.rows.cards[index.row()]
        cell: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        page = self._sheet.page_box(cell)
        if chosen:
            self._paint_choice(painter, cell)
        self._paint_page(painter, page, card)
        painter.setPen(theme.colour("primary" if chosen else "strong"))
        painter.drawRect(page.adjusted(-1, -1, 0, 0))
        line = theme.heights.line
        words = QRect(cell.left() + SIDE - 1, page.bottom() + 4, cell.width() - 2 * SIDE + 2, line)
        self._paint_name(painter, words, card, chosen)
        self._paint_below(painter, words.translated(0, line), card, chosen)
        painter.restore()

    def _paint_choice(self, painter: QPainter, cell: QRect) -> None:
        theme = self._look.theme
        painter.setBrush(theme.colour("sel"))
        pen = painter.pen()
        pen.setColor(theme.colour("primary" if self._sheet.hasFocus() else "strong"))
        pen.setWidth(2 if self._sheet.hasFocus() else 1)
        painter.setPen(pen)
        painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), RADIUS_PANEL, RADIUS_PANEL)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_page(self, painter: QPainter, page: QRect, card: SheetCard) -> None:
        theme = self._look.theme
        image = self._sheet.images.image(card.entry.key)
        problem = self._sheet.images.problem(card.entry.key)
        painter.fillRect(page, theme.colour("surface" if problem or image else "subtle"))
        if problem:
            painter.setFont(self._state)
            painter.setPen(theme.colour("text2"))
            option = QTextOption(Qt.AlignmentFlag.AlignCenter)
            painter.drawText(page.adjusted(4, 4, -4, -4), problem, option)
        elif image is not None:
            if revoked(card):
                painter.setOpacity(_REVOKED)
            self._paint_image(painter, page, image)
            painter.setOpacity(1)
        if revoked(card):
            painter.setPen(QPen(theme.colour("err"), 2))
            painter.drawLine(page.bottomLeft(), page.topRight())

    def _paint_image(self, painter: QPainter, page: QRect, image: QImage) -> None:
        """Pixel for pixel, unless the window was just made larger or smaller."""
        ratio = self._sheet.devicePixelRatioF()
        place = QRect(page.topLeft() * ratio, page.size() * ratio)
        painter.scale(1 / ratio, 1 / ratio)
        if image.width() == place.width():
            painter.drawImage(place.topLeft(), image)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, image)
        painter.scale(ratio, ratio)

    def _paint_name(self, painter: QPainter, box: QRect, card: SheetCard, chosen: bool) -> None:
        theme = self._look.theme
        font = self._bold if chosen else self._name
        text = f"{card.place}  {card.entry.pupil.name}"
        words = self._names[font.weight()].elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(font)
        painter.setPen(theme.colour("on_sel" if chosen else "text"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_below(self, painter: QPainter, box: QRect, card: SheetCard, chosen: bool) -> None:
        """The state; below it, where there are versions, whether it was seen; findings at the right end."""
        last = box.translated(0, box.height() * (self._sheet.lines - 2))
        room = self._paint_counts(painter, last, card, chosen)
        state = room if last == box else box
        self._paint_sign(painter, state, sign_of(card), chosen, struck=revoked(card))
        seen = seen_sign(card)
        if seen is not None:
            self._paint_sign(painter, room, seen, chosen)

    def _paint_sign(
        self, painter: QPainter, box: QRect, sign: Sign, chosen: bool, *, struck: bool = False
    ) -> None:
        theme = self._look.theme
        ink = "on_sel" if chosen else sign.colour
        icon = self._look.icons.pixmap(sign.icon, getattr(theme.colours, ink), _ICON)
        painter.drawPixmap(box.left(), box.top() + (box.height() - _ICON) // 2, icon)
        room = box.adjusted(_ICON + _GAP, 0, 0, 0)
        painter.setFont(self._struck if struck else self._state)
        painter.setPen(theme.colour(ink))
        words = self._states.elidedText(sign.word, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_counts(self, painter: QPainter, box: QRect, card: SheetCard, chosen: bool) -> QRect:
        """How many findings are open, at the right end of `box`; returns what is left of it."""
        painter.setFont(self._state)
        right = box.right() + 1
        for count, severity in ((card.warnings, Severity.WARNING), (card.errors, Severity.ERROR)):
            if count:
                left = QRect(box.left(), box.top(), right - box.left(), box.height())
                right = self._paint_count(painter, left, count, severity, chosen)
        return QRect(box.left(), box.top(), right - box.left(), box.height())

    def _paint_count(
        self, painter: QPainter, box: QRect, count: int, severity: Severity, chosen: bool
    ) -> int:
        """An icon and a number at the right end of `box`; returns where they begin."""
        theme = self._look.theme
        sign = SEVERITY_SIGNS[severity]
        ink = "on_sel" if chosen else sign.colour
        wide = self._states.horizontalAdvance(str(count))
        left = box.right() + 1 - wide - _ICON - 3
        icon = self._look.icons.pixmap(sign.icon, getattr(theme.colours, ink), _ICON)
        painter.drawPixmap(left, box.top() + (box.height() - _ICON) // 2, icon)
        painter.setPen(theme.colour(ink))
        number = QRect(left + _ICON + 3, box.top(), wide + 1, box.height())
        painter.drawText(number, int(Qt.AlignmentFlag.AlignVCenter), str(count))
        return left - _GAP
