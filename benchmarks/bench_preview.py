"""The transcripts screen: a draft, the first card, a whole sheet, following a change, and what it holds."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle
from typing import Final

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.records.types import Signatory
from app.ui.icons import Icons
from app.ui.look import Look
from app.ui.tasks import TaskRunner
from app.ui.theme import apply_theme, load_fonts, make_theme
from app.ui.transcripts import drawing
from app.ui.transcripts.drawing import PageKind
from app.ui.transcripts.sheet import ContactSheet
from app.ui.transcripts.viewer import Viewer
from app.workflows import previews
from app.workflows.freezing import Frame
from app.workflows.previews import ClassSheet, SheetCard
from benchmarks.material import ISSUED_AT, school
from benchmarks.timing import Row, medians

CROWD: Final = 60
CLASS: Final = 31
ROUNDS: Final = 9
FRAME: Final = 0.016
"""The window is never held longer than one picture of the screen lasts."""


def rows() -> Iterator[Row]:
    """Everything offscreen at 1366 × 768, one device pixel for each logical one."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(["bench"])
    load_fonts()
    theme = make_theme()
    apply_theme(application, theme)
    look, runner = Look(theme, Icons()), TaskRunner()
    try:
        yield from _alone()
        yield from _sheet(look, runner)
        yield from _live(look, runner)
        yield _memory(look, runner)
    finally:
        runner.close()


def crowd() -> ClassSheet:
    """Sixty pupils of grade 1 as one class, nothing issued."""
    made = school()
    first = [item for item in made.classes if item.grade == 1]
    entries = [entry for item in first for entry in item.pupils][:CROWD]
    cards = tuple(
        SheetCard(place, replace(entry, key=place), None, 0, 0) for place, entry in enumerate(entries, 1)
    )
    frame = Frame(((None, made.school),), Signatory(("HIỆU TRƯỞNG",), made.vice_principal.name), ISSUED_AT)
    return ClassSheet(first[0], frame, cards)


def _alone() -> Iterator[Row]:
    """Without a window: what the lane does for one pupil."""
    sheet = crowd()
    turn = cycle(sheet.cards)
    pdf = previews.draft(sheet, sheet.cards[0].entry)
    draft, card = medians(
        [
            lambda: previews.draft(sheet, next(turn).entry),
            lambda: drawing.draw_card(pdf, PageKind.SUBJECTS, 132),
        ],
        rounds=25,
    )
    yield Row("draft of one transcript (PDF)", draft, 0.025)
    yield Row("one card of the contact sheet drawn", card, FRAME)


class Probe:
    """Ticks as often as the event loop lets it; `held` is the longest time that it was not let."""

    def __init__(self) -> None:
        self.held = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.held = max(self.held, now - self._last)
        self._last = now

    def stop(self) -> float:
        """The longest hold in seconds."""
        self._timer.stop()
        return self.held


def _until(ready: Callable[[], bool]) -> float:
    """Let events run until `ready`; returns how long it took."""
    loop = QEventLoop()
    looking = QTimer(interval=0)
    looking.timeout.connect(lambda: loop.quit() if ready() else None)
    start = time.perf_counter()
    looking.start()
    loop.exec()
    return time.perf_counter() - start


def _shown(widget: QWidget, width: int, height: int) -> None:
    widget.resize(width, height)
    widget.show()
    _until(widget.isVisible)


def _sheet(look: Look, runner: TaskRunner) -> Iterator[Row]:
    sheet = crowd()
    whole = sheet.cards[:CLASS]
    first: list[float] = []
    full: list[float] = []
    idle: list[float] = []
    scrolled: list[float] = []
    for _ in range(ROUNDS):
        view = ContactSheet(look, runner, lambda made, card: previews.draft(made, card.entry))
        _shown(view, 596, 570)
        start = time.perf_counter()
        view.show_sheet(replace(sheet, cards=whole), whole)
        _until(lambda view=view: view.images.image(1) is not None)  # type: ignore[misc]
        first.append(time.perf_counter() - start)
        view.images.want([card.entry.key for card in whole])
        _until(lambda view=view: not view.images.waiting)  # type: ignore[misc]
        full.append(time.perf_counter() - start)
        view.show_sheet(sheet, sheet.cards)
        view.images.want([card.entry.key for card in sheet.cards])
        _until(lambda view=view: not view.images.waiting)  # type: ignore[misc]
        idle.append(_scroll(view))
        view.images.show_kind(PageKind.SIGNATURES, 132)
        view.kind = PageKind.SIGNATURES
        view.verticalScrollBar().setValue(0)
        scrolled.append(_scroll(view))
        view.close()
        view.deleteLater()
    yield Row("contact sheet: first card shown", statistics.median(first), 0.15)
    yield Row(f"contact sheet of {CLASS} drafts fully drawn", statistics.median(full), 1.0)
    yield Row(
        f"scrolling {CROWD} pupils while drawn: window held, longest",
        statistics.median(scrolled),
        FRAME,
        "all drawn before",
        statistics.median(idle),
    )


