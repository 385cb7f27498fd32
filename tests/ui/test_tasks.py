"""The lanes: order, progress, cancel, the three families of failure, and what a verb changed."""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.interaction import Progress
from app.ui.immortal import PLENTY
from app.ui.tasks import Job, Lane, TaskRunner, time_left
from app.workflows.report import Changes, changed


@dataclass(frozen=True)
class Report:
    changes: Changes


def test_the_answer_comes_back_on_the_window_s_thread(qtbot: QtBot, runner: TaskRunner) -> None:
    threads: list[threading.Thread] = []
    answers: list[int] = []

    def work(_: Progress) -> int:
        threads.append(threading.current_thread())
        return 42

    def done(answer: int) -> None:
        answers.append(answer)
        threads.append(threading.current_thread())

    with qtbot.waitSignal(runner.ended):
        runner.run(Lane.WORK, work, done=done)
    assert answers == [42]
    assert threads[0].name.startswith("hocba-work")
    assert threads[1] is threading.main_thread()


def test_one_lane_works_in_order_and_lanes_side_by_side(qtbot: QtBot, runner: TaskRunner) -> None:
    gate = threading.Event()
    order: list[str] = []

    def first(_: Progress) -> None:
        gate.wait(10)
        order.append("first")

    runner.run(Lane.WORK, first)
    runner.run(Lane.WORK, lambda _: order.append("second"))

    def token(_: Progress) -> None:
        order.append("token")
        gate.set()

    runner.run(Lane.TOKEN, token)
    qtbot.waitUntil(lambda: not runner.jobs)
    assert order == ["token", "first", "second"]


def test_progress_is_told_and_cancel_stops_between_items(qtbot: QtBot, runner: TaskRunner) -> None:
    seen: list[tuple[int, int, str]] = []
    ended: list[str] = []
    at_two = threading.Event()
    go_on = threading.Event()

    def work(progress: Progress) -> None:
        for done in range(1, 100):
            progress.step(done, 100, f"học bạ {done}")
            if done == 2:
                at_two.set()
                go_on.wait(10)

    runner.stepped.connect(lambda job: seen.append((job.done, job.total, job.text)))
    job = runner.run(
        Lane.WORK,
        work,
        title="Đang ký",
        done=lambda _: ended.append("done"),
        cancelled=lambda: ended.append("cancelled"),
    )
    assert at_two.wait(10)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not runner.jobs)
    assert ended == ["cancelled"]
    assert seen[:2] == [(1, 100, "học bạ 1"), (2, 100, "học bạ 2")]
    assert len(seen) == 3


def test_a_user_error_goes_to_the_one_who_asked(qtbot: QtBot, runner: TaskRunner) -> None:
    told: list[str] = []

    def work(_: Progress) -> None:
        raise UserError("workflow.reason_missing")

    with qtbot.waitSignal(runner.ended):
        runner.run(Lane.WORK, work, failed=lambda error: told.append(error.code))
    assert told == ["workflow.reason_missing"]
    with qtbot.waitSignal(runner.failed) as blocker:
        runner.run(Lane.WORK, work)
    assert blocker.args is not None
    assert blocker.args[0].code == "workflow.reason_missing"


def test_a_bug_is_told_as_one(qtbot: QtBot, runner: TaskRunner, caplog: pytest.LogCaptureFixture) -> None:
    def work(_: Progress) -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(runner.broke) as blocker:
        runner.run(Lane.WORK, work)
    assert blocker.args is not None
    assert isinstance(blocker.args[0], ZeroDivisionError)
    assert "a task failed" in caplog.text


def test_what_changed_is_told_even_when_nobody_waits_any_more(qtbot: QtBot, runner: TaskRunner) -> None:
    asker = QObject()
    answers: list[Report] = []
    gate = threading.Event()

    def work(_: Progress) -> Report:
        gate.wait(10)
        return Report(changed("classes", ids=frozenset({"3A"})))

    with qtbot.waitSignal(runner.changed) as blocker:
        job = runner.run(Lane.WORK, work, owner=asker, done=answers.append)
        qtbot.waitUntil(lambda: job in runner.jobs)
        asker.deleteLater()
        gate.set()
    assert blocker.args is not None
    assert blocker.args[0].ids == {"3A"}


def test_a_dropped_reading_is_not_answered(qtbot: QtBot, runner: TaskRunner) -> None:
    gate = threading.Event()
    answers: list[str] = []
    runner.run(Lane.WORK, lambda _: gate.wait(10))
    old = runner.run(Lane.WORK, lambda _: "old", done=answers.append)
    runner.run(Lane.WORK, lambda _: "new", done=answers.append)
    old.drop()
    gate.set()
    qtbot.waitUntil(lambda: not runner.jobs)
    assert answers == ["new"]


def test_an_answer_that_comes_after_dropping_is_not_told(qtbot: QtBot, runner: TaskRunner) -> None:
    started, go_on = threading.Event(), threading.Event()
    answers: list[str] = []

    def slow(_: Progress) -> str:
        started.set()
        go_on.wait(10)
        return "old"

    old = runner.run(Lane.WORK, slow, done=answers.append)
    assert started.wait(10)
    old.drop()
    go_on.set()
    qtbot.waitUntil(lambda: not runner.jobs)
    assert answers == []


def test_closing_waits_for_what_runs_and_takes_nothing_more(qtbot: QtBot) -> None:
    runner = TaskRunner()
    finished: list[int] = []
    started = threading.Event()

    def work(_: Progress) -> None:
        started.set()
        finished.append(1)

    runner.run(Lane.WORK, work)
    assert started.wait(10)
    runner.close()
    assert finished == [1]
    late: Job = runner.run(Lane.WORK, work)
    assert late.ended
    assert finished == [1]


def test_an_end_that_comes_through_after_closing_is_not_told(qtbot: QtBot) -> None:
    runner = TaskRunner()
    told: list[str] = []
    started = threading.Event()
    runner.run(Lane.DRAW, lambda _: started.set(), done=lambda _: told.append("done"))
    assert started.wait(10)
    runner.close()
    after = TaskRunner()
    with qtbot.waitSignal(after.ended):
        after.run(Lane.DRAW, lambda _: None)
    after.close()
    assert told == []


@pytest.mark.parametrize(
    ("done", "total", "elapsed", "text"),
    [
        (0, 10, 30, ""),
        (5, 10, 1, ""),
        (10, 10, 30, ""),
        (10, 20, 10, "còn khoảng 10 giây"),
        (10, 100, 40, "còn khoảng 6 phút"),
        (999, 1000, 1000, "còn khoảng 1 giây"),
    ],
)
def test_time_left(done: int, total: int, elapsed: float, text: str) -> None:
    assert time_left(done, total, elapsed) == text


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="constants are immortal there")
def test_constants_outlive_pyside(qtbot: QtBot) -> None:
    assert sys.getrefcount(None) > PLENTY // 2
    assert sys.getrefcount(True) > PLENTY // 2
