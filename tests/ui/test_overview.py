"""The board: what each cell says, my work, and the keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.records.permissions import Actor
from app.records.types import Role
from app.ui.checks.page import ChecksPage
from app.ui.overview.cells import STAGES, CellState, cell_of, spoken
from app.ui.overview.page import OverviewPage
from app.ui.overview.todo import todo_list
from app.ui.shell.window import MainWindow
from app.workflows.classes import ClassProgress
from tests.ui.driving import ADMIN, HOLE_CLASS, TEACHER, click, key, rest, sign_in

IDS = [stage.id for stage in STAGES]


def progress(name: str = "2B", **counts: tuple[int, int]) -> ClassProgress:
    return ClassProgress(name, int(name[0]), "", {stage: counts.get(stage, (0, 30)) for stage in IDS})


def states(item: ClassProgress) -> list[CellState]:
    return [cell_of(item, row).state for row in range(9)]


def test_a_new_class_waits_for_its_results() -> None:
    assert states(progress()) == [CellState.TURN, *[CellState.NOT_YET] * 8]


def test_a_class_half_entered() -> None:
    assert states(progress(results=(12, 30)))[:2] == [CellState.RUNNING, CellState.NOT_YET]


def test_complete_results_with_errors() -> None:
    assert states(progress(results=(30, 30)))[:3] == [CellState.DONE, CellState.ERRORS, CellState.NOT_YET]


def test_signing_under_way() -> None:
    done = (30, 30)
    item = progress(
        results=done, check=done, submitted=done, approved=done, issued=done, teacher=done, leader=(12, 30)
    )
    assert states(item)[5:] == [CellState.DONE, CellState.RUNNING, CellState.NOT_YET, CellState.NOT_YET]
    assert cell_of(item, 6).percent == 40
    assert spoken(item, 6) == "Lớp 2B, BGH ký duyệt, 12 trên 30, đang làm"


def test_nearly_done_is_never_a_hundred_percent() -> None:
    assert cell_of(progress(results=(999, 1000)), 0).percent == 99


def test_an_empty_class_is_not_done() -> None:
    assert cell_of(progress(results=(0, 0)), 0).state is CellState.NOT_YET


def test_a_class_outside_says_why() -> None:
    outside = ClassProgress("5A", 5, "Khối 5 theo chương trình cũ.", {})
    assert set(states(outside)) == {CellState.OUTSIDE}
    assert spoken(outside, 0).endswith("Khối 5 theo chương trình cũ.")


def actor(*roles: Role, classes: tuple[str, ...] = ()) -> Actor:
    return Actor(1, "a", "A", frozenset(roles), frozenset(classes))


DONE = (30, 30)
BOARD = (
    progress("2A", results=DONE),
    progress("2B", results=DONE, check=DONE),
    progress("2C", results=DONE, check=DONE, submitted=DONE),
    progress("2D", results=DONE, check=DONE, submitted=DONE, approved=DONE, issued=(10, 30)),
    progress("2E", results=(28, 30)),
)


@pytest.mark.parametrize(
    ("who", "titles"),
    [
        (
            actor(Role.ADMIN),
            ["Lớp 2A còn lỗi phải sửa", "Chốt lớp 2B", "Duyệt lớp 2C", "Tạo 20 học bạ của 1 lớp"],
        ),
        (actor(Role.CHECKER), ["Lớp 2A còn lỗi phải sửa", "Duyệt lớp 2C", "Tạo 20 học bạ của 1 lớp"]),
        (actor(Role.HOMEROOM, classes=("2B",)), ["Chốt lớp 2B"]),
        (actor(Role.HOMEROOM, classes=("2E",)), ["Lớp 2E còn 2 học sinh chưa đủ kết quả"]),
        (actor(Role.HOMEROOM, classes=("2D",)), []),
    ],
)
def test_my_work_is_mine(who: Actor, titles: list[str]) -> None:
    found = [line.title for line in todo_list(who, BOARD)]
    assert found[: len(titles)] == titles
    assert len(found) <= 4
    if who.classes:
        assert found == titles


def test_the_board_shows_all_classes_and_enter_opens(qtbot: QtBot, window: MainWindow) -> None:
    workspace = sign_in(qtbot, window, ADMIN)
    page = workspace.page
    assert isinstance(page, OverviewPage)
    model = page.board.board
    assert [item.name for item in model.classes] == ["1A", "2A", "3A", "4A", "5A"]
    assert model.rowCount() == 9
    page.board.setCurrentIndex(model.index(0, 3))
    assert page.cell.title.text() == "Lớp 4A · Nhập kết quả"
    assert page.cell.counts.text().startswith("2/3")
    key(page.board, Qt.Key.Key_Down)
    assert page.cell.title.text() == "Lớp 4A · Kiểm tra"
    key(page.board, Qt.Key.Key_Return)
    rest(qtbot, window)
    assert workspace.screen_id == "checks"
    checks = workspace.page
    assert isinstance(checks, ChecksPage)
    assert checks.classes.key == HOLE_CLASS


def test_the_most_urgent_line_has_the_only_primary_button(qtbot: QtBot, window: MainWindow) -> None:
    workspace = sign_in(qtbot, window, TEACHER)
    page = workspace.page
    primary = [b for b in page.findChildren(QPushButton) if b.isVisible() and b.property("kind") == "primary"]
    assert [button.text() for button in primary] == ["Mở lớp"]
    click(primary[0])
    rest(qtbot, window)
    assert workspace.screen_id == "results"
