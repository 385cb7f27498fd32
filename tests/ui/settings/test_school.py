"""Names, milestones, rules, options, destinations and backups, by keys and clicks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.records.types import Severity
from app.ui.settings.backup import BackupPanel
from app.ui.settings.destinations import DestinationsPanel
from app.ui.settings.dialogs import FormDialog
from app.ui.settings.options import OptionsPanel
from app.ui.settings.recovery import RecoveryDialog
from app.ui.settings.rules import RulesPanel
from app.ui.settings.school import SchoolPanel
from app.ui.shell.window import MainWindow
from app.workflows import people, plan, rules, school, settings
from app.workflows import store as store_verbs
from app.workflows.store import Store
from tests.ui.conftest import Prepared
from tests.ui.driving import ADMIN, CHECKER, PASSWORD, click, key, rest, sign_in, write
from tests.ui.settings.support import confirm, dialog, section, told, undo


def retype(asked: FormDialog, **words: str) -> None:
    for field, text in words.items():
        asked.form.inputs[field].clear()
        write(asked.form.inputs[field], text)


# --- the school ---------------------------------------------------------------------------------------------


def test_a_new_name_from_a_day_is_taken_back(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    panel = section(qtbot, window, sign_in(qtbot, window, ADMIN), "school", SchoolPanel)
    assert not panel.take_back.isEnabled()
    click(panel.rename)
    asked = dialog(panel, FormDialog)
    retype(asked, day="31/02/2025", commune="Mỹ Hương", district="")
    click(asked.act)
    assert asked.wrong.text() == "Ngày chưa đúng. Gõ như 01/07/2025."
    retype(asked, day="01/07/2025")
    click(asked.act)
    told(qtbot, window, panel, "Từ 01/07/2025")
    day, named = school.list_names(store=store)[-1]
    assert (day, named.commune, named.district) == (date(2025, 7, 1), "Mỹ Hương", "")
    undo(qtbot, window, panel)
    assert [day for day, _ in school.list_names(store=store)] == [None]


def test_a_milestone_moves_and_comes_back(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    panel = section(qtbot, window, sign_in(qtbot, window, ADMIN), "school", SchoolPanel)
    row = next(i for i, one in enumerate(panel.plan.rows_model.rows) if one.code == "signing")
    before = panel.plan.rows_model.rows[row].ends
    panel.plan.selectRow(row)
    key(panel.plan, Qt.Key.Key_Return)
    asked = dialog(panel, FormDialog)
    retype(asked, day="28/06/2024")
    key(asked.form.inputs["day"], Qt.Key.Key_Return)
    told(qtbot, window, panel, "đến hết ngày 28/06/2024")
    assert panel.plan.rows_model.rows[row].ends == date(2024, 6, 28)
    undo(qtbot, window, panel)
    kept = {one.code: one.ends for one in plan.list_milestones(store=store)[1]}
    assert kept["signing"] == before
    click(panel.redate)
    asked = dialog(panel, FormDialog)
    retype(asked, day="28/06/2030")
    click(asked.act)
    qtbot.waitUntil(lambda: "28/06/2030" in panel.banner.text, timeout=20_000)
    rest(qtbot, window)
    assert panel.plan.rows_model.rows[row].ends == before


def test_the_code_of_the_school(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    panel = section(qtbot, window, sign_in(qtbot, window, ADMIN), "school", SchoolPanel)
    click(panel.code)
    asked = dialog(panel, FormDialog)
    retype(asked, code="94999001")
    click(asked.act)
    told(qtbot, window, panel, "94999001")
    assert panel.note.text() == "Mã trường 94999001"
    undo(qtbot, window, panel)
    assert panel.note.text() != "Mã trường 94999001"


# --- rules and options --------------------------------------------------------------------------------------


def test_a_rule_is_turned_off_and_weighed(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    panel = section(qtbot, window, sign_in(qtbot, window, ADMIN), "rules", RulesPanel)
    rows = panel.table.rows_model.rows
    assert panel.note.text() == f"{len(rows)} quy tắc, 0 đang tắt, 0 đổi mức"
    assert len(rows) >= 88
    at = next(i for i, one in enumerate(rows) if one.severity is Severity.WARNING)
    rule = rows[at].rule.id
    panel.table.selectRow(at)
    assert rows[at].basis in panel.sentence.text()
    click(panel.switch)
    told(qtbot, window, panel, "Đã tắt quy tắc")
    assert panel.switch.text() == "Bật quy tắc"
    click(panel.state.buttons["off"])
    assert [one.rule.id for one in panel.table.rows_model.rows] == [rule]
    undo(qtbot, window, panel)
    assert panel.table.rows_model.rows == ()
    assert not panel.switch.isEnabled()
    click(panel.state.buttons["*"])
    panel.table.selectRow(at)
    click(panel.severity.buttons["note"])
    told(qtbot, window, panel, "gợi ý")
    kept = next(one for one in rules.list_rules(store=store) if one.rule.id == rule)
    assert kept.severity is Severity.NOTE
    undo(qtbot, window, panel)
    assert panel.severity.value == "warning"


def test_options_of_the_form_are_kept_and_taken_back(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    panel = section(qtbot, window, sign_in(qtbot, window, ADMIN), "options", OptionsPanel)
    choice = panel.choices["form_untaught"]
    assert choice.value == "dropped"
    click(choice.buttons["struck"])
    told(qtbot, window, panel, "Môn không học: Giữ dòng, gạch chéo.")
    assert settings.list_settings(store=store)["form_untaught"] == "struck"
    undo(qtbot, window, panel)
    assert choice.buttons["dropped"].isChecked()
    field = panel.languages["minority_language"]
    write(field, "Tiếng Khmer")
    key(field, Qt.Key.Key_Return)
    told(qtbot, window, panel, "Tiếng dân tộc: Tiếng Khmer.")
    assert settings.list_settings(store=store)["minority_language"] == "Tiếng Khmer"


def test_competencies_of_a_grade(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    panel = section(qtbot, window, sign_in(qtbot, window, ADMIN), "options", OptionsPanel)
    buttons = panel.competencies["competencies_1"]
    shown = [code for code, button in buttons.items() if button.isChecked()]
    assert shown
    buttons[shown[0]].click()
    told(qtbot, window, panel, "Năng lực đặc thù khối 1")
    assert settings.list_settings(store=store)["competencies_1"].split() == shown[1:]
    for code in shown[1:]:
        buttons[code].click()
        rest(qtbot, window)
    assert "ít nhất một" in panel.banner.text
    assert settings.list_settings(store=store)["competencies_1"] == shown[-1]
    assert buttons[shown[-1]].isChecked()


# --- destinations -------------------------------------------------------------------------------------------


def test_a_folder_is_added_tested_and_paused(
    qtbot: QtBot, window: MainWindow, store: Store, tmp_path: Path
) -> None:
    panel = section(qtbot, window, sign_in(qtbot, window, ADMIN), "destinations", DestinationsPanel)
    assert panel.empty.isVisible()
    assert not panel.test.isEnabled()
    place = tmp_path / "kho"
    place.mkdir()
    panel.ask_folder(place)
    asked = dialog(panel, FormDialog)
    retype(asked, name="USB của trường")
    click(asked.act)
    told(qtbot, window, panel, "Đã thêm kho nhận USB của trường")
    click(panel.test)
    told(qtbot, window, panel, "thư mục có mặt và ghi được. Chưa ghi thử tệp nào.")
    click(panel.pause)
    told(qtbot, window, panel, "Đã tạm dừng gửi")
    assert panel.pause.text().strip() == "Gửi tiếp"
    assert settings.destinations(store=store)[0].paused
    undo(qtbot, window, panel)
    assert not settings.destinations(store=store)[0].paused
    place.rmdir()
    click(panel.test)
    qtbot.waitUntil(lambda: "kho" in panel.banner.text and panel.banner.property("state") == "warning")
    rest(qtbot, window)


# --- backups ------------------------------------------------------------------------------------------------


def test_a_backup_is_seen_and_brought_back(
    qtbot: QtBot, window: MainWindow, prepared: Prepared, data: Path, tmp_path: Path
) -> None:
    panel = section(qtbot, window, sign_in(qtbot, window, ADMIN), "backup", BackupPanel)
    target = tmp_path / "ban-sao.hocba"
    panel.back_up(target)
    told(qtbot, window, panel, "Đã sao lưu vào ban-sao.hocba")
    store = panel.desk.store
    people.disable_account(store=store, actor=panel.desk.actor, login=CHECKER)
    assert not panel.restore.isVisible()
    panel.look_at(target)
    qtbot.waitUntil(panel.restore.isVisible, timeout=20_000)
    rest(qtbot, window)
    facts = panel.facts.text()
    assert prepared.made.school.name in facts
    assert "năm học 2023–2024" in facts
    assert "5 lớp, 15 học sinh, 0 bản học bạ, 0 chữ ký, 4 tài khoản." in facts
    click(panel.restore)
    confirm(panel, "sai-mat-khau")
    told(qtbot, window, panel, "mật khẩu chưa đúng")
    assert CHECKER not in {one.login for one in store_verbs.known_logins(store=store)}
    click(panel.restore)
    confirm(panel)
    qtbot.waitUntil(lambda: window.workspace is None and window.front is window.sign_in, timeout=30_000)
    rest(qtbot, window)
    assert list(data.glob("da-thay-*"))
    for login in (CHECKER, ADMIN):
        assert sign_in(qtbot, window, login).desk.store is not store
        window.lock()
        rest(qtbot, window)
    assert not window.broken


def test_a_file_that_is_no_backup_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    panel = section(qtbot, window, sign_in(qtbot, window, ADMIN), "backup", BackupPanel)
    bad = tmp_path / "khong-phai.hocba"
    bad.write_bytes(b"text")
    panel.look_at(bad)
    qtbot.waitUntil(lambda: "khong-phai.hocba" in panel.banner.text, timeout=20_000)
    rest(qtbot, window)
    assert not panel.restore.isVisible()
    assert not panel.code.isVisible()


def test_a_new_recovery_code_is_shown_once_and_proven(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    panel = section(qtbot, window, sign_in(qtbot, window, ADMIN), "backup", BackupPanel)
    click(panel.new_code)
    confirm(panel)
    qtbot.waitUntil(lambda: panel.dialog is not None, timeout=20_000)
    asked = dialog(panel, RecoveryDialog)
    code = asked.step.code
    key(asked, Qt.Key.Key_Escape)
    assert asked.isVisible()
    assert not asked.act.isEnabled()
    asked.save_code(tmp_path / "ma.txt")
    assert code in (tmp_path / "ma.txt").read_text(encoding="utf-8")
    asked.save_code(tmp_path)
    assert "Không ghi được" in asked.told.text()
    write(asked.step.answer, code[-4:])
    click(asked.act)
    told(qtbot, window, panel, "Đã đổi mã khôi phục")
    assert store_verbs.login(store=panel.desk.store, login=ADMIN, password=PASSWORD).login == ADMIN
