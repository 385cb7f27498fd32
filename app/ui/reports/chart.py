"""Bars of 100 % with their numbers on them; parts differ by colour and by pattern, and none is red."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from app.records.reports import Bar, Chart, Part, Shade
from app.ui.look import Look
from app.ui.theme import GAP, GAP_SMALL, GAP_TINY, Type

LOOKS: Final[Mapping[Shade, tuple[str, Qt.BrushStyle]]] = {
    Shade.BEST: ("primary_pressed", Qt.BrushStyle.BDiagPattern),
    Shade.GOOD: ("primary", Qt.BrushStyle.SolidPattern),
    Shade.MIDDLE: ("level_middle", Qt.BrushStyle.FDiagPattern),
    Shade.LIGHT: ("tint", Qt.BrushStyle.Dense7Pattern),
    Shade.LOW: ("warn_line", Qt.BrushStyle.DiagCrossPattern),
    Shade.NONE: ("subtle", Qt.BrushStyle.HorPattern),
}
"""Colour of the theme and pattern of each shade."""
_FAINT: Final = 70
_FEWEST: Final = 4
"""Bars in sight at least."""
_LABELS: Final = 0.34
"""The most that the labels take of the width."""


def percent(count: int, total: int) -> str:
    """75 of 100 as "75 %", one decimal where there is one."""
    return f"{100 * count / total:.1f}".removesuffix(".0").replace(".", ",") + " %" if total else ""


def spoken(chart: Chart) -> str:
    """The whole chart in sentences, for screen readers."""
    return " ".join(f"{_bar_words(chart, bar)}." for bar in chart.bars)


def _bar_words(chart: Chart, bar: Bar) -> str:
    told = [
        f"{part.words} {count} em ({percent(count, bar.total)})"
        for part, count in zip(chart.parts, bar.counts, strict=True)
        if count
    ]
    without = [f"{bar.outside} em chưa có hoặc không đánh giá"] if bar.outside else []
    return f"{bar.label}: {', '.join((*told, *without))}"


class _Painted(QWidget):
    """What legend and bars share: a part's ground, its pattern, and ink that can be read on it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.chart = Chart("", (), ())
        self.setFont(look.theme.font(Type.CAPTION))

    def show_chart(self, chart: Chart) -> None:
        """Draw another chart."""
        self.chart = chart
        self.updateGeometry()
        self.update()

    def fill(self, painter: QPainter, box: QRect, shade: Shade) -> None:
        """A box in the look of a shade, with an edge that shows on any ground."""
        name, pattern = LOOKS[shade]
        ground = self.look.theme.colour(name)
        painter.fillRect(box, ground)
        if pattern is not Qt.BrushStyle.SolidPattern:
            lines = _ink(ground)
            lines.setAlpha(_FAINT)
            painter.fillRect(box, QBrush(lines, pattern))
        painter.setPen(self.look.theme.colour("strong"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0, 0, -1, -1))


