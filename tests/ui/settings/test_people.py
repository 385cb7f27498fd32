"""Accounts, assignments and who signs, by keys and clicks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.records.types import Role
from app.ui.settings.account_dialogs import AccountDialog, NewPasswordDialog
from app.ui.settings.accounts import AccountsPanel
from app.ui.settings.assign import AssignDialog
from app.ui.settings.dialogs import ChooseDialog, FormDialog
from app.ui.settings.signing import SEAL_NAME, SigningPanel
from app.ui.shell.window import MainWindow
from app.workflows import people
from app.workflows import store as store_verbs
from app.workflows.store import Store
from tests.transcript.test_pictures import png
from tests.ui.driving import ADMIN, CHECKER, LEADER, PASSWORD, TEACHER, click, key, rest, sign_in, write
from tests.ui.settings.support import confirm, dialog, section, told, undo


def accounts(qtbot: QtBot, window: MainWindow) -> AccountsPanel:
    return section(qtbot, window, sign_in(qtbot, window, ADMIN), "accounts", AccountsPanel)


def choose(panel: AccountsPanel, login: str) -> None:
    logins = [one.account.login for one in panel.table.rows_model.rows]
    panel.table.selectRow(logins.index(login))


def account(store: Store, login: str) -> people.AccountInfo:
    admin = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    listed = people.list_accounts(store=store, actor=admin)
    return next(one for one in listed if one.account.login == login)


def test_a_new_person_gets_an_account(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    panel = accounts(qtbot, window)
    assert panel.note.text() == "4 tài khoản"
    click(panel.add)
    asked = dialog(panel, AccountDialog)
    for field, words in (
        ("login", "gvbm"),
        ("name", "Lý Thị Bích"),
        ("password", "mat-khau-1"),
        ("again", "mat-khau-2"),
    ):
        write(asked.form.inputs[field], words)
    click(asked.act)
    assert asked.wrong.text() == "Hai lần gõ mật khẩu khác nhau. Gõ lại cả hai."
    asked.form.inputs["again"].clear()
    write(asked.form.inputs["again"], "mat-khau-1")
    click(asked.act)
    assert "Chưa chọn vai trò" in asked.wrong.text()
    click(asked.roles[Role.SUBJECT_TEACHER])
    click(asked.act)
    told(qtbot, window, panel, "Đã thêm Lý Thị Bích")
    assert panel.note.text() == "5 tài khoản"
    assert store_verbs.login(store=store, login="gvbm", password="mat-khau-1").name == "Lý Thị Bích"


def test_a_change_of_name_and_role_is_taken_back(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    panel = accounts(qtbot, window)
    choose(panel, CHECKER)
    before = account(store, CHECKER).account
    key(panel.table, Qt.Key.Key_Return)
    asked = dialog(panel, AccountDialog)
    asked.form.inputs["name"].clear()
    write(asked.form.inputs["name"], "Sơn Thị Hoa Mai")
    click(asked.roles[Role.CLERK])
    click(asked.act)
    told(qtbot, window, panel, "Đã sửa tài khoản")
    assert account(store, CHECKER).account.name == "Sơn Thị Hoa Mai"
    assert account(store, CHECKER).account.roles == {Role.CHECKER, Role.CLERK}
    undo(qtbot, window, panel)
    assert account(store, CHECKER).account == before


def test_the_grid_of_work_moves_a_class_and_takes_it_back(
    qtbot: QtBot, window: MainWindow, store: Store
) -> None:
    panel = accounts(qtbot, window)
    choose(panel, CHECKER)
    click(panel.assign)
    asked = dialog(panel, AssignDialog)
    model, grid = asked.model, asked.grid
    assert not asked.act.isEnabled()
    at = model.classes.index("3A")
    grid.setCurrentIndex(model.index(0, at))
    assert "đang giao cho Thạch Thị Sa Rây" in asked.pointed.text()
    key(grid, Qt.Key.Key_Space)
    assert "lấy lại từ Thạch Thị Sa Rây" in asked.pointed.text()
    key(grid, Qt.Key.Key_Down)
    key(grid, Qt.Key.Key_Space)
    closed = model.index(model.rows.index("KH"), at)
    grid.setCurrentIndex(closed)
    assert "Khối 3 không học Khoa học." in asked.pointed.text()
    key(grid, Qt.Key.Key_Space)
    assert asked.act.text() == "Ghi 2 thay đổi"
    click(asked.act)
    told(qtbot, window, panel, "Lớp chủ nhiệm chuyển từ Thạch Thị Sa Rây")
    now = account(store, CHECKER).account
    assert now.classes == {"3A"}
    assert now.subjects == {("3A", "TV")}
    assert account(store, TEACHER).account.classes == set()
    undo(qtbot, window, panel)
    now = account(store, CHECKER).account
    assert not now.classes | now.subjects
    assert now.roles == {Role.CHECKER}
    assert account(store, TEACHER).account.classes == {"3A"}


def test_an_account_is_closed_only_with_the_own_password(
    qtbot: QtBot, window: MainWindow, store: Store
) -> None:
    panel = accounts(qtbot, window)
    choose(panel, ADMIN)
    assert not panel.close_it.isEnabled()
    assert panel.close_it.toolTip() == "Không tự khóa tài khoản đang dùng."
    choose(panel, TEACHER)
    click(panel.close_it)
    confirm(panel, "sai-mat-khau")
    told(qtbot, window, panel, "mật khẩu chưa đúng")
    assert not account(store, TEACHER).account.disabled
    click(panel.close_it)
    confirm(panel)
    told(qtbot, window, panel, "Đã khóa tài khoản gv3a.")
    assert account(store, TEACHER).account.disabled
    assert panel.open_it.isVisible()
    undo(qtbot, window, panel)
    assert not account(store, TEACHER).account.disabled


def test_the_administrator_resets_a_password(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    panel = accounts(qtbot, window)
    write(panel.search, "thach thi")
    assert [one.account.login for one in panel.table.rows_model.rows] == [TEACHER]
    click(panel.password)
    asked = dialog(panel, NewPasswordDialog)
    for field in ("password", "again"):
        write(asked.form.inputs[field], "mat-khau-moi")
    key(asked.form.inputs["again"], Qt.Key.Key_Return)
    told(qtbot, window, panel, "Đã đặt lại mật khẩu")
    assert store_verbs.login(store=store, login=TEACHER, password="mat-khau-moi").login == TEACHER


# --- who signs ----------------------------------------------------------------------------------------------


def signing(qtbot: QtBot, window: MainWindow) -> SigningPanel:
    return section(qtbot, window, sign_in(qtbot, window, ADMIN), "signing", SigningPanel)


def test_title_leader_and_picture(qtbot: QtBot, window: MainWindow, store: Store, tmp_path: Path) -> None:
    panel = signing(qtbot, window)
    names = [one.name for one in panel.table.rows_model.rows]
    assert names == [SEAL_NAME, "Nguyễn Văn Hùng", "Thạch Thị Sa Rây"]
    assert not panel.title_lines.isEnabled()
    panel.table.selectRow(1)
    click(panel.title_lines)
    asked = dialog(panel, FormDialog)
    write(asked.form.inputs["title"], "KT. HIỆU TRƯỞNG/PHÓ HIỆU TRƯỞNG")
    click(asked.act)
    told(qtbot, window, panel, "Đã lưu chức danh")
    assert account(store, LEADER).account.title == "KT. HIỆU TRƯỞNG/PHÓ HIỆU TRƯỞNG"
    undo(qtbot, window, panel)
    assert account(store, LEADER).account.title == ""
    click(panel.leader)
    told(qtbot, window, panel, "đứng tên")
    assert panel.table.rows_model.rows[1].leads
    file = tmp_path / "chu-ky.png"
    file.write_bytes(png())
    panel.set_picture(file)
    told(qtbot, window, panel, "Đã lưu ảnh")
    assert panel.table.rows_model.rows[1].picture
    undo(qtbot, window, panel)
    assert not panel.table.rows_model.rows[1].picture


def test_a_bad_driver_or_root_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    panel = signing(qtbot, window)
    bad = tmp_path / "khong-phai.so"
    bad.write_bytes(b"text")
    panel.add_module(bad)
    qtbot.waitUntil(lambda: "khong-phai.so" in panel.banner.text, timeout=20_000)
    rest(qtbot, window)
    assert panel.drivers.rows_model.rows == ()
    panel.add_anchors(bad)
    qtbot.waitUntil(lambda: panel.banner.isVisible(), timeout=20_000)
    rest(qtbot, window)
    assert panel.roots.rows_model.rows == ()
    assert not window.broken


def test_a_seal_from_a_token_is_bound_and_taken_off_with_the_password(
    qtbot: QtBot, window: MainWindow, store: Store, seal_token: str
) -> None:
    panel = signing(qtbot, window)
    panel.table.selectRow(0)
    click(panel.from_token)
    qtbot.waitUntil(lambda: panel.findChild(ChooseDialog) is not None, timeout=30_000)
    asked = dialog(panel, ChooseDialog)
    assert seal_token in asked.list.keys  # other tests of this process may have made tokens
    asked.list.choose(seal_token)
    click(asked.act)
    told(qtbot, window, panel, "Đã gắn")
    row = panel.table.rows_model.rows[0]
    assert row.certificate is not None
    assert row.certificate.token_serial == seal_token
    panel.table.selectRow(0)
    click(panel.unbind)
    confirm(panel)
    told(qtbot, window, panel, "Đã gỡ chứng thư của con dấu.")
    admin = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    assert people.list_bound(store=store, actor=admin) == ()
