"""The QR code of a page (ISO/IEC 18004, error correction M, quiet zone of four modules) and its place."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from app.records.page_code import PageCode
from app.transcript import form, words
from app.transcript.book import Book
from app.transcript.fonts import Face
from app.transcript.form import MM, Box
from app.transcript.pdf_file import array, text_string
from app.transcript.pen import Pen

SIDE: Final = 20 * MM
"""Of the symbol without its quiet zone. A code of 29 modules, the usual one, has modules of 0.69 mm."""
QUIET: Final = 4
MASK: Final = 2
"""One pattern for all: weighing all eight takes 4 ms a code, and every reader takes any."""
TEXT_WIDTH: Final = 330.0
_COVER: Final = Box(form.COVER_FIELDS.x, form.COVER_FRAME.bottom - 18 - SIDE, SIDE, SIDE)
_LOWEST: Final = Box(form.LEFT, form.BOTTOM - 8 - SIDE, SIDE, SIDE)

Run = tuple[int, int, int]


def dark_runs(payload: str) -> tuple[int, tuple[Run, ...]]:
    """Modules in a row of the symbol, and its dark ones as runs of (row, first column, length)."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    symbol = QRCode(None, QRErrorCorrectLevel.M)
    symbol.addData(payload)
    symbol.version = symbol.calculate_version()  # type: ignore[no-untyped-call]
    symbol.makeImpl(False, MASK)
    runs: list[Run] = []
    for row, modules in enumerate(symbol.modules):
        column = 0
        for dark, group in groupby(modules):
            length = len(list(group))
            if dark:
                runs.append((row, column, length))
            column += length
    return len(symbol.modules), tuple(runs)


class Stamp:
    """The code of one version, made once and put on the first and the last page."""

    def __init__(self, code: PageCode) -> None:
        self._code = code
        modules, self._runs = dark_runs(code.payload)
        self._module = SIDE / modules

    def on_cover(self, book: Book) -> None:
        """Below the fields of the cover, with the typed code and how to use it."""
        if book.pages[0].free(self._needed(_COVER, TEXT_WIDTH)):
            self._draw(book.pages[0], _COVER, text=True)

    def on_last(self, book: Book) -> None:
        """Above the foot with the typed code where nothing stands there, else beside the leader's heading.

        Where a long heading leaves no room, the page has the typed code in its foot only.
        """
        pen = book.pages[-1]
        fields = [box for _, page, box in book.fields if page == pen.index]
        above = min((box.y for box in fields), default=form.BOTTOM) - QUIET * self._module - SIDE - 1
        for place, text in ((_LOWEST, TEXT_WIDTH), (Box(form.LEFT, above, SIDE, SIDE), 0.0)):
            needed = self._needed(place, text)
            if pen.free(needed) and not any(needed.overlaps(box) for box in fields):
                self._draw(pen, place, text=bool(text))
                return

    def _needed(self, box: Box, text: float) -> Box:
        """The symbol with its quiet zone, and `text` points to the right of it."""
        quiet = QUIET * self._module
        return Box(box.x - quiet, box.y - quiet, SIDE + 2 * quiet + text, SIDE + 2 * quiet)

    def _draw(self, pen: Pen, box: Box, *, text: bool) -> None:
        with pen.element("Figure") as figure:
            alt = text_string(words.LOOKUP_ALT.format(code=self._code.typed))
            edges = array((box.x, pen.height - box.bottom, box.right, pen.height - box.y))
            figure.attributes = b"/Alt%b/A<</O/Layout/Placement/Block/BBox%b>>" % (alt, edges)
            pen.mosaic(box.x, box.y, self._module, self._runs)
        if not text:
            return
        x, y = box.right + QUIET * self._module + 2, box.y + 16
        with pen.element("P"):
            x_code = pen.text(x, y, words.LOOKUP_TITLE, 11.0) + 5
            pen.text(x_code, y, self._code.typed, 11.0, Face.BOLD)
        with pen.element("P"):
            for place, line in enumerate(words.LOOKUP_NOTE, start=1):
                pen.text(x, y + place * 14.0, line, 10.0, Face.ITALIC)
