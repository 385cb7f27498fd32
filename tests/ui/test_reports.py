"""Báo cáo, driven as a person would: kinds, options, chart with its table, files and paper."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.records.reports import Bar, Chart, Part, Shade
from app.ui.look import Look
from app.ui.reports.chart import LOOKS, ChartView, percent, spoken
from app.ui.reports.page import ReportsPage
from app.ui.screens import REPORTS
from app.ui.shell.window import MainWindow
from app.workflows import gate
from app.workflows import store as store_verbs
from app.workflows.store import Store
from tests.ui.conftest import OpenWindow, Prepared
from tests.ui.driving import CHECKER, LEADER, PASSWORD, TEACHER, click, key, rest, sign_in


def open_page(qtbot: QtBot, window: MainWindow, login: str = CHECKER) -> ReportsPage:
    workspace = sign_in(qtbot, window, login)
    click(workspace.nav.buttons[REPORTS])
    rest(qtbot, window)
    page = workspace.page
    assert isinstance(page, ReportsPage)
    return page


def choose(qtbot: QtBot, window: MainWindow, page: ReportsPage, kind: str) -> None:
    """Walk down the list with the keyboard."""
    page.list.setFocus()
    key(page.list, Qt.Key.Key_Home)
    while page.list.key != kind:
        key(page.list, Qt.Key.Key_Down)
    rest(qtbot, window)


def numbers(page: ReportsPage) -> list[tuple[str, ...]]:
    model = page.table.numbers
    return [
        tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def save(page: ReportsPage, button: QPushButton, target: Path) -> None:
    click(button)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(target))
    dialog.reject()


def test_progress_comes_first_with_its_chart_over_its_table(qtbot: QtBot, window: MainWindow) -> None:
    page = open_page(qtbot, window)
    assert page.list.key == "progress"
    assert page.chart.isVisible()
    assert page.table.isVisible()
    assert page.chart.mapTo(page, QPoint()).y() < page.table.mapTo(page, QPoint()).y()
    assert "chưa duyệt 4 (1A, 2A, 3A, 4A)" in page.caption.text()
    assert [bar.label for bar in page.chart.bars.chart.bars] == ["Lớp 1A", "Lớp 2A", "Lớp 3A", "Lớp 4A"]
    assert page.chart.area.accessibleDescription() == spoken(page.chart.bars.chart)
    assert numbers(page)[-1][0] == "Toàn trường"


def test_subjects_by_grade_class_and_subject(qtbot: QtBot, window: MainWindow) -> None:
    page = open_page(qtbot, window)
    choose(qtbot, window, page, "subjects")
    whole = page.chart.bars.chart
    assert whole.bars[0].label == "Tiếng Việt"
    assert whole.bars[0].total == 12
    page.options.grade.choose("3")
    rest(qtbot, window)
    assert {row[0] for row in numbers(page)} == {"3A"}
    page.options.grade.choose("")
    rest(qtbot, window)
    page.options.item.choose("TOAN")
    rest(qtbot, window)
    assert [bar.label for bar in page.chart.bars.chart.bars] == ["Lớp 1A", "Lớp 2A", "Lớp 3A", "Lớp 4A"]
    assert {row[1] for row in numbers(page)} == {"Toán"}


def test_the_scores_are_a_tab_and_a_hole_is_counted_as_one(qtbot: QtBot, window: MainWindow) -> None:
    page = open_page(qtbot, window)
    choose(qtbot, window, page, "subjects")
    page.tabs.setFocus()
    key(page.tabs, Qt.Key.Key_Right)
    rest(qtbot, window)
    assert page.tabs.tabText(page.tabs.currentIndex()) == "Điểm KTĐK"
    rows = [row for row in numbers(page) if row[:3] == ("4", "Toán", "Chưa có")]
    assert [row[3] for row in rows] == ["1"]
    bar = next(bar for bar in page.chart.bars.chart.bars if bar.label == "Toán")
    assert (bar.total, bar.outside) == (11, 1)


def test_only_approved_classes(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    teacher = store_verbs.login(store=store, login=TEACHER, password=PASSWORD)
    checker = store_verbs.login(store=store, login=CHECKER, password=PASSWORD)
    page = open_page(qtbot, window)
    choose(qtbot, window, page, "year")
    click(page.options.approved)
    rest(qtbot, window)
    assert page.empty.isVisible()
    assert not page.excel.isEnabled()
    assert page.excel.toolTip() == "Chưa có số liệu để xuất."
    gate.submit(store=store, actor=teacher, class_name="3A")
    gate.approve(store=store, actor=checker, class_name="3A")
    page.load({"kind": "year"})
    rest(qtbot, window)
    assert sum(int(row[2]) for row in numbers(page)) == 3
    assert page.caption.text().endswith("(1A, 2A, 4A); chưa có trong báo cáo này.")


def test_excel_names_file_sheets_and_rows(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = open_page(qtbot, window)
    choose(qtbot, window, page, "year")
    target = tmp_path / "xep-loai.xlsx"
    save(page, page.excel, target)
    qtbot.waitUntil(lambda: "Đã ghi xep-loai.xlsx" in page.banner.text, timeout=20_000)
    rest(qtbot, window)
    assert "trang tính Xếp loại, Khen thưởng, " in page.banner.text
    assert str(tmp_path) in page.banner.text
    assert openpyxl.load_workbook(target).sheetnames == ["Xếp loại", "Khen thưởng"]


def test_pdf(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = open_page(qtbot, window)
    target = tmp_path / "tien-do.pdf"
    save(page, page.pdf, target)
    qtbot.waitUntil(lambda: "Đã ghi tien-do.pdf" in page.banner.text, timeout=20_000)
    rest(qtbot, window)
    assert target.read_bytes().startswith(b"%PDF-")


def test_printing(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = open_page(qtbot, window)
    page.list.setFocus()
    key(page.list, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = page.findChild(QPrintDialog)
    assert dialog is not None
    dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    dialog.printer().setOutputFileName(str(tmp_path / "giay.pdf"))
    QDialog.accept(dialog)  # its own accept takes the file name from its field
    qtbot.waitUntil(lambda: "Đã gửi 1 trang đến máy in." in page.banner.text, timeout=60_000)
    rest(qtbot, window)
    assert (tmp_path / "giay.pdf").read_bytes().startswith(b"%PDF-")


def test_files_of_a_class(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = open_page(qtbot, window)
    choose(qtbot, window, page, "class")
    page.options.klass.choose("3A")
    rest(qtbot, window)
    assert not page.chart.isVisible()
    assert "3 học sinh lớp 3A" in page.caption.text()
    assert page.pdf.isEnabled()
    choose(qtbot, window, page, "csdl")
    assert not page.pdf.isEnabled()
    assert page.pdf.toolTip() == "Tệp này chỉ có dạng Excel."
    page.tabs.setCurrentIndex(1)
    save(page, page.excel, tmp_path / "nhan-xet.xlsx")
    qtbot.waitUntil(lambda: "Đã ghi nhan-xet.xlsx" in page.banner.text, timeout=20_000)
    rest(qtbot, window)
    assert "NL-PC" in openpyxl.load_workbook(tmp_path / "nhan-xet.xlsx").sheetnames


def test_filling_an_original(qtbot: QtBot, window: MainWindow, prepared: Prepared, tmp_path: Path) -> None:
    page = open_page(qtbot, window)
    choose(qtbot, window, page, "fill")
    assert not page.excel.isVisible()
    assert page.filling.choose.isVisible()
    original = next(file for file in prepared.files[1:] if "3A" in file.name)
    page.filling.chosen.emit(original, tmp_path / "da-dien.xlsx")
    qtbot.waitUntil(lambda: "Đã ghi da-dien.xlsx" in page.banner.text, timeout=20_000)
    rest(qtbot, window)
    assert page.filling.result.text().startswith("Đã điền ")
    assert (tmp_path / "da-dien.xlsx").exists()


def test_a_teacher_sees_the_own_class_alone(qtbot: QtBot, window: MainWindow) -> None:
    page = open_page(qtbot, window, TEACHER)
    assert not page.options.grade.isVisible()
    assert page.options.klass.value == "3A"
    choose(qtbot, window, page, "year")
    assert {row[0] for row in numbers(page)} == {"3A"}
    assert [bar.label for bar in page.chart.bars.chart.bars] == ["Lớp 3A"]


def test_a_leader_has_reports_but_no_class_files(qtbot: QtBot, window: MainWindow) -> None:
    page = open_page(qtbot, window, LEADER)
    assert page.list.keys == ("progress", "subjects", "traits", "year")


def test_in_the_small_window_the_options_stay_whole(
    qtbot: QtBot, open_window: OpenWindow, data: Path
) -> None:
    window = open_window(data)
    window.resize(1093, 558)
    page = open_page(qtbot, window)
    choose(qtbot, window, page, "subjects")
    shown = (page.options.grade, page.options.klass, page.options.item, page.options.approved)
    qtbot.waitUntil(lambda: all(one.width() >= one.sizeHint().width() for one in shown), timeout=5_000)
    for widget in shown:
        assert page.options.rect().contains(widget.mapTo(page.options, widget.rect().bottomRight()))


# --- the chart itself ---------------------------------------------------------------------------------

LEVELS = (Part("Tốt", Shade.GOOD), Part("Đạt", Shade.MIDDLE), Part("Cần cố gắng", Shade.LOW))


def chart_view(qtbot: QtBot, look: Look, *bars: Bar) -> ChartView:
    view = ChartView(look)
    qtbot.addWidget(view)
    view.resize(600, 240)
    view.show_chart(Chart("Phẩm chất", LEVELS, bars))
    view.show()
    qtbot.waitExposed(view)
    return view


def test_parts_share_the_bar_without_gap(qtbot: QtBot, look: Look) -> None:
    view = chart_view(qtbot, look, Bar("Yêu nước", (1, 1, 1)), Bar("Nhân ái", (0, 0, 0), outside=3))
    boxes = [box for _, _, box in view.bars.boxes(0)]
    assert [first.right() + 1 for first in boxes[:-1]] == [second.left() for second in boxes[1:]]
    assert max(box.width() for box in boxes) - min(box.width() for box in boxes) <= 1
    assert view.bars.boxes(1) == []


def test_the_chart_says_in_words_what_it_shows(qtbot: QtBot, look: Look) -> None:
    view = chart_view(qtbot, look, Bar("Yêu nước", (3, 1, 0), outside=2))
    told = "Yêu nước: Tốt 3 em (75 %), Đạt 1 em (25 %), 2 em chưa có hoặc không đánh giá."
    assert view.area.accessibleDescription() == told
    _, _, second = view.bars.boxes(0)[1]
    assert view.bars.words_at(second.center()) == "Yêu nước: Đạt 1 em (25 %)"
    assert view.bars.words_at(QPoint(2, 4)) == told.removesuffix(".")
    assert view.bars.words_at(QPoint(2, 4000)) == ""


def test_no_part_is_red_and_all_differ_in_grey(qtbot: QtBot, look: Look) -> None:
    for shade, (name, _) in LOOKS.items():
        colour = look.theme.colour(name)
        assert colour.red() <= colour.green() + colour.blue() or shade is Shade.LOW
    assert len(set(LOOKS.values())) == len(Shade)
    view = chart_view(qtbot, look, Bar("Yêu nước", (2, 2, 2)))
    picture = view.bars.grab().toImage()
    greys = set()
    for _, _, box in view.bars.boxes(0):
        row = [
            picture.pixelColor(x, box.top() + 2).lightness() for x in range(box.left() + 2, box.right() - 2)
        ]
        greys.add((min(row), max(row)))
    assert len(greys) == 3


@pytest.mark.parametrize(
    ("count", "total", "text"), [(1, 3, "33,3 %"), (1, 2, "50 %"), (0, 4, "0 %"), (0, 0, "")]
)
def test_percent(count: int, total: int, text: str) -> None:
    assert percent(count, total) == text
