"""The contact sheet: many cards, only those in sight drawn, moved through by keys."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.ui.look import Look
from app.ui.tasks import TaskRunner
from app.ui.transcripts.cards import KEPT_BYTES
from app.ui.transcripts.drawing import PageKind
from app.ui.transcripts.sheet import AT_ONCE, ContactSheet
from app.workflows import previews
from app.workflows.previews import ClassSheet, SheetCard
from tests.ui.driving import key
from tests.ui.transcripts.support import crowd


class Maker:
    """Makes drafts, and remembers whose."""

    def __init__(self) -> None:
        self.made: list[int] = []
        self.gate = threading.Event()
        self.gate.set()
        self.broken: set[int] = set()

    def __call__(self, sheet: ClassSheet, card: SheetCard) -> bytes:
        self.gate.wait(10)
        self.made.append(card.place)
        if card.place in self.broken:
            raise UserError("ui.unreadable_pdf")
        return previews.draft(sheet, card.entry)


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def sheet(qtbot: QtBot, look: Look, runner: TaskRunner, maker: Maker) -> Iterator[ContactSheet]:
    """Sixty pupils at the size of a 1366 × 768 screen, the first ones drawn."""
    made = ContactSheet(look, runner, maker)
    made.resize(596, 570)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    made.show_sheet(crowd(), crowd().cards)
    quiet(qtbot, made, runner)
    yield made
    maker.gate.set()
    runner.close()
    made.close()
    made.deleteLater()


def quiet(qtbot: QtBot, sheet: ContactSheet, runner: TaskRunner) -> None:
    qtbot.waitUntil(lambda: sheet.drawn and not runner.jobs, timeout=20_000)


def test_only_what_is_near_is_drawn_in_the_order_of_the_list(sheet: ContactSheet, maker: Maker) -> None:
    seen = sheet.visible_rows()
    assert AT_ONCE <= len(seen) <= 16
    assert maker.made[: len(seen)] == [row + 1 for row in seen]
    assert len(maker.made) <= 2 * len(seen)
    assert sheet.images.image(60) is None


def test_eight_whole_cards_are_in_sight(sheet: ContactSheet) -> None:
    area = sheet.viewport().rect()
    boxes = [sheet.visualRect(sheet.rows.index(row)) for row in range(60)]
    assert sum(area.contains(box) for box in boxes) == AT_ONCE


def test_what_is_scrolled_away_is_given_up(
    qtbot: QtBot, sheet: ContactSheet, runner: TaskRunner, maker: Maker
) -> None:
    maker.gate.clear()
    before = len(maker.made)
    sheet.step(20)
    qtbot.waitUntil(lambda: bool(runner.jobs))
    given_up = runner.jobs[0]
    bar = sheet.verticalScrollBar()
    for value in range(bar.value(), bar.maximum(), 40):
        bar.setValue(value)
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: given_up.stopping)
    maker.gate.set()
    quiet(qtbot, sheet, runner)
    made = maker.made[before:]
    assert set(made) >= {row + 1 for row in sheet.visible_rows()}
    assert len(made) < 40
    assert sheet.images.image(60) is not None


def test_scrolling_back_draws_nothing_twice(
    qtbot: QtBot, sheet: ContactSheet, runner: TaskRunner, maker: Maker
) -> None:
    bar = sheet.verticalScrollBar()
    for value in (bar.maximum(), 0):
        bar.setValue(value)
        quiet(qtbot, sheet, runner)
    count = len(maker.made)
    for value in (bar.maximum(), 0):
        bar.setValue(value)
        quiet(qtbot, sheet, runner)
    assert len(maker.made) == count
    assert 0 < sheet.images.kept_bytes <= KEPT_BYTES


def test_arrows_move_and_enter_opens(qtbot: QtBot, sheet: ContactSheet) -> None:
    chosen: list[int] = []
    sheet.chosen.connect(chosen.append)
    columns = sheet.viewport().width() // sheet.gridSize().width()
    for code in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_End):
        key(sheet, code)
    assert chosen == [2, 2 + columns, 1 + columns, 60]
    assert sheet.visualRect(sheet.currentIndex()).intersects(sheet.viewport().rect())
    with qtbot.waitSignal(sheet.opened) as told:
        key(sheet, Qt.Key.Key_Return)
    assert told.args == [60]
    key(sheet, Qt.Key.Key_Home)
    box = sheet.visualRect(sheet.rows.index(1)).center()
    QTest.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert sheet.key == 2


def test_a_card_is_read_out(sheet: ContactSheet) -> None:
    card = replace(crowd().cards[0], errors=2, warnings=1)
    sheet.show_sheet(replace(crowd(), cards=(card,)), (card,))
    words = sheet.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == f"1, {card.entry.pupil.name}, Bản nháp, 2 lỗi, 1 cảnh báo"


def test_a_change_draws_only_the_pupil_it_touched(
    qtbot: QtBot, sheet: ContactSheet, runner: TaskRunner, maker: Maker
) -> None:
    count = len(maker.made)
    third = crowd().cards[2]
    other = replace(third.entry, pupil=replace(third.entry.pupil, name="Trần Đổi Tên"))
    cards = (*crowd().cards[:2], replace(third, entry=other), *crowd().cards[3:])
    before = sheet.images.image(3)
    key(sheet, Qt.Key.Key_Right)
    sheet.show_sheet(replace(crowd(), cards=cards), cards)
    assert sheet.images.image(3) is before
    quiet(qtbot, sheet, runner)
    assert maker.made[count:] == [3]
    assert sheet.images.image(3) is not before
    assert sheet.key == 2


def test_the_other_page_of_each(qtbot: QtBot, sheet: ContactSheet, runner: TaskRunner, maker: Maker) -> None:
    subjects = sheet.images.image(1)
    sheet.show_kind(PageKind.SIGNATURES)
    quiet(qtbot, sheet, runner)
    signatures = sheet.images.image(1)
    assert subjects is not None
    assert signatures is not None
    assert subjects != signatures
    count = len(maker.made)
    sheet.show_kind(PageKind.SUBJECTS)
    quiet(qtbot, sheet, runner)
    assert len(maker.made) == count
    assert sheet.images.image(1) == subjects


def test_a_page_that_cannot_be_drawn_says_so_in_its_place(
    qtbot: QtBot, sheet: ContactSheet, runner: TaskRunner, maker: Maker
) -> None:
    maker.broken = {2}
    cards = tuple(
        replace(card, entry=replace(card.entry, key=card.place + 100)) for card in crowd().cards[:4]
    )
    sheet.show_sheet(replace(crowd(), cards=cards), cards)
    quiet(qtbot, sheet, runner)
    assert "không đọc được" in sheet.images.problem(102)
    assert sheet.images.problem(101) == ""
    assert sheet.images.image(103) is not None


def test_another_size_of_window_draws_the_cards_anew(
    qtbot: QtBot, sheet: ContactSheet, runner: TaskRunner
) -> None:
    small = sheet.images.image(1)
    sheet.resize(1100, 800)
    quiet(qtbot, sheet, runner)
    large = sheet.images.image(1)
    assert small is not None
    assert large is not None
    assert large.width() > small.width()
    area = sheet.viewport().rect()
    whole = sum(area.contains(sheet.visualRect(sheet.rows.index(row))) for row in range(60))
    assert whole == 12
