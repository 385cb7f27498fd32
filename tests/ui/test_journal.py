"""Nhật ký, driven as a person would: words, filters, paging, the check of the chain, going to the cell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from app.models import changelog
from app.records.journal import LogGroup
from app.ui.journal.page import JournalPage
from app.ui.screens import JOURNAL
from app.ui.shell.window import MainWindow
from app.workflows import fields
from app.workflows import store as store_verbs
from app.workflows.store import Store
from tests.ui.conftest import Prepared
from tests.ui.driving import ADMIN, PASSWORD, TEACHER, click, key, rest, sign_in, write


@pytest.fixture
def changed(store: Store, prepared: Prepared) -> str:
    """The teacher of 3A gave one pupil another score; returns the pupil's code."""
    klass = next(one for one in prepared.made.classes if one.name == "3A")
    code = klass.pupils[1].pupil.code
    teacher = store_verbs.login(store=store, login=TEACHER, password=PASSWORD)
    fields.set_field(store=store, actor=teacher, code=code, field="TOAN.score", value="10")
    return code


def open_page(qtbot: QtBot, window: MainWindow, login: str = ADMIN) -> JournalPage:
    workspace = sign_in(qtbot, window, login)
    click(workspace.nav.buttons[JOURNAL])
    rest(qtbot, window)
    page = workspace.page
    assert isinstance(page, JournalPage)
    return page


def texts(page: JournalPage, column: int) -> list[str]:
    model = page.table.rows_model
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_the_newest_change_stands_first_in_words(qtbot: QtBot, window: MainWindow, changed: str) -> None:
    page = open_page(qtbot, window)
    page.filters.group.choose("results")
    rest(qtbot, window)
    row = page.table.row
    assert row is not None
    assert row.place.pupil_code == changed
    assert row.what == f"Toán, điểm KTĐK cuối năm học của {row.place.pupil} (3A)"
    assert (texts(page, 1)[0], texts(page, 4)[0]) == ("Thạch Thị Sa Rây", "10")
    assert row.what in page.detail.text()
    assert "→ “10”" in page.detail.text()


def test_enter_opens_the_changed_cell(qtbot: QtBot, window: MainWindow, changed: str) -> None:
    page = open_page(qtbot, window)
    page.filters.group.choose("results")
    rest(qtbot, window)
    assert page.hint.text() == "Enter: mở ô này trong Nhập kết quả"
    asked: list[tuple[str, Mapping[str, str]]] = []
    page.go.disconnect()
    page.go.connect(lambda screen, where: asked.append((screen, where)))
    page.table.setFocus()
    key(page.table, Qt.Key.Key_Return)
    assert asked == [("results", {"class": "3A", "pupil": changed, "field": "TOAN", "period": "CN"})]


def test_nothing_can_be_edited(qtbot: QtBot, window: MainWindow) -> None:
    page = open_page(qtbot, window)
    assert page.table.editTriggers() == QAbstractItemView.EditTrigger.NoEditTriggers
    flags = page.table.rows_model.flags(page.table.rows_model.index(0, 2))
    assert not flags & Qt.ItemFlag.ItemIsEditable


def test_filters_by_person_pupil_and_day(qtbot: QtBot, window: MainWindow, changed: str) -> None:
    page = open_page(qtbot, window)
    page.filters.person.choose(f"login:{TEACHER}")
    rest(qtbot, window)
    assert set(texts(page, 1)) == {"Thạch Thị Sa Rây"}
    page.filters.person.choose("*")
    rest(qtbot, window)
    write(page.filters.pupil, changed)
    qtbot.waitUntil(lambda: {row.place.pupil_code for row in page.table.rows_model.rows} == {changed})
    rest(qtbot, window)
    page.filters.span.choose("between")
    write(page.filters.last, "01/01/2020")
    qtbot.waitUntil(lambda: page.empty.isVisible(), timeout=5_000)
    rest(qtbot, window)
    assert page.empty.words.text() == "Không có mục nào khớp với bộ lọc."
    assert not page.export.isEnabled()
    click(page.empty.button)
    rest(qtbot, window)
    assert page.table.isVisible()
    assert not page.filters.narrowed


def test_a_day_that_cannot_be_read_says_so(qtbot: QtBot, window: MainWindow) -> None:
    page = open_page(qtbot, window)
    page.filters.span.choose("between")
    rest(qtbot, window)
    write(page.filters.first, "hôm kia")
    qtbot.waitUntil(lambda: page.filters.first.property("state") == "error", timeout=5_000)
    rest(qtbot, window)
    assert page.filters.first.toolTip() == "Ghi ngày như 01/06/2024."
    assert page.table.isVisible()