class Legend(_Painted):
    """What the parts mean, in as many lines as they need."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((box.bottom() + 1 for box in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(self.width(), 240)))

    def _places(self, width: int) -> list[QRect]:
        metrics, line = QFontMetrics(self.font()), self.look.theme.heights.line
        places: list[QRect] = []
        left = top = 0
        for part in self.chart.parts:
            wide = line + GAP_TINY + metrics.horizontalAdvance(part.words)
            if left and left + wide > width:
                left, top = 0, top + line + GAP_TINY
            places.append(QRect(left, top, wide, line))
            left += wide + GAP
        return places

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for part, box in zip(self.chart.parts, self._places(self.width()), strict=True):
            swatch = QRect(box.left(), box.top() + 2, box.height(), box.height() - 4)
            self.fill(painter, swatch, part.shade)
            painter.setPen(self.look.theme.colour("text"))
            words = box.adjusted(box.height() + GAP_TINY, 0, 0, 0)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), part.words)


class Bars(_Painted):
    """The bars alone; the tool tip of a part says it in full."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def row(self) -> int:
        """Height of one bar with its gap."""
        return self.look.theme.heights.line + GAP_SMALL

    def sizeHint(self) -> QSize:
        return QSize(320, self.row * len(self.chart.bars))

    def _columns(self) -> tuple[int, int]:
        """Where the bars begin and end."""
        metrics = QFontMetrics(self.font())
        labels = max((metrics.horizontalAdvance(bar.label) for bar in self.chart.bars), default=0)
        ends = max((metrics.horizontalAdvance(_end(bar)) for bar in self.chart.bars), default=0)
        left = min(labels + 2, round(self.width() * _LABELS)) + GAP_SMALL
        return left, max(left + 1, self.width() - ends - GAP_SMALL)

    def boxes(self, number: int) -> list[tuple[Part, int, QRect]]:
        """Parts of a bar that hold somebody: part, pupils, and where it is drawn."""
        bar = self.chart.bars[number]
        if not bar.total:
            return []
        left, right = self._columns()
        edges = [left + round((right - left) * sofar / bar.total) for sofar in (0, *accumulate(bar.counts))]
        top = number * self.row + GAP_TINY
        return [
            (part, count, QRect(edges[place], top, edges[place + 1] - edges[place], self.row - GAP_SMALL))
            for place, (part, count) in enumerate(zip(self.chart.parts, bar.counts, strict=True))
            if count
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics = QFontMetrics(self.font())
        left, right = self._columns()
        middle, at_right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        for number, bar in enumerate(self.chart.bars):
            line = QRect(0, number * self.row, self.width(), self.row)
            painter.setPen(self.look.theme.colour("text"))
            label = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, left - GAP_SMALL)
            painter.drawText(
                line.adjusted(0, 0, left - line.width() - GAP_SMALL, 0), int(middle | at_right), label
            )
            painter.drawText(line.adjusted(right + GAP_SMALL, 0, 0, 0), int(middle), _end(bar))
            for part, count, box in self.boxes(number):
                self.fill(painter, box, part.shade)
                self._write(painter, box, part, _fitting(metrics, box.width(), count, bar.total))

    def _write(self, painter: QPainter, box: QRect, part: Part, words: str) -> None:
        """The numbers on a plate of the plain ground, so that no pattern runs through them."""
        if not words:
            return
        ground = self.look.theme.colour(LOOKS[part.shade][0])
        size = QFontMetrics(self.font()).size(Qt.TextFlag.TextSingleLine, words)
        plate = QRect(0, 0, size.width() + GAP_TINY, min(size.height(), box.height() - 2))
        plate.moveCenter(box.center())
        painter.fillRect(plate, ground)
        painter.setPen(QPen(_ink(ground)))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos()), self)
            return True
        return super().event(event)

    def words_at(self, place: QPoint) -> str:
        """What the bar, or the part of it, at a place says in full."""
        number = place.y() // self.row
        if not 0 <= number < len(self.chart.bars):
            return ""
        bar = self.chart.bars[number]
        for part, count, box in self.boxes(number):
            if box.left() <= place.x() <= box.right():
                return f"{bar.label}: {part.words} {count} em ({percent(count, bar.total)})"
        return _bar_words(self.chart, bar)


class ChartView(QFrame):
    """Title, legend and bars; long charts scroll, the legend stays."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.title = look.label(kind=Type.BODY_BOLD, wrap=True)
        self.legend = Legend(look)
        self.bars = Bars(look)
        self.area = QScrollArea()
        self.area.setProperty("frame", "chart")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.bars)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        layout.setSpacing(GAP_SMALL)
        for widget in (self.title, self.legend, self.area):
            layout.addWidget(widget, 1 if widget is self.area else 0)

    def show_chart(self, chart: Chart) -> None:
        """Draw another chart, from its top."""
        self.title.setText(chart.title)
        for widget in (self.legend, self.bars):
            widget.show_chart(chart)
        self.bars.setFixedHeight(self.bars.sizeHint().height())
        whole = self.bars.height() + 2 * GAP_TINY
        self.area.setMaximumHeight(whole)
        self.area.setMinimumHeight(min(whole, _FEWEST * self.bars.row))
        self.area.verticalScrollBar().setValue(0)
        self.area.setAccessibleName(f"Biểu đồ: {chart.title}")
        self.area.setAccessibleDescription(spoken(chart))


def _end(bar: Bar) -> str:
    """At the end of a bar: its pupils, and of how many where some have no value."""
    return f"{bar.total}/{bar.total + bar.outside} em" if bar.outside else f"{bar.total} em"


def _fitting(metrics: QFontMetrics, room: int, count: int, total: int) -> str:
    """The longest wording that fits on a part, else nothing (the table has it)."""
    share = percent(count, total)
    wordings: Sequence[str] = (f"{count} em · {share}", share, str(count))
    return next((words for words in wordings if metrics.horizontalAdvance(words) <= room - GAP_SMALL), "")


def _ink(ground: QColor) -> QColor:
    """Black or white, whichever reads better on a colour."""
    light = 0.299 * ground.redF() + 0.587 * ground.greenF() + 0.114 * ground.blueF()
    return QColor(Qt.GlobalColor.black if light > 0.5 else Qt.GlobalColor.white)