def _scroll(view: ContactSheet) -> float:
    """Scroll from the top to the end as a wheel does, while cards are drawn; the longest hold."""
    probe = Probe()
    bar = view.verticalScrollBar()

    def on() -> bool:
        bar.setValue(bar.value() + 24)
        view.viewport().repaint()
        return bar.value() == bar.maximum()

    _until(on)
    _until(lambda: view.drawn)
    return probe.stop()


def _calm() -> float:
    """The longest hold of a window that has nothing to do, on this machine now."""
    probe, end = Probe(), time.perf_counter() + 0.2
    _until(lambda: time.perf_counter() > end)
    return probe.stop()


def _live(look: Look, runner: TaskRunner) -> Iterator[Row]:
    sheet = crowd()
    turn = cycle(sheet.cards)
    viewer = Viewer(look, runner)
    _shown(viewer, 900, 600)
    drawn: list[float] = []
    viewer.drawn.connect(lambda: drawn.append(time.perf_counter()))
    viewer.show_document(lambda: previews.draft(sheet, next(turn).entry))
    _until(lambda: bool(drawn) and not runner.jobs)
    taken, held, calm = [], [], []
    for _ in range(ROUNDS):
        gc.collect()
        calm.append(_calm())
        drawn.clear()
        probe = Probe()
        start = time.perf_counter()
        viewer.refresh()
        _until(lambda: bool(drawn) and not runner.jobs)
        held.append(probe.stop())
        taken.append(drawn[0] - start)
    yield Row("from a change to the new page shown (150 ms of calm in it)", statistics.median(taken), 0.3)
    nothing = ("nothing to do", statistics.median(calm))
    yield Row("following a change: window held, longest", statistics.median(held), FRAME, *nothing)
    held.clear()
    for number in range(3 * ROUNDS):
        probe = Probe()
        viewer.view.step_zoom(1 if number % 6 < 3 else -1)
        _until(lambda: viewer.view.sharp and not runner.jobs)
        held.append(probe.stop())
    yield Row("zooming: window held, longest", statistics.median(held), FRAME, *nothing)
    viewer.close()
    viewer.deleteLater()


def _memory(look: Look, runner: TaskRunner) -> Row:
    """Megabytes, written as milliseconds, that the process grew by after looking through a class again."""
    sheet = crowd()
    view = ContactSheet(look, runner, lambda made, card: previews.draft(made, card.entry))
    viewer = Viewer(look, runner)
    _shown(view, 596, 570)
    _shown(viewer, 900, 600)
    view.show_sheet(sheet, sheet.cards)
    _look_through(view, viewer, sheet, runner)
    before = _resident()
    for _ in range(2):
        _look_through(view, viewer, sheet, runner)
    grown = max(0.0, _resident() - before)
    for widget in (view, viewer):
        widget.close()
        widget.deleteLater()
    return Row(f"growth by looking through {CROWD} pupils twice more (1 ms = 1 MB)", grown / 1000, 0.010)


def _look_through(view: ContactSheet, viewer: Viewer, sheet: ClassSheet, runner: TaskRunner) -> None:
    for card in sheet.cards:
        view.choose(card.entry.key)
        viewer.show_document(lambda card=card: previews.draft(sheet, card.entry))  # type: ignore[misc]
        _until(lambda: view.drawn and not runner.jobs)
        for page in range(5):
            viewer.view.jump(page)
        _until(lambda: viewer.view.sharp and not runner.jobs)


def _resident() -> float:
    """The most memory that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
