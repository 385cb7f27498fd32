"""Printing from the transcripts screen: asks with the system's dialog, then prints in the lane for paper."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog

from app.interaction import Progress
from app.ui.tasks import Lane
from app.ui.transcripts import printing, verbs
from app.ui.transcripts.printing import Item
from app.ui.widgets.page import Page

if TYPE_CHECKING:
    from app.workflows.previews import ClassSheet, SheetCard

FORM_PAGES = 5
"""Pages of a transcript of one year; longer ones print whole unless a range is chosen."""


class PaperWork(QObject):
    """Opens the dialog, starts the job, tells its end on the page."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page

    def ask_one(self, sheet: ClassSheet, card: SheetCard, *, draft: bool, page: int, pages: int) -> None:
        """Print one transcript: whole, the page in sight, or a range of pages."""
        make = partial(verbs.load_pdf, self._page.desk, sheet, card, draft=draft)
        item = Item(card.entry.pupil.name, make)
        self._ask(f"In học bạ của {item.name}", [item], page=page, pages=pages)

    def ask_class(self, sheet: ClassSheet, cards: Sequence[SheetCard]) -> None:
        """Print what the sheet shows, each whole or the same range of pages of each."""
        desk = self._page.desk
        items = [Item(card.entry.pupil.name, partial(verbs.load_pdf, desk, sheet, card)) for card in cards]
        if items:
            self._ask(f"In {len(items)} học bạ lớp {sheet.klass.name}", items, page=None, pages=FORM_PAGES)

    def _ask(self, title: str, items: Sequence[Item], *, page: int | None, pages: int) -> None:
        printer = printing.make_printer(title)
        dialog = printing.make_dialog(printer, title, pages, self._page, one=page is not None)
        dialog.accepted.connect(lambda: self._print(printer, items, page or 0))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def _print(self, printer: QPrinter, items: Sequence[Item], current: int) -> None:
        pages = printing.wanted_pages(printer, current)

        def work(progress: Progress) -> int:
            return printing.print_items(printer, items, pages, progress)

        self._page.perform(work, self._printed, title=f"Đang in {len(items)} học bạ", lane=Lane.PRINT)

    def _printed(self, sheets: int) -> None:
        self._page.banner.tell("done", f"Đã gửi {sheets} trang đến máy in.")
