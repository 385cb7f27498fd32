"""Who is entitled to a title of article 13: listed in class order, never ranked."""

from __future__ import annotations

import pytest

from app.errors import NotAllowed
from app.records.awards import EXCELLENT, OUTSTANDING
from app.records.types import YearClass
from app.workflows import awards, fields
from tests.world import World


def test_the_computed_title_and_the_one_people_decide(imported_world: World) -> None:
    found = awards.awards(store=imported_world.store, actor=imported_world.teacher("1A"))
    assert [(item.class_name, item.year_class, item.computed, item.eligible) for item in found] == [
        ("1A", YearClass.HTXS, (EXCELLENT,), ()),
        ("1A", YearClass.HTT, (), (OUTSTANDING,)),
    ]


def test_nobody_without_entitlement_and_no_class_out_of_scope(imported_world: World) -> None:
    found = awards.awards(store=imported_world.store, actor=imported_world.actor("tocongtac"))
    assert [item.class_name for item in found] == ["1A", "1A", "2A", "3A", "3A", "4A"]
    assert {item.year_class for item in found} == {YearClass.HTXS, YearClass.HTT}


def test_what_a_person_confirmed_counts(imported_world: World) -> None:
    code = imported_world.made.classes[0].pupils[0].pupil.code
    fields.set_field(
        store=imported_world.store, actor=imported_world.actor(), code=code, field="confirmed", value="HT"
    )
    found = awards.awards(store=imported_world.store, actor=imported_world.actor(), class_name="1A")
    assert code not in {item.entry.pupil.code for item in found}


def test_awards_of_another_class_are_not_shown(imported_world: World) -> None:
    with pytest.raises(NotAllowed):
        awards.awards(store=imported_world.store, actor=imported_world.teacher("1A"), class_name="2A")
