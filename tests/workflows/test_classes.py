"""Lists of classes and pupils, the overview, and what `set` refuses."""

from __future__ import annotations

import pytest

from app.errors import NotAllowed, UserError
from app.workflows import checks, classes, fields, gate
from tests.world import World


def test_a_clean_school_has_no_errors_or_warnings(imported_world: World) -> None:
    report = checks.check(store=imported_world.store, actor=imported_world.actor("tocongtac"))
    assert [finding.message for finding in report.findings] == []
    assert report.counts["out_of_scope"] == 1


def test_grade_five_of_that_year_is_out_of_scope(imported_world: World) -> None:
    with pytest.raises(NotAllowed) as caught:
        gate.submit(store=imported_world.store, actor=imported_world.actor(), class_name="5A")
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
