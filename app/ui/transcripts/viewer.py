"""The PDF view of one transcript: true pages, zoom, page by page."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.theme import GAP_SMALL, Type

_STEP: Final = 1.25
_ZOOMS: Final = (0.25, 4.0)
RESULTS: Final = "Chiều cao"
"""Stands on the first page of the year's results and nowhere else."""


class Viewer(QWidget):
    """Shows bytes; `drawn` once a document stands, `failed` when they are not a readable PDF."""

    drawn = Signal()
    failed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._buffer = QBuffer(self)
        self._wanted = -1
        self.document = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setPageSpacing(8)
        self.view.setAccessibleName("Trang học bạ")
        palette = self.view.palette()
        palette.setColor(QPalette.ColorRole.Dark, look.theme.colour("border"))
        self.view.setPalette(palette)
        self.pages = look.label(kind=Type.BODY_BOLD)
        self.pages.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages.setMinimumWidth(self.pages.fontMetrics().horizontalAdvance("Trang 88/88"))
        self.out = look.tool("zoom-out", "Thu nhỏ", lambda: self.zoom(1 / _STEP))
        self.in_ = look.tool("zoom-in", "Phóng to", lambda: self.zoom(_STEP))
        self.fit = look.tool("maximize-2", "Vừa chiều rộng", self.fit_width)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(GAP_SMALL)
        previous = look.tool("chevron-left", "Trang trước", lambda: self.turn(-1))
        following = look.tool("chevron-right", "Trang sau", lambda: self.turn(1))
        for widget in (previous, self.pages, following, self.out, self.in_, self.fit):
            self.tools.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view, 1)
        self.document.statusChanged.connect(self._on_status)
        self.view.pageNavigator().currentPageChanged.connect(lambda _: self._show_pages())

    def show_pdf(self, pdf: bytes) -> None:
        """Replace the document; the same page as before, at first the page of the results."""
        self._wanted = self.page if self.document.pageCount() else self._wanted
        self.document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)

    def clear(self) -> None:
        """Show nothing."""
        self.document.close()
        self._show_pages()

    def _on_status(self, status: QPdfDocument.Status) -> None:
        if status == QPdfDocument.Status.Ready:
            self._return()
            self._show_pages()
            self.drawn.emit()
        elif status == QPdfDocument.Status.Error:
            self.failed.emit()

    def _return(self) -> None:
        """Go to the page that was in sight before, or to the one with the year's results."""
        if self._wanted < 0:
            pages = range(self.document.pageCount())
            self._wanted = next((n for n in pages if RESULTS in self.document.getAllText(n).text()), 0)
        if 0 < self._wanted < self.document.pageCount():
            self.view.pageNavigator().jump(self._wanted, QPointF(), 0)

    @property
    def page(self) -> int:
        """The page in sight, counted from 0."""
        return self.view.pageNavigator().currentPage()

    def turn(self, by: int) -> None:
        """Go to the next or previous page."""
        page = self.page + by
        if 0 <= page < self.document.pageCount():
            self.view.pageNavigator().jump(page, QPointF(), 0)

    def zoom(self, factor: float) -> None:
        """Make it larger or smaller."""
        if self.view.zoomMode() != QPdfView.ZoomMode.Custom:
            self.view.setZoomFactor(self._fitted())
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        wanted = self.view.zoomFactor() * factor
        self.view.setZoomFactor(max(_ZOOMS[0], min(_ZOOMS[1], wanted)))

    def _fitted(self) -> float:
        """The factor that the fitted width amounts to now."""
        if not self.document.pageCount():
            return 1.0
        points = self.document.pagePointSize(0).width()
        margins = self.view.documentMargins()
        room = self.view.viewport().width() - margins.left() - margins.right()
        return room / (points * self.view.logicalDpiX() / 72)

    def fit_width(self) -> None:
        """The page as wide as the view."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def _show_pages(self) -> None:
        count = self.document.pageCount()
        self.pages.setText(f"Trang {self.page + 1}/{count}" if count else "")
