"""Bringing workbooks in, as a person does it: choose, see, tick, match, explain, write, undo."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.records.types import Period, Role
from app.ui.pupils.columns import ColumnsDialog
from app.ui.pupils.differences import TICK
from app.ui.pupils.imports import CHOOSE, KNOWN, RESULT, REVIEW, ImportPanel
from app.ui.pupils.matching import MatchDialog
from app.ui.pupils.page import PupilsPage
from app.ui.shell.window import MainWindow
from app.ui.shell.workspace import Workspace
from app.workflows import classes, fields, people
from app.workflows import store as store_verbs
from app.workflows.store import Store
from tests.ui.conftest import OpenWindow, Prepared
from tests.ui.driving import ADMIN, CHECKER, LEADER, PASSWORD, TEACHER, click, key, rest, sign_in


def source(prepared: Prepared, name: str) -> Path:
    return next(path for path in prepared.files if path.name == name)


def edited(prepared: Prepared, target: Path, cells: dict[tuple[int, int], object]) -> Path:
    """Results of 3A with cells changed: (row, column) from 1."""
    book = openpyxl.load_workbook(source(prepared, "ket-qua-3A.xlsx"))
    for (row, column), value in cells.items():
        book.worksheets[0].cell(row=row, column=column).value = value  # type: ignore[assignment]
    book.save(target)
    return target


def opened(qtbot: QtBot, window: MainWindow, login: str = ADMIN) -> tuple[Workspace, PupilsPage]:
    workspace = sign_in(qtbot, window, login)
    workspace.open("pupils", {})
    rest(qtbot, window)
    page = workspace.page
    assert isinstance(page, PupilsPage)
    click(page.start_import)
    rest(qtbot, window)
    return workspace, page


def look(qtbot: QtBot, window: MainWindow, panel: ImportPanel, *paths: Path) -> None:
    panel.look_at(paths)
    rest(qtbot, window)


def score(store: Store, pupil: int = 0) -> int | None:
    actor = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    klass = classes.open_class(store=store, actor=actor, class_name="3A")
    return klass.pupils[pupil].period(Period.CN).subjects["TOAN"].score


def another(old: int | None) -> int:
    return 3 if old != 3 else 4


def in_dialog(kind: type[QDialog], do: Callable[[QDialog], None]) -> None:
    """Do something in the dialog in front."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    try:
        do(dialog)
    finally:
        if dialog.isVisible():
            dialog.reject()


def words(panel: ImportPanel) -> str:
    return panel.write.accessibleName()


