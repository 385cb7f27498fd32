"""The board: what each cell says, my work, and the keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.models.moves import StageMove
from app.models.values import RemarkRecord
from app.records.calendar import Milestone
from app.records.permissions import Actor
from app.records.types import Period, Role, SigningRole, Stage
from app.ui.checks.page import ChecksPage
from app.ui.overview.cells import STAGES, CellState, cell_of, spoken
from app.ui.overview.milestones import days, tell
from app.ui.overview.page import OverviewPage
from app.ui.overview.panels import cell_words, screen_for
from app.ui.overview.todo import todo_list
from app.ui.shell.window import MainWindow
from app.ui.widgets.elided import Elided
from app.workflows import remarks
from app.workflows import store as store_verbs
from app.workflows.badges import Waiting
from app.workflows.classes import ClassProgress
from app.workflows.overview import Deadline, Expiring
from app.workflows.remarks import NewRemark
from app.workflows.store import Store
from tests.ui.driving import ADMIN, CHECKER, HOLE_CLASS, PASSWORD, TEACHER, click, key, rest, sign_in

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


# --- milestones ---------------------------------------------------------------------------------------------


def deadline(done: int, total: int, *left: str, code: str = "checking") -> Deadline:
    begins = date(2024, 6, 3)
    return Deadline(Milestone(code, "Kiểm tra", begins, date(2024, 6, 15)), done, total, left)


@pytest.mark.parametrize(
    ("item", "today", "status", "line", "tone", "now"),
    [
        (deadline(22, 22), date(2024, 6, 20), "", "3–15/6 · đã xong", "ok", False),
        (deadline(21, 22, "4A"), date(2024, 6, 20), "trễ 4A", "3–15/6 · 21/22 lớp", "err", False),
        (deadline(17, 22, *"ABCDE"), date(2024, 6, 20), "trễ 5 lớp", "3–15/6 · 17/22 lớp", "err", False),
        (
            deadline(17, 22, "4A"),
            date(2024, 6, 12),
            "hôm nay",
            "3–15/6 · 17/22 lớp · còn 3 ngày",
            "primary",
            True,
        ),
        (deadline(0, 22, "4A"), date(2024, 5, 2), "", "3–15/6 · chưa đến hạn", "hint", False),
        (deadline(2, 22, "4A"), date(2024, 5, 2), "", "3–15/6 · 2/22 lớp", "hint", False),
        (deadline(0, 0), date(2024, 6, 20), "", "3–15/6 · đã qua", "hint", False),
        (
            deadline(232, 688, "2B", code="signing"),
            date(2024, 6, 15),
            "hôm nay",
            "3–15/6 · 232/688 học bạ",
            "primary",
            True,
        ),
    ],
)
def test_a_milestone_in_words(
    item: Deadline, today: date, status: str, line: str, tone: str, now: bool
) -> None:
    told = tell(item, today, {"4A": "Lâm Thị Sáu"})
    assert (told.status, told.line, told.tone, told.now) == (status, line, tone, now)
    if status == "trễ 4A":
        assert told.tip.endswith("Chưa xong: 4A (Lâm Thị Sáu)")


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        (date(2024, 5, 20), date(2024, 5, 24), "20–24/5"),
        (date(2024, 5, 28), date(2024, 6, 3), "28/5–3/6"),
        (None, date(2024, 6, 20), "20/6"),
    ],
)
def test_days_of_a_milestone(begins: date | None, ends: date, words: str) -> None:
    assert days(begins, ends) == words


# --- what came back -----------------------------------------------------------------------------------------

BACK = replace(
    progress("2A", results=DONE, check=DONE),
    remarks=2,
    teacher="Lâm Thị Sáu",
    move=StageMove(
        Stage.SUBMITTED, Stage.OPEN, "b", "Sơn Thị Hoa", datetime(2024, 6, 12, 8, 5, tzinfo=UTC), "Xem lại"
    ),
)


def test_a_class_that_came_back_says_so_with_its_number() -> None:
    cell = cell_of(BACK, 1)
    assert (cell.state, cell.count) == (CellState.RETURNED, 2)
    assert spoken(BACK, 1) == "Lớp 2A, Kiểm tra, 30 trên 30, bị trả lại, 2 nhắc nhở"
    assert cell_words(BACK, 1) == (
        "Còn 2 nhắc nhở. Trả lại lúc 08:05 ngày 12/06/2024, Sơn Thị Hoa. "
        "Lý do: Xem lại. GVCN sửa, trả lời nhắc nhở rồi chốt lại."
    )
    again = replace(BACK, counts={**BACK.counts, "submitted": DONE}, move=None)
    assert cell_of(again, 1).state is CellState.DONE


def test_errors_are_counted_in_the_cell() -> None:
    wrong = replace(progress("2A", results=DONE), errors=2)
    assert cell_of(wrong, 1).count == 2
    assert spoken(wrong, 1).endswith("có lỗi phải sửa, 2 lỗi")


# --- my work ------------------------------------------------------------------------------------------------

NOTHING = Waiting({}, (), (), (), {}, {}, 0, 0)
REMARK = RemarkRecord(
    1,
    "2B",
    Period.CN,
    7,
    "1",
    "Em Một",
    "TV",
    "Viết hoa",
    "b",
    datetime(2024, 6, 12, tzinfo=UTC),
    "",
    "",
    None,
)


@pytest.mark.parametrize(
    ("waiting", "title", "screen"),
    [
        (replace(NOTHING, remarks=(REMARK,)), "Lớp 2B có 1 nhắc nhở của Tổ công tác chờ trả lời", "results"),
        (replace(NOTHING, errors={"2A": 2, "2B": 1}), "2 lớp còn lỗi phải sửa", "checks"),
        (replace(NOTHING, rejected=3), "3 học bạ bị kho nhận từ chối", "delivery"),
        (
            replace(NOTHING, to_sign={SigningRole.LEADER: {"2B": 18, "2C": 30}}),
            "Ký duyệt 48 học bạ của 2 lớp",
            "signing",
        ),
        (replace(NOTHING, to_sign={SigningRole.SEAL: {"2B": 18}}), "Đóng dấu 18 học bạ của 1 lớp", "signing"),
        (replace(NOTHING, to_send=118), "118 học bạ chờ gửi", "delivery"),
    ],
)
def test_what_waits_opens_its_screen(waiting: Waiting, title: str, screen: str) -> None:
    (line,) = todo_list(actor(Role.LEADER), (), waiting)
    assert (line.title, line.screen) == (title, screen)


def test_a_certificate_that_ends_soon_comes_before_daily_work() -> None:
    soon = Expiring(SigningRole.LEADER, date(2024, 7, 13), 26)
    later = Expiring(SigningRole.SEAL, date(2024, 9, 13), 80)
    gone = Expiring(SigningRole.LEADER, date(2024, 6, 1), -3)
    titles = [line.title for line in todo_list(actor(Role.CHECKER), BOARD, NOTHING, (gone, soon, later))]
    assert titles == [
        "Chứng thư số của tôi đã hết hạn",
        "Chứng thư số của tôi hết hạn sau 26 ngày",
        "Duyệt lớp 2C",
        "Tạo 20 học bạ của 1 lớp",
    ]
    (only,) = todo_list(actor(Role.CLERK), (), NOTHING, (later,))
    assert only.title == "Chứng thư số của nhà trường hết hạn sau 80 ngày"


@pytest.mark.parametrize(
    ("stage", "screens", "wanted"),
    [
        ("leader", ("signing", "transcripts"), "signing"),
        ("leader", ("transcripts",), "transcripts"),
        ("sent", ("delivery",), "delivery"),
        ("sent", (), "results"),
        ("results", ("results", "transcripts"), "results"),
    ],
)
def test_a_stage_opens_a_screen_that_the_person_has(
    stage: str, screens: tuple[str, ...], wanted: str
) -> None:
    assert screen_for(stage, screens) == wanted


# --- the window ---------------------------------------------------------------------------------------------


def overview_of(qtbot: QtBot, window: MainWindow, login: str) -> OverviewPage:
    page = sign_in(qtbot, window, login).page
    assert isinstance(page, OverviewPage)
    return page


def test_space_pins_the_detail(qtbot: QtBot, window: MainWindow) -> None:
    page = overview_of(qtbot, window, ADMIN)
    page.board.setCurrentIndex(page.board.board.index(0, 3))
    key(page.board, Qt.Key.Key_Space)
    key(page.board, Qt.Key.Key_Left)
    assert page.cell.title.text() == "Lớp 4A · Nhập kết quả"
    assert page.cell.mark.text().startswith("đã ghim")
    page.load({})
    rest(qtbot, window)
    assert page.cell.title.text() == "Lớp 4A · Nhập kết quả"
    key(page.board, Qt.Key.Key_Space)
    assert page.cell.title.text() == "Lớp 3A · Nhập kết quả"
    assert page.cell.mark.text() == "ô đang chọn"


def test_five_milestones_stand_over_the_board(qtbot: QtBot, window: MainWindow) -> None:
    page = overview_of(qtbot, window, CHECKER)
    told = [box.told for box in page.milestones.boxes]
    assert len(told) == 5
    assert all(item is not None and item.tip for item in told)
    assert told[0] is not None
    assert told[0].name == "Nhập kết quả"
    assert "3/4 lớp" in told[0].line
    assert all(box.accessibleName() for box in page.milestones.boxes)


def test_all_nine_stages_and_twenty_seven_classes_fit(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1366, 698)
    page = overview_of(qtbot, window, ADMIN)
    names = [f"{grade}{letter}" for grade in range(1, 6) for letter in "ABCDEF"][:27]
    page.board.show_board([progress(name, results=DONE) for name in names])
    qtbot.wait(50)
    assert page.board.verticalScrollBar().maximum() == 0
    assert page.board.horizontalScrollBar().maximum() == 0


def test_the_board_is_printed_on_one_page(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = overview_of(qtbot, window, CHECKER)
    page.board.setFocus()
    key(page.board, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = page.findChild(QPrintDialog)
    assert dialog is not None
    dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    dialog.printer().setOutputFileName(str(tmp_path / "bang.pdf"))
    QDialog.accept(dialog)  # its own accept takes the file name from its field
    qtbot.waitUntil(lambda: "Đã gửi 1 trang đến máy in." in page.banner.text, timeout=60_000)
    rest(qtbot, window)
    document = QPdfDocument()
    document.load(str(tmp_path / "bang.pdf"))
    assert document.pageCount() == 1
    size = document.pagePointSize(0)
    assert size.width() > size.height()


def test_the_teacher_is_told_of_the_remark_and_the_badge_agrees(
    qtbot: QtBot, window: MainWindow, store: Store
) -> None:
    admin = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    remarks.suggest(
        store=store, actor=admin, class_name="3A", remarks=[NewRemark("", "", "Xem lại số ngày nghỉ")]
    )
    workspace = sign_in(qtbot, window, TEACHER)
    page = workspace.page
    assert isinstance(page, OverviewPage)
    titles = [label.text() for label in page.todo.findChildren(Elided)]
    assert titles[0] == "Lớp 3A có 1 nhắc nhở của Tổ công tác chờ trả lời"
    qtbot.waitUntil(lambda: workspace.nav.buttons["results"].badge is not None, timeout=5000)
    badge = workspace.nav.buttons["results"].badge
    assert badge is not None
    assert (badge.count, badge.tone) == (1, "warn")
