"""The first start, from an empty folder to the overview."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.firstrun.page import FirstRunPage, current_year
from app.ui.overview.page import OverviewPage
from app.ui.shell.window import MainWindow
from tests.ui.conftest import OpenWindow
from tests.ui.driving import click, key, rest, sign_in, write


@pytest.fixture
def fresh(open_window: OpenWindow, tmp_path: Path) -> MainWindow:
    return open_window(tmp_path / "moi")


def page_of(window: MainWindow) -> FirstRunPage:
    assert window.first_run is not None
    assert window.front is window.first_run
    return window.first_run


def fill(page: FirstRunPage, *, password: str = "Mat-khau-moi", again: str = "Mat-khau-moi") -> None:
    for field, text in (("name", "Trường Tiểu học Thử"), ("code", "94000001"), ("commune", "Xã Thử")):
        write(page.school.inputs[field], text)
    write(page.school.inputs["province"], "Sóc Trăng")
    key(page.school.inputs["province"], Qt.Key.Key_Return)
    assert page.step == 1
    click(page.next)
    assert page.step == 2
    for field, text in (("person", "Lê Thị Hoa"), ("login", "quantri")):
        write(page.admin.inputs[field], text)
    write(page.admin.inputs["password"], password)
    write(page.admin.inputs["again"], again)


def test_five_steps_create_a_school_that_opens(qtbot: QtBot, fresh: MainWindow, tmp_path: Path) -> None:
    page = page_of(fresh)
    assert not page.next.isEnabled()
    assert page.school.inputs["name"].hasFocus()
    fill(page)
    click(page.next)
    qtbot.waitUntil(lambda: page.step == 3, timeout=20_000)
    assert not page.next.isEnabled()
    code = page.recovery.code
    assert len(code) > 15
    page.save_code(tmp_path / "ma.txt")
    assert code in (tmp_path / "ma.txt").read_text(encoding="utf-8")
    write(page.recovery.answer, "0000" if not code.endswith("0000") else "1111")
    assert not page.next.isEnabled()
    page.recovery.answer.clear()
    write(page.recovery.answer, code.replace("-", "")[-4:].lower())
    click(page.next)
    assert page.step == 4
    with qtbot.waitSignal(fresh.ready, timeout=20_000):
        click(page.next)
    rest(qtbot, fresh)
    workspace = sign_in(qtbot, fresh, "quantri", "Mat-khau-moi")
    overview = workspace.page
    assert isinstance(overview, OverviewPage)
    assert "Chưa có lớp nào" in overview.empty.words.text()


def test_two_different_passwords_are_refused(qtbot: QtBot, fresh: MainWindow, tmp_path: Path) -> None:
    page = page_of(fresh)
    fill(page, again="khac-hẳn")
    click(page.next)
    assert "khác nhau" in page.banner.text
    assert not (tmp_path / "moi").exists()


def test_a_short_password_is_told_at_its_step(qtbot: QtBot, fresh: MainWindow) -> None:
    page = page_of(fresh)
    fill(page, password="ngan", again="ngan")
    click(page.next)
    qtbot.waitUntil(lambda: "Mật khẩu quá ngắn" in page.banner.text)
    assert page.step == 2
    click(page.back)
    assert page.step == 1


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2024, 5, 24), "2023-2024"), (date(2024, 8, 1), "2024-2025"), (date(2024, 12, 31), "2024-2025")],
)
def test_the_school_year_of_a_day(today: date, year: str) -> None:
    assert current_year(today) == year
