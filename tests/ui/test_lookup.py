"""Tra cứu, xác minh in the real window: files of every fate, dropped or chosen, and codes of pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.interaction import SilentProgress
from app.records.page_code import page_code
from app.records.types import Role
from app.ui.lookup.page import LookupPage
from app.ui.shell.window import MainWindow
from app.workflows import classes, gate, issue, people
from app.workflows import store as store_verbs
from tests.ui.conftest import OpenWindow
from tests.ui.driving import ADMIN, LEADER, PASSWORD, TEACHER, click, key, rest, sign_in, write


@pytest.fixture
def issued(data: Path, tmp_path: Path) -> tuple[Path, str, str]:
    """(folder with the XML of a pupil of 3A, page code, name); revoked later where a test wants it."""
    with store_verbs.open_store(data) as store:
        actor = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
        gate.submit(store=store, actor=actor, class_name="3A")
        gate.approve(store=store, actor=actor, class_name="3A")
        issue.issue(store=store, actor=actor, class_name="3A", progress=SilentProgress())
        pupil = classes.open_class(store=store, actor=actor, class_name="3A").pupils[0].pupil
        documents = issue.stored_documents(store=store, actor=actor, code=pupil.code)
        version = issue.current_version(store=store, actor=actor, code=pupil.code)
        assert documents is not None
        assert version is not None
        folder = tmp_path / "tep"
        folder.mkdir()
        (folder / "hoc-ba.xml").write_bytes(documents.xml)
        (folder / "hong.pdf").write_bytes(b"%PDF-1.7 hong")
        code = page_code(
            school="94000001",
            transcript_id=version.transcript_id,
            version=version.version,
            data_sha256=version.data_sha256,
        )
        return folder, code.typed, pupil.name


def opened(qtbot: QtBot, window: MainWindow, login: str) -> LookupPage:
    workspace = sign_in(qtbot, window, login)
    click(workspace.nav.buttons["lookup"])
    rest(qtbot, window)
    page = workspace.page
    assert isinstance(page, LookupPage)
    return page


@pytest.mark.parametrize("login", [ADMIN, TEACHER, LEADER])
def test_everybody_may_verify(qtbot: QtBot, window: MainWindow, login: str) -> None:
    page = opened(qtbot, window, login)
    assert page.empty.isVisible()
    assert page.choose.isEnabled()


def test_a_folder_is_verified_file_by_file(
    qtbot: QtBot, issued: tuple[Path, str, str], open_window: OpenWindow, data: Path
) -> None:
    folder, _, name = issued
    window = open_window(data)
    page = opened(qtbot, window, ADMIN)
    page.drop.dropped.emit([folder])
    rest(qtbot, window)
    assert page.files.keys == ("0", "1")
    assert page.counts.text() == "0 hợp lệ · 1 không · 1 chưa rõ"
    page.files.choose("0")
    assert "Không có chữ ký số" in page.report.text
    assert name in page.report.text
    assert "Bản này mới tạo, chưa ai ký." in page.report.text
    page.files.choose("1")
    assert "Không đọc được tệp" in page.report.text
    click(page.copy)
    assert QApplication.clipboard().text() == page.report.text


def test_a_teacher_of_another_class_is_not_told_whose_it_is(
    qtbot: QtBot, issued: tuple[Path, str, str], open_window: OpenWindow, data: Path
) -> None:
    folder, code, name = issued
    with store_verbs.open_store(data) as store:
        actor = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
        people.add_account(
            store=store,
            actor=actor,
            login="gv4a",
            name="Lâm Thị Bốn",
            roles=(Role.HOMEROOM,),
            classes=("4A",),
            subjects=(),
            password=PASSWORD,
        )
    window = open_window(data)
    page = opened(qtbot, window, "gv4a")
    page.verify([folder / "hoc-ba.xml"])
    rest(qtbot, window)
    assert name not in page.report.text
    page.tabs.setCurrentIndex(1)
    write(page.code, code)
    key(page.code, Qt.Key.Key_Return)
    rest(qtbot, window)
    assert page.answer.text.startswith("Hiện hành.")
    assert name not in page.details.text()


def test_a_withdrawn_version_is_never_shown_as_valid(
    qtbot: QtBot, issued: tuple[Path, str, str], open_window: OpenWindow, data: Path
) -> None:
    folder, code, name = issued
    with store_verbs.open_store(data) as store:
        actor = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
        pupil = next(p for p in classes.list_pupils(store=store, actor=actor, search=name))
        issue.revoke(store=store, actor=actor, code=pupil.pupil.pupil.code, reason="Sai ngày sinh")
    window = open_window(data)
    page = opened(qtbot, window, ADMIN)
    page.verify([folder / "hoc-ba.xml"])
    rest(qtbot, window)
    assert "Đã bị thu hồi" in page.report.text
    assert "Không. Trường đã thu hồi bản này: Sai ngày sinh." in page.report.text
    page.tabs.setCurrentIndex(1)
    write(page.code, code)
    click(page.ask)
    rest(qtbot, window)
    assert page.answer.text.startswith("Đã thu hồi.")
    assert "Sai ngày sinh" in page.details.text()


def test_a_misread_code_says_which_part(qtbot: QtBot, window: MainWindow) -> None:
    page = opened(qtbot, window, ADMIN)
    page.tabs.setCurrentIndex(1)
    write(page.code, "HB1-0000")
    click(page.ask)
    rest(qtbot, window)
    assert page.banner.text
    assert page.answer.text == ""
