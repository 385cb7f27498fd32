"""Khen thưởng and Đánh giá trong hè beside the findings: lists, values, approval, the decision."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.records.types import SummerStage
from app.ui.checks.decision import DecisionDialog
from app.ui.shell.window import MainWindow
from app.workflows import classes, gate, remarks, summer, summer_values
from app.workflows.remarks import NewRemark
from app.workflows.store import Store
from tests.ui.checking import actor, code_of, dialog_of, open_page, spoil
from tests.ui.conftest import Prepared
from tests.ui.driving import (
    CHECKER,
    LEADER,
    TEACHER,
    click,
    key,
    rest,
    write,
)

CLASS = "3A"


# --- titles and the summer ----------------------------------------------------------------------------------


def test_titles_are_listed_in_class_order_and_lead_to_the_pupil(
    qtbot: QtBot, window: MainWindow, prepared: Prepared
) -> None:
    workspace, page = open_page(qtbot, window, CHECKER)
    page.tabs.setCurrentIndex(1)
    rest(qtbot, window)
    assert not page.approve.isVisible()
    panel = page.awards
    rows = panel.table.rows_model.rows
    assert rows
    order = [c.name for c in prepared.made.classes]
    assert [r.class_name for r in rows] == sorted((r.class_name for r in rows), key=order.index)
    panel.classes.choose(CLASS)
    rows = panel.table.rows_model.rows
    names = [e.pupil.name for e in next(c for c in prepared.made.classes if c.name == CLASS).pupils]
    assert [r.entry.pupil.name for r in rows] == [n for n in names if n in {r.entry.pupil.name for r in rows}]
    key(panel.table, Qt.Key.Key_Return)
    rest(qtbot, window)
    assert workspace.screen_id == "results"


@pytest.fixture
def weak(store: Store, prepared: Prepared) -> str:
    """The code of a pupil of the approved class 3A who has not completed the grade."""
    for field, value in (
        ("TV.level", "C"),
        ("TV.score", "3"),
        *((name, "") for name in ("confirmed", "completed", "promoted", "award", "decision")),
    ):
        spoil(store, prepared, CLASS, field, value)
    gate.submit(store=store, actor=actor(store), class_name=CLASS)
    gate.approve(store=store, actor=actor(store, CHECKER), class_name=CLASS)
    return code_of(prepared, CLASS)


def summer_stage(store: Store, code: str) -> SummerStage | None:
    _, entry = classes.find(store=store, actor=actor(store), code=code)
    return entry.supplementary.stage if entry.supplementary else None


def test_the_summer_from_the_list_to_approval(
    qtbot: QtBot, window: MainWindow, store: Store, weak: str
) -> None:
    _, page = open_page(qtbot, window, TEACHER, tab="summer")
    panel = page.summer
    assert page.tabs.currentIndex() == 2
    assert [row.case.entry.pupil.code for row in panel.table.rows_model.rows] == [weak]
    click(panel.add)
    qtbot.waitUntil(lambda: "TV.level" in panel.fields, timeout=20_000)
    rest(qtbot, window)
    assert not panel.submit.isEnabled()
    for cell, value in (("date", "20/07/2024"), ("TV.level", "H"), ("TV.score", "6")):
        panel.fields[cell].clear()
        write(panel.fields[cell], value)
        key(panel.fields[cell], Qt.Key.Key_Return)
        rest(qtbot, window)
    assert panel.fields["TV.score"].text() == "6"
    click(panel.submit)
    rest(qtbot, window)
    assert summer_stage(store, weak) is SummerStage.SUBMITTED
    assert panel.fields["TV.score"].isReadOnly()
    assert not panel.approve.isVisible()
    window.lock()
    _, theirs = open_page(qtbot, window, CHECKER, tab="summer")
    click(theirs.summer.approve)
    rest(qtbot, window)
    assert summer_stage(store, weak) is SummerStage.APPROVED
    assert "Đã duyệt" in theirs.summer.chip.word


def test_a_wrong_value_is_refused_with_a_sentence(
    qtbot: QtBot, window: MainWindow, store: Store, weak: str
) -> None:
    summer.add(store=store, actor=actor(store), codes=[weak])
    _, page = open_page(qtbot, window, TEACHER, tab="summer")
    panel = page.summer
    write(panel.fields["TV.score"], "11")
    key(panel.fields["TV.score"], Qt.Key.Key_Return)
    rest(qtbot, window)
    assert page.banner.text
    assert summer_stage(store, weak) is SummerStage.LISTED


def test_handed_in_values_go_back_with_a_reason(
    qtbot: QtBot, window: MainWindow, store: Store, weak: str
) -> None:
    admin = actor(store)
    summer.add(store=store, actor=admin, codes=[weak])
    for field, value in (("date", "20/07/2024"), ("TV.level", "H"), ("TV.score", "6")):
        summer_values.set_value(store=store, actor=admin, code=weak, field=field, value=value)
    summer.submit(store=store, actor=admin, codes=[weak])
    _, page = open_page(qtbot, window, CHECKER, tab="summer")
    click(page.summer.back)
    dialog = dialog_of(page)
    write(dialog.field, "Xem lai diem")
    click(dialog.act)
    rest(qtbot, window)
    assert summer_stage(store, weak) is SummerStage.LISTED


def test_the_principal_decides(qtbot: QtBot, window: MainWindow, store: Store, weak: str) -> None:
    _, page = open_page(qtbot, window, LEADER, tab="summer")
    assert not page.summer.add.isVisible()
    click(page.summer.decide)
    dialog = page.findChild(DecisionDialog)
    assert dialog is not None
    assert not dialog.act.isEnabled()
    dialog.promote.click()
    write(dialog.number, "12/QD-THTH")
    dialog.on.setDate(date(2024, 8, 20))  # type: ignore[arg-type]
    click(dialog.act)
    rest(qtbot, window)
    assert "được lên lớp theo Quyết định số 12/QD-THTH" in page.banner.text
    assert "Quyết định số 12/QD-THTH ngày 20/08/2024: được lên lớp." in page.summer.note.text()
    assert not [d for d in page.findChildren(QDialog) if d.isVisible()]


def test_nobody_in_summer_says_so(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    remarks.suggest(
        store=store, actor=actor(store, CHECKER), class_name=CLASS, remarks=[NewRemark("", "", "Xem lại")]
    )
    _, page = open_page(qtbot, window, TEACHER, tab="summer")
    assert page.summer.empty.isVisible()
    assert "Không có em nào" in page.summer.empty.words.text()
