"""Pages on paper: the system's dialog asks which and where, a lane draws them as sharp as the printer is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QMarginsF, QPoint, QRect, QSize
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.interaction import Progress
from app.ui.transcripts import drawing

STRIP: Final = 128
"""Lines drawn at once: a page at 600 dots per inch would take 140 MB in one piece."""
FINEST: Final = 600
"""Dots per inch; what a finer printer adds cannot be seen."""


@dataclass(frozen=True, slots=True)
class Item:
    """One document to print: whose transcript, what makes its PDF in the lane, and what is said meanwhile."""

    name: str
    make: Callable[[], bytes]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages of each transcript, counted from 0; all of them without bounds."""

    first: int = 0
    last: int | None = None

    def of(self, count: int) -> range:
        """Those that a document of `count` pages has."""
        return range(self.first, count if self.last is None else min(count, self.last + 1))


def make_printer(name: str) -> QPrinter:
    """The printer of the system on A4, its whole sheet used, so that a page keeps its true size."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    printer.setDocName(name)
    printer.setCreator("Học bạ số")
    return printer


def make_dialog(printer: QPrinter, title: str, pages: int, parent: QWidget, *, one: bool) -> QPrintDialog:
    """The system's dialog: all pages, some of them, and for `one` transcript the page in sight."""
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintCurrentPage, one)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintSelection, False)
    dialog.setMinMax(1, max(1, pages))
    return dialog


def wanted_pages(printer: QPrinter, current: int) -> Pages:
    """What the person chose in the dialog."""
    chosen = printer.printRange()
    if chosen is QPrinter.PrintRange.CurrentPage:
        return Pages(current, current)
    if chosen is QPrinter.PrintRange.PageRange and printer.fromPage() > 0:
        return Pages(printer.fromPage() - 1, printer.toPage() - 1)
    return Pages()


def print_items(printer: QPrinter, items: Sequence[Item], pages: Pages, progress: Progress) -> int:
    """Print the pages of each transcript; returns how many sheets went out.

    Stops between two pages when asked to. UserError ui.print_failed when the printer takes nothing.
    """
    printer.setResolution(min(FINEST, printer.resolution()))
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError("ui.print_failed")
    printed, whole = 0, False
    try:
        for done, item in enumerate(items):
            pause = partial(progress.step, done, len(items), item.words or f"Đang in học bạ của {item.name}")
            pause()
            with drawing.opened(item.make()) as document:
                for page in pages.of(document.pageCount()):
                    if printed and not printer.newPage():
                        raise UserError("ui.print_failed")
                    _print_page(painter, printer, document, page, pause)
                    printed += 1
        whole = True
    finally:
        if not whole:
            printer.abort()
        painter.end()
    return printed


def _print_page(
    painter: QPainter, printer: QPrinter, document: QPdfDocument, page: int, pause: Callable[[], None]
) -> None:
    """Draw one page over the whole sheet, strip by strip, upright and undistorted."""
    points = document.pagePointSize(page)
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel).toRect()
    scale = min(sheet.width() / points.width(), sheet.height() / points.height())
    size = QSize(round(points.width() * scale), round(points.height() * scale))
    corner = QPoint((sheet.width() - size.width()) // 2, (sheet.height() - size.height()) // 2)
    for part in strips(size):
        pause()
        painter.drawImage(corner + part.topLeft(), drawing.draw(document, page, size, part))


def strips(size: QSize) -> Iterator[QRect]:
    """A page of `size` from top to bottom, a few lines at a time."""
    for top in range(0, size.height(), STRIP):
        yield QRect(0, top, size.width(), min(STRIP, size.height() - top))
