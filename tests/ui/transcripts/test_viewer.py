"""The pages of one transcript: sharp, zoomed, turned, exchanged without losing the place."""

from __future__ import annotations

import gc
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.ui.look import Look
from app.ui.tasks import TaskRunner
from app.ui.transcripts import drawing
from app.ui.transcripts.drawing import PageKind
from app.ui.transcripts.layout import Fit
from app.ui.transcripts.pageview import KEPT_BYTES
from app.ui.transcripts.viewer import Viewer
from tests.ui.driving import click, key
from tests.ui.transcripts.support import draft, shown_text


@pytest.fixture
def viewer(qtbot: QtBot, look: Look, runner: TaskRunner) -> Iterator[Viewer]:
    """On a draft, at the table of subjects, everything drawn."""
    host = QWidget()
    made = Viewer(look, runner)
    layout = QVBoxLayout(host)
    layout.addLayout(made.tools)
    layout.addWidget(made)
    host.resize(900, 600)
    host.show()
    qtbot.waitUntil(made.isVisible)
    with qtbot.waitSignal(made.drawn):
        made.show_document(draft)
    quiet(qtbot, made, runner)
    yield made
    runner.close()
    host.close()
    host.deleteLater()


def quiet(qtbot: QtBot, viewer: Viewer, runner: TaskRunner) -> None:
    qtbot.waitUntil(lambda: not runner.jobs and viewer.view.sharp, timeout=20_000)


def turn_wheel(viewer: Viewer, at: QPoint, by: int, held: Qt.KeyboardModifier) -> None:
    view = viewer.view.viewport()
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.mapToGlobal(at)),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_it_opens_sharp_at_the_table_of_subjects(viewer: Viewer) -> None:
    assert viewer.page == 3
    assert viewer.pages.text() == "Trang 4/5"
    assert "Chiều cao" in shown_text(viewer)
    assert viewer.thumbnails.isVisible()
    assert viewer.thumbnails.page == 3
    assert len(viewer.thumbnails.images) == 5
    assert viewer.view.accessibleDescription() == "Trang 4 trên 5"


