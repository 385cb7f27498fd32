"""Two people at two PCs act on one class at the same moment: real threads, processes and stores."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.messages import sentence
from app.models import changelog
from app.models.store import Session, Store
from app.records.permissions import Action, Actor
from app.records.types import ClassYear, Finding, Period, Stage
from app.workflows import classes, fields, findings, gate, imports
from app.workflows import store as store_verbs
from tests.world import PASSWORD, QUIET, World

Step = Callable[..., gate.StageReport]
LONG = 0.5
"""Seconds in which a write that nothing holds back is done many times over."""

RACER = """
import sys
from pathlib import Path
from app.errors import UserError
from app.models.store import Store
from app.workflows import gate, store as verbs

store = verbs.open_store(Path(sys.argv[1]))
actor = verbs.login(store=store, login="tocongtac", password=sys.argv[2])
begin = Store.transaction

def wait_for_the_others(self):
    print("ready", flush=True)
    sys.stdin.readline()
    return begin(self)

Store.transaction = wait_for_the_others
try:
    gate.approve(store=store, actor=actor, class_name="1A")
    print("won")
except UserError as error:
    print(error.code)
"""


def give_back(*, store: Store, actor: Actor, class_name: str) -> gate.StageReport:
    return gate.return_class(store=store, actor=actor, class_name=class_name, reason="Xem lại")


def reopen(*, store: Store, actor: Actor, class_name: str) -> gate.StageReport:
    return gate.reopen(store=store, actor=actor, class_name=class_name, reason="Xem lại")


def stage(world: World) -> Stage:
    found = classes.open_class(store=world.store, actor=world.actor(), class_name="1A")
    return found.stages.get(Period.CN, Stage.OPEN)


def moves(world: World) -> list[tuple[str | None, str | None]]:
    with world.store.reading() as session:
        assert changelog.verify_chain(session).ok
        entries = changelog.entries(session, limit=200)
    return [(entry.old, entry.new) for entry in reversed(entries) if entry.kind == "stage"]


@pytest.fixture
def other(imported_world: World) -> Iterator[Store]:
    """The same folder, opened at another PC."""
    with store_verbs.open_store(imported_world.folder) as store:
        yield store


def meeting(store: Store, barrier: threading.Barrier, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next transaction of `store` begin only when everybody has seen the class."""
    begin = store.transaction

    def together() -> AbstractContextManager[Session]:
        barrier.wait(timeout=10)
        return begin()

    monkeypatch.setattr(store, "transaction", together)


def attempt(results: list[object], step: Step, **arguments: Any) -> None:
    try:
        results.append(step(class_name="1A", **arguments).stage)
    except UserError as error:
        results.append(error)


