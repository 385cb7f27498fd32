"""The PIN dialog: what it says, what it refuses, and that nothing of it stays."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.demo import cast
from app.interaction import PinRequest, PinState
from app.records.types import SigningRole
from app.ui.look import Look
from app.ui.signing.pin import PinDialog
from tests.ui.driving import click, key, rest, write
from tests.ui.signing.conftest import Desk

TEACHER, LEADER, SEAL = SigningRole


Ask = Callable[..., PinDialog]


@pytest.fixture
def ask(qapp: QApplication, look: Look) -> Iterator[Ask]:
    """Opens the dialog over a plain window."""
    parent = QWidget()

    def opened(state: PinState = PinState.NORMAL) -> PinDialog:
        request = PinRequest("Nguyễn Văn Hùng", "bit4id", "501077420391", 268, state)
        dialog = PinDialog(look, request, LEADER, 9, parent)
        dialog.open()
        return dialog

    yield opened
    parent.deleteLater()


def words(dialog: PinDialog) -> str:
    labels = dialog.findChildren(type(dialog._look.label()))
    return "\n".join(label.text() for label in labels if label.isVisible())


def test_it_says_whose_token_and_how_many(ask: Ask) -> None:
    dialog = ask()
    told = words(dialog)
    for part in ("Nguyễn Văn Hùng", "5010 7742 0391", "268 học bạ", "9 lớp, ký duyệt"):
        assert part in told
    assert dialog.act.accessibleName() == "Ký duyệt 268 học bạ"
    assert not dialog.warning.isVisible()
    assert not dialog.last.isVisible()


def test_the_field_takes_no_input_method_and_shows_dots(ask: Ask) -> None:
    dialog = ask()
    for field in (dialog.field, dialog.last):
        assert not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        assert field.inputMethodHints() & Qt.InputMethodHint.ImhHiddenText
        assert field.inputMethodHints() & Qt.InputMethodHint.ImhNoPredictiveText
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Password
    dialog.reveal.pressed.emit()
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Normal
    dialog.reveal.released.emit()
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Password


def test_enter_signs_from_the_field_alone(qtbot: QtBot, ask: Ask) -> None:
    dialog = ask()
    key(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()  # nothing typed yet
    write(dialog.field, "1234")
    key(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.accepted):
        key(dialog.field, Qt.Key.Key_Return)
    assert dialog.take() == "1234"
    assert dialog.take() == ""


def test_escape_forgets_what_was_typed(qtbot: QtBot, ask: Ask) -> None:
    dialog = ask()
    write(dialog.field, "1234")
    with qtbot.waitSignal(dialog.rejected):
        key(dialog.field, Qt.Key.Key_Escape)
    assert dialog.field.text() == ""


def test_a_letter_with_a_mark_is_told(ask: Ask) -> None:
    dialog = ask()
    write(dialog.field, "mật")
    assert "Bộ gõ tiếng Việt đang bật" in dialog.warning.text


@pytest.mark.parametrize("typed", ["", "0390", "039"])
def test_the_last_try_wants_the_serial_first(ask: Ask, typed: str) -> None:
    dialog = ask(PinState.FINAL_TRY)
    assert "chỉ còn một lần thử PIN" in dialog.warning.text
    assert dialog.last.isVisible()
    write(dialog.last, typed)
    assert not dialog.field.isEnabled()
    dialog.last.clear()
    write(dialog.last, "0391")
    assert dialog.field.isEnabled()
    assert not dialog.act.isEnabled()
    write(dialog.field, "1234")
    assert dialog.act.isEnabled()


def test_a_wrong_try_before_is_warned_about(ask: Ask) -> None:
    dialog = ask(PinState.TRIED)
    assert "đã có lần nhập sai PIN" in dialog.warning.text


# --- in the window -----------------------------------------------------------------------------------------


def test_declining_changes_nothing(desk: Desk) -> None:
    page = desk.arrive(cast.teacher_login("2A"))
    click(page.before.act)
    dialog = desk.dialog()
    write(dialog.field, "12")
    key(dialog.field, Qt.Key.Key_Escape)
    rest(desk.qtbot, desk.window)
    assert page.pane is page.before
    assert page.banner.text == ""
    desk.until(page.before.act.isEnabled)
    assert desk.signed(TEACHER) == 0


def test_a_pin_is_not_left_on_a_locked_screen(desk: Desk) -> None:
    page = desk.arrive(cast.teacher_login("2A"))
    click(page.before.act)
    write(desk.dialog().field, "12")
    desk.window.lock()
    rest(desk.qtbot, desk.window)
    assert page.findChildren(PinDialog) == []
    assert page._run is None
    assert desk.signed(TEACHER) == 0


def test_the_window_closes_while_a_pin_is_awaited(desk: Desk) -> None:
    page = desk.arrive(cast.teacher_login("2A"))
    click(page.before.act)
    desk.dialog()
    desk.window.close()
    desk.until(lambda: not desk.window.isVisible())
    alive = [thread.name for thread in threading.enumerate() if thread.name.startswith("hocba-")]
    assert alive == []
