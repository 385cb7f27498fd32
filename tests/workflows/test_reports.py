"""Reports over a real store: numbers, captions, who sees which classes, and the files that are written."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from app.demo import cast as demo_cast
from app.errors import NotAllowed, UserError
from app.records.reports import WHOLE, Scope
from app.records.types import Period
from app.workflows import exports, gate, reports
from tests.world import World

CHECKER, LEADER, CLERK = demo_cast.CHECKER, demo_cast.VICE_PRINCIPAL, demo_cast.CLERK


def made(world: World, kind: str, login: str = CHECKER, scope: Scope = WHOLE) -> reports.Report:
    return reports.make_report(store=world.store, actor=world.actor(login), kind=kind, scope=scope)


def teacher_of(world: World, name: str) -> str:
    return world.teacher(name).login


@pytest.mark.parametrize("kind", reports.REPORT_KINDS)
def test_every_table_has_the_caption_and_fits_its_columns(imported_world: World, kind: str) -> None:
    report = made(imported_world, kind)
    assert "chưa duyệt" in report.caption
    assert all(name in report.caption for name in imported_world.classes)
    for sheet in report.sheets:
        assert sheet.table.notes[0] == report.caption
        assert sheet.table.rows
        assert all(len(row) == len(sheet.table.columns) for row in sheet.table.rows)


def test_the_year_classes_count_every_pupil_in_scope(imported_world: World) -> None:
    table = made(imported_world, "year").sheets[0].table
    whole = [row for row in table.rows if row[0] == "Toàn trường"]
    assert sum(int(row[2]) for row in whole) == imported_world.pupils_in_scope


def test_approving_a_class_shows_in_caption_and_in_the_approved_only_numbers(imported_world: World) -> None:
    world, name = imported_world, imported_world.classes[0]
    gate.submit(store=world.store, actor=world.teacher(name), class_name=name)
    gate.approve(store=world.store, actor=world.actor(CHECKER), class_name=name)
    report = made(world, "year", scope=Scope(approved_only=True))
    assert "đã duyệt cuối năm học 1 lớp" in report.caption
    assert report.caption.endswith("chưa có trong báo cáo này.")
    pupils = next(len(one.pupils) for one in world.made.classes if one.name == name)
    assert sum(int(row[2]) for row in report.sheets[0].table.rows) == pupils


def test_progress_tells_issued_from_missing(issued_world: World) -> None:
    sheet = made(issued_world, "progress").sheets[0]
    assert sheet.chart is not None
    assert {bar.counts[3] for bar in sheet.chart.bars} == {bar.total for bar in sheet.chart.bars}
    assert [bar.label for bar in sheet.chart.bars] == [f"Lớp {name}" for name in issued_world.classes]
    assert sheet.table.rows[-1][3] == issued_world.pupils_in_scope
    assert any("Khối 5" in note for note in sheet.table.notes)


@pytest.mark.parametrize("kind", reports.REPORT_KINDS)
def test_a_homeroom_teacher_gets_the_own_class_alone(imported_world: World, kind: str) -> None:
    report = made(imported_world, kind, teacher_of(imported_world, "3A"))
    for sheet in report.sheets:
        text = repr(sheet.table.rows)
        assert "3A" in text
        assert not any(repr(name) in text for name in imported_world.classes if name != "3A")
        assert "Toàn trường" not in text
        assert "lớp 3A" in sheet.table.title


def test_a_teacher_cannot_reach_another_class_by_naming_it(imported_world: World) -> None:
    login = teacher_of(imported_world, "3A")
    report = made(imported_world, "subjects", login, Scope(class_name="4A"))
    assert "4A" not in repr(report.sheets)


@pytest.mark.parametrize("login", [CLERK])
def test_who_may_not_report_is_refused(imported_world: World, login: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        made(imported_world, "progress", login)
    assert refused.value.code == "account.not_allowed"
    assert reports.report_classes(store=imported_world.store, actor=imported_world.actor(login)) == ()


def test_a_leader_reports_but_writes_no_class_files(imported_world: World) -> None:
    world = imported_world
    leader = world.actor(LEADER)
    found = reports.report_classes(store=world.store, actor=leader)
    assert {one.reported for one in found} == {True}
    assert {one.exported for one in found} == {False}
    assert made(world, "subjects", LEADER).items[0] == ("TV", "Tiếng Việt")
    with pytest.raises(NotAllowed):
        reports.class_preview(store=world.store, actor=leader, class_name="3A")
    with pytest.raises(NotAllowed):
        exports.summary_pdf(store=world.store, actor=leader, class_name="3A")


def test_a_workbook_has_a_sheet_for_each_table_with_every_row(imported_world: World, tmp_path: Path) -> None:
    target = tmp_path / "mon-hoc.xlsx"
    written = reports.report(
        store=imported_world.store, actor=imported_world.actor(CHECKER), kind="subjects", target=target
    )
    book = openpyxl.load_workbook(target)
    assert tuple(book.sheetnames) == written.sheets == ("Môn học", "Điểm KTĐK")
    report = made(imported_world, "subjects")
    assert written.rows == sum(len(sheet.table.rows) for sheet in report.sheets)
    assert written.said == f"Đã ghi mon-hoc.xlsx: trang tính Môn học, Điểm KTĐK, {written.rows} dòng."
    first = [cell.value for cell in next(book["Môn học"].iter_rows(min_row=4, max_row=4))]
    assert first == [*report.sheets[0].table.rows[0]]


def test_paper(imported_world: World) -> None:
    actor = imported_world.actor(CHECKER)
    store = imported_world.store
    assert reports.report_pdf(store=store, actor=actor, kind="traits").startswith(b"%PDF-")
    assert exports.summary_pdf(store=store, actor=actor, class_name="3A").startswith(b"%PDF-")


def test_a_report_of_an_unknown_kind_or_ending(imported_world: World, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"workflow\.no_report"):
        made(imported_world, "weather")
    with pytest.raises(UserError, match=r"workflow\.report_ending"):
        reports.report(
            store=imported_world.store,
            actor=imported_world.actor(CHECKER),
            kind="progress",
            target=tmp_path / "x.docx",
        )


def test_the_preview_of_a_class_file_shows_the_class(imported_world: World) -> None:
    store, teacher = imported_world.store, imported_world.teacher("4A")
    table = reports.class_preview(store=store, actor=teacher, class_name="4A")
    klass = next(one for one in imported_world.made.classes if one.name == "4A")
    assert [row[1] for row in table.rows] == [one.pupil.name for one in klass.pupils]
    assert table.columns[-1] == "Xếp loại"
    early = reports.class_preview(store=store, actor=teacher, class_name="4A", period=Period.GK1)
    assert "Xếp loại" not in early.columns
    outside = reports.class_preview(store=store, actor=imported_world.actor(CHECKER), class_name=f"5{'A'}")
    assert outside.columns == ("TT", "Họ và tên")


def test_a_class_file_names_its_sheets_and_rows(imported_world: World, tmp_path: Path) -> None:
    written = exports.export(
        store=imported_world.store,
        actor=imported_world.teacher("3A"),
        kind="class-summary",
        class_name="3A",
        target=tmp_path / "tong-hop.xlsx",
    )
    assert written.sheets == tuple(openpyxl.load_workbook(written.file).sheetnames)
    klass = next(one for one in imported_world.made.classes if one.name == "3A")
    assert written.rows == len(klass.pupils)