@pytest.mark.parametrize(
    ("before", "first", "second"),
    [
        ((), gate.submit, gate.submit),
        ((gate.submit,), gate.approve, gate.approve),
        ((gate.submit,), give_back, give_back),
        ((gate.submit,), gate.approve, give_back),
        ((gate.submit,), reopen, gate.approve),
        ((gate.submit, gate.approve), reopen, reopen),
    ],
)
def test_of_two_people_exactly_one_wins(
    imported_world: World,
    other: Store,
    monkeypatch: pytest.MonkeyPatch,
    before: Sequence[Step],
    first: Step,
    second: Step,
) -> None:
    admin = imported_world.actor()
    for step in before:
        step(store=imported_world.store, actor=admin, class_name="1A")
    earlier = moves(imported_world)
    results: list[object] = []
    barrier = threading.Barrier(2)
    with monkeypatch.context() as patch:
        for store in (imported_world.store, other):
            meeting(store, barrier, patch)
        threads = [
            threading.Thread(target=attempt, args=(results, step), kwargs={"store": store, "actor": admin})
            for step, store in ((first, imported_world.store), (second, other))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
    (loser,) = (item for item in results if isinstance(item, UserError))
    (reached,) = (item for item in results if isinstance(item, Stage))
    assert (loser.code, loser.exit_code) == ("workflow.stage_changed", 3)
    assert f"“{loser.facts['now']}”" in sentence(loser)
    assert stage(imported_world) is reached
    assert len(moves(imported_world)) == len(earlier) + 1


def test_of_three_processes_exactly_one_wins(imported_world: World) -> None:
    gate.submit(store=imported_world.store, actor=imported_world.teacher("1A"), class_name="1A")
    arguments = [sys.executable, "-c", RACER, str(imported_world.folder), PASSWORD]
    racers = [
        subprocess.Popen(
            arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=dict(os.environ),
            cwd=Path(__file__).parents[2],
            text=True,
        )
        for _ in range(3)
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("\n")
        racer.stdin.flush()
    told = sorted(racer.communicate(timeout=60)[0].strip() for racer in racers)
    assert told == ["won", "workflow.stage_changed", "workflow.stage_changed"]
    assert moves(imported_world) == [("open", "submitted"), ("submitted", "approved")]


def test_an_edit_just_before_closing_is_checked(
    imported_world: World, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cell is emptied after the teacher pressed the button and before the class closes."""
    admin = imported_world.actor()
    code = imported_world.made.classes[0].pupils[0].pupil.code
    begin = imported_world.store.transaction

    @contextmanager
    def late() -> Iterator[Session]:
        fields.set_field(store=other, actor=admin, code=code, field="TV.level", value="")
        with begin() as session:
            yield session

    with monkeypatch.context() as patch:
        patch.setattr(imported_world.store, "transaction", late)
        with pytest.raises(UserError) as caught:
            gate.submit(store=imported_world.store, actor=admin, class_name="1A")
    assert caught.value.code == "workflow.class_has_errors"
    assert stage(imported_world) is Stage.OPEN


def test_an_edit_while_closing_waits_and_is_refused(
    imported_world: World, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the check and the close no cell can change, not even from another PC."""
    admin = imported_world.actor()
    code = imported_world.made.classes[0].pupils[0].pupil.code
    refused: list[str] = []

    def edit() -> None:
        try:
            fields.set_field(store=other, actor=admin, code=code, field="TV.level", value="C")
        except UserError as error:
            refused.append(error.code)

    editor = threading.Thread(target=edit)

    def look_slowly(session: Session, found: Sequence[ClassYear], period: Period) -> tuple[Finding, ...]:
        seen = findings.look(session, found, period)
        editor.start()
        editor.join(timeout=LONG)
        assert editor.is_alive()
        return seen

    before = classes.find(store=imported_world.store, actor=admin, code=code)[1].results
    monkeypatch.setattr(gate, "look", look_slowly)
    gate.submit(store=imported_world.store, actor=admin, class_name="1A")
    editor.join(timeout=30)
    assert refused == ["workflow.class_closed"]
    assert classes.find(store=imported_world.store, actor=admin, code=code)[1].results == before


def test_a_class_that_closes_just_before_an_import_refuses_the_file(
    imported_world: World, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = imported_world.actor()
    file = next(path for path in imported_world.files if path.name == "ket-qua-1A.xlsx")
    begin = imported_world.store.transaction

    @contextmanager
    def late() -> Iterator[Session]:
        gate.submit(store=other, actor=admin, class_name="1A")
        with begin() as session:
            yield session

    with monkeypatch.context() as patch:
        patch.setattr(imported_world.store, "transaction", late)
        report = imports.import_files(
            store=imported_world.store, actor=admin, paths=[file], progress=QUIET
        ).files[0]
    assert (report.refused, report.exit_code, report.rows_written) == (True, 3, 0)


def test_a_warning_that_changes_at_the_last_moment_is_not_accepted(
    imported_world: World, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = imported_world.actor()
    code = imported_world.made.classes[0].pupils[1].pupil.code

    def put(store: Store, award: str) -> None:
        fields.set_field(store=store, actor=admin, code=code, field="award", value=award)

    put(other, "Học sinh Giỏi")
    with other.reading() as session:
        klass = classes.visible_in(session, admin, "1A", Action.CHECK)
        (warning,) = findings.look(session, klass, Period.CN)
    begin = imported_world.store.transaction

    @contextmanager
    def late() -> Iterator[Session]:
        put(other, "Học sinh Tiên tiến")
        with begin() as session:
            yield session

    with monkeypatch.context() as patch:
        patch.setattr(imported_world.store, "transaction", late)
        with pytest.raises(UserError) as caught:
            gate.accept(
                store=imported_world.store, actor=admin, class_name="1A", ids=[warning.id], reason="Có lý do"
            )
    assert caught.value.code == "workflow.no_finding"
