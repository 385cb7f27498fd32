"""Who sees which section, and the sections that everybody has."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.preferences import Preferences
from app.ui.settings.display import DisplayPanel
from app.ui.settings.page import SECTIONS
from app.ui.settings.password import PasswordPanel
from app.ui.settings.phrases import ALL, MINE, PhraseDialog, PhrasesPanel
from app.ui.shell.window import MainWindow
from app.workflows import phrases
from app.workflows import store as store_verbs
from app.workflows.store import Store
from tests.ui.driving import ADMIN, CHECKER, LEADER, PASSWORD, TEACHER, click, key, rest, sign_in, write
from tests.ui.settings.support import dialog, section, settings, told, undo

EVERYBODY = ("phrases", "display", "password")


@pytest.mark.parametrize(
    ("login", "ids"),
    [
        (ADMIN, tuple(one.id for one in SECTIONS)),
        (CHECKER, EVERYBODY),
        (LEADER, EVERYBODY),
        (TEACHER, EVERYBODY),
    ],
)
def test_everybody_sees_only_their_sections(
    qtbot: QtBot, window: MainWindow, login: str, ids: tuple[str, ...]
) -> None:
    page = settings(qtbot, window, sign_in(qtbot, window, login))
    assert page.sections.keys == ids
    for name in ids:
        page.sections.choose(name)
        rest(qtbot, window)
        assert page.panel.isVisible()
    assert not window.broken


def test_sections_change_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    page = settings(qtbot, window, sign_in(qtbot, window, ADMIN))
    assert page.sections.key == "school"
    key(page.sections, Qt.Key.Key_End)
    rest(qtbot, window)
    assert isinstance(page.panel, PasswordPanel)


# --- how things are shown -----------------------------------------------------------------------------------


def test_a_choice_is_kept_and_taken_back(qtbot: QtBot, window: MainWindow, data: Path) -> None:
    panel = section(qtbot, window, sign_in(qtbot, window, TEACHER), "display", DisplayPanel)
    click(panel.scale.buttons["1.5"])
    assert panel.banner.text == "Cỡ chữ: 150 %. Áp dụng khi mở lại chương trình."
    assert Preferences(data).scale == 1.5
    click(panel.banner.action)
    assert Preferences(data).scale == 1.0
    assert panel.scale.value == "1.0"
    assert panel.scale.buttons["1.0"].isChecked()


def test_every_choice_of_the_display_is_kept(qtbot: QtBot, window: MainWindow, data: Path) -> None:
    panel = section(qtbot, window, sign_in(qtbot, window, TEACHER), "display", DisplayPanel)
    for choice, value in (
        (panel.contrast, "on"),
        (panel.rows, "32"),
        (panel.enter_key, "right"),
        (panel.moves_on, "on"),
        (panel.idle, "2"),
    ):
        click(choice.buttons[value])
    kept = Preferences(data)
    assert (kept.high_contrast, kept.row_height, kept.enter_key) == (True, 32, "right")
    assert (kept.level_moves_on, kept.idle_minutes) == (True, 2)


def test_preferences_that_make_no_sense_are_the_usual_ones(data: Path) -> None:
    (data / "window.ini").write_text(
        "[grid]\nrow_height=999\nenter_key=up\n[window]\nidle_minutes=0\nscale=big\n", encoding="utf-8"
    )
    kept = Preferences(data)
    assert (kept.row_height, kept.enter_key, kept.idle_minutes, kept.scale) == (24, "down", 5, 1.0)


def test_the_lock_follows_the_chosen_minutes_at_once(qtbot: QtBot, window: MainWindow) -> None:
    panel = section(qtbot, window, sign_in(qtbot, window, TEACHER), "display", DisplayPanel)
    click(panel.idle.buttons["30"])
    key(panel, Qt.Key.Key_Shift)
    assert window._watch._timer.interval() == 30 * 60_000


# --- the own password ---------------------------------------------------------------------------------------


def test_the_own_password_changes_with_the_old_one(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    panel = section(qtbot, window, sign_in(qtbot, window, TEACHER), "password", PasswordPanel)
    assert not panel.act.isEnabled()
    for field, words in ((panel.old, "sai-mat-khau"), (panel.new, "mat-khau-moi"), (panel.again, "khac-han")):
        write(field.field, words)
    click(panel.act)
    assert panel.again.warning.text() == "Hai lần gõ mật khẩu mới khác nhau. Gõ lại cả hai."
    panel.again.clear()
    write(panel.again.field, "mat-khau-moi")
    click(panel.act)
    told(qtbot, window, panel, "mật khẩu chưa đúng")
    panel.old.clear()
    write(panel.old.field, PASSWORD)
    key(panel.old.field, Qt.Key.Key_Return)
    told(qtbot, window, panel, "Đã đổi mật khẩu.")
    assert panel.old.text == panel.new.text == ""
    assert store_verbs.login(store=store, login=TEACHER, password="mat-khau-moi").login == TEACHER


# --- phrases ------------------------------------------------------------------------------------------------


def test_a_teacher_keeps_the_own_phrases(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    admin = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    phrases.import_first_bank(store=store, actor=admin)
    panel = section(qtbot, window, sign_in(qtbot, window, TEACHER), "phrases", PhrasesPanel)
    assert panel.owner.value == MINE
    assert panel.empty.isVisible()
    assert not panel.bank.isVisible()
    click(panel.add)
    asked = dialog(panel, PhraseDialog)
    assert not asked.act.isEnabled()
    asked.subject.choose("TOAN")
    click(asked.level.buttons["T"])
    write(asked.text, "{tên} tính nhanh và đúng")
    click(asked.act)
    told(qtbot, window, panel, "Đã thêm câu mẫu.")
    rows = panel.table.rows_model.rows
    assert [(one.subject, one.level, one.content) for one in rows] == [
        ("TOAN", "T", "{tên} tính nhanh và đúng")
    ]
    click(panel.remove)
    told(qtbot, window, panel, "Đã bỏ câu mẫu")
    assert panel.empty.isVisible()
    undo(qtbot, window, panel)
    assert len(panel.table.rows_model.rows) == 1
    click(panel.owner.buttons[ALL])
    assert len(panel.table.rows_model.rows) > 100
    school = next(i for i, one in enumerate(panel.table.rows_model.rows) if not one.personal)
    panel.table.selectRow(school)
    assert not panel.edit.isEnabled()
    assert "Tổ công tác" in panel.edit.toolTip()


def test_the_working_group_keeps_those_of_the_school(qtbot: QtBot, window: MainWindow) -> None:
    panel = section(qtbot, window, sign_in(qtbot, window, CHECKER), "phrases", PhrasesPanel)
    click(panel.bank)
    told(qtbot, window, panel, "Đã nạp")
    count = len(panel.table.rows_model.rows)
    assert panel.note.text() == f"{count} câu của trường, 0 câu của tôi"
    panel.subject.choose("TV")
    assert {one.subject for one in panel.table.rows_model.rows} == {"TV"}
    first = panel.table.rows_model.rows[0]
    key(panel.table, Qt.Key.Key_Return)
    asked = dialog(panel, PhraseDialog)
    asked.text.clear()
    write(asked.text, "Đọc to và rõ")
    click(asked.act)
    told(qtbot, window, panel, "Đã sửa câu mẫu.")
    assert "Đọc to và rõ" in [one.content for one in panel.table.rows_model.rows]
    undo(qtbot, window, panel)
    contents = [one.content for one in panel.table.rows_model.rows]
    assert first.content in contents
    assert "Đọc to và rõ" not in contents
    click(panel.level.buttons["T"])
    assert panel.empty.isVisible()
