"""The first start: a new school, a backup, the sample school; from an empty folder to the overview."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.ui.firstrun.newschool import NewSchool, current_year
from app.ui.firstrun.page import FirstRunPage
from app.ui.firstrun.ways import BACKUP, SAMPLE
from app.ui.overview.page import OverviewPage
from app.ui.shell.window import MainWindow
from app.workflows.store import open_store
from tests.ui.conftest import OpenWindow, Prepared
from tests.ui.driving import ADMIN, PASSWORD, click, key, rest, sign_in, write


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the data shall lie; keys stay out of the credential store of this machine."""
    monkeypatch.setenv("HOCBA_KEY_FILE_ONLY", "1")
    return tmp_path / "moi"


@pytest.fixture
def fresh(open_window: OpenWindow, folder: Path) -> MainWindow:
    return open_window(folder)


def page_of(window: MainWindow) -> FirstRunPage:
    assert window.first_run is not None
    assert window.front is window.first_run
    return window.first_run


def go(window: MainWindow, way: str) -> FirstRunPage:
    """Choose a way by its key in the list."""
    page = page_of(window)
    page.ways.list.choose(way)
    click(page.ways.next)
    assert page.way == way
    return page


def new_school(window: MainWindow) -> NewSchool:
    page = page_of(window)
    assert page.ways.list.hasFocus()
    key(page.ways.list, Qt.Key.Key_Return)
    return page.new


def fill(page: NewSchool, *, password: str = "Mat-khau-moi", again: str = "Mat-khau-moi") -> None:
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


# --- a new school ------------------------------------------------------------------------------------


def test_five_steps_create_a_school_that_opens(qtbot: QtBot, fresh: MainWindow, tmp_path: Path) -> None:
    page = new_school(fresh)
    assert not page.next.isEnabled()
    assert page.school.inputs["name"].hasFocus()
    fill(page)
    click(page.next)
    qtbot.waitUntil(lambda: page.step == 3, timeout=20_000)
    assert not page.next.isEnabled()
    assert not page.leave.isVisible()
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
    assert not workspace.desk.school.sample


def test_the_recovery_code_is_printed(qtbot: QtBot, fresh: MainWindow, tmp_path: Path) -> None:
    page = new_school(fresh)
    page.recovery.show_code("ABCDE-FGHIJ-KLMNO-PQRST-UVWXY-Z1234")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "ma.pdf"))
    page.print_code(printer)
    qtbot.waitUntil(lambda: "máy in" in page.banner.text)
    assert (tmp_path / "ma.pdf").read_bytes().startswith(b"%PDF")


def test_a_code_that_cannot_be_saved_is_told(fresh: MainWindow, tmp_path: Path) -> None:
    page = new_school(fresh)
    page.save_code(tmp_path / "khong-co" / "ma.txt")
    assert "Không ghi được tệp ma.txt" in page.banner.text


def test_two_different_passwords_are_refused(qtbot: QtBot, fresh: MainWindow, folder: Path) -> None:
    page = new_school(fresh)
    fill(page, again="khac-hẳn")
    click(page.next)
    assert "khác nhau" in page.banner.text
    assert not folder.exists()


def test_a_short_password_is_told_at_its_step(qtbot: QtBot, fresh: MainWindow) -> None:
    page = new_school(fresh)
    fill(page, password="ngan", again="ngan")
    click(page.next)
    qtbot.waitUntil(lambda: "Mật khẩu quá ngắn" in page.banner.text)
    assert page.step == 2
    click(page.leave)
    assert page.step == 1


def test_going_back_leads_to_the_ways_and_keeps_what_was_typed(fresh: MainWindow) -> None:
    page = new_school(fresh)
    write(page.school.inputs["name"], "Trường Thử")
    click(page.leave)
    assert page_of(fresh).way == ""
    assert new_school(fresh).school.text("name") == "Trường Thử"


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2024, 5, 24), "2023-2024"), (date(2024, 8, 1), "2024-2025"), (date(2024, 12, 31), "2024-2025")],
)
def test_the_school_year_of_a_day(today: date, year: str) -> None:
    assert current_year(today) == year


# --- a backup ----------------------------------------------------------------------------------------


@pytest.fixture
def copy(data: Path, tmp_path: Path) -> Path:
    """A backup of the prepared school, made on another PC."""
    target = tmp_path / "sao-luu.hocba"
    with open_store(data) as store:
        store.backup(target)
    return target


def facts(page: FirstRunPage) -> str:
    return page.backup.content.accessibleName()


