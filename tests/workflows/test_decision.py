"""The principal's decision: for whom, by whom, in what words, and how it is printed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.demo import cast
from app.errors import NotAllowed, UserError
from app.messages import sentence
from app.models import changelog
from app.records import checks
from app.records.permissions import Actor
from app.records.types import Period
from app.transcript.xml_reading import parse_xml
from app.workflows import clock, issue, summer
from app.workflows.decision import DecisionReport, decide
from tests.transcript.reading import stored, text_of
from tests.workflows.weak import CLASS, klass_of, pupil_of, pupils_of, weak_class, weaken
from tests.world import QUIET, World

DAY = date(2024, 8, 20)
TEXT = "Quyết định số 12/QĐ-THTH ngày 20/08/2024"


@pytest.fixture
def code(imported_world: World) -> str:
    """The pupil of the approved class 3A who has not completed the grade."""
    return weak_class(imported_world)


def say(
    world: World,
    actor: Actor,
    code: str,
    *,
    promote: bool = True,
    number: str = "12/QĐ-THTH",
    on: date = DAY,
) -> DecisionReport:
    return decide(store=world.store, actor=actor, code=code, promote=promote, number=number, on=on)


def refusal(world: World, actor: Actor, code: str, **how: object) -> str:
    with pytest.raises(UserError) as caught:
        say(world, actor, code, **how)  # type: ignore[arg-type]
    assert sentence(caught.value)
    return caught.value.code


def test_a_decision_is_kept_logged_and_replaced_by_a_later_one(imported_world: World, code: str) -> None:
    leader = imported_world.actor(cast.VICE_PRINCIPAL)
    report = say(imported_world, leader, code)
    assert (report.promoted, report.decision, report.notes) == (True, TEXT, ())
    outcome = pupil_of(imported_world, code).outcome
    assert (outcome.promoted, outcome.completed, outcome.decision) == (True, False, TEXT)
    say(imported_world, leader, code, promote=False, number="số 13/QĐ-THTH")
    outcome = pupil_of(imported_world, code).outcome
    assert (outcome.promoted, outcome.decision) == (False, TEXT.replace("12", "13"))
    with imported_world.store.reading() as session:
        logged = changelog.entries(session, limit=4, actor=cast.VICE_PRINCIPAL)
    assert [(one.field, one.old, one.new) for one in logged] == [
        ("decision", TEXT, TEXT.replace("12", "13")),
        ("promoted", "true", "false"),
        ("decision", None, TEXT),
        ("promoted", None, "true"),
    ]


def test_the_check_is_content_with_a_decision(imported_world: World, code: str) -> None:
    say(imported_world, imported_world.actor(cast.VICE_PRINCIPAL), code)
    found = {item.rule for item in checks.run(klass_of(imported_world), Period.CN)}
    assert "promotion.undecided" not in found


def test_only_for_those_who_did_not_complete_an_approved_class(imported_world: World) -> None:
    leader = imported_world.actor(cast.VICE_PRINCIPAL)
    code = weaken(imported_world)
    assert refusal(imported_world, leader, code) == "decision.not_candidate"
    weak_class(imported_world)
    assert (
        refusal(imported_world, leader, pupils_of(imported_world)[1].pupil.code) == "decision.not_candidate"
    )
    summer.add(store=imported_world.store, actor=imported_world.actor(), codes=[code])
    assert refusal(imported_world, leader, code) == "decision.summer_first"
    summer.remove(store=imported_world.store, actor=imported_world.actor(), code=code, reason="Không dự")
    assert say(imported_world, leader, code).promoted


def test_number_and_day(imported_world: World, code: str) -> None:
    leader = imported_world.actor(cast.VICE_PRINCIPAL)
    tomorrow = clock.now().date() + timedelta(days=1)
    assert refusal(imported_world, leader, code, number="QĐ-THTH") == "decision.number"
    assert refusal(imported_world, leader, code, on=tomorrow) == "decision.day"
    assert refusal(imported_world, leader, code, on=date(2023, 12, 31)) == "decision.day"
    assert pupil_of(imported_world, code).outcome.decision == ""


@pytest.mark.parametrize("login", [cast.CHECKER, cast.CLERK, "gv3a"])
def test_who_may_not(imported_world: World, code: str, login: str) -> None:
    assert refusal(imported_world, imported_world.actor(login), code) == "account.not_allowed"


def test_after_grade_five_nobody_moves_up(
    imported_world: World, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Grade 5 of that year is not assessed by Circular 27, so the last grade is taken to be 3 here."""
    monkeypatch.setattr("app.workflows.decision.LAST_GRADE", 3)
    leader = imported_world.actor(cast.VICE_PRINCIPAL)
    with pytest.raises(NotAllowed) as caught:
        say(imported_world, leader, code)
    assert caught.value.code == "decision.grade_five"
    assert not say(imported_world, leader, code, promote=False).promoted


def test_the_transcript_says_by_which_decision(imported_world: World, code: str, tmp_path: Path) -> None:
    store, checker = imported_world.store, imported_world.actor(cast.CHECKER)
    leader = imported_world.actor(cast.VICE_PRINCIPAL)
    say(imported_world, leader, code)
    issue.issue(store=store, actor=checker, class_name=CLASS, progress=QUIET)
    documents = issue.stored_documents(store=store, actor=checker, code=code)
    assert documents is not None
    assert parse_xml(documents.xml).outcome.decision == TEXT
    drawn = text_of(stored(documents.pdf, tmp_path))
    assert f"Chưa hoàn thành chương trình lớp 3; Được lên lớp 4 (Theo {TEXT})" in drawn
    assert "Quyết định Quyết định" not in drawn
    report = say(imported_world, leader, code, promote=False, number="13/QĐ-THTH")
    assert "bản 1" in report.notes[0]
