"""From PDF bytes to images, in a lane: every call opens the bytes anew (1 ms), so nothing is shared.

QtPdf keeps Python's lock while it draws: pages are drawn in tiles, and between two calls of it the lane gives
way, so that the window is held only a moment.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QPoint, QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions

from app.errors import UserError
from app.interaction import Progress
from app.ui.transcripts.layout import Anchor, Tile, Zoom, arrange

RESULTS: Final = "Chiều cao"
"""Stands on the first page of the year's results and nowhere else."""
QUALITIES: Final = "2. Những phẩm chất chủ yếu"
"""Heads the table of qualities; the guidance page only quotes it."""

BLEED: Final = 24
"""Drawn around a part and cut off again: letters that cross its edge would come out torn."""


class PageKind(Enum):
    """The pages that one looks through a class by."""

    SUBJECTS = "Môn học"
    TRAITS = "Phẩm chất, năng lực"
    SIGNATURES = "Kết quả, chữ ký"


@dataclass(frozen=True, slots=True, eq=False)
class Paper:
    """A PDF, the sizes of its pages in points, and the page of each kind."""

    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    pages: Mapping[PageKind, int]

    @property
    def results(self) -> int:
        """The page on which the results of the year begin."""
        return self.pages[PageKind.SUBJECTS]


@dataclass(frozen=True, slots=True)
class Sight:
    """What a view is ready to show: its room in device px, its zoom and its place (None: the results)."""

    zoom: Zoom
    room: QSize
    dots: float
    ratio: float
    place: Anchor | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with the tiles that its view will show first."""

    paper: Paper
    place: Anchor
    tiles: dict[Tile, QImage] = field(default_factory=dict)


def hold_engine(owner: QObject) -> None:
    """Keep QtPdf's engine running as long as `owner` lives.

    It starts with the first document and ends with the last; each such round loses some 10 kB.
    """
    QPdfDocument(owner)


@contextmanager
def opened(pdf: bytes) -> Iterator[QPdfDocument]:
    """The document; UserError ui.unreadable_pdf when the bytes are none."""
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    try:
        if document.status() is not QPdfDocument.Status.Ready:
            raise UserError("ui.unreadable_pdf")
        yield document
    finally:
        document.close()
        buffer.close()


def measure(document: QPdfDocument, pdf: bytes) -> Paper:
    """What there is to know of a document before it is drawn."""
    points = (document.pagePointSize(page) for page in range(document.pageCount()))
    return Paper(pdf, tuple((size.width(), size.height()) for size in points), pages_of(document))


def pages_of(document: QPdfDocument) -> dict[PageKind, int]:
    """Where the tables of subjects and of qualities begin (0 when no page has them), and the last page."""
    found = {PageKind.SIGNATURES: document.pageCount() - 1}
    for page in range(document.pageCount() - 1, -1, -1):  # near the end, and reading a page takes a while
        text = _text(document, page)
        if QUALITIES in text:
            found.setdefault(PageKind.TRAITS, page)
        if RESULTS in text:
            found[PageKind.SUBJECTS] = page
            break
    return {PageKind.SUBJECTS: 0, PageKind.TRAITS: 0, **found}


def _text(document: QPdfDocument, page: int) -> str:
    give_way()
    return str(document.getAllText(page).text())


def give_way() -> None:
    """Let the window's thread go on, if it waits: it would get Python's lock only every 5 ms otherwise."""
    time.sleep(0)


def draw(document: QPdfDocument, page: int, size: QSize, part: QRect) -> QImage:
    """`part` of a page that is `size` px large, on white."""
    wide = part.adjusted(-BLEED, -BLEED, BLEED, BLEED)
    options = QPdfDocumentRenderOptions()
    options.setScaledSize(size)
    # QtPdf takes the rectangle's last pixel for its end; one pixel more makes the scale exactly 1.
    options.setScaledClipRect(wide.adjusted(0, 0, 1, 1))
    give_way()
    drawn = document.render(page, wide.size(), options)
    give_way()
    flat = QImage(part.size(), QImage.Format.Format_RGB32)
    flat.fill(0xFFFFFFFF)
    painter = QPainter(flat)
    painter.drawImage(QPoint(-BLEED, -BLEED), drawn)
    painter.end()
    return flat


def draw_tiles(paper: Paper, tiles: Sequence[Tile], progress: Progress) -> dict[Tile, QImage]:
    """The images of some tiles; stops between two when nobody wants them any more."""
    made: dict[Tile, QImage] = {}
    with opened(paper.pdf) as document:
        for tile in tiles:
            progress.step(len(made), len(tiles), "")
            made[tile] = draw(document, tile.page, QSize(tile.width, tile.height), tile.box)
    return made


def draw_page(document: QPdfDocument, page: int, width: int) -> QImage:
    """A whole page, `width` px wide; for small ones."""
    points = document.pagePointSize(page)
    size = QSize(width, max(1, round(width * points.height() / points.width())))
    return draw(document, page, size, QRect(QPoint(0, 0), size))


def draw_small(paper: Paper, width: int, progress: Progress) -> tuple[QImage, ...]:
    """Every page small, for the thumbnails and as what shows until the sharp page stands."""
    made: list[QImage] = []
    with opened(paper.pdf) as document:
        for page in range(len(paper.sizes)):
            progress.step(page, len(paper.sizes), "")
            made.append(draw_page(document, page, width))
    return tuple(made)


def draw_card(pdf: bytes, kind: PageKind, width: int) -> QImage:
    """One page of a transcript for the contact sheet, `width` px wide."""
    with opened(pdf) as document:
        return draw_page(document, pages_of(document)[kind], width)


def prepare(make: Callable[[], bytes], sight: Sight, progress: Progress) -> Prepared:
    """Make a document and draw what its view will show of it, so that both arrive together."""
    pdf = make()
    with opened(pdf) as document:
        progress.step(0, 0, "")
        paper = measure(document, pdf)
        place = sight.place or Anchor(paper.results)
        laid = arrange(paper.sizes, sight.zoom, sight.room, dots=sight.dots, ratio=sight.ratio)
        tiles: dict[Tile, QImage] = {}
        for tile in laid.tiles(QRect(laid.corner(place, sight.room), sight.room)):
            progress.step(len(tiles), 0, "")
            tiles[tile] = draw(document, tile.page, QSize(tile.width, tile.height), tile.box)
        return Prepared(paper, place, tiles)