def test_a_backup_is_shown_before_it_is_opened(
    qtbot: QtBot, fresh: MainWindow, copy: Path, prepared: Prepared, folder: Path
) -> None:
    page = go(fresh, BACKUP)
    assert not page.backup.next.isEnabled()
    page.backup.take(copy)
    qtbot.waitUntil(lambda: "Gõ mã khôi phục" in page.backup.banner.text)
    rest(qtbot, fresh)
    assert not page.backup.content.isVisible()
    write(page.backup.code, prepared.recovery_code)
    key(page.backup.code, Qt.Key.Key_Return)
    qtbot.waitUntil(page.backup.content.isVisible, timeout=20_000)
    assert f"Trường: {prepared.made.school.name}" in facts(page)
    assert "5 lớp, 15 học sinh, 0 bản học bạ" in facts(page)
    assert "4 người" in facts(page)
    assert not (folder / "hocba.db").exists()
    assert page.backup.next.accessibleName() == "Mở dữ liệu năm học 2023–2024"
    with qtbot.waitSignal(fresh.ready, timeout=20_000):
        click(page.backup.next)
    rest(qtbot, fresh)
    overview = sign_in(qtbot, fresh, ADMIN, PASSWORD).page
    assert isinstance(overview, OverviewPage)


def test_a_wrong_recovery_code_opens_nothing(
    qtbot: QtBot, fresh: MainWindow, copy: Path, folder: Path
) -> None:
    page = go(fresh, BACKUP)
    write(page.backup.code, "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE")
    page.backup.take(copy)
    qtbot.waitUntil(lambda: "Mã khôi phục chưa đúng" in page.backup.banner.text, timeout=20_000)
    rest(qtbot, fresh)
    assert page.backup.next.accessibleName() == "Xem bản sao lưu"
    assert not (folder / "hocba.db").exists()


def test_a_file_that_is_no_backup_is_told(qtbot: QtBot, fresh: MainWindow, tmp_path: Path) -> None:
    other = tmp_path / "khac.hocba"
    other.write_text("không phải", encoding="utf-8")
    page = go(fresh, BACKUP)
    page.backup.take(other)
    qtbot.waitUntil(lambda: "bị hỏng" in page.backup.banner.text, timeout=20_000)
    click(page.backup.leave)
    assert page.way == ""


def test_another_code_hides_what_was_seen(
    qtbot: QtBot, fresh: MainWindow, copy: Path, prepared: Prepared
) -> None:
    page = go(fresh, BACKUP)
    write(page.backup.code, prepared.recovery_code)
    page.backup.take(copy)
    qtbot.waitUntil(page.backup.content.isVisible, timeout=20_000)
    write(page.backup.code, "X")
    assert not page.backup.content.isVisible()
    assert page.backup.next.accessibleName() == "Xem bản sao lưu"


def test_damaged_data_are_replaced_by_a_backup(
    qtbot: QtBot, open_window: OpenWindow, data: Path, copy: Path
) -> None:
    (data / "hocba.db").write_bytes(b"hong" * 5000)
    window = open_window(data)
    assert window.front is window.trouble
    click(window.trouble.restore)
    assert not window.trouble.retry.isVisible()
    window.trouble.backup.take(copy)
    qtbot.waitUntil(window.trouble.backup.content.isVisible, timeout=20_000)
    rest(qtbot, window)
    with qtbot.waitSignal(window.ready, timeout=20_000):
        click(window.trouble.backup.next)
    rest(qtbot, window)
    assert isinstance(sign_in(qtbot, window, ADMIN, PASSWORD).page, OverviewPage)
    assert list(data.glob("da-thay-*"))


# --- the sample school -------------------------------------------------------------------------------


def test_the_sample_school_opens_in_a_folder_of_its_own_and_is_thrown_away(
    qtbot: QtBot, fresh: MainWindow, folder: Path
) -> None:
    page = go(fresh, SAMPLE)
    rest(qtbot, fresh)
    assert not page.samples.remove.isVisible()
    click(page.samples.next)
    qtbot.waitUntil(lambda: "Đã tạo trường mẫu" in page.samples.banner.text, timeout=30_000)
    rest(qtbot, fresh)
    assert "tap-dung" in page.samples.login.text()
    with qtbot.waitSignal(fresh.ready, timeout=20_000):
        click(page.samples.next)
    rest(qtbot, fresh)
    workspace = sign_in(qtbot, fresh, "quantri", "tap-dung")
    assert workspace.desk.school.sample
    assert "(dữ liệu bịa)" in fresh.windowTitle()
    assert not (folder / "hocba.db").exists()
    with qtbot.waitSignal(fresh.ready, timeout=20_000):
        click(workspace.top_bar.leave)
    rest(qtbot, fresh)
    page = go(fresh, SAMPLE)
    rest(qtbot, fresh)
    click(page.samples.remove)
    qtbot.waitUntil(lambda: page.samples.banner.text == "Đã xóa trường mẫu.", timeout=20_000)
    assert [found.name for found in folder.parent.iterdir() if found.name.startswith("moi-")] == []
    assert page.samples.next.accessibleName() == "Tạo trường mẫu"


def test_only_one_primary_button_is_in_sight(qtbot: QtBot, fresh: MainWindow) -> None:
    for way in ("", BACKUP, SAMPLE):
        page = go(fresh, way) if way else page_of(fresh)
        rest(qtbot, fresh)
        buttons = [one for one in page.findChildren(QPushButton) if one.isVisible()]
        assert len([one for one in buttons if one.property("kind") == "primary"]) == 1
        assert all(one.accessibleName() for one in buttons)
        page.begin()
