"""Undo and redo: exactly what a stack of states gives, never over somebody else's value, all or nothing."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from app.errors import NotAllowed, UserError
from app.models import changelog, results
from app.models import steps as step_rows
from app.records.permissions import Actor
from app.records.types import ClassYear, Period, Role
from app.workflows import classes, fields, gate, imports, people, steps
from app.workflows import store as store_verbs
from tests.world import QUIET, World

CELLS = (
    *(("TV", "level"), ("TV", "score"), ("TV", "comment"), ("TOAN", "score"), ("TOAN", "first_score")),
    *(("YN", "level"), ("NL_NN", "comment"), ("PC", "comment")),
)
VALUES: dict[str, tuple[object, ...]] = {
    "level": ("T", "C", None),
    "score": (0, 7, 10, None),
    "first_score": (4, None),
    "comment": ("Đọc tốt.", "Chăm chỉ", ""),
}


def opened(world: World, name: str = "1A") -> ClassYear:
    return classes.open_class(store=world.store, actor=world.actor(), class_name=name)


def place(world: World, name: str = "1A") -> str:
    return steps.class_place(world.made.year, name)


def set_value(world: World, actor: Actor, field: str, value: str, pupil: int = 0) -> str:
    code = opened(world).pupils[pupil].pupil.code
    fields.set_field(store=world.store, actor=actor, code=code, field=field, value=value)
    return code


def chain_holds(world: World) -> bool:
    with world.store.reading() as session:
        return changelog.verify_chain(session).ok


@pytest.mark.parametrize("seed", range(6))
def test_any_sequence_gives_what_a_stack_of_states_gives(listed_world: World, seed: int) -> None:
    """Cells, outcomes, undo and redo at random against a model: two stacks of whole states."""
    world, dice = listed_world, random.Random(seed)
    teacher = world.teacher("1A")
    here = place(world)
    keys = [entry.key for entry in opened(world).pupils[:3]]
    undone: list[ClassYear] = []
    done: list[ClassYear] = []
    for _ in range(40):
        before = opened(world)
        move = dice.random()
        if move < 0.3 and done:
            steps.undo(store=world.store, actor=teacher, place=here)
            undone.append(before)
            assert opened(world) == done.pop()
        elif move < 0.5 and undone:
            steps.redo(store=world.store, actor=teacher, place=here)
            done.append(before)
            assert opened(world) == undone.pop()
        else:
            _write_something(world, dice, keys, here, teacher.login)
            if opened(world) != before:
                done.append(before)
                undone.clear()
        undo_title, redo_title = steps.peek(store=world.store, actor=teacher, place=here)
        assert (undo_title is not None, redo_title is not None) == (bool(done), bool(undone))
    assert chain_holds(world)


def _write_something(world: World, dice: random.Random, keys: list[int], here: str, login: str) -> None:
    with world.store.transaction() as session:
        for _ in range(dice.randint(1, 4)):
            key, (code, cell) = dice.choice(keys), dice.choice(CELLS)
            value = dice.choice(VALUES[cell])
            if dice.random() < 0.2:
                results.set_outcome(session, key, "completed", dice.choice((True, False, None)), login)
            elif dice.random() < 0.2:
                awards = dice.choice((("Học sinh Xuất sắc",), ()))
                results.set_outcome(session, key, "awards", awards, login)
            else:
                results.set_cell(
                    session, key=key, period=Period.CN, code=code, cell=cell, value=value, actor=login
                )
        step_rows.record_step(session, actor=login, place=here, title="Nhập ô")


def test_a_value_set_in_the_window_is_undone_and_redone_after_a_restart(listed_world: World) -> None:
    world = listed_world
    teacher = world.teacher("1A")
    set_value(world, teacher, "TOAN.score", "7")
    set_value(world, teacher, "TOAN.score", "8")
    name = opened(world).pupils[0].pupil.name
    world.store.close()
    world.store = store_verbs.open_store(world.folder)
    title = f"Toán, điểm KTĐK của {name}"
    assert steps.peek(store=world.store, actor=teacher, place=place(world)) == (title, None)
    report = steps.undo(store=world.store, actor=teacher, place=place(world))
    assert report.titles == (title,)
    assert report.values == 1
    assert report.changes.ids == {"1A"}
    assert opened(world).pupils[0].period(Period.CN).subjects["TOAN"].score == 7
    steps.undo(store=world.store, actor=teacher, place=place(world))
    assert "TOAN" not in opened(world).pupils[0].period(Period.CN).subjects
    steps.redo(store=world.store, actor=teacher, place=place(world))
    assert steps.peek(store=world.store, actor=teacher, place=place(world)) == (title, title)


@pytest.mark.parametrize(
    ("field", "value"),
    [("height", "131,5"), ("birth_date", "02/09/2016"), ("name", "Lâm Thị Sen"), ("award", "Giấy khen A")],
)
def test_who_a_pupil_is_and_the_year_are_undone_too(listed_world: World, field: str, value: str) -> None:
    before = opened(listed_world)
    admin = listed_world.actor()
    set_value(listed_world, admin, field, value)
    after = opened(listed_world)
    assert after != before
    steps.undo(store=listed_world.store, actor=admin, place=place(listed_world))
    assert opened(listed_world) == before
    steps.redo(store=listed_world.store, actor=admin, place=place(listed_world))
    assert opened(listed_world) == after


def test_another_persons_value_is_never_undone_and_both_are_told(listed_world: World) -> None:
    world = listed_world
    teacher = world.teacher("1A")
    with world.store.transaction() as session:
        for entry, score in zip(opened(world).pupils[:2], (5, 6), strict=True):
            results.set_cell(
                session,
                key=entry.key,
                period=Period.CN,
                code="TV",
                cell="score",
                value=score,
                actor=teacher.login,
            )
        step_rows.record_step(session, actor=teacher.login, place=place(world), title="Dán 2 ô")
    set_value(world, world.actor(), "TV.score", "9")
    before = opened(world)
    with pytest.raises(UserError) as refused:
        steps.undo(store=world.store, actor=teacher, place=place(world))
    assert refused.value.code == "step.stale"
    assert refused.value.facts["theirs"] == "9"
    assert refused.value.facts["yours"] == "(trống)"
    assert refused.value.facts["name"] == before.pupils[0].pupil.name
    assert opened(world) == before
    assert steps.peek(store=world.store, actor=teacher, place=place(world))[0] == "Dán 2 ô"


def test_undo_asks_for_the_right_and_the_stage(imported_world: World) -> None:
    world = imported_world
    teacher = world.teacher("1A")
    set_value(world, teacher, "TV.comment", "Đọc rõ ràng, viết đẹp.")
    with pytest.raises(UserError, match=r"step\.nothing"):
        steps.undo(store=world.store, actor=world.actor(), place=place(world))
    gate.submit(store=world.store, actor=teacher, class_name="1A")
    with pytest.raises(NotAllowed, match="class_closed"):
        steps.undo(store=world.store, actor=teacher, place=place(world))
    gate.reopen(store=world.store, actor=world.actor("tocongtac"), class_name="1A", reason="Sửa nhận xét")
    stripped = Actor(teacher.account_id, teacher.login, teacher.name, teacher.roles)
    with pytest.raises(NotAllowed, match="not_allowed"):
        steps.undo(store=world.store, actor=stripped, place=place(world))
    assert steps.undo(store=world.store, actor=teacher, place=place(world)).values == 1


def test_a_whole_import_is_undone_and_redone(listed_world: World) -> None:
    world = listed_world
    before = {name: opened(world, name) for name in world.classes}
    report = world.import_all()
    after = {name: opened(world, name) for name in world.classes}
    assert after != before
    steps.undo(store=world.store, actor=world.actor(), place=report.place)
    assert {name: opened(world, name) for name in world.classes} == before
    steps.redo(store=world.store, actor=world.actor(), place=report.place)
    assert {name: opened(world, name) for name in world.classes} == after
    assert chain_holds(world)


def list_file(world: World) -> Path:
    return next(file for file in world.files[0].parent.glob("*.xlsx") if file not in world.files)


def new_school(tmp_path: Path) -> tuple[store_verbs.Store, Actor]:
    from app.records.types import School

    folder = tmp_path / "moi"
    store_verbs.init_school(
        folder=folder,
        school=School("94000002", "Trường Tiểu học Sen Hồng", "Mỹ Tú", "Mỹ Tú", "Sóc Trăng"),
        year="2023-2024",
        admin_login="quantri",
        admin_name="Quản trị",
        password="HocBa-Mau-2024",
    )
    store = store_verbs.open_store(folder)
    return store, store_verbs.login(store=store, login="quantri", password="HocBa-Mau-2024")


def test_a_list_import_takes_its_pupils_back_and_brings_them_again(
    listed_world: World, tmp_path: Path
) -> None:
    store, admin = new_school(tmp_path)
    files = sorted((listed_world.files[0].parent).glob("*.xlsx"))
    try:
        report = imports.import_files(store=store, actor=admin, paths=files, progress=QUIET)
        listed = classes.list_pupils(store=store, actor=admin)
        assert listed
        steps.undo(store=store, actor=admin, place=report.place)
        assert classes.list_pupils(store=store, actor=admin) == ()
        assert classes.list_classes(store=store, actor=admin) == ()
        steps.redo(store=store, actor=admin, place=report.place)
        assert classes.list_pupils(store=store, actor=admin) == listed
        with store.reading() as session:
            assert changelog.verify_chain(session).ok
    finally:
        store.close()


def test_a_pupil_in_use_keeps_the_list_import(listed_world: World, tmp_path: Path) -> None:
    store, admin = new_school(tmp_path)
    listing = list_file(listed_world)
    try:
        report = imports.import_files(store=store, actor=admin, paths=[listing], progress=QUIET)
        first = classes.list_pupils(store=store, actor=admin)[0].pupil.pupil
        fields.set_field(store=store, actor=admin, code=first.code, field="TV.level", value="T")
        count = len(classes.list_pupils(store=store, actor=admin))
        with pytest.raises(UserError) as refused:
            steps.undo(store=store, actor=admin, place=report.place)
        assert refused.value.code == "step.used"
        assert refused.value.facts["name"] == first.name
        assert len(classes.list_pupils(store=store, actor=admin)) == count
    finally:
        store.close()


def test_a_subject_teacher_undoes_only_the_own_subject(listed_world: World) -> None:
    world = listed_world
    people.add_account(
        store=world.store,
        actor=world.actor(),
        login="gvta",
        name="Sơn Minh Tâm",
        title="Giáo viên",
        roles=(Role.SUBJECT_TEACHER,),
        password="HocBa-Mau-2024",
        classes=("1A",),
        subjects=("NN1",),
    )
    teacher = world.actor("gvta")
    set_value(world, teacher, "NN1.level", "T")
    assert steps.undo(store=world.store, actor=teacher, place=place(world)).values == 1
    set_value(world, teacher, "NN1.level", "H")
    other = Actor(
        teacher.account_id, teacher.login, teacher.name, teacher.roles, subjects=frozenset({("1A", "TIN")})
    )
    with pytest.raises(NotAllowed):
        steps.undo(store=world.store, actor=other, place=place(world))


def test_a_step_of_pupils_who_were_made_again_is_not_redone(listed_world: World, tmp_path: Path) -> None:
    """Their numbers may mean others by now."""
    store, admin = new_school(tmp_path)
    listing = list_file(listed_world)
    with store:
        first = imports.import_files(store=store, actor=admin, paths=[listing], progress=QUIET)
        entry = classes.list_pupils(store=store, actor=admin)[0]
        fields.set_field(
            store=store, actor=admin, code=entry.pupil.pupil.code, field="name", value="Lâm Thị Sen"
        )
        here = steps.class_place("2023-2024", entry.class_name)
        steps.undo(store=store, actor=admin, place=here)
        steps.undo(store=store, actor=admin, place=first.place)
        imports.import_files(store=store, actor=admin, paths=[listing], progress=QUIET)
        with pytest.raises(UserError, match="renumbered"):
            steps.redo(store=store, actor=admin, place=here)
        assert classes.list_pupils(store=store, actor=admin)[0].pupil.pupil == entry.pupil.pupil
