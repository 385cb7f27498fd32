"""The preview: it writes nothing, tells everything, and exactly what is agreed to is written."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from app.errors import Cancelled, NotAllowed, UserError
from app.models import changelog
from app.models.store import Store
from app.records.log_words import field_words
from app.records.permissions import Actor
from app.records.types import ClassYear, Period, School, Severity
from app.workflows import classes, fields, import_columns, imports, steps
from app.workflows import import_preview as previews
from app.workflows import store as store_verbs
from app.workflows.import_preview import ImportPreview, Proposal
from app.workflows.import_rows import RowChoices
from tests.world import PASSWORD, QUIET, World

Changes = dict[int, dict[int, object]]


def results_file(world: World, name: str) -> Path:
    return next(file for file in world.files if file.name == f"ket-qua-{name}.xlsx")


def list_file(world: World) -> Path:
    return next(file for file in world.files[0].parent.glob("*.xlsx") if file not in world.files)


def edited(file: Path, target: Path, changes: Changes) -> Path:
    """A copy with cells changed: row → column → value, both from 1."""
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    for row, columns in changes.items():
        for column, value in columns.items():
            sheet.cell(row=row, column=column).value = value  # type: ignore[assignment]
    book.save(target)
    return target


def look(
    world: World, *paths: Path, login: str = "quantri", choices: RowChoices | None = None
) -> ImportPreview:
    return previews.preview(
        store=world.store, actor=world.actor(login), paths=paths, choices=choices, progress=QUIET
    )


def bring(
    world: World, seen: ImportPreview, skip: Sequence[str] = (), login: str = "quantri"
) -> imports.ImportReport:
    return imports.import_files(
        store=world.store,
        actor=world.actor(login),
        paths=[file.file for file in seen.files if not file.refused],
        agreed=seen.agreed(frozenset(skip)),
        progress=QUIET,
    )


def opened(world: World, name: str = "1A") -> ClassYear:
    return classes.open_class(store=world.store, actor=world.actor(), class_name=name)


def entries(world: World) -> int:
    with world.store.reading() as session:
        return changelog.verify_chain(session).entries


def score_of(world: World, pupil: int = 0) -> int | None:
    return opened(world).pupils[pupil].period(Period.CN).subjects["TOAN"].score


def by_field(seen: ImportPreview, field: str) -> Proposal:
    (found,) = [item for item in seen.proposals if item.difference.field == field]
    return found


def test_nothing_is_written_and_the_counts_are_those_of_the_file(listed_world: World) -> None:
    before = entries(listed_world)
    file = look(listed_world, results_file(listed_world, "1A")).files[0]
    assert entries(listed_world) == before
    assert (file.kind, file.period, file.classes) == ("csdl-results", Period.CN, ("1A",))
    pupils = len(opened(listed_world).pupils)
    assert file.rows_read == pupils
    assert file.values == len(file.proposals)
    assert file.values + file.blank == file.columns * pupils
    assert all(item.difference.added and item.ticked for item in file.proposals)


def test_a_second_look_finds_everything_the_same(imported_world: World) -> None:
    seen = look(imported_world, *imported_world.files)
    assert seen.proposals == ()
    usable = [file for file in seen.files if not file.refused]
    assert usable
    assert all(file.same == file.values > 0 for file in usable)


@pytest.mark.parametrize("seed", range(3))
def test_exactly_what_is_ticked_is_written(listed_world: World, seed: int) -> None:
    """Whatever is left out: the differences of a second look are those that were left out."""
    dice = random.Random(seed)
    seen = look(listed_world, *listed_world.files)
    skip = {item.difference.id for item in seen.proposals if dice.random() < 0.3}
    report = bring(listed_world, seen, sorted(skip))
    assert [file.findings for file in report.files if file.refused] == []
    assert sum(file.values_written for file in report.files) == len(seen.proposals) - len(skip)
    again = look(listed_world, *listed_world.files)
    assert {item.difference.id for item in again.proposals} == skip
    steps.undo(store=listed_world.store, actor=listed_world.actor(), place=report.place)
    assert look(listed_world, *listed_world.files).proposals == seen.proposals


def test_a_difference_tells_where_whose_old_and_new(imported_world: World, tmp_path: Path) -> None:
    source = results_file(imported_world, "1A")
    old = score_of(imported_world)
    new = 3 if old != 3 else 4
    file = edited(source, tmp_path / "kq.xlsx", {4: {7: new}})
    found = by_field(look(imported_world, file), "CN.TOAN.score").difference
    name = opened(imported_world).pupils[0].pupil.name
    assert (found.cell, found.class_name, found.name) == ("G4", "1A", name)
    assert (found.old, found.new, found.added) == (str(old), str(new), False)
    assert field_words(found.field) == "Toán · Điểm"


def test_a_value_typed_after_the_file_was_saved_is_unticked(imported_world: World, tmp_path: Path) -> None:
    world = imported_world
    file = edited(results_file(world, "1A"), tmp_path / "kq.xlsx", {4: {7: 3}, 5: {7: 4}})
    code = opened(world).pupils[0].pupil.code
    fields.set_field(store=world.store, actor=world.teacher("1A"), code=code, field="TOAN.score", value="2")
    seen = look(world, file)
    first, second = seen.proposals
    assert (first.ticked, second.ticked) == (False, True)
    assert "Sửa tay" in first.reason
    assert "đang giữ 2" in first.reason
    report = bring(world, seen, [first.difference.id])
    assert report.files[0].values_written == 1
    assert (score_of(world, 0), score_of(world, 1)) == (2, 4)
    os.utime(file, (file.stat().st_mtime + 3600,) * 2)
    assert by_field(look(world, file), "CN.TOAN.score").ticked


def test_what_an_import_wrote_is_no_hand_edit(imported_world: World, tmp_path: Path) -> None:
    file = edited(results_file(imported_world, "1A"), tmp_path / "kq.xlsx", {4: {7: 3}})
    report = bring(imported_world, look(imported_world, file))
    other = edited(results_file(imported_world, "1A"), tmp_path / "kq2.xlsx", {4: {7: 4}})
    os.utime(other, (0, 0))
    assert by_field(look(imported_world, other), "CN.TOAN.score").ticked
    steps.undo(store=imported_world.store, actor=imported_world.actor(), place=report.place)
    assert by_field(look(imported_world, file), "CN.TOAN.score").ticked


def test_data_that_changed_since_the_preview_refuses_the_file(imported_world: World, tmp_path: Path) -> None:
    world = imported_world
    files = [
        edited(results_file(world, "1A"), tmp_path / "a.xlsx", {4: {7: 3}}),
        edited(results_file(world, "2A"), tmp_path / "b.xlsx", {4: {7: 3}}),
    ]
    seen = look(world, *files)
    code = opened(world).pupils[0].pupil.code
    fields.set_field(store=world.store, actor=world.teacher("1A"), code=code, field="TOAN.score", value="2")
    report = bring(world, seen)
    assert [file.refused for file in report.files] == [True, False]
    assert "xem trước" in report.files[0].findings[0].message
    assert score_of(world) == 2


def test_a_refused_file_leaves_the_others_as_they_are(listed_world: World, tmp_path: Path) -> None:
    odd = edited(results_file(listed_world, "1A"), tmp_path / "kq.xlsx", {n: {2: "1Z"} for n in range(4, 60)})
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    seen = look(listed_world, odd, broken, results_file(listed_world, "2A"))
    assert [file.refused for file in seen.files] == [True, True, False]
    assert "1Z" in seen.files[0].findings[0].message
    assert "hong.xlsx" in seen.files[1].findings[0].message
    assert seen.files[2].proposals


def test_a_wrong_period_is_refused_with_its_proof(listed_world: World) -> None:
    seen = previews.preview(
        store=listed_world.store,
        actor=listed_world.actor(),
        paths=[results_file(listed_world, "1A")],
        period=Period.GK1,
        progress=QUIET,
    )
    assert seen.files[0].refused
    assert "cuối năm học" in seen.files[0].findings[0].message


def test_an_unmatched_row_is_shown_with_candidates_and_matched_by_hand(
    listed_world: World, tmp_path: Path
) -> None:
    first = opened(listed_world).pupils[0]
    strange = edited(
        results_file(listed_world, "1A"), tmp_path / "kq.xlsx", {4: {3: "9999999999", 5: "01/01/2017"}}
    )
    seen = look(listed_world, strange)
    (finding,) = [item for item in seen.files[0].findings if item.severity is Severity.ERROR]
    assert finding.candidates[0].key == first.key
    assert not finding.addable
    assert not any(item.difference.entity == f"enrolment:{first.key}" for item in seen.proposals)
    matched = RowChoices(matched={finding.row: first.key})
    seen = look(listed_world, strange, choices=matched)
    assert not [item for item in seen.files[0].findings if item.severity is Severity.ERROR]
    bring(listed_world, seen)
    assert opened(listed_world).pupils[0].period(Period.CN).subjects
    ignored = look(listed_world, strange, choices=RowChoices(ignored=frozenset({finding.row})))
    assert ignored.files[0].findings == ()


def test_a_new_pupil_like_one_that_is_there_waits_for_a_person(listed_world: World, tmp_path: Path) -> None:
    world = listed_world
    source = list_file(world)
    sheet = openpyxl.load_workbook(source).worksheets[0]
    heads = {
        str(cell.value): cell.column for row in sheet.iter_rows(max_row=12) for cell in row if cell.value
    }
    codes = [
        column
        for head, column in heads.items()
        if head.startswith(("Mã định danh", "Mã học sinh", "Số định danh"))
    ]
    row = next(
        cell.row
        for cells in sheet.iter_rows()
        for cell in cells
        if cell.value == opened(world).pupils[0].pupil.code
    )
    assert row is not None
    changed = edited(
        source, tmp_path / "ds.xlsx", {row: {column: f"99000000{column:02}" for column in codes}}
    )
    seen = look(world, changed)
    (finding,) = [item for item in seen.files[0].findings if item.addable]
    proposal = by_field(seen, "new")
    assert not proposal.ticked
    count = len(opened(world).pupils)
    report = bring(world, seen, [proposal.difference.id])
    assert report.files[0].values_written == len(seen.proposals) - 1
    assert len(opened(world).pupils) == count
    matched = look(world, changed, choices=RowChoices(matched={finding.row: finding.candidates[0].key}))
    assert not [item for item in matched.proposals if item.difference.field == "new"]
    added = look(world, changed, choices=RowChoices(added=frozenset({finding.row})))
    assert by_field(added, "new").ticked
    bring(world, added)
    assert len(opened(world).pupils) == count + 1


@pytest.fixture
def empty_school(tmp_path: Path) -> Store:
    folder = tmp_path / "moi"
    store_verbs.init_school(
        folder=folder,
        school=School("94000002", "Trường Tiểu học Sen Hồng", "Mỹ Tú", "Mỹ Tú", "Sóc Trăng"),
        year="2023-2024",
        admin_login="quantri",
        admin_name="Quản trị",
        password=PASSWORD,
    )
    return store_verbs.open_store(folder)


def test_list_and_results_are_looked_at_together(listed_world: World, empty_school: Store) -> None:
    """Results of pupils whom only the list of the same import brings; a pupil left out has no results."""
    admin: Actor = store_verbs.login(store=empty_school, login="quantri", password=PASSWORD)
    paths = [results_file(listed_world, "1A"), list_file(listed_world)]
    with empty_school:
        seen = previews.preview(store=empty_school, actor=admin, paths=paths, progress=QUIET)
        assert seen.files[0].proposals
        new = next(item for item in seen.files[1].proposals if item.difference.class_name == "1A")
        report = imports.import_files(
            store=empty_school,
            actor=admin,
            paths=paths,
            agreed=seen.agreed(frozenset({new.difference.id})),
            progress=QUIET,
        )
        assert not any(file.refused for file in report.files)
        listed = classes.list_pupils(store=empty_school, actor=admin, class_name="1A")
        assert len(listed) == len(opened(listed_world).pupils) - 1
        assert all(item.pupil.period(Period.CN).subjects for item in listed)


def test_columns_are_explained_once_and_remembered(listed_world: World, tmp_path: Path) -> None:
    world = listed_world
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Số", "Cháu tên gì", "Sinh", "Học tập thế nào", "Chấm T"])
    pupils = opened(world).pupils[:3]
    for number, entry in enumerate(pupils, start=1):
        born = entry.pupil.birth_date
        assert born is not None
        sheet.append([number, entry.pupil.name, f"{born:%d/%m/%Y}", "T", "H"])
    file = tmp_path / "so-tay.xlsx"
    book.save(file)
    (seen,) = look(world, file).files
    assert seen.refused
    assert seen.unknown is not None
    assert [column.heading for column in seen.unknown.columns][1:3] == ["Cháu tên gì", "Sinh"]
    assert seen.unknown.columns[1].samples == tuple(entry.pupil.name for entry in pupils)
    chosen = {1: "name", 2: "birth_date", 3: "TV.level", 4: "TOAN.level"}
    remember = import_columns.remember
    with pytest.raises(UserError, match="columns_incomplete"):
        remember(store=world.store, actor=world.actor(), signature="x", fields={1: "name", 3: "TV.level"})
    with pytest.raises(UserError, match="column_twice"):
        remember(store=world.store, actor=world.actor(), signature="x", fields=chosen | {4: "TV.level"})
    checker = world.actor("tocongtac")
    with pytest.raises(NotAllowed):
        remember(store=world.store, actor=checker, signature=seen.unknown.signature, fields=chosen)
    remember(store=world.store, actor=world.actor(), signature=seen.unknown.signature, fields=chosen)
    again = previews.preview(
        store=world.store, actor=world.teacher("1A"), paths=[file], class_name="1A", progress=QUIET
    )
    assert not again.files[0].refused
    assert len(again.proposals) == 2 * len(pupils)
    assert {item.difference.new for item in again.proposals} == {"T", "H"}


def test_a_teacher_sees_only_the_own_class(listed_world: World) -> None:
    login = listed_world.teacher("1A").login
    seen = look(listed_world, results_file(listed_world, "1A"), results_file(listed_world, "2A"), login=login)
    assert [file.refused for file in seen.files] == [False, True]
    with pytest.raises(NotAllowed):
        look(listed_world, results_file(listed_world, "1A"), login="tocongtac")


class StopsAt:
    """Progress that stops when a text begins with `words` for the second time."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.seen = 0

    def step(self, done: int, total: int, text: str) -> None:
        self.seen += text.startswith(self.words)
        if self.seen == 2:
            raise Cancelled


