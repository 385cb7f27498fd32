"""Thiết lập, Năm học: the list, the plan of the roll-over, doing it, and taking it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models import classes as class_rows
from app.models import results as result_rows
from app.ui.screens import SETTINGS
from app.ui.settings.page import YEARS, SettingsPage, sections_for
from app.ui.settings.years import YearsPanel
from app.ui.settings.years_wizard import EXCEPTIONS, NOW, looked_first
from app.ui.shell.window import MainWindow
from app.workflows import store as store_verbs
from app.workflows import years
from app.workflows.years import Move
from tests.ui.driving import ADMIN, CHECKER, LEADER, PASSWORD, TEACHER, click, key, rest, sign_in

OLD, NEW = "2023-2024", "2024-2025"


@pytest.fixture
def panel(qtbot: QtBot, window: MainWindow) -> YearsPanel:
    workspace = sign_in(qtbot, window, ADMIN)
    workspace.open(SETTINGS, {"section": YEARS})
    rest(qtbot, window)
    page = workspace.page
    assert isinstance(page, SettingsPage)
    found = page.panel
    assert isinstance(found, YearsPanel)
    return found


def names(panel: YearsPanel) -> list[str]:
    return [one.name for one in panel.years.rows_model.rows]


def open_plan(qtbot: QtBot, window: MainWindow, panel: YearsPanel) -> None:
    click(panel.roll)
    rest(qtbot, window)
    assert panel.planning


def roll(qtbot: QtBot, window: MainWindow, panel: YearsPanel) -> None:
    open_plan(qtbot, window, panel)
    click(panel.wizard.start)
    qtbot.waitUntil(lambda: not panel.planning)
    rest(qtbot, window)


def test_the_plan_is_shown_before_anything_is_written(
    qtbot: QtBot, window: MainWindow, panel: YearsPanel
) -> None:
    assert names(panel) == [OLD]
    open_plan(qtbot, window, panel)
    wizard = panel.wizard
    assert wizard.counts.text().startswith("Từ 2023–2024 sang 2024–2025: 15 học sinh = ")
    assert wizard.start.accessibleName() == "Chuyển 12 học sinh"
    assert wizard.classes.keys == (EXCEPTIONS, "1A", "2A", "3A", "4A", "5A")
    assert {row.class_name for row in wizard.table.rows_model.rows} == {"5A"}
    wizard.classes.choose("1A")
    assert {(row.class_name, row.target) for row in wizard.table.rows_model.rows} == {("1A", "2A")}
    click(wizard.back)
    rest(qtbot, window)
    assert names(panel) == [OLD]


def test_rolling_over_and_taking_it_back(qtbot: QtBot, window: MainWindow, panel: YearsPanel) -> None:
    roll(qtbot, window, panel)
    assert names(panel) == [NEW, OLD]
    assert "Đã chuyển 12 học sinh sang năm học 2024–2025, tạo 4 lớp" in panel.banner.text
    assert panel.last.text().startswith("Chuyển 12 học sinh sang năm học 2024-2025, lúc ")
    click(panel.undo)
    qtbot.waitUntil(lambda: "Đã hoàn tác" in panel.banner.text)
    rest(qtbot, window)
    assert names(panel) == [OLD]
    assert not panel.undo.isVisible()


def test_one_pupil_is_sent_elsewhere_by_the_keys(
    qtbot: QtBot, window: MainWindow, panel: YearsPanel, data: Path
) -> None:
    open_plan(qtbot, window, panel)
    wizard = panel.wizard
    assert wizard.classes.hasFocus()
    key(wizard.classes, Qt.Key.Key_Down)
    assert wizard.classes.key == "1A"
    key(wizard.table, Qt.Key.Key_Return)
    assert wizard.target.hasFocus()
    pupil = wizard.table.row
    assert pupil is not None
    wizard.target.choose("stays:1A")
    rest(qtbot, window)
    chosen = wizard.table.row
    assert chosen is not None
    assert (chosen.key, chosen.move, chosen.chosen) == (pupil.key, Move.STAYS, True)
    assert "1 ở lại" in wizard.counts.text()
    wizard.after.choose(NOW)
    click(wizard.start)
    qtbot.waitUntil(lambda: not panel.planning)
    rest(qtbot, window)
    with store_verbs.open_store(data) as store:
        admin = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
        assert years.list_years(store=store, actor=admin)[0].active
        with store.reading() as session:
            (again,) = class_rows.load_class(session, NEW, "1A").pupils
    assert again.pupil.name == pupil.name


def test_a_new_year_is_told_and_whoever_comes_next_works_in_it(
    qtbot: QtBot, window: MainWindow, panel: YearsPanel
) -> None:
    before = window.workspace
    assert before is not None
    open_plan(qtbot, window, panel)
    panel.wizard.after.choose(NOW)
    click(panel.wizard.start)
    qtbot.waitUntil(lambda: not panel.planning)
    rest(qtbot, window)
    assert before.top_bar.mark.isVisible()
    assert before.top_bar.mark.text() == "Nhà trường nay làm việc ở năm học 2024–2025"
    click(before.top_bar.change)
    rest(qtbot, window)
    after = sign_in(qtbot, window, ADMIN)
    assert after is not before
    assert after.desk.school.year == NEW
    assert after.top_bar.year.value == NEW
    assert not after.top_bar.mark.isVisible()


def test_what_was_entered_since_stands_in_the_way_of_the_undo(
    qtbot: QtBot, window: MainWindow, panel: YearsPanel, data: Path
) -> None:
    roll(qtbot, window, panel)
    with store_verbs.open_store(data) as store, store.transaction() as session:
        class_rows.save_pupil(session, year=NEW, class_name="2A", fields={"name": "Lê Thị Mới"}, actor="thu")
    panel.load({})
    rest(qtbot, window)
    assert not panel.undo.isEnabled()
    assert "1 học sinh thêm vào lớp" in panel.undo.toolTip()
    assert panel.hint.text() == panel.undo.toolTip()


def test_a_plan_that_grew_old_is_made_again(
    qtbot: QtBot, window: MainWindow, panel: YearsPanel, data: Path
) -> None:
    open_plan(qtbot, window, panel)
    with store_verbs.open_store(data) as store, store.transaction() as session:
        first = class_rows.load_class(session, OLD, "1A").pupils[0].key
        result_rows.set_outcome(session, first, "promoted", False, "thu")
    click(panel.wizard.start)
    qtbot.waitUntil(lambda: "vừa thay đổi" in panel.banner.text)
    rest(qtbot, window)
    assert "1 ở lại" in panel.wizard.counts.text()
    assert panel.wizard.start.isEnabled()
    assert not (data / "backups").exists() or names(panel) == [OLD]


def test_the_school_works_in_another_year_and_goes_back(
    qtbot: QtBot, window: MainWindow, panel: YearsPanel
) -> None:
    roll(qtbot, window, panel)
    assert not panel.use.isEnabled()
    panel.years.selectRow(0)
    click(panel.use)
    qtbot.waitUntil(lambda: "2024–2025" in panel.banner.text)
    rest(qtbot, window)
    assert [one.active for one in panel.years.rows_model.rows] == [True, False]
    click(panel.banner.action)
    rest(qtbot, window)
    assert [one.active for one in panel.years.rows_model.rows] == [False, True]


@pytest.mark.parametrize("login", [CHECKER, LEADER, TEACHER])
def test_only_the_administrator_has_the_section(qtbot: QtBot, window: MainWindow, login: str) -> None:
    workspace = sign_in(qtbot, window, login)
    assert YEARS not in [one.id for one in sections_for(workspace.desk.actor)]


def test_the_undecided_come_first_and_the_assumed_last(
    qtbot: QtBot, window: MainWindow, panel: YearsPanel, data: Path
) -> None:
    with store_verbs.open_store(data) as store, store.transaction() as session:
        first = class_rows.load_class(session, OLD, "3A").pupils[0].key
        result_rows.set_outcome(session, first, "promoted", None, "thu")
    open_plan(qtbot, window, panel)
    rows = looked_first(panel.wizard.table.rows_model.rows)
    assert (rows[0].key, rows[0].move) == (first, Move.OPEN)
    assert rows[-1].assumed
    assert panel.wizard.sentence.text().endswith("hoặc chọn ở đây.")
