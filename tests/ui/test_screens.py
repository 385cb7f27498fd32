"""The working screens, carried by keys and clicks on real data: import, results, checks."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.records.types import Period, Severity, Stage
from app.ui.checks.page import ChecksPage
from app.ui.pupils.page import ALL, PupilsPage
from app.ui.results.page import ResultsPage
from app.ui.results.sheet import State, Tab
from app.ui.shell.window import MainWindow
from app.ui.shell.workspace import Workspace
from app.ui.widgets.page import Page
from app.ui.widgets.reason import ReasonDialog
from app.workflows import classes, gate
from app.workflows import store as store_verbs
from app.workflows.store import Store
from tests.ui.conftest import Prepared
from tests.ui.driving import (
    ADMIN,
    CHECKER,
    HOLE_CLASS,
    PASSWORD,
    TEACHER,
    click,
    key,
    rest,
    sign_in,
    write,
)

P = TypeVar("P", bound=Page)


def show(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, screen: str, kind: type[P], **where: str
) -> P:
    workspace.open(screen, where)
    rest(qtbot, window)
    page = workspace.page
    assert isinstance(page, kind)
    return page


# --- classes and pupils -------------------------------------------------------------------------------------


def test_pupils_of_a_class_and_search_without_diacritics(
    qtbot: QtBot, window: MainWindow, prepared: Prepared
) -> None:
    workspace = sign_in(qtbot, window, ADMIN)
    page = show(qtbot, window, workspace, "pupils", PupilsPage, **{"class": "3A"})
    names = [row.pupil.pupil.name for row in page.table.rows_model.rows]
    assert names == [entry.pupil.name for entry in prepared.made.classes[2].pupils]
    page.classes.choose(ALL)
    rest(qtbot, window)
    assert len(page.table.rows_model.rows) == 15
    wanted = prepared.made.classes[0].pupils[0].pupil
    write(workspace.top_bar.field, wanted.code)
    key(workspace.top_bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(workspace.search.panel.isVisible)
    key(workspace.top_bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(page.pupil.isVisible)
    assert page.pupil.name.text() == wanted.name


def test_a_teacher_sees_only_the_own_class(qtbot: QtBot, window: MainWindow) -> None:
    workspace = sign_in(qtbot, window, TEACHER)
    page = show(qtbot, window, workspace, "pupils", PupilsPage)
    assert page.classes.keys == (ALL, "3A")


# --- results ------------------------------------------------------------------------------------------------


def test_a_class_opens_as_a_grid_with_names_in_sight(
    qtbot: QtBot, window: MainWindow, prepared: Prepared
) -> None:
    workspace = sign_in(qtbot, window, ADMIN)
    page = show(qtbot, window, workspace, "results", ResultsPage, **{"class": HOLE_CLASS})
    made = prepared.made.classes[3]
    model = page.grid.model
    assert [model.index(row, 1).data() for row in range(3)] == [entry.pupil.name for entry in made.pupils]
    level = made.pupils[1].results[Period.CN].subjects["TV"].level
    assert model.index(1, 3).data() == level
    assert page.note.text() == f"{3 * (19 + 15) - 1}/{3 * (19 + 15)} ô"
    assert page.errors.word == "1 lỗi"
    assert not page.submit.isEnabled()
    assert "Còn 1 lỗi" in page.submit.toolTip()


def test_f8_goes_to_the_hole_and_the_pane_shows_the_comment(
    qtbot: QtBot, window: MainWindow, prepared: Prepared
) -> None:
    workspace = sign_in(qtbot, window, ADMIN)
    page = show(qtbot, window, workspace, "results", ResultsPage, **{"class": HOLE_CLASS})
    key(page, Qt.Key.Key_F8)
    now = page.grid.view.currentIndex()
    found = page.grid.model.cell(now.row(), now.column())
    assert found is not None
    spec, cell = found
    assert (now.row(), spec.code, spec.part, cell.state) == (0, "TOAN", "score", State.HOLE)
    first = prepared.made.classes[3].pupils[0]
    assert page.pane.name.text() == first.pupil.name
    assert page.pane.text.toPlainText() == first.results[Period.CN].subjects["TOAN"].comment


def test_tabs_and_classes_change_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    workspace = sign_in(qtbot, window, ADMIN)
    page = show(qtbot, window, workspace, "results", ResultsPage, **{"class": "1A"})
    key(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.tab is Tab.TRAITS
    key(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    rest(qtbot, window)
    assert page.class_picker.value == "2A"
    page.period_picker.choose("CK1")
    rest(qtbot, window)
    assert page.grid.model.sheet.holes != ()
    assert page.note.text().startswith("0/")


def test_grade_5_says_why_there_is_nothing(qtbot: QtBot, window: MainWindow) -> None:
    workspace = sign_in(qtbot, window, ADMIN)
    page = show(qtbot, window, workspace, "results", ResultsPage, **{"class": "5A"})
    assert page.empty.isVisible()
    assert "Khối 5 năm học 2023-2024" in page.empty.words.text()
    assert not page.content.isVisible()


def test_nothing_in_the_grid_can_be_edited(qtbot: QtBot, window: MainWindow) -> None:
    workspace = sign_in(qtbot, window, ADMIN)
    page = show(qtbot, window, workspace, "results", ResultsPage, **{"class": "1A"})
    before = page.grid.model.sheet
    page.grid.view.setFocus()
    for code in (Qt.Key.Key_C, Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_7):
        key(page.grid.view, code)
    assert page.grid.model.sheet is before
    assert page.pane.text.isReadOnly()


def test_the_teacher_closes_the_own_class(qtbot: QtBot, window: MainWindow) -> None:
    workspace = sign_in(qtbot, window, TEACHER)
    page = show(qtbot, window, workspace, "results", ResultsPage)
    assert page.stage.word == "Đang nhập"
    click(page.submit)
    qtbot.waitUntil(lambda: page.stage.word == "Đã chốt", timeout=20_000)
    assert "Đã chốt lớp" in page.banner.text
    assert not page.submit.isEnabled()
    assert window.strip.saved.text().strip().startswith("Đã lưu")


# --- checks -------------------------------------------------------------------------------------------------


def _submit(store: Store, name: str) -> None:
    actor = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    gate.submit(store=store, actor=actor, class_name=name)


def test_findings_lead_to_their_cell(qtbot: QtBot, window: MainWindow) -> None:
    workspace = sign_in(qtbot, window, CHECKER)
    page = show(qtbot, window, workspace, "checks", ChecksPage)
    rows = page.table.rows_model.rows
    assert rows[0].severity is Severity.ERROR
    assert rows[0].rule == "score.missing"
    assert rows[0].message in page.sentence.text()
    key(page.table, Qt.Key.Key_Return)
    rest(qtbot, window)
    results = workspace.page
    assert isinstance(results, ResultsPage)
    assert results.class_picker.value == HOLE_CLASS
    now = results.grid.view.currentIndex()
    found = results.grid.model.cell(now.row(), now.column())
    assert found is not None
    assert found[0].code == "TOAN"


def test_filters_hide_a_severity(qtbot: QtBot, window: MainWindow) -> None:
    workspace = sign_in(qtbot, window, CHECKER)
    page = show(qtbot, window, workspace, "checks", ChecksPage)
    click(page.filters[Severity.ERROR])
    assert all(row.severity is not Severity.ERROR for row in page.table.rows_model.rows)


def test_approve_and_return_with_a_reason(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    _submit(store, "3A")
    workspace = sign_in(qtbot, window, CHECKER)
    page = show(qtbot, window, workspace, "checks", ChecksPage, **{"class": "1A"})
    assert not page.approve.isEnabled()
    assert page.approve.toolTip() != ""
    page.classes.choose("3A")
    assert page.approve.text().strip() == "Duyệt lớp 3A"
    click(page.approve)
    qtbot.waitUntil(lambda: "Đã duyệt lớp 3A" in page.banner.text, timeout=20_000)
    rest(qtbot, window)
    assert _stage(store) is Stage.APPROVED
    _return(qtbot, window, page)
    assert _stage(store) is Stage.OPEN


def test_a_submitted_class_goes_back_to_its_teacher(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    _submit(store, "3A")
    workspace = sign_in(qtbot, window, CHECKER)
    page = show(qtbot, window, workspace, "checks", ChecksPage, **{"class": "3A"})
    _return(qtbot, window, page)
    assert _stage(store) is Stage.OPEN


def _return(qtbot: QtBot, window: MainWindow, page: ChecksPage) -> None:
    click(page.back)
    dialog = page.findChild(ReasonDialog)
    assert dialog is not None
    assert not dialog.act.isEnabled()
    write(dialog.field, "Sai mon Toan")
    click(dialog.act)
    qtbot.waitUntil(lambda: "Đã trả lại lớp 3A" in page.banner.text, timeout=20_000)
    rest(qtbot, window)


def _stage(store: Store) -> Stage:
    actor = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    return classes.open_class(store=store, actor=actor, class_name="3A").stages[Period.CN]


def test_a_teacher_cannot_approve(qtbot: QtBot, window: MainWindow) -> None:
    workspace = sign_in(qtbot, window, TEACHER)
    page = show(qtbot, window, workspace, "checks", ChecksPage)
    assert not page.approve.isVisible()
    assert not page.back.isVisible()
