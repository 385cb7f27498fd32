"""The stages of a class and who may move them."""

from __future__ import annotations

import pytest

from app.errors import NotAllowed, UserError
from app.models import changelog
from app.records.types import Period, Stage
from app.workflows import checks, classes, fields
from tests.world import World


def stage(world: World, name: str) -> Stage:
    found = classes.open_class(store=world.store, actor=world.actor(), class_name=name)
    return found.stages.get(Period.CN, Stage.OPEN)


def test_a_clean_school_has_no_errors_or_warnings(imported_world: World) -> None:
    report = checks.check(store=imported_world.store, actor=imported_world.actor("tocongtac"))
    assert [finding.message for finding in report.findings] == []
    assert report.counts["out_of_scope"] == 1


def test_submit_confirms_what_was_left_to_the_proposal(imported_world: World) -> None:
    code = imported_world.made.classes[0].pupils[0].pupil.code
    classes.submit(store=imported_world.store, actor=imported_world.teacher("1A"), class_name="1A")
    for item in checks.classify(store=imported_world.store, actor=imported_world.actor(), class_name="1A"):
        assert item.entry.outcome.confirmed is item.proposal.code is not None
        assert item.entry.outcome.completed is not None
    assert stage(imported_world, "1A") is Stage.SUBMITTED
    with pytest.raises(NotAllowed) as caught:
        fields.set_field(
            store=imported_world.store, actor=imported_world.actor(), code=code, field="height", value="120"
        )
    assert caught.value.code == "workflow.class_closed"


def test_submit_demands_zero_errors(listed_world: World) -> None:
    with pytest.raises(NotAllowed) as caught:
        classes.submit(store=listed_world.store, actor=listed_world.teacher("1A"), class_name="1A")
    assert caught.value.code == "workflow.class_has_errors"
    assert stage(listed_world, "1A") is Stage.OPEN


def test_order_of_the_stages(imported_world: World) -> None:
    admin = imported_world.actor()
    with pytest.raises(NotAllowed) as caught:
        classes.approve(store=imported_world.store, actor=admin, class_name="1A")
    assert caught.value.code == "workflow.not_submitted"
    classes.submit(store=imported_world.store, actor=admin, class_name="1A")
    with pytest.raises(NotAllowed) as caught:
        classes.submit(store=imported_world.store, actor=admin, class_name="1A")
    assert caught.value.code == "workflow.already_submitted"


def test_teacher_acts_only_on_the_own_class(imported_world: World) -> None:
    for name, verb in (("2A", classes.submit), ("1A", classes.approve)):
        with pytest.raises(NotAllowed):
            verb(store=imported_world.store, actor=imported_world.teacher("1A"), class_name=name)
    assert stage(imported_world, "2A") is Stage.OPEN


def test_reopen_needs_a_reason_and_logs_it(approved_world: World) -> None:
    actor = approved_world.actor("tocongtac")
    with pytest.raises(UserError):
        classes.reopen(store=approved_world.store, actor=actor, class_name="1A", reason=" ")
    classes.reopen(store=approved_world.store, actor=actor, class_name="1A", reason="Nhầm điểm Toán")
    assert stage(approved_world, "1A") is Stage.OPEN
    with approved_world.store.reading() as session:
        reasons = [entry.reason for entry in changelog.entries(session, limit=5)]
        assert changelog.verify_chain(session).ok
    assert "Nhầm điểm Toán" in reasons


def test_grade_five_of_that_year_is_out_of_scope(imported_world: World) -> None:
    with pytest.raises(NotAllowed) as caught:
        classes.submit(store=imported_world.store, actor=imported_world.actor(), class_name="5A")
    assert caught.value.code == "workflow.out_of_scope"
    column = next(
        item
        for item in classes.board(store=imported_world.store, actor=imported_world.actor())
        if item.name == "5A"
    )
    assert "2023-2024" in column.out_of_scope


def test_board_adds_up(approved_world: World) -> None:
    for column in classes.board(store=approved_world.store, actor=approved_world.actor()):
        if column.out_of_scope:
            continue
        total = column.counts["results"][1]
        assert column.counts["approved"] == (total, total)
        assert column.counts["issued"] == (0, total)


def test_teacher_sees_only_the_own_class(imported_world: World) -> None:
    teacher = imported_world.teacher("3A")
    assert [item.name for item in classes.list_classes(store=imported_world.store, actor=teacher)] == ["3A"]
    with pytest.raises(NotAllowed):
        classes.open_class(store=imported_world.store, actor=teacher, class_name="1A")


def test_search_ignores_case_and_diacritics(imported_world: World) -> None:
    pupil = imported_world.made.classes[0].pupils[0].pupil
    plain = pupil.name.upper()
    found = classes.list_pupils(store=imported_world.store, actor=imported_world.actor(), search=plain)
    assert pupil.code in {item.pupil.pupil.code for item in found}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("khong", "1", "workflow.no_field"),
        ("height", "cao", "workflow.bad_value"),
        ("promoted", "có lẽ", "workflow.bad_value"),
    ],
)
def test_set_refuses_what_it_does_not_understand(
    imported_world: World, field: str, value: str, code: str
) -> None:
    pupil = imported_world.made.classes[0].pupils[0].pupil
    with pytest.raises(UserError) as caught:
        fields.set_field(
            store=imported_world.store,
            actor=imported_world.actor(),
            code=pupil.code,
            field=field,
            value=value,
        )
    assert caught.value.code == code
