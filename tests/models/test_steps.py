"""Steps: the entries of one transaction, what they change together, and what a newer step does to them."""

from __future__ import annotations

from app.models import changelog, results, steps
from app.models.steps import Edit, StepState
from app.models.store import Store
from app.records.types import Period
from tests.models.samples import YEAR, add_pupil

PLACE = f"class:{YEAR}:3A"


def put(store: Store, key: int, *values: tuple[str, object], actor: str = "gv") -> int | None:
    with store.transaction() as session:
        for name, value in values:
            code, _, cell = name.partition(".")
            results.set_cell(
                session, key=key, period=Period.CN, code=code, cell=cell, value=value, actor=actor
            )
        return steps.record_step(session, actor=actor, place=PLACE, title="Bước")


def pupil(store: Store) -> int:
    with store.transaction() as session:
        return add_pupil(session).key


def states(store: Store, actor: str = "gv") -> dict[StepState, int]:
    with store.reading() as session:
        return {state: len(steps.steps_of(session, actor, PLACE, state)) for state in StepState}


def test_a_step_names_exactly_the_entries_of_its_transaction(store: Store) -> None:
    key = pupil(store)
    put(store, key, ("TV.score", 7), ("TV.level", "H"))
    put(store, key, ("TV.score", 8))
    with store.reading() as session:
        first, second = steps.steps_of(session, "gv", PLACE, StepState.DONE)
        entries = changelog.between(session, first.first, first.last)
        assert [(entry.field, entry.new) for entry in entries] == [("CN.TV.score", "7"), ("CN.TV.level", "H")]
        assert second.first == second.last == first.last + 1
        assert changelog.verify_chain(session).ok


def test_nothing_changed_is_no_step(store: Store) -> None:
    key = pupil(store)
    put(store, key, ("TV.score", 7))
    assert put(store, key, ("TV.score", 7)) is None
    assert states(store)[StepState.DONE] == 1


def test_a_new_step_ends_what_the_same_person_had_undone_there(store: Store) -> None:
    key = pupil(store)
    number = put(store, key, ("TV.score", 7))
    assert number is not None
    with store.transaction() as session:
        steps.set_state(session, [number], StepState.UNDONE)
    put(store, key, ("TV.score", 8), actor="khac")
    assert states(store)[StepState.UNDONE] == 1
    put(store, key, ("TV.score", 9))
    assert states(store) == {StepState.DONE: 1, StepState.UNDONE: 0, StepState.GONE: 1}


def test_edits_of_steps_are_net(store: Store) -> None:
    key = pupil(store)
    put(store, key, ("TV.score", 7), ("TOAN.score", 5))
    put(store, key, ("TV.score", 8), ("TOAN.score", None))
    with store.reading() as session:
        found = steps.edits_of(session, steps.steps_of(session, "gv", PLACE, StepState.DONE))
    assert found == (Edit("result", f"enrolment:{key}", "CN.TV.score", None, "8"),)


def test_every_import_has_a_place_of_its_own(store: Store) -> None:
    key = pupil(store)
    for number in ("1", "2", "3"):
        with store.transaction() as session:
            place = steps.next_import(session, YEAR)
            results.set_cell(
                session, key=key, period=Period.CN, code="TV", cell="score", value=int(number), actor="gv"
            )
            steps.record_step(session, actor="gv", place=place, title="Nhập tệp")
        assert place == f"import:{YEAR}:{number}"


def test_there_and_back_is_no_step_and_ends_nothing(store: Store) -> None:
    key = pupil(store)
    number = put(store, key, ("TV.score", 7))
    assert number is not None
    with store.transaction() as session:
        steps.set_state(session, [number], StepState.UNDONE)
    assert put(store, key, ("TOAN.score", 7), ("TOAN.score", None)) is None
    assert states(store)[StepState.UNDONE] == 1
