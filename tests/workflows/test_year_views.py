"""Looking at another school year without changing it for anybody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import UserError
from app.models import classes as class_rows
from app.models import results as result_rows
from app.models import settings as settings_store
from app.records.types import Period, SigningRole, Stage
from app.workflows import booklet, classes, gate, issue, years
from app.workflows import store as store_verbs
from app.workflows.years import Teachers
from tests.workflows.rolling import NEW, pupil_of, put_outcome, roll
from tests.world import QUIET, World


def test_a_view_looks_at_its_year_and_the_store_at_its_own(approved_world: World) -> None:
    roll(approved_world, activate=True)
    admin, past = approved_world.actor(), approved_world.store.for_year("2023-2024")
    now = {item.name for item in classes.list_classes(store=approved_world.store, actor=admin)}
    then = {item.name for item in classes.list_classes(store=past, actor=admin)}
    assert (now, then) == ({"2A", "3A", "4A", "5A"}, {"1A", "2A", "3A", "4A", "5A"})
    listed = years.list_years(store=past, actor=admin)
    assert [(one.name, one.active, one.looked_at) for one in listed] == [
        (NEW, True, False),
        ("2023-2024", False, True),
    ]
    assert past.for_year(NEW).status()["year"] == NEW


def test_writing_in_a_past_year_follows_its_own_stages(approved_world: World) -> None:
    roll(approved_world, activate=True)
    past = approved_world.store.for_year("2023-2024")
    admin = approved_world.actor()
    gate.reopen(store=past, actor=admin, class_name="1A", reason="Sửa một điểm")
    with approved_world.store.reading() as session:
        assert class_rows.stage_of(session, "2023-2024", "1A", Period.CN) is Stage.OPEN
        assert settings_store.active_year(session) == NEW


def test_a_teacher_sees_of_a_past_year_the_class_taught_then(approved_world: World) -> None:
    roll(approved_world, teachers=Teachers.FOLLOW, activate=True)
    teacher = approved_world.actor("gv1a")
    assert teacher.classes == {"2A"}
    seat = years.look_at(store=approved_world.store, actor=teacher, year="2023-2024")
    assert (set(seat.actor.classes), seat.active) == ({"1A"}, False)
    seen = classes.list_classes(store=seat.store, actor=seat.actor)
    assert [item.name for item in seen] == ["1A"]


def test_a_year_that_is_not_there_is_refused_until_it_is_made(approved_world: World) -> None:
    store, admin = approved_world.store, approved_world.actor()
    for act in (years.look_at, years.set_active):
        with pytest.raises(UserError) as refused:
            act(store=store, actor=admin, year=NEW)
        assert refused.value.code == "workflow.no_year"
    years.set_active(store=store, actor=admin, year=NEW, new=True)
    assert years.list_years(store=store, actor=admin)[0].active


def test_a_view_notices_what_another_process_wrote_and_not_its_own(approved_world: World) -> None:
    past = approved_world.store.for_year("2023-2024")
    assert not past.changed_outside()
    put_outcome(replace(approved_world, store=past), pupil_of(approved_world, "1A")[0], promoted=False)
    assert not approved_world.store.changed_outside()
    with store_verbs.open_store(approved_world.folder) as other:
        years.set_active(store=other, actor=approved_world.actor(), year=NEW, new=True)
    assert past.changed_outside()


def test_a_booklet_holds_both_years(sealed_world: World) -> None:
    world = sealed_world
    code = world.made.classes[0].pupils[0].pupil.code
    with world.store.reading() as session:
        old = class_rows.load_class(session, world.made.year, "1A")
    roll(world, teachers=Teachers.FOLLOW, activate=True)
    with world.store.transaction() as session:
        for entry in class_rows.load_class(session, NEW, "2A").pupils:
            before = next(item for item in old.pupils if item.pupil.code == entry.pupil.code)
            results, outcome = before.period(Period.CN), before.outcome
            result_rows.save_results(
                session,
                key=entry.key,
                period=Period.CN,
                subjects=results.subjects,
                traits=results.traits,
                group_comments=results.group_comments,
                year_values={
                    "confirmed": outcome.confirmed,
                    "completed": outcome.completed,
                    "promoted": outcome.promoted,
                },
                actor="thu",
            )
        class_rows.set_stage(
            session,
            year=NEW,
            class_name="2A",
            period=Period.CN,
            stage=Stage.APPROVED,
            actor="thu",
            reason="",
            expected=Stage.OPEN,
        )
    assert issue.issue(store=world.store, actor=world.actor(), class_name="2A", progress=QUIET).issued
    for role in SigningRole:
        assert not world.sign(role, class_name="2A").failed
    made = booklet.booklet(store=world.store, actor=world.actor(), code=code)
    assert made.years == ("2023-2024", NEW)
    then = booklet.booklet(store=world.store.for_year("2023-2024"), actor=world.actor(), code=code)
    assert then.years == made.years
