"""One file is one transaction: what is refused leaves nothing, what is bad is told, the rest is kept."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from app.errors import NotAllowed, UserError
from app.records.types import ClassYear, Period, Role, Severity
from app.workflows import classes, imports, people
from app.workflows import store as store_verbs
from tests.world import PASSWORD, QUIET, World


def load(world: World, *paths: Path, login: str = "quantri", **options: object) -> imports.ImportReport:
    return imports.import_files(
        store=world.store,
        actor=world.actor(login),
        paths=paths,
        progress=QUIET,
        **options,  # type: ignore[arg-type]
    )


def results_file(world: World, class_name: str) -> Path:
    return next(file for file in world.files if file.name == f"ket-qua-{class_name}.xlsx")


def edited(file: Path, target: Path, column: int, row: int, value: str | None) -> Path:
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    sheet.cell(row=row, column=column).value = value
    book.save(target)
    return target


def opened(world: World, name: str) -> ClassYear:
    return classes.open_class(store=world.store, actor=world.actor(), class_name=name)


def test_all_results_arrive_as_generated(imported_world: World) -> None:
    for made in imported_world.made.classes:
        if made.name not in imported_world.classes:
            continue
        stored = opened(imported_world, made.name)
        assert [entry.pupil for entry in stored.pupils] == [entry.pupil for entry in made.pupils]
        for entry, source in zip(stored.pupils, made.pupils, strict=True):
            assert entry.period(Period.CN) == source.period(Period.CN)
            assert entry.enrolment == source.enrolment


def test_importing_again_changes_nothing(imported_world: World) -> None:
    report = imported_world.import_all()
    assert sum(file.rows_written for file in report.files) == 0
    assert all(file.rows_read for file in report.files)


def test_dry_run_writes_nothing(listed_world: World) -> None:
    report = load(listed_world, *listed_world.files, dry_run=True)
    assert all(file.rows_written == 0 and file.rows_read for file in report.files)
    assert not any(entry.results for entry in opened(listed_world, "1A").pupils)


def test_a_bad_score_is_told_with_its_cell_and_the_rest_is_kept(listed_world: World, tmp_path: Path) -> None:
    bad = edited(results_file(listed_world, "1A"), tmp_path / "kq.xlsx", 7, 4, "8,5")
    report = load(listed_world, bad).files[0]
    assert not report.refused
    assert [(f.severity, f.cell) for f in report.findings] == [(Severity.ERROR, "G4")]
    assert "8,5" in report.findings[0].message
    first = opened(listed_world, "1A").pupils[0].period(Period.CN)
    assert first.subjects["TOAN"].score is None
    assert first.subjects["TOAN"].level is not None
    assert first.subjects["TV"].score is not None


def test_empty_cells_never_erase(imported_world: World, tmp_path: Path) -> None:
    before = opened(imported_world, "1A").pupils[0].period(Period.CN)
    empty = edited(results_file(imported_world, "1A"), tmp_path / "kq.xlsx", 7, 4, None)
    load(imported_world, empty)
    assert opened(imported_world, "1A").pupils[0].period(Period.CN) == before


def test_corrupt_file_is_refused_and_the_others_go_on(listed_world: World, tmp_path: Path) -> None:
    corrupt = tmp_path / "hong.xlsx"
    corrupt.write_bytes(results_file(listed_world, "1A").read_bytes()[:2000])
    empty = tmp_path / "rong.xlsx"
    empty.write_bytes(b"")
    report = load(listed_world, corrupt, empty, results_file(listed_world, "2A"))
    assert [file.refused for file in report.files] == [True, True, False]
    assert [file.exit_code for file in report.files] == [2, 2, 0]
    assert report.files[2].rows_written == len(opened(listed_world, "2A").pupils)
    assert "hong.xlsx" in report.files[0].findings[0].message


def test_unknown_pupil_is_told_and_never_created(listed_world: World, tmp_path: Path) -> None:
    strange = edited(results_file(listed_world, "1A"), tmp_path / "kq.xlsx", 3, 4, "9999999999")
    strange = edited(strange, strange, 4, 4, "Người Lạ Hoắc")
    count = len(opened(listed_world, "1A").pupils)
    report = load(listed_world, strange).files[0]
    assert any("Người Lạ Hoắc" in found.message for found in report.findings)
    assert report.rows_written == count - 1
    assert len(opened(listed_world, "1A").pupils) == count


def test_an_unknown_class_in_one_row_leaves_the_others(listed_world: World, tmp_path: Path) -> None:
    strange = edited(results_file(listed_world, "1A"), tmp_path / "kq.xlsx", 2, 4, "1Z")
    report = load(listed_world, strange).files[0]
    assert not report.refused
    assert "1Z" in report.findings[0].message
    assert report.rows_written == len(opened(listed_world, "1A").pupils) - 1


def test_a_code_beside_another_name_is_told(listed_world: World, tmp_path: Path) -> None:
    strange = edited(results_file(listed_world, "1A"), tmp_path / "kq.xlsx", 4, 4, "Người Lạ Hoắc")
    report = load(listed_world, strange).files[0]
    assert [found.severity for found in report.findings] == [Severity.WARNING]
    assert "Người Lạ Hoắc" in report.findings[0].message
    assert report.rows_written == len(opened(listed_world, "1A").pupils)


def test_a_class_teacher_imports_a_file_that_names_no_class(listed_world: World, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(results_file(listed_world, "1A"))
    sheet = book.worksheets[0]
    for row in range(4, sheet.max_row + 1):
        sheet.cell(row=row, column=2).value = None
    book.save(tmp_path / "kq.xlsx")
    report = load(listed_world, tmp_path / "kq.xlsx", login="gv1a").files[0]
    assert (report.findings, report.rows_written) == ((), len(opened(listed_world, "1A").pupils))


def test_closed_class_refuses_the_whole_file(approved_world: World, tmp_path: Path) -> None:
    before = opened(approved_world, "1A")
    changed = edited(results_file(approved_world, "1A"), tmp_path / "kq.xlsx", 6, 4, "C")
    report = load(approved_world, changed).files[0]
    assert (report.refused, report.exit_code, report.rows_written) == (True, 3, 0)
    assert opened(approved_world, "1A") == before


def test_wrong_period_is_refused(listed_world: World) -> None:
    source = next(file for file in listed_world.files if file.name == "nhan-xet-1A.xlsx")
    report = load(listed_world, source, period=Period.CK1).files[0]
    assert report.refused
    assert not any(entry.results for entry in opened(listed_world, "1A").pupils)


def test_named_class_must_exist(listed_world: World) -> None:
    with pytest.raises(UserError) as caught:
        load(listed_world, results_file(listed_world, "1A"), class_name="9Z")
    assert caught.value.code == "workflow.no_class"


def test_a_teacher_may_not_import_another_class(listed_world: World) -> None:
    report = load(listed_world, results_file(listed_world, "2A"), login="gv1a").files[0]
    assert (report.refused, report.exit_code) == (True, 3)
    assert not any(entry.results for entry in opened(listed_world, "2A").pupils)


def test_subject_teacher_writes_only_the_assigned_subject(listed_world: World) -> None:
    people.add_account(
        store=listed_world.store,
        actor=listed_world.actor(),
        login="gvnhac",
        name="Cô Nhạc",
        roles=(Role.SUBJECT_TEACHER,),
        classes=("1A",),
        subjects=("AN",),
        password=PASSWORD,
    )
    report = load(listed_world, results_file(listed_world, "1A"), login="gvnhac").files[0]
    assert not report.refused
    assert len(report.findings) == 1
    for entry in opened(listed_world, "1A").pupils:
        found = entry.period(Period.CN)
        assert set(found.subjects) == {"AN"}
        assert not found.traits
        assert entry.outcome.confirmed is None


def test_a_checker_may_not_import(listed_world: World) -> None:
    with pytest.raises(NotAllowed):
        load(listed_world, results_file(listed_world, "1A"), login="tocongtac")


def test_a_list_makes_its_classes(tmp_path: Path, listed_world: World) -> None:
    other = tmp_path / "truong-khac"
    source = next(iter(listed_world.files)).parent / "danh-sach-hoc-sinh.xlsx"
    store_verbs.init_school(
        folder=other,
        school=listed_world.made.school,
        year="2023-2024",
        admin_login="qt",
        admin_name="QT",
        password=PASSWORD,
    )
    with store_verbs.open_store(other) as store:
        actor = store_verbs.login(store=store, login="qt", password=PASSWORD)
        report = imports.import_files(store=store, actor=actor, paths=[source], progress=QUIET)
        listed = classes.list_classes(store=store, actor=actor)
    assert report.files[0].rows_written == 10
    assert [item.name for item in listed] == [made.name for made in listed_world.made.classes]