def test_stopping_keeps_what_is_written_tells_the_rest_and_can_be_undone(listed_world: World) -> None:
    world = listed_world
    paths = [results_file(world, "1A"), results_file(world, "2A")]
    report = imports.import_files(
        store=world.store, actor=world.actor(), paths=paths, progress=StopsAt("Đang ghi")
    )
    assert [file.refused for file in report.files] == [False, True]
    assert report.files[1].findings[0].message.startswith("Đã dừng trước tệp này")
    assert report.changes.kinds
    last = steps.last_import(store=world.store, actor=world.actor())
    assert last is not None
    assert last.place == report.place
    steps.undo(store=world.store, actor=world.actor(), place=report.place)
    assert not any(entry.period(Period.CN).subjects for entry in opened(world).pupils)
    actor = world.actor()
    with pytest.raises(Cancelled):
        previews.preview(store=world.store, actor=actor, paths=paths, progress=StopsAt("Đang đọc"))


def test_two_files_that_say_different_things_are_told(imported_world: World, tmp_path: Path) -> None:
    old = score_of(imported_world)
    first, second = [value for value in (3, 4, 5) if value != old][:2]
    source = results_file(imported_world, "1A")
    files = [
        edited(source, tmp_path / f"{n}.xlsx", {4: {7: value}}) for n, value in enumerate((first, second))
    ]
    seen = look(imported_world, *files)
    one, two = seen.proposals
    assert (one.ticked, two.ticked) == (True, False)
    assert "0.xlsx" in two.reason
    report = bring(imported_world, seen, [one.difference.id])
    assert not any(file.refused for file in report.files)
    assert score_of(imported_world) == second