def grown(page: JournalPage, before: int) -> bool:
    return len(page.table.rows_model.rows) > before


def test_scrolling_to_the_end_brings_older_entries(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    page = open_page(qtbot, window)
    assert len(page.table.rows_model.rows) == 200
    with store.reading() as session:
        total = changelog.count(session, changelog.LogFilter())
    assert total > 400
    page.table.setFocus()
    while (before := len(page.table.rows_model.rows)) < total:
        key(page.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(partial(grown, page, before), timeout=10_000)
        rest(qtbot, window)
    numbers = [row.number for row in page.table.rows_model.rows]
    assert numbers == list(range(total, 0, -1))
    assert page.count.text().startswith("Hiện ")


def test_a_teacher_reads_the_own_entries_alone(qtbot: QtBot, window: MainWindow, changed: str) -> None:
    page = open_page(qtbot, window, TEACHER)
    assert not page.filters.person.isVisible()
    assert page.note.text() == "Chỉ những việc của Thạch Thị Sa Rây"
    assert {row.login for row in page.table.rows_model.rows} == {TEACHER}


def test_checking_again_says_when(qtbot: QtBot, window: MainWindow) -> None:
    page = open_page(qtbot, window)
    assert page.chain.text() == "Các mục mới nhất của nhật ký nguyên vẹn, kiểm tra lúc mở dữ liệu"
    click(page.recheck)
    qtbot.waitUntil(lambda: "Chuỗi nhật ký nguyên vẹn, kiểm tra lúc" in page.chain.text(), timeout=20_000)
    rest(qtbot, window)
    assert page.recheck.isEnabled()
    assert not page.alarm.isVisible()


def test_a_broken_chain_is_a_red_banner_with_its_line(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    page = open_page(qtbot, window)
    with store.transaction() as session:
        names = session.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'change_log'")
        ).scalars()
        for name in names.all():
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(text("UPDATE change_log SET new = '9' WHERE id = 30"))
    click(page.recheck)
    qtbot.waitUntil(page.alarm.isVisible, timeout=20_000)
    rest(qtbot, window)
    assert page.alarm.property("state") == "error"
    assert page.alarm.text.startswith("Mục 30 của nhật ký (ghi lúc ")
    assert "bị đứt ở mục 30" in page.chain.text()


def test_the_copy_holds_what_the_filter_shows(
    qtbot: QtBot, window: MainWindow, changed: str, tmp_path: Path
) -> None:
    page = open_page(qtbot, window)
    page.filters.person.choose(f"login:{TEACHER}")
    rest(qtbot, window)
    click(page.export)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "nhat-ky.xlsx"))
    dialog.reject()
    qtbot.waitUntil(lambda: "Đã ghi nhat-ky.xlsx" in page.banner.text, timeout=20_000)
    rest(qtbot, window)
    sheet = openpyxl.load_workbook(tmp_path / "nhat-ky.xlsx").worksheets[0]
    assert sheet.max_row - 1 == len(page.table.rows_model.rows)


def test_a_new_entry_appears_while_the_newest_are_in_sight(
    qtbot: QtBot, window: MainWindow, prepared: Prepared
) -> None:
    page = open_page(qtbot, window)
    first = page.table.rows_model.rows[0].number
    desk = page.desk
    code = next(one for one in prepared.made.classes if one.name == "2A").pupils[0].pupil.code
    page.perform(
        lambda _: fields.set_field(
            store=desk.store, actor=desk.actor, code=code, field="TV.score", value="7"
        ),
        lambda _: None,
        title="Đang ghi",
    )
    qtbot.waitUntil(lambda: page.table.rows_model.rows[0].number > first, timeout=10_000)
    rest(qtbot, window)
    assert page.table.rows_model.rows[0].what.startswith("Tiếng Việt, điểm KTĐK")


def test_in_a_narrow_window_the_columns_give_way_to_what_happened(
    qtbot: QtBot, window: MainWindow, changed: str
) -> None:
    page = open_page(qtbot, window)
    assert not page.table.isColumnHidden(3)
    page.resize(800, 500)
    qtbot.waitUntil(lambda: page.table.isColumnHidden(3), timeout=5_000)
    assert page.table.columnWidth(2) > 200
    page.filters.group.choose("results")
    rest(qtbot, window)
    assert "→ “10”" in page.detail.text()


def test_every_group_can_be_chosen(qtbot: QtBot, window: MainWindow) -> None:
    page = open_page(qtbot, window)
    for group in LogGroup:
        page.filters.group.choose(group.value)
        rest(qtbot, window)
        assert page.filters.asked.group is group
    assert not page.banner.isVisible()
