"""Where pages lie, what of them is in sight, and the pieces they are drawn in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage

from app.errors import UserError
from app.interaction import SilentProgress
from app.ui.transcripts import drawing
from app.ui.transcripts.drawing import PageKind, Sight
from app.ui.transcripts.images import KeptImages
from app.ui.transcripts.layout import TILE, Anchor, Fit, Zoom, arrange, stepped
from app.ui.transcripts.sheet import AT_ONCE, AT_ONCE_WIDE, SHAPE, grid_size
from tests.ui.transcripts.support import draft

A4 = [(595.28, 841.89)] * 5


@pytest.mark.parametrize(
    ("zoom", "room", "ratio", "factor"),
    [
        (Zoom(Fit.WIDTH), (810, 500), 1.0, 1.0),
        (Zoom(Fit.WIDTH), (1215, 500), 1.5, 1.0),
        (Zoom(Fit.PAGE), (2000, 577), 1.0, 0.5),
        (Zoom(Fit.FREE, 9.0), (800, 500), 1.0, 4.0),
        (Zoom(Fit.FREE, 0.1), (800, 500), 1.0, 0.25),
    ],
)
def test_zoom(zoom: Zoom, room: tuple[int, int], ratio: float, factor: float) -> None:
    laid = arrange(A4, zoom, QSize(*room), dots=96 * ratio, ratio=ratio)
    assert laid.factor == pytest.approx(factor, abs=0.002)
    assert len(laid.boxes) == 5
    assert all(box.left() >= 0 and box.right() < laid.size.width() for box in laid.boxes)
    assert laid.boxes[-1].bottom() < laid.size.height()


@pytest.mark.parametrize(
    ("now", "by", "after"),
    [(1.0, 1, 1.1), (1.0, -1, 0.9), (0.64, 1, 0.67), (4.0, 1, 4.0), (0.25, -1, 0.25), (0.1, -1, 0.25)],
)
def test_zoom_steps(now: float, by: int, after: float) -> None:
    assert stepped(now, by) == after


def test_tiles_cover_what_is_in_sight_and_nothing_else() -> None:
    laid = arrange(A4, Zoom(Fit.FREE, 2.0), QSize(1000, 800), dots=96, ratio=1)
    view = QRect(300, 2000, 1000, 800)
    tiles = list(laid.tiles(view))
    assert len(set(tiles)) == len(tiles)
    for tile in tiles:
        place = tile.box.translated(laid.boxes[tile.page].topLeft())
        assert place.intersects(view)
        assert max(place.width(), place.height()) <= TILE
    inside = sum(
        (tile.box.translated(laid.boxes[tile.page].topLeft()) & view).width()
        * (tile.box.translated(laid.boxes[tile.page].topLeft()) & view).height()
        for tile in tiles
    )
    pages = sum((box & view).width() * (box & view).height() for box in laid.boxes)
    assert inside == pages


def test_a_place_is_found_again_at_another_zoom() -> None:
    small = arrange(A4, Zoom(Fit.FREE, 0.5), QSize(800, 600), dots=96, ratio=1)
    large = arrange(A4, Zoom(Fit.FREE, 4.0), QSize(800, 600), dots=96, ratio=1)
    place = small.anchor(QPoint(200, 1000))
    back = small.point(large.anchor(large.point(place)))
    assert (back - QPoint(200, 1000)).manhattanLength() <= 2
    assert large.corner(Anchor(9, 0, 1), QSize(800, 600)).y() == large.size.height() - 600


@pytest.mark.parametrize("width", [744, 1191])
def test_tiles_put_together_are_the_whole_page(width: int) -> None:
    with drawing.opened(draft()) as document:
        whole = drawing.draw_page(document, 3, width)
        laid = arrange([(595.28, 841.89)], Zoom(), QSize(width + 16, 900), dots=96, ratio=1)
        for tile in laid.tiles(QRect(QPoint(0, 0), laid.size)):
            piece = drawing.draw(document, 3, whole.size(), tile.box)
            assert _torn(piece, whole.copy(tile.box)) == 0


def _torn(piece: QImage, whole: QImage) -> int:
    """Pixels that differ by more than the smoothing of an edge."""
    pairs = zip(bytes(piece.constBits())[::4], bytes(whole.constBits())[::4], strict=True)
    return sum(abs(one - other) > 40 for one, other in pairs)


def test_a_document_is_prepared_for_its_view() -> None:
    sight = Sight(Zoom(), QSize(700, 500), 96, 1, None)
    made = drawing.prepare(draft, sight, SilentProgress())
    assert len(made.paper.sizes) == 5
    assert made.paper.pages == {PageKind.SUBJECTS: 3, PageKind.TRAITS: 4, PageKind.SIGNATURES: 4}
    assert made.place == Anchor(3)
    assert {tile.page for tile in made.tiles} == {3}
    with pytest.raises(UserError) as told:
        drawing.prepare(lambda: b"no document", sight, SilentProgress())
    assert told.value.code == "ui.unreadable_pdf"


def test_images_are_kept_up_to_a_number_of_bytes() -> None:
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    kept: KeptImages[int] = KeptImages(3 * image.sizeInBytes())
    for key in range(3):
        kept.put(key, image)
    assert kept.get(0) is not None
    kept.put(3, image)
    assert [key for key in range(4) if key in kept] == [0, 2, 3]
    kept.put(3, image)
    assert kept.bytes == 3 * image.sizeInBytes()
    kept.put(4, QImage(100, 100, QImage.Format.Format_RGB32))
    assert [key for key in range(5) if key in kept] == [4]
    kept.clear()
    assert (len(kept), kept.bytes) == (0, 0)


@pytest.mark.parametrize(
    ("room", "at_once"),
    [
        ((577, 570), AT_ONCE),
        ((530, 370), AT_ONCE),
        ((577, 500), AT_ONCE),
        ((1050, 700), AT_ONCE_WIDE),
        ((1000, 380), AT_ONCE_WIDE),
    ],
)
def test_eight_or_twelve_cards_fit(room: tuple[int, int], at_once: int) -> None:
    words = 40
    cell = grid_size(QSize(*room), words)
    columns, rows = room[0] // cell.width(), room[1] // cell.height()
    assert columns * rows >= at_once
    assert cell.width() * columns < room[0]
    assert cell.height() - words > cell.width() * SHAPE * 0.6