def test_every_zoom_is_drawn_anew_at_its_own_size(qtbot: QtBot, viewer: Viewer, runner: TaskRunner) -> None:
    view = viewer.view
    fitted = view.laid.boxes[0].width()
    for _ in range(30):
        key(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert viewer.percent.text() == "400 %"
    quiet(qtbot, viewer, runner)
    assert view.laid.boxes[0].width() == round(595.28 * 4 * 96 / 72)
    assert view.kept_bytes <= KEPT_BYTES
    for _ in range(30):
        key(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert viewer.percent.text() == "25 %"
    key(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.laid.boxes[0].width() == fitted
    key(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom.fit is Fit.PAGE
    assert view.laid.boxes[0].height() <= view.room.height()
    quiet(qtbot, viewer, runner)


def test_what_is_drawn_is_the_page_itself(qtbot: QtBot, viewer: Viewer) -> None:
    shown = viewer.view.viewport().grab().toImage()
    dark = _dark(shown)
    viewer.clear()
    assert viewer.pages.text() == ""
    assert _dark(viewer.view.viewport().grab().toImage()) < dark / 20


def _dark(image: QImage) -> int:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return sum(value < 90 for value in bytes(grey.constBits()))


def test_ctrl_and_wheel_zoom_about_the_pointer(viewer: Viewer) -> None:
    view, at = viewer.view, QPoint(300, 250)
    before = view.laid.anchor(view.view.topLeft() + at)
    factor = view.laid.factor
    turn_wheel(viewer, at, 120, Qt.KeyboardModifier.ControlModifier)
    assert view.laid.factor > factor
    after = view.laid.anchor(view.view.topLeft() + at)
    assert after.page == before.page
    assert (after.x, after.y) == pytest.approx((before.x, before.y), abs=0.005)
    top = view.view.top()
    turn_wheel(viewer, at, -120, Qt.KeyboardModifier.NoModifier)
    assert view.view.top() > top


def test_pages_turn_by_button_key_and_thumbnail(viewer: Viewer) -> None:
    click(viewer.following)
    assert viewer.page == 4
    assert not viewer.following.isEnabled()
    click(viewer.previous)
    assert (viewer.page, viewer.thumbnails.page) == (3, 3)
    key(viewer.view, Qt.Key.Key_Home)
    assert viewer.page == 0
    key(viewer.view, Qt.Key.Key_Right)
    assert viewer.page == 1
    key(viewer.thumbnails, Qt.Key.Key_End)
    assert viewer.page == 4


def test_the_page_is_dragged_with_the_mouse(viewer: Viewer) -> None:
    view = viewer.view
    top = view.view.top()
    area = view.viewport()
    QTest.mousePress(area, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    QTest.mouseMove(area, QPoint(300, 220))
    QTest.mouseRelease(area, Qt.MouseButton.LeftButton, pos=QPoint(300, 220))
    assert view.view.top() == top + 80


def test_a_change_is_followed_in_place(qtbot: QtBot, viewer: Viewer, runner: TaskRunner) -> None:
    view = viewer.view
    view.step_zoom(1)
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 123)
    quiet(qtbot, viewer, runner)
    place, factor, made = view.place, view.laid.factor, []

    def make() -> bytes:
        made.append(threading.current_thread().name)
        return draft(2)

    viewer.show_document(make)
    qtbot.waitUntil(lambda: len(made) == 1)
    quiet(qtbot, viewer, runner)
    with qtbot.waitSignal(viewer.drawn):
        for _ in range(5):
            viewer.refresh()
    assert view.sharp
    assert len(made) == 2
    assert made[0].startswith("hocba-draw")
    assert (view.place, view.laid.factor) == (place, factor)
    assert viewer.paper is not None
    assert viewer.paper.pdf == draft(2)


def test_the_newest_wish_wins(qtbot: QtBot, viewer: Viewer, runner: TaskRunner) -> None:
    gate, started = threading.Event(), threading.Event()
    shown: list[bytes] = []
    viewer.drawn.connect(lambda: shown.append(viewer.paper.pdf if viewer.paper else b""))

    def slow() -> bytes:
        started.set()
        gate.wait(10)
        return draft(2)

    viewer.show_document(slow)
    assert started.wait(10)
    viewer.show_document(lambda: draft(3))
    viewer.show_document(lambda: draft(4))
    gate.set()
    quiet(qtbot, viewer, runner)
    assert shown == [draft(4)]


def test_bytes_that_are_no_pdf_are_told(qtbot: QtBot, viewer: Viewer) -> None:
    with qtbot.waitSignal(viewer.failed) as told:
        viewer.show_document(lambda: b"%PDF-1.7 torn")
    assert told.args is not None
    error = told.args[0]
    assert isinstance(error, UserError)
    assert error.code == "ui.unreadable_pdf"
    assert viewer.page == -1


def test_turning_pages_takes_no_more_memory(qtbot: QtBot, viewer: Viewer, runner: TaskRunner) -> None:
    def turn(times: int) -> None:
        for number in range(times):
            viewer.view.jump(number % 5)
            if number % 10 == 0:
                quiet(qtbot, viewer, runner)
        quiet(qtbot, viewer, runner)
        gc.collect()

    turn(20)
    tiles = viewer.view.kept_bytes
    tracemalloc.start()
    try:
        turn(5)
        before = tracemalloc.get_traced_memory()[0]
        turn(200)
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert viewer.view.kept_bytes <= max(tiles, KEPT_BYTES)
    assert grown < 200_000


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the memory in use is read from Linux")
def test_opening_documents_takes_no_more_memory(viewer: Viewer) -> None:
    def look_through(times: int) -> int:
        for _ in range(times):
            drawing.draw_card(draft(), PageKind.SIGNATURES, 132)
        gc.collect()
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4

    before = look_through(50)
    assert look_through(300) - before < 1500


def test_the_thumbnails_give_way_where_there_is_no_room(viewer: Viewer) -> None:
    host = viewer.window()
    host.resize(600, 600)
    assert not viewer.thumbnails.isVisible()
    host.resize(900, 600)
    assert viewer.thumbnails.isVisible()
