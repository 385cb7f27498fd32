"""School years: looking at one, the roll-over to the next, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.demo.cast import CHECKER, CLERK, VICE_PRINCIPAL
from app.errors import Cancelled, NotAllowed, UserError
from app.models import classes as class_rows
from app.models import results as result_rows
from app.models import settings as settings_store
from app.models.base import Base
from app.models.milestones import set_milestone
from app.records.types import Period, Stage, Status, SubjectResult, YearClass
from app.workflows import classes, people, years
from app.workflows.years import Move, Target, Teachers
from app.workflows.years_plan import next_name, next_year
from tests.workflows.rolling import LOGS, NEW, content, plan, pupil_of, put_outcome, roll, undo
from tests.world import World


def put_status(world: World, key: int, status: Status) -> None:
    with world.store.transaction() as session:
        class_rows.set_enrolment_field(session, key, "status", status, "thu")


def new_year(world: World, class_name: str) -> list[str]:
    with world.store.for_year(NEW).reading() as session:
        found = class_rows.load_class(session, NEW, class_name)
    return [entry.pupil.name for entry in found.pupils]


# --- the plan ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "grade", "following"),
    [
        ("1A", 1, "2A"),
        ("1A1", 1, "2A1"),
        ("4/2", 4, "5/2"),
        ("Lớp 3 Hoa Sen", 3, "Lớp 4 Hoa Sen"),
        ("2A12", 2, "3A12"),
        ("Hoa Mai", 1, "2 Hoa Mai"),
    ],
)
def test_the_name_of_the_class_one_grade_higher(name: str, grade: int, following: str) -> None:
    assert next_name(name, grade) == following


def test_the_following_year() -> None:
    assert next_year("2023-2024") == NEW


def test_everybody_has_one_move_and_the_counts_add_up(approved_world: World) -> None:
    made = plan(approved_world)
    everybody = sum(len(klass.pupils) for klass in approved_world.made.classes)
    assert sum(made.counts.values()) == len(made.pupils) == everybody
    assert sum(item.pupils for item in made.classes) == everybody
    assert [item.target for item in made.classes] == ["2A", "3A", "4A", "5A", ""]
    assert made.moving == made.counts[Move.UP] + made.counts[Move.STAYS]


def test_grade_five_outside_the_rules_leaves_and_says_that_nothing_recorded_says_so(
    approved_world: World,
) -> None:
    last = [pupil for pupil in plan(approved_world).pupils if pupil.class_name == "5A"]
    assert {(pupil.move, pupil.assumed) for pupil in last} == {(Move.LEAVES, True)}
    assert "mặc định" in last[0].reason


def test_who_stays_who_leaves_and_who_is_not_decided(approved_world: World) -> None:
    stays, leaves, open_, decided = (pupil_of(approved_world, name)[0] for name in ("1A", "2A", "3A", "4A"))
    put_outcome(approved_world, stays, promoted=False)
    put_status(approved_world, leaves, Status.LEFT_2)
    put_outcome(approved_world, open_, promoted=None, confirmed=YearClass.CHT)
    put_outcome(approved_world, decided, promoted=True, decision="Quyết định số 12/QĐ-THTH ngày 20/08/2024")
    found = {pupil.key: pupil for pupil in plan(approved_world).pupils}
    assert (found[stays].move, found[stays].target) == (Move.STAYS, "1A")
    assert (found[leaves].move, found[leaves].reason) == (Move.LEAVES, "Chuyển đi kỳ 2.")
    assert (found[open_].move, found[open_].target) == (Move.OPEN, "")
    assert "Chưa hoàn thành chương trình lớp 3" in found[open_].reason
    assert (found[decided].move, found[decided].reason[:10]) == (Move.UP, "Quyết định")
    assert [pupil.key for pupil in plan(approved_world).problems] == [open_]


def test_a_missing_classification_is_a_problem_with_its_reason(listed_world: World) -> None:
    made = plan(listed_world)
    in_scope = [pupil for pupil in made.pupils if pupil.grade < 5]
    assert {pupil.move for pupil in in_scope} == {Move.OPEN}
    assert "Chưa có xếp loại cuối năm" in in_scope[0].reason
    with pytest.raises(UserError) as refused:
        roll(listed_world, made)
    assert refused.value.code == "years.nobody"


def test_a_class_that_is_not_approved_is_marked(imported_world: World) -> None:
    assert {item.name: item.approved for item in plan(imported_world).classes} == {
        "1A": False,
        "2A": False,
        "3A": False,
        "4A": False,
        "5A": True,
    }


def test_the_dry_run_writes_nothing(approved_world: World) -> None:
    before = content(approved_world.store)
    key, _ = pupil_of(approved_world, "1A")
    plan(approved_world, choices={key: Target(Move.STAYS, "1A")})
    assert content(approved_world.store) == before


def test_a_choice_that_does_not_fit_the_grade_is_refused(approved_world: World) -> None:
    key, name = pupil_of(approved_world, "1A")
    for target in (Target(Move.UP, "3A"), Target(Move.STAYS, "2A"), Target(Move.LEAVES, "1A")):
        with pytest.raises(UserError) as refused:
            plan(approved_world, choices={key: target})
        assert (refused.value.code, refused.value.facts["name"]) == ("years.bad_choice", name)


@pytest.mark.parametrize(("to", "code"), [("2024", "workflow.bad_year"), ("2022-2023", "years.not_later")])
def test_the_target_must_be_a_later_year(approved_world: World, to: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        plan(approved_world, to=to)
    assert refused.value.code == code


# --- carrying over -----------------------------------------------------------------------------------


def test_pupils_stand_one_grade_higher_with_what_stays_true(approved_world: World) -> None:
    world = approved_world
    before = classes.open_class(store=world.store, actor=world.actor(), class_name="1A").pupils[0]
    report = roll(world)
    assert (report.classes, report.pupils) == (4, plan(world).counts[Move.THERE])
    with world.store.reading() as session:
        after = class_rows.find_pupil(session, NEW, before.pupil.code)[1]
    assert (after.enrolment.class_name, after.enrolment.grade) == ("2A", 2)
    assert after.enrolment.register_number == before.enrolment.register_number
    assert after.enrolment.enrolled_on == before.enrolment.enrolled_on
    assert (after.enrolment.height_cm, after.enrolment.absent_excused) == (None, None)
    assert after.enrolment.status is Status.STUDYING
    assert dict(after.results) == {}
    assert [(row.year, row.class_name) for row in after.history] == [(world.made.year, "1A"), (NEW, "2A")]


def test_a_backup_is_written_first(approved_world: World) -> None:
    report = roll(approved_world)
    assert report.backup.is_file()
    assert NEW in report.backup.name


def test_the_active_year_changes_only_when_asked(approved_world: World) -> None:
    roll(approved_world)
    listed = years.list_years(store=approved_world.store, actor=approved_world.actor())
    assert [(one.name, one.active) for one in listed] == [(NEW, False), ("2023-2024", True)]
    assert years.set_active(store=approved_world.store, actor=approved_world.actor(), year=NEW).kinds
    listed = years.list_years(store=approved_world.store, actor=approved_world.actor())
    assert [one.active for one in listed] == [True, False]


def test_whoever_was_open_is_carried_over_later(approved_world: World) -> None:
    key, name = pupil_of(approved_world, "1A")
    put_outcome(approved_world, key, promoted=None)
    report = roll(approved_world)
    assert [pupil.name for pupil in report.left_out] == [name]
    assert name not in new_year(approved_world, "2A")
    put_outcome(approved_world, key, promoted=True)
    again = plan(approved_world)
    assert (again.moving, again.counts[Move.THERE]) == (1, report.pupils)
    assert roll(approved_world, again).pupils == 1
    assert name in new_year(approved_world, "2A")


def test_a_choice_wins_over_what_is_recorded(approved_world: World) -> None:
    key, name = pupil_of(approved_world, "1A")
    made = plan(approved_world, choices={key: Target(Move.STAYS, "1A")})
    chosen = next(pupil for pupil in made.pupils if pupil.key == key)
    assert (chosen.chosen, chosen.move, chosen.target) == (True, Move.STAYS, "1A")
    roll(approved_world, made)
    assert new_year(approved_world, "1A") == [name]


def test_a_plan_that_is_not_true_any_more_is_refused(approved_world: World) -> None:
    made = plan(approved_world)
    put_outcome(approved_world, pupil_of(approved_world, "1A")[0], promoted=False)
    before = content(approved_world.store)
    with pytest.raises(UserError) as refused:
        roll(approved_world, made)
    assert refused.value.code == "years.stale"
    assert content(approved_world.store) == before


def test_stopping_on_the_way_leaves_everything_as_it_was(approved_world: World) -> None:
    class Impatient:
        def step(self, done: int, total: int, text: str) -> None:
            if done > 2:
                raise Cancelled

    before = content(approved_world.store)
    with pytest.raises(Cancelled):
        roll(approved_world, progress=Impatient())
    assert content(approved_world.store) == before


@pytest.mark.parametrize(
    ("teachers", "homeroom"),
    [
        (Teachers.NONE, {}),
        (Teachers.KEEP_CLASS, {"2A": "2A", "3A": "3A"}),
        (Teachers.FOLLOW, {"2A": "1A", "3A": "2A"}),
    ],
)
def test_teachers_stay_away_keep_their_class_or_follow_it(
    approved_world: World, teachers: Teachers, homeroom: dict[str, str]
) -> None:
    named = {klass.name: klass.homeroom_teacher for klass in approved_world.made.classes}
    report = roll(approved_world, teachers=teachers)
    with approved_world.store.reading() as session:
        loaded = {klass.name: klass.homeroom_teacher for klass in class_rows.load_classes(session, NEW)}
    assert {name: loaded[name] for name in homeroom} == {name: named[of] for name, of in homeroom.items()}
    assert bool(report.assignments) is bool(homeroom)
    if not homeroom:
        assert set(loaded.values()) == {""}


# --- taking it back ----------------------------------------------------------------------------------


@pytest.mark.parametrize("activate", [False, True])
def test_undoing_removes_exactly_what_it_made(approved_world: World, activate: bool) -> None:
    before = content(approved_world.store, LOGS)
    roll(approved_world, teachers=Teachers.KEEP_CLASS, activate=activate)
    assert content(approved_world.store, LOGS) != before
    found = years.undoable(store=approved_world.store, actor=approved_world.actor())
    assert found is not None
    assert (found.to, found.hindered) == (NEW, "")
    undo(approved_world)
    after = content(approved_world.store, LOGS)
    assert {name for name in before if before[name] != after[name]} <= {"setting"}  # its row counts versions
    with approved_world.store.reading() as session:
        assert settings_store.active_year(session) == approved_world.made.year
    assert approved_world.store.status()["audit_chain"] == "ok"
    assert years.undoable(store=approved_world.store, actor=approved_world.actor()) is None
    assert roll(approved_world).pupils == found.pupils


def test_two_roll_overs_are_undone_one_after_the_other(approved_world: World) -> None:
    key, _ = pupil_of(approved_world, "1A")
    put_outcome(approved_world, key, promoted=None)
    many = roll(approved_world).pupils
    put_outcome(approved_world, key, promoted=True)
    roll(approved_world)
    assert undo(approved_world).pupils == 1
    assert undo(approved_world).pupils == many
    with pytest.raises(UserError) as refused:
        undo(approved_world)
    assert refused.value.code == "years.nothing_to_undo"


def _result(world: World) -> None:
    with world.store.transaction() as session:
        key = class_rows.load_class(session, NEW, "2A").pupils[0].key
        result_rows.save_results(
            session,
            key=key,
            period=Period.GK1,
            subjects={"TOAN": SubjectResult(comment="Chăm")},
            traits={},
            group_comments={},
            year_values={},
            actor="thu",
        )


def _stage(world: World) -> None:
    with world.store.transaction() as session:
        class_rows.set_stage(
            session,
            year=NEW,
            class_name="2A",
            period=Period.GK1,
            stage=Stage.SUBMITTED,
            actor="thu",
            reason="",
            expected=Stage.OPEN,
        )


def _pupil(world: World) -> None:
    with world.store.transaction() as session:
        class_rows.save_pupil(session, year=NEW, class_name="2A", fields={"name": "Lê Thị Mới"}, actor="thu")


def _class(world: World) -> None:
    with world.store.transaction() as session:
        class_rows.ensure_class(session, NEW, "1A", 1, "thu")


def _edit(world: World) -> None:
    with world.store.transaction() as session:
        key = class_rows.load_class(session, NEW, "2A").pupils[0].key
        class_rows.set_enrolment_field(session, key, "height_cm", 120.0, "thu")


def _assignment(world: World) -> None:
    seat = years.look_at(store=world.store, actor=world.actor(), year=NEW)
    people.add_account(
        store=seat.store,
        actor=seat.actor,
        login="gvmoi",
        name="Kim Thị Thử",
        roles=[next(iter(world.teacher("2A").roles))],
        classes=["2A"],
        subjects=(),
        password="mat-khau-thu",
    )


def _milestone(world: World) -> None:
    with world.store.transaction() as session:
        set_milestone(
            session, year=NEW, code="year_end", due_on=date(2025, 5, 31), description="Hết năm", actor="thu"
        )


@pytest.mark.parametrize(
    ("enter", "words"),
    [
        (_result, "1 kết quả môn học"),
        (_stage, "1 lớp đã chốt hoặc duyệt"),
        (_pupil, "1 học sinh thêm vào lớp"),
        (_class, "1 lớp thêm mới"),
        (_edit, "1 hồ sơ năm học đã sửa"),
        (_assignment, "1 phân công giáo viên"),
        (_milestone, "1 mốc của năm học"),
    ],
)
def test_nothing_is_undone_once_something_was_entered(
    approved_world: World, enter: Callable[[World], None], words: str
) -> None:
    roll(approved_world)
    enter(approved_world)
    before = content(approved_world.store)
    with pytest.raises(NotAllowed) as refused:
        undo(approved_world)
    assert (refused.value.code, refused.value.facts["found"]) == ("years.used", words)
    assert content(approved_world.store) == before


def test_every_table_that_can_stand_on_a_new_year_has_its_words() -> None:
    pointing = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in {"enrolment", "school_class", "school_year"}
    }
    assert pointing <= set(years.USED_WORDS)


# --- permissions -------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", [CHECKER, VICE_PRINCIPAL, CLERK, "gv1a"])
def test_only_the_administrator_moves_the_years(approved_world: World, login: str) -> None:
    store, other, made = approved_world.store, approved_world.actor(login), plan(approved_world)
    acts: tuple[Callable[[], object], ...] = (
        lambda: years.plan_roll_over(store=store, actor=other),
        lambda: years.roll_over(store=store, actor=other, plan=made),
        lambda: years.undoable(store=store, actor=other),
        lambda: years.undo_roll_over(store=store, actor=other),
        lambda: years.set_active(store=store, actor=other, year="2023-2024"),
    )
    for act in acts:
        with pytest.raises(NotAllowed) as refused:
            act()
        assert refused.value.code == "account.not_allowed"
    assert years.list_years(store=store, actor=other)[0].active
