"""Where the pages of a document lie and which tiles of them are in sight; everything in device pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize

GAP: Final = 8
"""Between pages and at the edges, in logical px."""
TILE: Final = 384
"""Pages are drawn in squares of this side: at any zoom one of them takes a lane 2 ms, hardly more in all."""
SMALLEST: Final = 0.25
LARGEST: Final = 4.0

Sizes = Sequence[tuple[float, float]]


class Fit(Enum):
    """What the zoom follows."""

    WIDTH = auto()
    PAGE = auto()
    FREE = auto()


@dataclass(frozen=True, slots=True)
class Zoom:
    """`factor` counts only for FREE; 1.0 is the size on paper."""

    fit: Fit = Fit.WIDTH
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of a page that is drawn `width` × `height`; cut off at the right and lower edges."""

    page: int
    width: int
    height: int
    left: int
    top: int

    @property
    def box(self) -> QRect:
        """Its place on the page."""
        return QRect(
            self.left, self.top, min(TILE, self.width - self.left), min(TILE, self.height - self.top)
        )


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a document that any zoom and any version of it has: a page, and parts of its size."""

    page: int
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Pages below each other, each in the middle; `factor` is the zoom that came out."""

    factor: float
    boxes: tuple[QRect, ...]
    size: QSize

    def page_at(self, view: QRect) -> int:
        """The page that fills most of `view`; -1 without pages."""
        shares = [box.intersected(view).height() for box in self.boxes]
        return shares.index(max(shares)) if shares else -1

    def anchor(self, point: QPoint) -> Anchor:
        """The place under `point`."""
        for page, box in enumerate(self.boxes):
            if point.y() <= box.bottom() or page == len(self.boxes) - 1:
                x = (point.x() - box.left()) / box.width()
                return Anchor(page, x, (point.y() - box.top()) / box.height())
        return Anchor(0)

    def point(self, anchor: Anchor) -> QPoint:
        """Where a place lies here; a page that there is not becomes the last one."""
        if not self.boxes:
            return QPoint(0, 0)
        box = self.boxes[min(anchor.page, len(self.boxes) - 1)]
        return QPoint(round(box.left() + anchor.x * box.width()), round(box.top() + anchor.y * box.height()))

    def corner(self, anchor: Anchor, room: QSize) -> QPoint:
        """The upper left corner of a view of `room` that shows `anchor` there, as near as it can scroll."""
        point = self.point(anchor)
        return QPoint(
            max(0, min(point.x(), self.size.width() - room.width())),
            max(0, min(point.y(), self.size.height() - room.height())),
        )

    def tiles(self, view: QRect) -> Iterator[Tile]:
        """The tiles that `view` touches, from the top."""
        for page, box in enumerate(self.boxes):
            seen = box.intersected(view).translated(-box.topLeft())
            if seen.isEmpty():
                continue
            for top in range(seen.top() // TILE * TILE, seen.bottom() + 1, TILE):
                for left in range(seen.left() // TILE * TILE, seen.right() + 1, TILE):
                    yield Tile(page, box.width(), box.height(), left, top)


NOTHING: Final = Arrangement(1.0, (), QSize(0, 0))


def arrange(sizes: Sizes, zoom: Zoom, room: QSize, *, dots: float, ratio: float) -> Arrangement:
    """Lay pages of `sizes` (points) out for a view of `room`; `dots` device px make one inch at 100 %."""
    if not sizes:
        return NOTHING
    gap = round(GAP * ratio)
    factor = _factor(sizes, zoom, QSize(room.width() - 2 * gap, room.height() - 2 * gap), dots)
    scale = factor * dots / 72
    shapes = [QSize(max(1, round(wide * scale)), max(1, round(high * scale))) for wide, high in sizes]
    width = max(room.width(), max(shape.width() for shape in shapes) + 2 * gap)
    boxes, top = [], gap
    for shape in shapes:
        boxes.append(QRect(QPoint((width - shape.width()) // 2, top), shape))
        top += shape.height() + gap
    return Arrangement(factor, tuple(boxes), QSize(width, top))


def _factor(sizes: Sizes, zoom: Zoom, room: QSize, dots: float) -> float:
    if zoom.fit is Fit.FREE:
        return min(LARGEST, max(SMALLEST, zoom.factor))
    wide = room.width() * 72 / dots / max(width for width, _ in sizes)
    high = room.height() * 72 / dots / max(height for _, height in sizes)
    fitted = wide if zoom.fit is Fit.WIDTH else min(wide, high)
    return min(LARGEST, max(0.05, fitted))


def stepped(factor: float, by: int) -> float:
    """The next round zoom above or below: 25 %, 33 %, 50 % … 400 %."""
    ahead = [step for step in _STEPS if (step - factor) * by > 0.004]
    return (min(ahead) if by > 0 else max(ahead)) if ahead else _STEPS[-1 if by > 0 else 0]


_STEPS: Final = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
