"""Pages below each other, sharp at any zoom: tiles drawn in a lane, a small picture until they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from app.interaction import Progress
from app.ui.look import Look
from app.ui.tasks import Job, Lane, TaskRunner
from app.ui.transcripts import drawing
from app.ui.transcripts.drawing import Paper, Prepared, Sight
from app.ui.transcripts.images import KeptImages
from app.ui.transcripts.layout import GAP, NOTHING, Anchor, Arrangement, Fit, Tile, Zoom, arrange, stepped

KEPT_BYTES: Final = 48_000_000
"""About 45 tiles: a full screen at twice the usual density, with what is around it."""
BATCH: Final = 6
"""Tiles of one job; a newer wish waits for no more than these."""
STRIKE: Final = 3
"""Width of the line across a page that counts no more, in logical px."""
_LINE: Final = 48
Placed = Callable[[], QPoint]


class PageView(QAbstractScrollArea):
    """`moved` when another page is in sight, `zoomed` when the zoom changed, `settled` when all is sharp."""

    moved = Signal(int)
    zoomed = Signal()
    settled = Signal()

    def __init__(self, look: Look, runner: TaskRunner) -> None:
        super().__init__()
        drawing.hold_engine(self)
        self._look = look
        self._runner = runner
        self._tiles: KeptImages[Tile] = KeptImages(KEPT_BYTES)
        self._small: tuple[QImage, ...] = ()
        self._job: Job | None = None
        self._grip: tuple[QPoint, QPoint] | None = None
        self.paper: Paper | None = None
        self.struck = False
        """A red line crosses every page: what it says counts no more."""
        self.laid: Arrangement = NOTHING
        self.zoom = Zoom()
        self.page = -1
        """The page in sight, counted from 0; -1 without a document."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName("Trang học bạ")
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._on_scroll())
        self.horizontalScrollBar().valueChanged.connect(lambda _: self._on_scroll())

    # --- the document ---------------------------------------------------------------------------------

    @property
    def ratio(self) -> float:
        """Device px for one logical px."""
        return self.devicePixelRatioF()

    @property
    def room(self) -> QSize:
        """The viewport in device px."""
        return QSize(
            round(self.viewport().width() * self.ratio), round(self.viewport().height() * self.ratio)
        )

    @property
    def view(self) -> QRect:
        """The part of the arrangement in sight; scroll bars count device px."""
        corner = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return QRect(corner, self.room)

    @property
    def dots(self) -> float:
        """Device px for one inch at 100 %."""
        return 96 * self.ratio

    @property
    def place(self) -> Anchor | None:
        """What stands in the upper left corner; None without a document."""
        return self.laid.anchor(self.view.topLeft()) if self.paper else None

    def sight(self, place: Anchor | None) -> Sight:
        """What a document must be prepared for to be shown here at `place`."""
        return Sight(self.zoom, self.room, self.dots, self.ratio, place)

    def show_prepared(self, made: Prepared) -> None:
        """Exchange the document at one stroke; the small pictures of the old one serve until `show_small`."""
        self._drop_job()
        self.paper = made.paper
        if len(self._small) != len(made.paper.sizes):
            self._small = ()
        self._tiles.clear()
        for tile, image in made.tiles.items():
            self._tiles.put(tile, image)
        self._arrange(lambda: self.laid.point(made.place))
        self.viewport().update()

    def show_small(self, images: tuple[QImage, ...]) -> None:
        """What shows of pages whose tiles are still being drawn."""
        self._small = images
        if not self.sharp:
            self.viewport().update()

    def clear(self) -> None:
        """Show nothing, keep nothing."""
        self._drop_job()
        self.paper, self.laid, self.page, self._small = None, NOTHING, -1, ()
        self._tiles.clear()
        self.viewport().update()

    @property
    def kept_bytes(self) -> int:
        """What the drawn tiles take."""
        return self._tiles.bytes

    # --- zoom and place -------------------------------------------------------------------------------

    def set_zoom(self, zoom: Zoom, at: QPoint | None = None) -> None:
        """Zoom so that what is under `at` (logical px of the viewport; its middle by default) stays there."""
        self.zoom = zoom
        if self.paper is None:
            self.zoomed.emit()
            return
        within = QPoint(self.room.width() // 2, self.room.height() // 2) if at is None else at * self.ratio
        kept = self.laid.anchor(self.view.topLeft() + within)
        self._arrange(lambda: self.laid.point(kept) - within)
        self.viewport().update()

    def step_zoom(self, by: int, at: QPoint | None = None) -> None:
        """One step larger (+1) or smaller (-1)."""
        self.set_zoom(Zoom(Fit.FREE, stepped(self.laid.factor, by)), at)

    def jump(self, page: int) -> None:
        """Bring the top of a page into sight."""
        if 0 <= page < len(self.laid.boxes):
            gap = round(GAP * self.ratio)
            self.verticalScrollBar().setValue(self.laid.boxes[page].top() - gap)
            self._set_page(page)

    def turn(self, by: int) -> None:
        """Go to the next or previous page."""
        self.jump(self.page + by)

    def _arrange(self, corner: Placed) -> None:
        """Lay out anew; `corner` tells, in the new arrangement, where the view shall begin."""
        sizes = self.paper.sizes if self.paper else ()
        before = self.laid.factor
        self.laid = arrange(sizes, self.zoom, self.room, dots=self.dots, ratio=self.ratio)
        wanted = corner()
        bars = (
            (self.horizontalScrollBar(), self.laid.size.width(), self.room.width(), wanted.x()),
            (self.verticalScrollBar(), self.laid.size.height(), self.room.height(), wanted.y()),
        )
        for bar, whole, shown, value in bars:
            bar.blockSignals(True)
            bar.setRange(0, max(0, whole - shown))
            bar.setPageStep(shown)
            bar.setSingleStep(round(_LINE * self.ratio))
            bar.setValue(value)
            bar.blockSignals(False)
        if before != self.laid.factor:
            self._drop_job()
        self.zoomed.emit()
        self._on_scroll()

    def _on_scroll(self) -> None:
        self._set_page(self.laid.page_at(self.view))
        self.viewport().update()
        self._request()

    def _set_page(self, page: int) -> None:
        if page == self.page:
            return
        self.page = page
        count = len(self.laid.boxes)
        self.setAccessibleDescription(f"Trang {page + 1} trên {count}" if count else "")
        self.moved.emit(page)

    # --- drawing in the lane --------------------------------------------------------------------------

    @property
    def sharp(self) -> bool:
        """True when everything in sight is drawn at the zoom shown."""
        return all(tile in self._tiles for tile in self.laid.tiles(self.view))

    def _missing(self) -> list[Tile]:
        """What is in sight and not drawn yet, then what one small scroll would show."""
        view = self.view
        around = view.adjusted(0, -view.height() // 3, 0, view.height() // 3)
        seen = dict.fromkeys((*self.laid.tiles(view), *self.laid.tiles(around)))
        return [tile for tile in seen if tile not in self._tiles]

    def _request(self) -> None:
        if self.paper is None or (self._job is not None and not self._job.ended):
            return
        paper, wanted = self.paper, self._missing()[:BATCH]
        if not wanted:
            return

        def work(progress: Progress) -> Mapping[Tile, QImage]:
            return drawing.draw_tiles(paper, wanted, progress)

        self._job = self._runner.run(Lane.DRAW, work, owner=self, done=self._arrived)

    def _arrived(self, made: Mapping[Tile, QImage]) -> None:
        self._job = None
        blurred = not self.sharp
        for tile, image in made.items():
            self._tiles.put(tile, image)
        if blurred:
            self.viewport().update()
            if self.sharp:
                self.settled.emit()
        self._request()

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.drop()
            self._job = None

    # --- Qt -------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.scale(1 / self.ratio, 1 / self.ratio)  # tiles lie on whole device pixels, never blurred
        view = self.view
        painter.fillRect(QRect(QPoint(0, 0), view.size()), self._look.theme.colour("subtle"))
        painter.setPen(self._look.theme.colour("strong"))
        whole = self.sharp
        for page, box in enumerate(self.laid.boxes):
            if box.intersects(view):
                place = box.translated(-view.topLeft())
                painter.fillRect(place, Qt.GlobalColor.white)
                painter.drawRect(place.adjusted(-1, -1, 0, 0))
                if not whole and page < len(self._small):
                    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                    painter.drawImage(QRectF(place), self._small[page])
        for tile in self.laid.tiles(view):
            image = self._tiles.get(tile)
            if image is not None:
                corner = self.laid.boxes[tile.page].topLeft() - view.topLeft()
                painter.drawImage(corner + QPoint(tile.left, tile.top), image)
        if self.struck:
            self._strike(painter, view)
        painter.scale(self.ratio, self.ratio)
        if self.hasFocus():
            painter.setPen(self._look.theme.colour("primary"))
            for inset in (0, 1):
                painter.drawRect(self.viewport().rect().adjusted(inset, inset, -1 - inset, -1 - inset))

    def _strike(self, painter: QPainter, view: QRect) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.theme.colour("err"), STRIKE * self.ratio))
        for box in self.laid.boxes:
            place = box.translated(-view.topLeft())
            painter.drawLine(place.bottomLeft(), place.topRight())
        painter.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        kept = self.place
        if kept is not None:
            self._arrange(lambda: self.laid.point(kept))

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if turned:
                self.step_zoom(1 if turned > 0 else -1, event.position().toPoint())
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sideways, down = self.horizontalScrollBar(), self.verticalScrollBar()
        code = event.key()
        if code == Qt.Key.Key_Home:
            self.jump(0)
        elif code == Qt.Key.Key_End:
            self.jump(len(self.laid.boxes) - 1)
        elif code in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            down.setValue(down.value() + (1 if code == Qt.Key.Key_Down else -1) * down.singleStep())
        elif code in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = 1 if code == Qt.Key.Key_Right else -1
            if sideways.maximum():
                sideways.setValue(sideways.value() + by * sideways.singleStep())
            else:
                self.turn(by)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._grip = (event.position().toPoint(), self.view.topLeft())
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            start, corner = self._grip
            gone = (event.position().toPoint() - start) * self.ratio
            self.horizontalScrollBar().setValue(corner.x() - gone.x())
            self.verticalScrollBar().setValue(corner.y() - gone.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
