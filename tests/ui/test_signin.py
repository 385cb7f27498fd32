"""Signing in with keys: names, wrong passwords, warnings, nothing about pupils."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.models.people import FREE_TRIES
from app.ui.shell.window import MainWindow
from app.ui.signin.password import CAPS, MARKS, caps_lock_from, has_marks
from tests.ui.conftest import Prepared
from tests.ui.driving import ADMIN, CHECKER, LEADER, PASSWORD, TEACHER, key, rest, sign_in, write


def test_the_names_are_shown_in_vietnamese_order_and_no_pupil(
    qtbot: QtBot, window: MainWindow, prepared: Prepared
) -> None:
    page = window.sign_in
    rows = range(page.people.view.model().rowCount())
    names = [page.people.view.model().index(row, 0).data() for row in rows]
    assert names == ["Sơn Thị Hoa", "Nguyễn Văn Hùng", "Quản trị mẫu", "Thạch Thị Sa Rây"]
    shown = " ".join(label.text() for label in window.findChildren(QLabel))
    pupils = [entry.pupil.name for klass in prepared.made.classes for entry in klass.pupils]
    assert [name for name in pupils if name in shown] == []


def test_the_right_password_opens_the_overview(qtbot: QtBot, window: MainWindow) -> None:
    workspace = sign_in(qtbot, window, LEADER)
    assert workspace.screen_id == "overview"
    assert workspace.top_bar.name.text() == "Nguyễn Văn Hùng"
    assert window.sign_in.password.text == ""


def test_a_wrong_password_is_told_and_the_field_is_ready_again(qtbot: QtBot, window: MainWindow) -> None:
    page = window.sign_in
    page.people.select(ADMIN)
    write(page.password.field, "sai-roi")
    key(page.password.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "chưa đúng" in page.password.warning.text())
    assert window.workspace is None
    assert page.password.text == ""
    assert page.password.field.property("state") == "error"
    assert page.enter.isEnabled()
    write(page.password.field, "x")
    assert page.password.warning.text() == ""


def test_failed_tries_are_slowed_down(qtbot: QtBot, window: MainWindow) -> None:
    """After the free tries even the right password has to wait, and the screen says for how long."""
    page = window.sign_in
    page.people.select(ADMIN)
    for _ in range(FREE_TRIES):
        write(page.password.field, "sai-roi")
        key(page.password.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "chưa đúng" in page.password.warning.text())
        rest(qtbot, window)
    write(page.password.field, PASSWORD)
    key(page.password.field, Qt.Key.Key_Return)
    rest(qtbot, window)
    assert page.password.warning.text().startswith("Đã sai mật khẩu nhiều lần. Chờ ")
    assert window.workspace is None
    sign_in(qtbot, window, CHECKER)  # the others are not held up


def test_arrows_move_through_the_names_and_typing_filters(qtbot: QtBot, window: MainWindow) -> None:
    people = window.sign_in.people
    people.select(CHECKER)
    key(window.sign_in.password.field, Qt.Key.Key_Down)
    assert people.login == LEADER
    key(window.sign_in.password.field, Qt.Key.Key_Up)
    assert people.login == CHECKER
    write(people.filter, "sa ray")
    assert people.login == TEACHER
    assert people.view.model().rowCount() == 1


def test_the_last_one_stands_first_next_time(qtbot: QtBot, window: MainWindow) -> None:
    sign_in(qtbot, window, TEACHER)
    window.lock()
    rest(qtbot, window)
    assert window.sign_in.people.view.model().index(0, 0).data() == "Thạch Thị Sa Rây"


def test_the_password_is_shown_only_while_held(qtbot: QtBot, window: MainWindow) -> None:
    field = window.sign_in.password
    assert field.field.echoMode() == QLineEdit.EchoMode.Password
    field.reveal.pressed.emit()
    assert field.field.echoMode() == QLineEdit.EchoMode.Normal
    field.reveal.released.emit()
    assert field.field.echoMode() == QLineEdit.EchoMode.Password


def test_warnings_for_caps_lock_and_vietnamese_letters(qtbot: QtBot, window: MainWindow) -> None:
    field = window.sign_in.password
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    field.field.keyPressEvent(press)
    assert field.warning.text() == CAPS
    field.field.setText("mật")
    assert field.warning.text() == MARKS


@pytest.mark.parametrize(
    ("text", "modifier", "caps"),
    [
        ("a", Qt.KeyboardModifier.NoModifier, False),
        ("A", Qt.KeyboardModifier.ShiftModifier, False),
        ("A", Qt.KeyboardModifier.NoModifier, True),
        ("a", Qt.KeyboardModifier.ShiftModifier, True),
        ("7", Qt.KeyboardModifier.ShiftModifier, None),
        ("", Qt.KeyboardModifier.NoModifier, None),
    ],
)
def test_caps_lock_is_read_from_a_letter(
    qtbot: QtBot, text: str, modifier: Qt.KeyboardModifier, caps: bool | None
) -> None:
    assert caps_lock_from(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, text)) is caps


@pytest.mark.parametrize(("text", "marked"), [("abc-1", False), ("đa", True), ("mât", True), ("", False)])
def test_marks_are_seen(text: str, marked: bool) -> None:
    assert has_marks(text) is marked
