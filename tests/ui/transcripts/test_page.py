"""Học bạ on real data: looking through a class, one transcript, live drafts, issuing, copies, printing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from app.interaction import SilentProgress
from app.ui.shell.window import MainWindow
from app.ui.tasks import Lane
from app.ui.transcripts import drawing
from app.ui.transcripts.drawing import PageKind
from app.ui.transcripts.filters import ALL
from app.ui.transcripts.page import TranscriptsPage
from app.workflows import fields, gate, issue
from app.workflows import store as store_verbs
from app.workflows.report import changed
from app.workflows.store import Store
from tests.ui.conftest import Prepared
from tests.ui.driving import ADMIN, CHECKER, HOLE_CLASS, LEADER, PASSWORD, TEACHER, click, key, rest
from tests.ui.transcripts.support import open_page, shown_text

CTRL = Qt.KeyboardModifier.ControlModifier


def approve(store: Store, name: str = "3A") -> None:
    admin = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    gate.submit(store=store, actor=admin, class_name=name)
    gate.approve(store=store, actor=admin, class_name=name)


@pytest.fixture
def issued(store: Store) -> Store:
    """Class 3A has its transcripts."""
    approve(store)
    admin = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    assert issue.issue(store=store, actor=admin, class_name="3A", progress=SilentProgress()).issued == 3
    return store


def names(page: TranscriptsPage) -> list[str]:
    return [card.entry.pupil.name for card in page.sheet.rows.cards]


def test_the_sheet_shows_the_class_and_the_reader_follows(
    qtbot: QtBot, window: MainWindow, prepared: Prepared
) -> None:
    page = open_page(qtbot, window, TEACHER)
    made = [entry.pupil.name for entry in prepared.made.classes[2].pupils]
    assert names(page) == made
    assert page.sheet.drawn
    reader = page.reader
    assert (reader.name.text(), reader.state.word) == (made[0], "Bản nháp")
    assert made[0] in shown_text(reader.viewer)
    page.sheet.setFocus()
    with qtbot.waitSignal(reader.viewer.drawn):
        key(page.sheet, Qt.Key.Key_Right)
    assert reader.name.text() == made[1]
    assert made[1] in shown_text(reader.viewer)
    before = reader.viewer.page
    key(page.sheet, Qt.Key.Key_PageUp)
    assert reader.viewer.page == before - 1
    factor = reader.viewer.view.laid.factor
    key(page.sheet, Qt.Key.Key_Plus)
    assert reader.viewer.view.laid.factor > factor
    assert not reader.copy.isEnabled()
    rest(qtbot, window)


def test_enter_opens_and_esc_returns_to_the_same_place(qtbot: QtBot, window: MainWindow) -> None:
    page = open_page(qtbot, window, TEACHER)
    page.sheet.setFocus()
    key(page.sheet, Qt.Key.Key_Right)
    key(page.sheet, Qt.Key.Key_Return)
    rest(qtbot, window)
    assert page.full
    assert not page.sheet.isVisible()
    assert page.reader.viewer.thumbnails.isVisible()
    assert page.reader.viewer.view.hasFocus()
    key(page, Qt.Key.Key_PageDown, CTRL)
    rest(qtbot, window)
    assert page.reader.name.text() == names(page)[2]
    key(page.reader.viewer.view, Qt.Key.Key_Escape)
    rest(qtbot, window)
    assert page.sheet.isVisible()
    assert page.sheet.hasFocus()
    assert page.sheet.currentIndex().row() == 2
    click(page.reader.full)
    assert page.full
    click(page.reader.full)
    assert not page.full
    rest(qtbot, window)


def test_the_signature_page_of_everybody(qtbot: QtBot, window: MainWindow) -> None:
    page = open_page(qtbot, window, TEACHER)
    click(page.kind_buttons[PageKind.SIGNATURES])
    rest(qtbot, window)
    assert page.sheet.kind is PageKind.SIGNATURES
    assert page.sheet.drawn
    assert page.reader.viewer.page == 4
    click(page.kind_buttons[PageKind.TRAITS])
    rest(qtbot, window)
    assert page.kind_buttons[PageKind.TRAITS].isChecked()
    qtbot.waitUntil(lambda: page.sheet.drawn)
    assert page.reader.viewer.page == 4
    click(page.kind_buttons[PageKind.SUBJECTS])
    rest(qtbot, window)
    assert page.reader.viewer.page == 3


def test_filters_count_and_choose(qtbot: QtBot, window: MainWindow) -> None:
    page = open_page(qtbot, window, ADMIN, **{"class": HOLE_CLASS})
    shown = {word: button.text() for word, button in page.filters.buttons.items() if button.isVisible()}
    assert shown[ALL] == "Tất cả 3"
    assert shown["Bản nháp"] == "Bản nháp 3"
    assert shown["Có lỗi"] == "Có lỗi 1"
    everybody = names(page)
    click(page.filters.buttons["Có lỗi"])
    rest(qtbot, window)
    assert names(page) == everybody[:1]
    click(page.filters.buttons[ALL])
    rest(qtbot, window)
    assert names(page) == everybody


def test_a_change_of_the_data_is_followed_without_a_jump(
    qtbot: QtBot, window: MainWindow, store: Store
) -> None:
    page = open_page(qtbot, window, ADMIN, **{"class": "3A"})
    view = page.reader.viewer.view
    view.step_zoom(1)
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 60)
    rest(qtbot, window)
    place, factor = view.place, view.laid.factor
    card = page.reader.card
    assert card is not None
    before = page.sheet.images.image(card.entry.key)
    admin = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    fields.set_field(store=store, actor=admin, code=card.entry.pupil.code, field="height", value="177")
    with qtbot.waitSignal(page.reader.viewer.drawn):
        window._runner.run(Lane.WORK, lambda _: changed("results", ids=frozenset({"3A"})))
    assert "177" in shown_text(page.reader.viewer)
    assert (view.place, view.laid.factor) == (place, factor)
    rest(qtbot, window)
    assert page.sheet.images.image(card.entry.key) is not before


def test_issuing_shows_progress_and_the_kept_document(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    approve(store)
    page = open_page(qtbot, window, CHECKER, **{"class": "3A"})
    counts: list[str] = []
    told = window._runner.stepped
    told.connect(lambda job: counts.append(f"{job.done}/{job.total}") if job.title else None)
    click(page.issue)
    qtbot.waitUntil(lambda: page.issuing.start.isEnabled(), timeout=20_000)
    assert page.issuing.start.accessibleName() == "Tạo 3 học bạ"
    click(page.issuing.start)
    assert page.job_line.isVisible()
    qtbot.waitUntil(lambda: "Đã tạo 3 học bạ, bỏ qua 0, tổng 3." in page.banner.text, timeout=30_000)
    rest(qtbot, window)
    assert counts[-1] == "3/3"
    assert not page.job_line.isVisible()
    qtbot.waitUntil(lambda: page.reader.state.word == "Đã tạo", timeout=20_000)
    qtbot.waitUntil(lambda: bool(page.reader.verdict.text()), timeout=20_000)
    assert page.reader.verdict.text().startswith("Đúng bản Tổ công tác duyệt, tạo ")
    assert page.reader.choose.text() == "Bản 1"
    assert page.filters.buttons["Đã tạo"].text() == "Đã tạo 3"
    with qtbot.waitSignal(page.reader.viewer.drawn):
        click(page.reader.draft)
    assert page.reader.state.word == "Bản nháp"
    assert "BẢN NHÁP" in shown_text(page.reader.viewer)
    click(page.issue)
    rest(qtbot, window)
    assert page.issuing.counts.text() == "Tạo 0 · bỏ qua 3 · tổng 3"
    assert not page.issuing.start.isEnabled()
    click(page.issuing.back)
    assert page.sheet.isVisible()


def test_a_copy_of_the_kept_document(qtbot: QtBot, window: MainWindow, issued: Store, tmp_path: Path) -> None:
    page = open_page(qtbot, window, CHECKER, **{"class": "3A"})
    click(page.reader.copy)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert page.reader.card is not None
    version = page.reader.card.version
    assert version is not None
    target = tmp_path / "ban-luu.pdf"
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    qtbot.waitUntil(lambda: "Đã lưu bản PDF" in page.banner.text, timeout=20_000)
    assert hashlib.sha256(target.read_bytes()).hexdigest() == version.pdf_sha256
    rest(qtbot, window)


def to_file(dialog: QPrintDialog, target: Path) -> QPrinter:
    printer = dialog.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    return printer


def sheets(target: Path) -> int:
    with drawing.opened(target.read_bytes()) as document:
        return document.pageCount()


def test_one_transcript_is_printed(qtbot: QtBot, window: MainWindow, issued: Store, tmp_path: Path) -> None:
    page = open_page(qtbot, window, CHECKER, **{"class": "3A"})
    key(page.sheet, Qt.Key.Key_P, CTRL)
    dialog = page.findChild(QPrintDialog)
    assert dialog is not None
    printer = to_file(dialog, tmp_path / "mot.pdf")
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    QDialog.accept(dialog)  # its own accept takes the file name from its field
    qtbot.waitUntil(lambda: "Đã gửi 1 trang đến máy in." in page.banner.text, timeout=60_000)
    rest(qtbot, window)
    assert sheets(tmp_path / "mot.pdf") == 1


def test_closing_in_the_middle_of_drawing(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(qtbot, window, ADMIN, **{"class": "3A"})
    page.sheet.setFocus()
    click(page.kind_buttons[PageKind.SIGNATURES])
    page.reader.viewer.view.step_zoom(1)
    key(page.sheet, Qt.Key.Key_Right)
    assert window._runner.jobs
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert not window.broken


def test_a_class_that_is_not_approved_says_so(qtbot: QtBot, window: MainWindow) -> None:
    page = open_page(qtbot, window, CHECKER, **{"class": "1A"})
    assert not page.issue.isEnabled()
    assert page.foot.text() == "Lớp 1A chưa duyệt nên chưa tạo được học bạ."


def test_a_leader_looks_but_does_not_issue(qtbot: QtBot, window: MainWindow) -> None:
    page = open_page(qtbot, window, LEADER, **{"class": "1A"})
    assert not page.issue.isVisible()
    assert page.reader.state.word == "Bản nháp"


def test_grade_5_has_its_sentence_in_place_of_the_pages(qtbot: QtBot, window: MainWindow) -> None:
    page = open_page(qtbot, window, ADMIN, **{"class": "5A"})
    assert page.empty.isVisible()
    assert "Khối 5" in page.empty.words.text()
    assert not page.sheet.isVisible()
    assert not page.print_class.isEnabled()


def test_where_there_is_no_room_the_page_takes_the_place_of_the_sheet(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = open_page(qtbot, window, ADMIN, **{"class": "3A"})
    assert page.reader.isVisible()
    window.resize(1024, 540)
    rest(qtbot, window)
    page.sheet.setFocus()
    key(page.sheet, Qt.Key.Key_Return)
    rest(qtbot, window)
    assert page.reader.isVisible()
    assert not page.sheet.isVisible()