def test_choose_look_tick_write_and_undo(
    qtbot: QtBot, window: MainWindow, store: Store, prepared: Prepared, tmp_path: Path
) -> None:
    before = [score(store, n) for n in range(3)]
    cells: dict[tuple[int, int], object] = {(4 + n, 7): another(old) for n, old in enumerate(before)}
    file = edited(prepared, tmp_path / "kq-3A.xlsx", cells)
    _, page = opened(qtbot, window)
    panel = page.imports
    assert (panel.stack.currentIndex(), panel.choose.isVisible(), panel.write.isVisible()) == (
        CHOOSE,
        True,
        False,
    )
    look(qtbot, window, panel, file)
    assert panel.stack.currentIndex() == REVIEW
    assert panel.state.text().startswith("Chưa ghi gì.")
    assert words(panel) == "Ghi 3 thay đổi"
    assert panel.review.counts.values[:2] == (0, 3)
    table = panel.review.table
    key(table, Qt.Key.Key_Space)
    assert words(panel) == "Ghi 2 thay đổi"
    key(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    key(table, Qt.Key.Key_Space)
    assert words(panel) == "Ghi 3 thay đổi"
    key(table, Qt.Key.Key_Space)
    assert not panel.write.isEnabled()
    key(table, Qt.Key.Key_Space)
    box = table.visualRect(table.differences.index(1, TICK))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert words(panel) == "Ghi 2 thay đổi"
    assert [score(store, n) for n in range(3)] == before
    click(panel.write)
    rest(qtbot, window)
    assert panel.stack.currentIndex() == RESULT
    assert panel.state.text().startswith("Đã ghi 2 thay đổi của 2 dòng.")
    assert [score(store, n) for n in range(3)] == [cells[4, 7], before[1], cells[6, 7]]
    click(panel.undo)
    rest(qtbot, window)
    assert panel.state.text().startswith("Đã hoàn tác 1 tệp.")
    assert [score(store, n) for n in range(3)] == before
    assert not panel.undo.isVisible()
    click(panel.cancel)
    rest(qtbot, window)
    assert page.start_import.isVisible()


def test_every_problem_of_every_file_and_the_others_go_on(
    qtbot: QtBot, window: MainWindow, prepared: Prepared, tmp_path: Path
) -> None:
    bad = tmp_path / "hong.xlsx"
    bad.write_bytes(b"not a workbook")
    wrong = edited(prepared, tmp_path / "kq.xlsx", {(4, 7): "8,5"})
    _, page = opened(qtbot, window)
    panel = page.imports
    look(qtbot, window, panel, bad, wrong)
    assert panel.stack.currentIndex() == KNOWN
    assert [row.name for row in panel.known.rows_model.rows] == ["hong.xlsx", "kq.xlsx"]
    assert panel.onward.accessibleName() == "Xem trước 1 tệp"
    click(panel.onward)
    found = panel.table.rows_model.rows
    assert sorted((row.file, row.finding.cell) for row in found) == [("hong.xlsx", ""), ("kq.xlsx", "G4")]
    panel.review.setFocus()
    key(panel.review, Qt.Key.Key_F8)
    key(panel.table, Qt.Key.Key_F8)
    assert panel.table.currentIndex().row() == 1
    panel.files.choose(str(wrong))
    assert [row.file for row in panel.table.rows_model.rows] == ["kq.xlsx"]
    assert words(panel) == "Ghi 0 thay đổi"
    assert panel.write.toolTip() == "Không có thay đổi nào được chọn."
    click(panel.back)
    assert panel.stack.currentIndex() == KNOWN


def test_a_hand_edit_newer_than_the_file_is_unticked_with_its_reason(
    qtbot: QtBot, data: Path, open_window: OpenWindow, prepared: Prepared, tmp_path: Path
) -> None:
    file = edited(prepared, tmp_path / "kq.xlsx", {(4, 7): 3, (5, 7): 4})
    os.utime(file, (1_700_000_000, 1_700_000_000))
    store = store_verbs.open_store(data)
    actor = store_verbs.login(store=store, login=TEACHER, password=PASSWORD)
    pupil = classes.open_class(store=store, actor=actor, class_name="3A").pupils[0].pupil
    fields.set_field(store=store, actor=actor, code=pupil.code, field="TOAN.score", value="2")
    store.close()
    window = open_window(data)
    _, page = opened(qtbot, window)
    panel = page.imports
    look(qtbot, window, panel, file)
    rows = panel.review.table.differences.rows
    assert [row.ticked for row in rows] == [False, True]
    assert "đang giữ 2" in rows[0].reason
    assert words(panel) == "Ghi 1 thay đổi"
    key(panel.review.table, Qt.Key.Key_Space)
    assert words(panel) == "Ghi 2 thay đổi"


def test_a_row_is_matched_by_a_person_and_never_by_name_alone(
    qtbot: QtBot, window: MainWindow, store: Store, prepared: Prepared, tmp_path: Path
) -> None:
    value = another(score(store))
    file = edited(prepared, tmp_path / "kq.xlsx", {(4, 3): "9999999999", (4, 5): "01/01/2016", (4, 7): value})
    _, page = opened(qtbot, window)
    panel = page.imports
    look(qtbot, window, panel, file)
    assert words(panel) == "Ghi 0 thay đổi"
    (row,) = panel.table.rows_model.rows
    assert row.action == "Ghép…"

    def match(dialog: QDialog) -> None:
        assert isinstance(dialog, MatchDialog)
        assert not dialog.add.isVisible()
        assert dialog.table.rows_model.rows[0].name == row.finding.pupil
        click(dialog.match)

    key(panel.table, Qt.Key.Key_Return)
    in_dialog(MatchDialog, match)
    rest(qtbot, window)
    assert panel.table.rows_model.rows == ()
    assert words(panel) == "Ghi 1 thay đổi"
    click(panel.write)
    rest(qtbot, window)
    assert score(store) == value


def test_a_row_is_left_out(qtbot: QtBot, window: MainWindow, prepared: Prepared, tmp_path: Path) -> None:
    file = edited(prepared, tmp_path / "kq.xlsx", {(4, 3): "9999999999", (4, 5): "01/01/2016"})
    _, page = opened(qtbot, window)
    look(qtbot, window, page.imports, file)

    def ignore(dialog: QDialog) -> None:
        assert isinstance(dialog, MatchDialog)
        click(dialog.ignore)

    key(page.imports.table, Qt.Key.Key_Return)
    in_dialog(MatchDialog, ignore)
    rest(qtbot, window)
    assert page.imports.table.rows_model.rows == ()


def test_columns_are_explained_in_the_window(
    qtbot: QtBot, window: MainWindow, prepared: Prepared, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Cháu tên gì", "Sinh", "Nhận xét thêm"])
    for entry in prepared.made.classes[2].pupils:
        assert entry.pupil.birth_date is not None
        sheet.append([entry.pupil.name, f"{entry.pupil.birth_date:%d/%m/%Y}", "Đọc to, rõ ràng."])
    file = tmp_path / "so-tay.xlsx"
    book.save(file)
    _, page = opened(qtbot, window, TEACHER)
    panel = page.imports
    look(qtbot, window, panel, file)
    assert panel.stack.currentIndex() == KNOWN
    assert not panel.onward.isEnabled()

    def explain(dialog: QDialog) -> None:
        assert isinstance(dialog, ColumnsDialog)
        for column, field in ((0, "name"), (1, "birth_date"), (2, "TV.comment")):
            box = dialog.boxes[column]
            box.setCurrentIndex(box.findData(field))
        click(dialog.keep)

    key(panel.known, Qt.Key.Key_Return)
    in_dialog(ColumnsDialog, explain)
    rest(qtbot, window)
    assert panel.known.rows_model.rows[0].file.rows_read == 3
    panel.klass.choose("3A")
    rest(qtbot, window)
    click(panel.onward)
    assert words(panel) == "Ghi 3 thay đổi"


def test_a_wrong_period_is_refused_with_its_proof(
    qtbot: QtBot, window: MainWindow, prepared: Prepared
) -> None:
    _, page = opened(qtbot, window)
    panel = page.imports
    panel.period.choose(Period.GK1.value)
    look(qtbot, window, panel, source(prepared, "ket-qua-3A.xlsx"))
    assert panel.stack.currentIndex() == KNOWN
    (row,) = panel.known.rows_model.rows
    assert row.file.refused
    assert "cuối năm học" in row.words
    panel.period.choose("")
    rest(qtbot, window)
    assert not panel.known.rows_model.rows[0].file.refused


def test_files_are_dropped(qtbot: QtBot, window: MainWindow, prepared: Prepared) -> None:
    _, page = opened(qtbot, window)
    panel = page.imports
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(source(prepared, f"ket-qua-{name}.xlsx"))) for name in ("3A", "4A")])
    event = QDropEvent(
        QPointF(QPoint(200, 200)),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    panel.dropEvent(event)
    rest(qtbot, window)
    assert len(panel.files.keys) == 3
    assert panel.review.nothing.isVisible()


def test_the_last_import_is_undone_after_a_restart(
    qtbot: QtBot, data: Path, open_window: OpenWindow, prepared: Prepared, tmp_path: Path
) -> None:
    store = store_verbs.open_store(data)
    before = score(store)
    store.close()
    file = edited(prepared, tmp_path / "kq.xlsx", {(4, 7): another(before)})
    window = open_window(data)
    _, page = opened(qtbot, window)
    look(qtbot, window, page.imports, file)
    click(page.imports.write)
    rest(qtbot, window)
    window.close()
    again = open_window(data)
    _, page = opened(qtbot, again)
    qtbot.waitUntil(page.imports.last.isVisible)
    click(page.imports.last)
    rest(qtbot, again)
    store = store_verbs.open_store(data)
    assert score(store) == before
    store.close()


@pytest.mark.parametrize(
    ("login", "may"), [(ADMIN, True), (TEACHER, True), (CHECKER, False), (LEADER, False)]
)
def test_who_may_import(qtbot: QtBot, window: MainWindow, login: str, may: bool) -> None:
    workspace = sign_in(qtbot, window, login)
    workspace.open("pupils", {})
    rest(qtbot, window)
    page = workspace.page
    assert isinstance(page, PupilsPage)
    assert page.start_import.isVisible() == may


def test_a_clerk_brings_lists_in_and_no_results(
    qtbot: QtBot, data: Path, open_window: OpenWindow, prepared: Prepared
) -> None:
    store = store_verbs.open_store(data)
    actor = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    people.add_account(
        store=store,
        actor=actor,
        login="vanthu",
        name="Kim Thị Sa",
        roles=(Role.CLERK,),
        classes=(),
        subjects=(),
        password=PASSWORD,
    )
    store.close()
    window = open_window(data)
    _, page = opened(qtbot, window, "vanthu")
    look(qtbot, window, page.imports, prepared.files[0], source(prepared, "ket-qua-3A.xlsx"))
    assert [row.file.refused for row in page.imports.known.rows_model.rows] == [False, True]
