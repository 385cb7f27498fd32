"""The pictures on the contact sheet: made in the lane, nearest first, given up when scrolled away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app import messages
from app.errors import UserError
from app.interaction import Progress
from app.ui.tasks import Job, Lane, TaskRunner
from app.ui.transcripts import drawing
from app.ui.transcripts.drawing import PageKind
from app.ui.transcripts.images import KeptImages

if TYPE_CHECKING:
    from app.workflows.previews import ClassSheet, SheetCard

KEPT_BYTES: Final = 24_000_000
"""About 190 cards at usual density: a class with both kinds of page, and more."""
Maker = Callable[["ClassSheet", "SheetCard"], bytes]
_Key = tuple[int, PageKind]


class CardImages(QObject):
    """`arrived` with the enrolment key of a pupil whose picture stands, or cannot be made."""

    arrived = Signal(int)

    def __init__(self, runner: TaskRunner, make: Maker, parent: QObject) -> None:
        super().__init__(parent)
        drawing.hold_engine(self)
        self._runner = runner
        self._make = make
        self._sheet: ClassSheet | None = None
        self._cards: dict[int, SheetCard] = {}
        self._kind = PageKind.SUBJECTS
        self._width = 0
        self._kept: KeptImages[_Key] = KeptImages(KEPT_BYTES)
        self._fresh: set[_Key] = set()
        self._problems: dict[int, str] = {}
        self._wanted: list[int] = []
        self._job: Job | None = None
        self._at = 0

    @property
    def kept_bytes(self) -> int:
        """What the pictures take."""
        return self._kept.bytes

    def show_sheet(self, sheet: ClassSheet) -> None:
        """What is to be drawn; a picture whose pupil is as before stays, others stay until drawn anew."""
        before, old = self._sheet, self._cards
        self._sheet = sheet
        self._cards = {card.entry.key: card for card in sheet.cards}
        self._problems.clear()
        if before is None or before.klass.name != sheet.klass.name:
            self._forget()
        elif not before.same_frame(sheet):
            self._fresh.clear()
        else:
            changed = {key for key, card in self._cards.items() if not _alike(old.get(key), card)}
            self._fresh = {place for place in self._fresh if place[0] not in changed}
        self._drop_job()

    def show_kind(self, kind: PageKind, width: int) -> None:
        """Which page, and how wide in device px; a width that differs by little keeps what was drawn."""
        if abs(width - self._width) > self._width // 50:
            self._width = width
            self._fresh.clear()
            self._drop_job()
        if kind is not self._kind:
            self._kind = kind
            self._drop_job()

    def image(self, key: int) -> QImage | None:
        """The picture of a pupil as far as there is one, if need be of a moment ago."""
        return self._kept.get((key, self._kind))

    def problem(self, key: int) -> str:
        """Why there is no picture, in a sentence."""
        return self._problems.get(key, "")

    @property
    def waiting(self) -> tuple[int, ...]:
        """The wanted pupils that have no up-to-date picture yet, nearest first."""
        return tuple(
            key
            for key in self._wanted
            if key in self._cards
            and key not in self._problems
            and not ((key, self._kind) in self._fresh and (key, self._kind) in self._kept)
        )

    def want(self, keys: Sequence[int]) -> None:
        """Draw these, in this order; what is no longer among them is given up."""
        self._wanted = list(keys)
        if self._job is not None and self._at not in self._wanted:
            self._drop_job()
        self._next()

    def _next(self) -> None:
        waiting = self.waiting
        sheet = self._sheet
        if self._job is not None or sheet is None or not waiting or self._width <= 0:
            return
        key = waiting[0]
        card, kind, width, make = self._cards[key], self._kind, self._width, self._make

        def work(progress: Progress) -> QImage:
            pdf = make(sheet, card)
            progress.step(0, 0, "")
            return drawing.draw_card(pdf, kind, width)

        self._at = key
        self._job = self._runner.run(
            Lane.DRAW,
            work,
            owner=self,
            done=lambda image: self._arrive(key, kind, image),
            failed=lambda error: self._fail(key, error),
        )

    def _arrive(self, key: int, kind: PageKind, image: QImage) -> None:
        self._job = None
        self._kept.put((key, kind), image)
        self._fresh.add((key, kind))
        self._next()
        self.arrived.emit(key)

    def _fail(self, key: int, error: UserError) -> None:
        self._job = None
        self._problems[key] = messages.sentence(error)
        self._next()
        self.arrived.emit(key)

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.drop()
            self._job = None

    def _forget(self) -> None:
        self._kept.clear()
        self._fresh.clear()


def _alike(one: SheetCard | None, other: SheetCard) -> bool:
    """Whether two cards look the same: one kept document, or a draft of the same data."""
    if one is None:
        return False
    if one.version is not None and other.version is not None:
        return one.version.pdf_sha256 == other.version.pdf_sha256
    return one.version is other.version and one.entry == other.entry
