"""Paper: which pages, at which size, as sharp as the printer is, stopped between two."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from app.errors import Cancelled, UserError
from app.interaction import SilentProgress
from app.ui.transcripts import drawing, printing
from app.ui.transcripts.printing import Item, Pages
from tests.ui.transcripts.support import draft

QUIET = SilentProgress()


@pytest.fixture
def printer(qapp: QApplication, tmp_path: Path) -> QPrinter:
    """Prints into a file at 150 dots per inch, which is quick."""
    made = printing.make_printer("Học bạ")
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "giay.pdf"))
    made.setResolution(150)
    return made


def printed(printer: QPrinter) -> bytes:
    return Path(printer.outputFileName()).read_bytes()


@pytest.mark.parametrize(
    ("pages", "count", "wanted"),
    [
        (Pages(), 5, [0, 1, 2, 3, 4]),
        (Pages(3, 3), 5, [3]),
        (Pages(3, 8), 5, [3, 4]),
        (Pages(7, 8), 5, []),
    ],
)
def test_pages(pages: Pages, count: int, wanted: list[int]) -> None:
    assert list(pages.of(count)) == wanted


@pytest.mark.parametrize(
    ("chosen", "first", "last", "pages"),
    [
        (QPrinter.PrintRange.AllPages, 0, 0, Pages()),
        (QPrinter.PrintRange.CurrentPage, 0, 0, Pages(3, 3)),
        (QPrinter.PrintRange.PageRange, 4, 5, Pages(3, 4)),
    ],
)
def test_what_the_dialog_says(
    printer: QPrinter, chosen: QPrinter.PrintRange, first: int, last: int, pages: Pages
) -> None:
    printer.setPrintRange(chosen)
    printer.setFromTo(first, last)
    assert printing.wanted_pages(printer, 3) == pages


def test_strips_cover_a_page() -> None:
    parts = list(printing.strips(QSize(100, 600)))
    assert [part.top() for part in parts] == [0, 128, 256, 384, 512]
    assert sum(part.height() for part in parts) == 600


def test_a_printed_page_is_the_page_at_its_true_size(printer: QPrinter) -> None:
    items = [Item("Một", lambda: draft(1)), Item("Hai", lambda: draft(2))]
    assert printing.print_items(printer, items, Pages(3, 3), QUIET) == 2
    with drawing.opened(printed(printer)) as paper, drawing.opened(draft(2)) as true:
        assert paper.pageCount() == 2
        size = paper.pagePointSize(0)
        assert (size.width(), size.height()) == pytest.approx((595.28, 841.89), abs=1.5)
        ours, theirs = (drawing.draw_page(document, page, 600) for document, page in ((paper, 1), (true, 3)))
        other = drawing.draw_page(true, 1, 600)
    assert _ink(ours) == pytest.approx(_ink(theirs), abs=2)
    assert _ink(ours) != pytest.approx(_ink(other), abs=2)


def _ink(image: QImage) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is dark."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    width, line, dots = grey.width(), grey.bytesPerLine(), bytes(grey.constBits())
    dark = [divmod(place, line) for place, value in enumerate(dots) if value < 128 and place % line < width]
    columns, rows = [column for _, column in dark], [row for row, _ in dark]
    return min(columns), min(rows), max(columns), max(rows)


def test_printing_stops_between_pages(printer: QPrinter) -> None:
    class Stop:
        told: list[tuple[int, int, str]]

        def __init__(self) -> None:
            self.told = []

        def step(self, done: int, total: int, text: str) -> None:
            self.told.append((done, total, text))
            if done == 1:
                raise Cancelled

    stop = Stop()
    made: list[int] = []

    def make(number: int) -> bytes:
        made.append(number)
        return draft(number)

    items = [Item(f"Em {number}", partial(make, number)) for number in (1, 2, 3)]
    with pytest.raises(Cancelled):
        printing.print_items(printer, items, Pages(3, 3), stop)
    assert made == [1]
    assert stop.told[0] == (0, 3, "Đang in học bạ của Em 1")


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_told(printer: QPrinter, tmp_path: Path) -> None:
    printer.setOutputFileName(str(tmp_path / "không có" / "giay.pdf"))
    with pytest.raises(UserError) as told:
        printing.print_items(printer, [Item("Một", draft)], Pages(), QUIET)
    assert told.value.code == "ui.print_failed"
