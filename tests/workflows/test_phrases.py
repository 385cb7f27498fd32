"""The comment bank: what fits a cell, who may change what, and the first bank."""

from __future__ import annotations

import pytest

from app.demo.cast import CHECKER, VICE_PRINCIPAL
from app.errors import NotAllowed, UserError
from app.records.permissions import Actor
from app.workflows import phrases
from app.workflows.phrases import PhraseInfo
from tests.world import World


def add(
    world: World, actor: Actor, content: str, subject: str = "", level: str = "", mine: bool = True
) -> int:
    return phrases.add_phrase(
        store=world.store, actor=actor, content=content, subject=subject, level=level, personal=mine
    ).id


def found(world: World, actor: Actor, subject: str = "", level: str = "") -> list[str]:
    listed = phrases.list_phrases(store=world.store, actor=actor, subject=subject, level=level)
    return [one.content for one in listed]


def refused(world: World, content: str, subject: str = "", level: str = "") -> str:
    with pytest.raises(UserError) as error:
        add(world, world.actor(), content, subject, level)
    return error.value.code


def test_what_fits_a_cell_own_ones_first(listed_world: World) -> None:
    world, teacher = listed_world, listed_world.teacher("3A")
    add(world, world.actor(), "Học tốt", level="T", mine=False)
    add(world, world.actor(), "Đọc rõ ràng", "TV", mine=False)
    add(world, world.actor(), "Cần luyện viết", "TV", "C", mine=False)
    add(world, world.actor(), "Chăm ngoan", "PC", mine=False)
    add(world, teacher, "{tên} kể chuyện hay, em cần phát huy", "TV", "T")
    assert found(world, teacher, "TV", "T") == [
        "{tên} kể chuyện hay, em cần phát huy",
        "Đọc rõ ràng",
        "Học tốt",
    ]
    assert found(world, world.teacher("1A"), "TV", "C") == ["Đọc rõ ràng", "Cần luyện viết"]
    assert found(world, teacher, "PC") == ["Chăm ngoan"]


def test_the_bank_of_the_school_needs_the_permission(listed_world: World) -> None:
    world = listed_world
    add(world, world.actor(CHECKER), "Học tốt", mine=False)
    shared = phrases.list_phrases(store=world.store, actor=world.teacher("3A"))[0]
    for actor in (world.teacher("3A"), world.actor(VICE_PRINCIPAL)):
        with pytest.raises(NotAllowed):
            add(world, actor, "Tiến bộ", mine=False)
        with pytest.raises(NotAllowed):
            phrases.hide_phrase(store=world.store, actor=actor, number=shared.id)
        with pytest.raises(NotAllowed):
            phrases.import_first_bank(store=world.store, actor=actor)
    assert found(world, world.actor()) == ["Học tốt"]


def test_nobody_touches_the_phrases_of_another(listed_world: World) -> None:
    world = listed_world
    number = add(world, world.teacher("3A"), "Đọc to")
    with pytest.raises(UserError) as error:
        phrases.hide_phrase(store=world.store, actor=world.actor(), number=number)
    assert error.value.code == "phrase.unknown"
    assert found(world, world.actor()) == []
    assert found(world, world.teacher("3A")) == ["Đọc to"]


def test_editing_hides_the_old_one_and_can_be_taken_back(listed_world: World) -> None:
    world, teacher = listed_world, listed_world.teacher("3A")
    number = add(world, teacher, "Đọc to", "TV")
    report = phrases.edit_phrase(
        store=world.store, actor=teacher, number=number, content="Đọc to, rõ", subject="TV", level="T"
    )
    listed = phrases.list_phrases(store=world.store, actor=teacher)
    assert listed == (PhraseInfo(report.id, "TV", "T", "Đọc to, rõ", True),)
    assert report.id != number
    phrases.edit_phrase(
        store=world.store, actor=teacher, number=report.id, content="Đọc to", subject="TV", level=""
    )
    assert found(world, teacher) == ["Đọc to"]
    phrases.hide_phrase(store=world.store, actor=teacher, number=number)
    phrases.show_phrase(store=world.store, actor=teacher, number=number)
    assert found(world, teacher) == ["Đọc to"]


def test_what_is_no_phrase_is_refused(listed_world: World) -> None:
    world = listed_world
    assert refused(world, "  ") == "phrase.empty"
    assert refused(world, "a" * 501) == "phrase.long"
    assert refused(world, "{lớp} học tốt") == "phrase.braces"
    assert refused(world, "Học tốt}") == "phrase.braces"
    assert refused(world, "Học tốt", subject="XX") == "workflow.no_subject"
    assert refused(world, "Học tốt", level="X") == "phrase.level"
    add(world, world.actor(), "Học tốt")
    assert refused(world, "Học  tốt") == "phrase.exists"


def test_the_first_bank_comes_in_once(listed_world: World) -> None:
    world, actor = listed_world, listed_world.actor(CHECKER)
    report = phrases.import_first_bank(store=world.store, actor=actor)
    assert report.added == len(set(phrases.first_bank())) > 100
    again = phrases.import_first_bank(store=world.store, actor=actor)
    assert (again.added, again.known) == (0, report.added)
    assert "Nắm chắc kiến thức" in found(world, world.teacher("3A"), "TOAN", "T")
    assert "Nắm chắc kiến thức" not in found(world, world.teacher("3A"), "TOAN", "C")
    assert "tính toán chính xác" in found(world, world.teacher("3A"), "TOAN", "C")
