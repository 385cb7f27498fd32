"""One transcript: its pages, thumbnails and zoom; follows a change without losing its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import UserError
from app.interaction import Progress
from app.ui.look import Look
from app.ui.tasks import Job, Lane, TaskRunner
from app.ui.theme import GAP_SMALL, Type
from app.ui.transcripts import drawing
from app.ui.transcripts.drawing import Paper, Prepared
from app.ui.transcripts.layout import Fit, Zoom
from app.ui.transcripts.pageview import PageView
from app.ui.transcripts.thumbnails import WIDTH, Thumbnails

CALM_MS: Final = 150
"""A preview follows this long after the last of a run of changes."""
ROOMY: Final = 660
"""From this width on there is room for the thumbnails."""


class Viewer(QWidget):
    """Shows what a maker returns; `drawn` when its first page stands sharp, `failed` with the error."""

    drawn = Signal()
    failed = Signal(object)

    def __init__(self, look: Look, runner: TaskRunner) -> None:
        super().__init__()
        self._runner = runner
        self._make: Callable[[], bytes] | None = None
        self._job: Job | None = None
        self._small_job: Job | None = None
        self.view = PageView(look, runner)
        self.thumbnails = Thumbnails(look)
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._prepare)
        self.tools = self._make_tools(look)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.thumbnails)
        layout.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self.view.moved.connect(self._on_moved)
        self.view.zoomed.connect(self._show_zoom)
        self.thumbnails.chosen.connect(self.view.jump)
        self._shortcuts()

    def _make_tools(self, look: Look) -> QHBoxLayout:
        self.pages = look.label(kind=Type.BODY_BOLD)
        self.percent = look.label(tone="second")
        for label, widest in ((self.pages, "Trang 88/88"), (self.percent, "400 %")):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance(widest))
        self.previous = look.tool("chevron-left", "Trang trước (PgUp)", lambda: self.view.turn(-1))
        self.following = look.tool("chevron-right", "Trang sau (PgDn)", lambda: self.view.turn(1))
        self.out = look.tool("zoom-out", "Thu nhỏ (Ctrl −)", lambda: self.view.step_zoom(-1))
        self.in_ = look.tool("zoom-in", "Phóng to (Ctrl +)", lambda: self.view.step_zoom(1))
        self.fit = look.button("Vừa trang", self.toggle_fit, kind="filter", small=True)
        self.fit.setToolTip("Đổi giữa vừa chiều rộng và vừa cả trang (Ctrl 0)")
        tools = QHBoxLayout()
        tools.setSpacing(GAP_SMALL)
        shown = (self.previous, self.pages, self.following, self.out, self.percent, self.in_, self.fit)
        for widget in shown:
            tools.addWidget(widget)
        return tools

    def _shortcuts(self) -> None:
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl++", lambda: self.view.step_zoom(1)),
            ("Ctrl+=", lambda: self.view.step_zoom(1)),
            ("Ctrl+-", lambda: self.view.step_zoom(-1)),
            ("Ctrl+0", self.toggle_fit),
        )
        for text, do in keys:
            QShortcut(QKeySequence(text), self).activated.connect(do)

    # --- the document ---------------------------------------------------------------------------------

    @property
    def paper(self) -> Paper | None:
        """The document in sight."""
        return self.view.paper

    @property
    def page(self) -> int:
        """The page in sight, counted from 0."""
        return self.view.page

    def show_document(self, make: Callable[[], bytes]) -> None:
        """Make a document in the lane and show it at the place of the one before; the newest wish wins."""
        self._make = make
        self._calm.stop()
        self._prepare()

    def refresh(self) -> None:
        """What the document is made of changed: make it again once the changes pause; place and zoom stay."""
        if self._make is not None:
            self._calm.start()

    def strike(self, struck: bool) -> None:
        """Cross every page with a red line, or not."""
        self.view.struck = struck
        self.view.viewport().update()

    def clear(self) -> None:
        """Show nothing."""
        self._make = None
        self._calm.stop()
        self._drop()
        self.view.clear()
        self.thumbnails.show_pages(0)
        self._on_moved(-1)

    def _prepare(self) -> None:
        make, sight = self._make, self.view.sight(self.view.place)
        if make is None:
            return
        self._drop()

        def work(progress: Progress) -> Prepared:
            return drawing.prepare(make, sight, progress)

        self._job = self._runner.run(Lane.DRAW, work, owner=self, done=self._show, failed=self._fail)

    def _drop(self) -> None:
        for job in (self._job, self._small_job):
            if job is not None:
                job.drop()
        self._job = self._small_job = None

    def _show(self, made: Prepared) -> None:
        self._job = None
        self.view.show_prepared(made)
        self.thumbnails.show_pages(len(made.paper.sizes))
        self._on_moved(self.page)
        self._draw_small(made.paper)
        self.drawn.emit()

    def _fail(self, error: UserError) -> None:
        self._job = None
        self.clear()
        self.failed.emit(error)

    def _draw_small(self, paper: Paper) -> None:
        width = round(WIDTH * self.view.ratio)

        def work(progress: Progress) -> tuple[QImage, ...]:
            return drawing.draw_small(paper, width, progress)

        self._small_job = self._runner.run(Lane.DRAW, work, owner=self, done=self._show_small)

    def _show_small(self, images: tuple[QImage, ...]) -> None:
        self._small_job = None
        self.view.show_small(images)
        self.thumbnails.show_images(images)

    # --- pages and zoom -------------------------------------------------------------------------------

    def toggle_fit(self) -> None:
        """The page as wide as the view; once more: the whole page in the view."""
        fit = Fit.PAGE if self.view.zoom.fit is Fit.WIDTH else Fit.WIDTH
        page = self.page
        self.view.set_zoom(Zoom(fit))
        if fit is Fit.PAGE:
            self.view.jump(page)

    def _on_moved(self, page: int) -> None:
        count = len(self.paper.sizes) if self.paper else 0
        self.pages.setText(f"Trang {page + 1}/{count}" if count else "")
        self.previous.setEnabled(page > 0)
        self.following.setEnabled(0 <= page < count - 1)
        if page >= 0:
            self.thumbnails.mark(page)

    def _show_zoom(self) -> None:
        self.percent.setText(f"{round(100 * self.view.laid.factor)} %" if self.paper else "")
        wide = self.view.zoom.fit is Fit.WIDTH
        words = "Vừa trang" if wide else "Vừa rộng"
        self.fit.setText(words)
        self.fit.setAccessibleName(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.thumbnails.setVisible(self.width() >= ROOMY)
